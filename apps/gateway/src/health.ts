// Is it alive, is it ready, what does it count: for load balancers and operators.
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '#libs/kernel';
import type { Health, Metrics } from '#libs/platform';
import { sendProblem } from './problems.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export interface HealthDeps {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly isOperator: (token: string) => boolean;
}

export function healthRoutes({ health, metrics, isOperator }: HealthDeps): FastifyPluginAsync {
  return async (app) => {
    app.get('/health/live', async () => ({ status: 'ok' }));
    app.get('/health/ready', async (_request, reply) => {
      const { ready, parts } = await health.check();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', ...parts });
    });
    app.get('/metrics', async (request, reply) => {
      if (!LOOPBACK.has(request.ip) && !isOperator((request.headers.authorization ?? '').replace(/^Bearer /, '')))
        return sendProblem(reply, new Problem('not-found'));
      return reply.type('text/plain; version=0.0.4').send(await metrics.text());
    });
  };
}
