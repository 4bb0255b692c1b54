// Fetches what was returned at the end of a contract: the address is the credential, and is good once.
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '#libs/kernel';
import type { ExportFiles, Kept } from '#libs/rights';
import { sendProblem } from './problems.js';

const ROUTE = '/v1/exports/:id/:key';

export const exportUrl =
  (publicUrl: string) =>
  ({ id, key }: Kept): string =>
    `${publicUrl}/v1/exports/${id}/${key}`;

export const exportRoute =
  (files: ExportFiles): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Params: { id: string; key: string } }>(ROUTE, { exposeHeadRoute: false }, async (request, reply) => {
      const archive = await files.open(request.params.id, request.params.key);
      if (!archive) return sendProblem(reply, new Problem('not-found'));
      return reply
        .header('content-disposition', 'attachment; filename="export.zip"')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .type('application/zip')
        .send(archive);
    });
  };
