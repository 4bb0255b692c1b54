// Public: the receipt of an answer, for a day, by the code that the person was sent; and the keys that tenants' documents are signed with.
import type { FastifyPluginAsync } from 'fastify';
import { isUuid, Problem } from '#libs/kernel';
import type { Signatures } from '#libs/ledger';
import { PAGE_HEADERS } from '#libs/platform';
import { receiptPage, type Receipts } from '#libs/rights';
import { sendMissing, sendProblem, wantsPage } from './problems.js';

const CODE = /^[\w-]{22}$/;

export interface ReceiptPageDeps {
  readonly receipts: Receipts;
  readonly signatures: Signatures;
}

export function receiptPages({ receipts, signatures }: ReceiptPageDeps): FastifyPluginAsync {
  return async (app) => {
    app.get<{ Params: { code: string } }>('/privacy/receipts/:code', async (request, reply) => {
      const { code } = request.params;
      const found = CODE.test(code) ? await receipts.byCode(code) : null;
      if (found === null) return sendMissing(request, reply, 'not-found');
      if (found === 'gone') return sendMissing(request, reply, 'gone');
      void reply.header('vary', 'accept, accept-language');
      if (!wantsPage(request)) return reply.header('cache-control', 'no-store').send(found);
      return reply.headers(PAGE_HEADERS).send(receiptPage(found, request.headers['accept-language']));
    });

    app.get<{ Params: { tenantId: string } }>('/privacy/:tenantId/jwks.json', async (request, reply) => {
      const { tenantId } = request.params;
      const keys = isUuid(tenantId) ? await signatures.jwks(tenantId) : null;
      return keys
        ? reply.type('application/jwk-set+json').send(JSON.stringify(keys))
        : sendProblem(reply, new Problem('not-found'));
    });
  };
}
