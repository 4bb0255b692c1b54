// Public pages of a request, opened by its random code: what has become of it, who asks, and the copy for whoever asked in the chat.
import { randomBytes } from 'node:crypto';
import { finished } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import { FORM_HEADERS } from '#libs/platform';
import { languageOf, statusPage, type Rights, type Status } from '#libs/rights';
import type { RightsRequestRow, Store } from '#libs/store';
import { sendMissing, sendProblem, wantsPage } from './problems.js';

const CODE = /^[\w-]{16,64}$/;
const PATH = '/privacy/requests/:code';
const FORM = 'application/x-www-form-urlencoded';
const MAX_BYTES = 1_024;
const COOKIE = 'parley_copy';
const SECRET = new RegExp(`(?:^|; ?)${COOKIE}=([\\w-]{43})(?:;|$)`);

/** Who asked on a channel was given the code on that channel, and so may fetch the copy with it. */
const hasCopy = (row: RightsRequestRow): boolean =>
  row.source === 'chat' && row.state === 'completed' && (row.exercised === 'access' || row.exercised === 'portability');

/** By this secret the copy knows the browser that it was handed over to. */
const secretOf = (request: FastifyRequest): string | null => SECRET.exec(request.headers.cookie ?? '')?.[1] ?? null;
const newSecret = (): string => randomBytes(32).toString('base64url');

export interface RightsPagesDeps {
  readonly rights: Rights;
  readonly store: Store;
  readonly publicUrl: string;
}

type Of = { Params: { code: string } };

export function rightsPages({ rights, store, publicUrl }: RightsPagesDeps): FastifyPluginAsync {
  const find = async (code: string) => (CODE.test(code) ? rights.byCode(code) : null);

  /** Only with a page on which the copy is, for that page only, until the browser is closed. */
  const cookie = (code: string, secret: string): string =>
    `${COOKIE}=${secret}; Path=/privacy/requests/${code}; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`;

  async function statusOf(tenantId: string, row: RightsRequestRow, browser: string): Promise<Status> {
    const document = (await store.instructionsInForce(tenantId))?.document as InstructionsDocument | undefined;
    const there = hasCopy(row) && (await rights.isThere(tenantId, row, browser));
    return {
      row,
      controller: document?.parties.controller ?? null,
      copy: there ? { url: `${row.code}/copy` } : hasCopy(row) ? 'gone' : null,
    };
  }

  const show = (request: FastifyRequest, reply: FastifyReply, status: Status): FastifyReply => {
    const language = languageOf(request.headers['accept-language']);
    return reply.headers({ ...FORM_HEADERS, 'content-language': language }).send(statusPage(status, language));
  };

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));

    app.get<Of>(PATH, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found) return sendMissing(request, reply, 'not-found');
      const { tenantId, row } = found;
      const known = secretOf(request);
      const browser = known ?? newSecret();
      const status = await statusOf(tenantId, row, browser);
      if (!known && typeof status.copy === 'object' && status.copy)
        reply.header('set-cookie', cookie(row.code, browser));
      return show(request, reply, status);
    });

    app.post<Of>(PATH, { bodyLimit: MAX_BYTES }, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found) return sendMissing(request, reply, 'not-found');
      const { row, tenantId } = found;
      const typed = new URLSearchParams(String(request.body)).get('code') ?? '';
      try {
        await rights.confirm(tenantId, row.id, typed);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.type === 'forbidden')
          return show(request, reply.status(403), { ...(await statusOf(tenantId, row, newSecret())), wrongCode: true });
        // It is not waited for any more: the page says what has become of it.
        if (error.type !== 'conflict') return sendProblem(reply, error);
      }
      return reply.redirect(`/privacy/requests/${row.code}`, 303);
    });

    /** Where the button led, opened once more. */
    app.get<Of>(`${PATH}/copy`, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found || !hasCopy(found.row)) return sendMissing(request, reply, 'not-found');
      return reply.redirect(`/privacy/requests/${found.row.code}`, 303);
    });

    app.post<Of>(`${PATH}/copy`, { bodyLimit: MAX_BYTES }, async (request, reply) => {
      const found = await find(request.params.code);
      if (!found || !hasCopy(found.row)) return sendMissing(request, reply, 'not-found');
      const { tenantId, row } = found;
      const browser = secretOf(request) ?? newSecret();
      const language = languageOf(request.headers['accept-language']);
      const handing = await rights.take(tenantId, row, { browser, language });
      if (handing) {
        finished(reply.raw, (broken) => {
          if (!broken) handing.done();
        });
        return reply
          .header('content-disposition', 'attachment; filename="personal-data.zip"')
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .header('x-content-type-options', 'nosniff')
          .type('application/zip')
          .send(handing.archive);
      }
      // The page says how to get another one.
      if (wantsPage(request)) return show(request, reply.code(410), await statusOf(tenantId, row, browser));
      return sendProblem(reply, new Problem('gone', 'The copy was fetched, or its days are over: ask again.'));
    });
  };
}
