// The published schemas: of the instructions, so that editors complete and check them; of a copy and a receipt, so that machines read them.
import type { FastifyPluginAsync } from 'fastify';
import { SCHEMA } from '#libs/instructions';
import { COPY_SCHEMA, RECEIPT_SCHEMA } from '#libs/rights';

const HOUR_SECONDS = 3600;

export const schemas = (): FastifyPluginAsync => async (app) => {
  for (const schema of [SCHEMA, COPY_SCHEMA, RECEIPT_SCHEMA])
    app.get(schema.$id, async (_request, reply) =>
      reply
        .header('access-control-allow-origin', '*')
        .header('cache-control', `public, max-age=${HOUR_SECONDS}`)
        .type('application/schema+json')
        .send(JSON.stringify(schema)),
    );
};
