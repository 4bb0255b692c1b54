// The privacy page of a controller, open to everybody: what `{privacyPage}` in a notice leads to.
import type { FastifyPluginAsync } from 'fastify';
import type { ChannelAdapter } from '#libs/channels';
import type { InstructionsDocument } from '#libs/instructions';
import { isUuid } from '#libs/kernel';
import { PAGE_HEADERS } from '#libs/platform';
import { languageOf, privacyPage } from '#libs/rights';
import type { Store } from '#libs/store';
import { sendMissing } from './problems.js';

/** By our random id of the tenant: its name in the API is nobody's business. */
export const privacyPageUrl = (publicUrl: string, tenantId: string): string => `${publicUrl}/privacy/${tenantId}`;

export function privacyPages(deps: {
  readonly store: Store;
  readonly channels: readonly ChannelAdapter[];
}): FastifyPluginAsync {
  const channels = Object.fromEntries(
    deps.channels.map(({ manifest: { channel, title }, identifiers }) => [
      channel,
      { title, categories: Object.fromEntries(identifiers.map(({ key, category }) => [key, category])) },
    ]),
  );
  return async (app) => {
    app.get<{ Params: { tenantId: string } }>('/privacy/:tenantId', async (request, reply) => {
      const { tenantId } = request.params;
      const inForce = isUuid(tenantId) ? await deps.store.instructionsInForce(tenantId) : null;
      if (!inForce) return sendMissing(request, reply, 'not-found');
      const language = languageOf(request.headers['accept-language']);
      const input = { document: inForce.document as InstructionsDocument, version: inForce.version, channels };
      return reply.headers({ ...PAGE_HEADERS, 'content-language': language }).send(privacyPage(input, language));
    });
  };
}
