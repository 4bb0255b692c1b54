// The subscription checks of platforms: they ask whether an address is really ours before they post to it.
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { ChannelAdapter } from '#libs/channels';
import { isUuid, Problem } from '#libs/kernel';
import type { Tenants } from '#libs/pipeline';
import type { Logger } from '#libs/platform';
import { sendProblem } from './problems.js';
import { isShared } from './webhook-posts.js';

export interface WebhookDeps {
  readonly channels: readonly ChannelAdapter[];
  readonly tenants: Tenants;
  /** What an app shared by many tenants is subscribed with; null: it cannot be. */
  readonly metaVerifyToken: string | null;
  readonly log: Logger;
}

/** Platforms name each parameter once: of one that is repeated, nothing counts. */
const namedOnce = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter((one): one is [string, string] => typeof one[1] === 'string'));

export function webhooks({ channels, tenants, metaVerifyToken, log }: WebhookDeps): FastifyPluginAsync {
  function handshake(app: FastifyInstance, adapter: ChannelAdapter): void {
    const { channel } = adapter.manifest;
    app.get<{ Params: { connectionId: string }; Querystring: Record<string, unknown> }>(
      `/webhooks/${channel}/:connectionId`,
      async (request, reply) => {
        const { connectionId } = request.params;
        try {
          const connection = isUuid(connectionId) ? await tenants.connection(connectionId) : null;
          if (!connection || connection.channel !== channel) return await sendProblem(reply, new Problem('not-found'));
          const challenge = adapter.handshake(namedOnce(request.query), connection.secrets);
          return challenge === null
            ? await sendProblem(reply, new Problem('forbidden'))
            : await reply.type('text/plain').send(challenge);
        } catch (error) {
          log.error('request.failed', { error });
          return sendProblem(reply, new Problem('unavailable', undefined, { retryAfterSeconds: 5 }));
        }
      },
    );
  }

  return async (app) => {
    for (const adapter of channels.filter((c) => c.delivery === 'push')) handshake(app, adapter);
    const shared = channels.filter(isShared);
    app.get<{ Querystring: Record<string, unknown> }>('/webhooks/meta', async (request, reply) => {
      const query = namedOnce(request.query);
      const challenge = metaVerifyToken && shared[0]?.handshake(query, { verifyToken: metaVerifyToken });
      return challenge ? reply.type('text/plain').send(challenge) : sendProblem(reply, new Problem('forbidden'));
    });
  };
}
