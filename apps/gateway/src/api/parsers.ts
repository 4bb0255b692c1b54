// Bodies beside plain JSON: instructions, in YAML or JSON, come as they were written, for the instructions library to read.
import type { FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '#libs/kernel';

const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const FORM = 'application/x-www-form-urlencoded';
const MAX_BYTES = 1024 * 1024;

/** Of a route (`RouteConfig`): its body is handed on as bytes, so that what is wrong in it can be named by its line. */
export const AS_WRITTEN = { bodyAsWritten: true } as const;

const isAsWritten = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean =>
  (routeOptions.config as Partial<typeof AS_WRITTEN>).bodyAsWritten === true;

const isEmpty = (body: string | Buffer): boolean => body.length === 0;

/** Clients say of nothing that it is JSON, or a form: an empty body is no body, whatever its type. */
export function registerParsers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(YAML, { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, isEmpty(body) ? undefined : body),
  );
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: MAX_BYTES }, (request, body, done) => {
    if (isEmpty(body)) done(null, undefined);
    else if (isAsWritten(request)) done(null, body);
    else void readJson(request as FastifyRequest, body.toString(), done);
  });
  // What curl says of a body of which nothing is said: a document read as a form would become a version full of errors.
  app.useBodyParser(FORM, { bodyLimit: MAX_BYTES }, (_request, body, done) => {
    if (isEmpty(body)) done(null, undefined);
    else done(new Problem('unsupported-media-type', 'Send application/json, or instructions as application/yaml.'));
  });
}
