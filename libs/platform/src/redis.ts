// A connection to Redis that notices when nobody is at its other end any more, and opens another.
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logging/logger.js';
import { answerWithin } from './patience.js';

/** A server that vanished without a word (a failover, a firewall that forgot the connection) would be waited for as long as TCP does: a quarter of an hour. */
const WATCH = { everyMs: 10_000, patienceMs: 5_000 };

export function connectRedis(
  { url, ...options }: RedisOptions & { readonly url: string },
  log: Logger,
  { everyMs, patienceMs }: typeof WATCH = WATCH,
): Redis {
  const redis = new Redis(url, options);
  redis.on('error', (error) => log.warn('queue.error', { error }));
  async function look(): Promise<void> {
    const isOpen = redis.status === 'ready' || redis.status === 'connect';
    if (isOpen && (await answerWithin(patienceMs, () => redis.ping())) === null) redis.disconnect(true);
  }
  const watch = setInterval(() => void look(), everyMs).unref();
  redis.on('end', () => clearInterval(watch));
  return redis;
}
