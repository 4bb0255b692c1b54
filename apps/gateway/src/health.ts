// Is it alive, is it ready, what does it count: for load balancers and operators.
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Problem } from '#libs/kernel';
import type { Health, Metrics } from '#libs/platform';
import { sendProblem } from './problems.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Whoever came by a proxy came from elsewhere, whatever address it tells. */
const OF_PROXIES = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

export interface HealthDeps {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly isOperator: (token: string) => boolean;
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
}

export function healthRoutes(deps: HealthDeps): FastifyPluginAsync {
  const { health, metrics, isOperator, publicUrl, trustedProxies } = deps;
  // Where it is reached by a name of the outside, a proxy that nobody told of may stand on this machine, and say nothing of whom it passes on.
  const mayBeHere = LOOPBACK_HOSTS.has(new URL(publicUrl).hostname) || trustedProxies.length > 0;
  const isHere = ({ socket, headers }: FastifyRequest): boolean =>
    mayBeHere && LOOPBACK.has(socket.remoteAddress ?? '') && OF_PROXIES.every((name) => headers[name] === undefined);

  return async (app) => {
    app.get('/health/live', async () => ({ status: 'ok' }));
    app.get('/health/ready', async (_request, reply) => {
      const { ready, parts } = await health.check();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', ...parts });
    });
    app.get('/metrics', async (request, reply) => {
      if (!isHere(request) && !isOperator((request.headers.authorization ?? '').replace(/^Bearer /, '')))
        return sendProblem(reply, new Problem('not-found'));
      return reply.type('text/plain; version=0.0.4').send(await metrics.text());
    });
  };
}
