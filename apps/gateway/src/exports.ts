// Fetches what was returned at the end of a contract: the address is the credential. Looking at it changes nothing; its button hands over.
import type { FastifyPluginAsync } from 'fastify';
import { FORM_HEADERS } from '#libs/platform';
import { exportPage, languageOf, type ExportFiles, type Kept } from '#libs/rights';
import { sendMissing } from './problems.js';

const ROUTE = '/v1/exports/:id/:key';
const FORM = 'application/x-www-form-urlencoded';
const MAX_BYTES = 1_024;

type Of = { Params: { id: string; key: string } };

export const exportUrl =
  (publicUrl: string) =>
  ({ id, key }: Kept): string =>
    `${publicUrl}/v1/exports/${id}/${key}`;

export const exportRoute =
  (files: ExportFiles): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));

    app.get<Of>(ROUTE, async (request, reply) => {
      const kept = await files.look(request.params.id, request.params.key);
      if (!kept) return sendMissing(request, reply, 'not-found');
      const language = languageOf(request.headers['accept-language']);
      return reply.headers({ ...FORM_HEADERS, 'content-language': language }).send(exportPage(kept, language));
    });

    app.post<Of>(ROUTE, { bodyLimit: MAX_BYTES, config: { needsNoToken: true } }, async (request, reply) => {
      const { id, key } = request.params;
      const archive = await files.open(id, key);
      if (!archive) return sendMissing(request, reply, 'not-found');
      // Only of an answer that was sent to its end; one whose seal broke, or that nobody took, is none.
      reply.raw.once('finish', () => void files.fetched(id).catch((error: unknown) => request.log.warn({ error })));
      return reply
        .header('content-disposition', 'attachment; filename="export.zip"')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-content-type-options', 'nosniff')
        .type('application/zip')
        .send(archive);
    });
  };
