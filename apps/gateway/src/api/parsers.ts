// Bodies beside JSON: instructions may be written in YAML, and are read by the instructions library, not here.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '#libs/kernel';

const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const FORM = 'application/x-www-form-urlencoded';
const MAX_BYTES = 1024 * 1024;

export function registerParsers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(YAML, { parseAs: 'string', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  // What curl says of a body of which nothing is said: a document read as a form would become a version full of errors.
  app.useBodyParser(FORM, { bodyLimit: MAX_BYTES }, (_request, _body, done) =>
    done(new Problem('unsupported-media-type', 'Send application/json, or instructions as application/yaml.')),
  );
}
