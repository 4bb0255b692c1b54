// The webhook routes, on the bare Fastify instance: raw bytes in, 200 after commit, fixed bodies for every refusal.
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ChannelAdapter } from '#libs/channels';
import { Problem } from '#libs/kernel';
import type { Intake, Tenants } from '#libs/pipeline';
import type { Logger, Metrics } from '#libs/platform';
import { sendProblem } from './problems.js';

export interface WebhookDeps {
  readonly channels: readonly ChannelAdapter[];
  readonly intake: Intake;
  readonly tenants: Tenants;
  readonly metrics: Metrics;
  /** What an app shared by many tenants is subscribed with; null: it cannot be. */
  readonly metaVerifyToken: string | null;
  readonly log: Logger;
}

/** Channels of the apps that Meta lets many businesses share, behind `/webhooks/meta`. */
const isShared = (c: ChannelAdapter): boolean => c.accountSetting !== null && c.delivery === 'push';

const EMPTY = Buffer.alloc(0);
const requestOf = (request: FastifyRequest) => ({
  raw: Buffer.isBuffer(request.body) ? request.body : EMPTY,
  header: (name: string): string | undefined => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  },
});

export function webhooks(deps: WebhookDeps): FastifyPluginAsync {
  const { channels, intake, tenants, metrics, metaVerifyToken, log } = deps;

  async function answer(reply: FastifyReply, take: () => Promise<unknown>): Promise<FastifyReply> {
    const began = performance.now();
    try {
      await take();
      metrics.observe('parley_commit_seconds', {}, (performance.now() - began) / 1000);
      return reply.code(200).type('text/plain').send('OK');
    } catch (error) {
      if (error instanceof Problem) {
        log.info('webhook.refused', { status: error.status });
        metrics.count('parley_webhooks_refused_total', { status: error.status });
        return sendProblem(reply, error);
      }
      // Not kept, so not acknowledged: the platform will deliver it again.
      log.error('intake.failed', { error });
      metrics.count('parley_webhooks_refused_total', { status: 503 });
      return sendProblem(reply, new Problem('unavailable', undefined, { retryAfterSeconds: 5 }));
    }
  }

  function handshake(app: FastifyInstance, adapter: ChannelAdapter): void {
    const { channel } = adapter.manifest;
    app.get<{ Params: { connectionId: string }; Querystring: Record<string, string> }>(
      `/webhooks/${channel}/:connectionId`,
      async (request, reply) => {
        const connection = await tenants.connection(request.params.connectionId).catch(() => null);
        if (!connection || connection.channel !== channel) return sendProblem(reply, new Problem('not-found'));
        const challenge = adapter.handshake(request.query, connection.secrets);
        return challenge === null
          ? sendProblem(reply, new Problem('forbidden'))
          : reply.type('text/plain').send(challenge);
      },
    );
  }

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
      sendProblem(
        reply,
        new Problem(
          error.statusCode === 413
            ? 'too-large'
            : error.statusCode && error.statusCode < 500
              ? 'invalid-input'
              : 'internal',
        ),
      ),
    );
    for (const adapter of channels.filter((c) => c.delivery === 'push')) {
      const { channel, bodyLimit } = adapter.manifest;
      handshake(app, adapter);
      app.post<{ Params: { connectionId: string } }>(
        `/webhooks/${channel}/:connectionId`,
        { bodyLimit },
        (request, reply) =>
          answer(reply, () => {
            if (!UUID.test(request.params.connectionId)) throw new Problem('not-found');
            return intake.own(request.params.connectionId, channel, requestOf(request));
          }),
      );
    }
    const shared = channels.filter(isShared);
    app.get<{ Querystring: Record<string, string> }>('/webhooks/meta', async (request, reply) => {
      const challenge = metaVerifyToken && shared[0]?.handshake(request.query, { verifyToken: metaVerifyToken });
      return challenge ? reply.type('text/plain').send(challenge) : sendProblem(reply, new Problem('forbidden'));
    });
    app.post('/webhooks/meta', { bodyLimit: Math.max(...shared.map((c) => c.manifest.bodyLimit)) }, (request, reply) =>
      answer(reply, () =>
        intake.shared(
          shared.map((c) => c.manifest.channel),
          requestOf(request),
        ),
      ),
    );
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
