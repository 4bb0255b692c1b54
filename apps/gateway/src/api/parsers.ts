// Bodies beside JSON: instructions may be written in YAML, and are read by the instructions library, not here.
import type { FastifyInstance } from 'fastify';

const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const MAX_BYTES = 1024 * 1024;

export function registerParsers(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(YAML, { parseAs: 'string', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
}
