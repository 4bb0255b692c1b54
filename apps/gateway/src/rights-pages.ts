// Public pages of a request, opened by its random code: what has become of it, who asks, and the copy for whoever asked in the chat.
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import { FORM_HEADERS, PAGE_HEADERS } from '#libs/platform';
import { copyPage, languageOf, statusPage, type Rights, type Status } from '#libs/rights';
import type { RightsRequestRow, Store } from '#libs/store';
import { withAddresses } from './api/requests/result.js';
import { sendMissing, sendProblem } from './problems.js';

const CODE = /^[\w-]{16,64}$/;
const PATH = '/privacy/requests/:code';
const FORM = 'application/x-www-form-urlencoded';
const MAX_BYTES = 1_024;

/** Who asked on a channel was given the code on that channel, and so may open the copy with it. */
const hasCopy = (row: RightsRequestRow): boolean =>
  row.source === 'chat' && row.state === 'completed' && (row.exercised === 'access' || row.exercised === 'portability');

export interface RightsPagesDeps {
  readonly rights: Rights;
  readonly store: Store;
  /** A short-lived address of an attachment. */
  readonly attachmentUrl: (tenantId: string, attachmentId: string) => Promise<string>;
}

export function rightsPages({ rights, store, attachmentUrl }: RightsPagesDeps): FastifyPluginAsync {
  const find = async (code: string) => (CODE.test(code) ? rights.byCode(code) : null);

  async function controllerOf(tenantId: string) {
    const document = (await store.instructionsInForce(tenantId))?.document as InstructionsDocument | undefined;
    return document?.parties.controller ?? null;
  }

  const show = (reply: FastifyReply, status: Status, language: string): FastifyReply =>
    reply.headers({ ...FORM_HEADERS, 'content-language': language }).send(statusPage(status, language));

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));

    app.get<{ Params: { code: string } }>(PATH, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found) return sendMissing(request, reply, 'not-found');
      const { row, tenantId } = found;
      const status = {
        row,
        controller: await controllerOf(tenantId),
        copyUrl: hasCopy(row) ? `${row.code}/copy` : null,
      };
      return show(reply, status, languageOf(request.headers['accept-language']));
    });

    app.post<{ Params: { code: string } }>(PATH, { bodyLimit: MAX_BYTES }, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found) return sendMissing(request, reply, 'not-found');
      const { row, tenantId } = found;
      const typed = new URLSearchParams(String(request.body)).get('code') ?? '';
      try {
        await rights.confirm(tenantId, row.id, typed);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const status = { row, controller: await controllerOf(tenantId), copyUrl: null, wrongCode: true };
        if (error.type === 'forbidden')
          return show(reply.status(403), status, languageOf(request.headers['accept-language']));
        // It is not waited for any more: the page says what has become of it.
        if (error.type !== 'conflict') return sendProblem(reply, error);
      }
      return reply.redirect(`/privacy/requests/${row.code}`, 303);
    });

    app.get<{ Params: { code: string }; Querystring: { format?: unknown } }>(`${PATH}/copy`, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found || !hasCopy(found.row)) return sendMissing(request, reply, 'not-found');
      const { tenantId, row } = found;
      const { copies, available } = await rights.result(tenantId, row);
      if (!available) return sendMissing(request, reply, 'gone');
      await rights.opened(tenantId, row.id);
      const addressed = await withAddresses(copies, (attachment) => attachmentUrl(tenantId, attachment));
      const language = languageOf(request.headers['accept-language']);
      if (/\btext\/html\b/.test(request.headers.accept ?? '') && request.query.format !== 'json')
        return reply
          .headers({ ...PAGE_HEADERS, 'content-language': language })
          .send(copyPage(addressed, language, { json: '?format=json' }));
      return reply.header('cache-control', 'no-store').send({ request: row.id, copies: addressed });
    });
  };
}
