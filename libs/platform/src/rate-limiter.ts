// Rates per connection and per pair, shared by all processes when there is a Redis, else of this process alone.
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { UUID_PATTERN } from '#libs/kernel';
import type { Config } from './config/config.js';
import type { Logger } from './logging/logger.js';
import { connectRedis } from './redis.js';

export interface Rate {
  /** How many places are taken. */
  readonly points: number;
  /** How many there are in a second; 0.1 is one in ten seconds. */
  readonly perSecond: number;
}

export interface RateLimiter {
  /**
   * Takes places in a key's rate; a positive `waitMs` says that it was not free, and when to ask again.
   * @throws TypeError when the key is not a word and ids, as in `pair:<uuid>:<uuid>`: never an address.
   */
  take(key: string, rate: Rate): Promise<{ readonly waitMs: number }>;
  close(): Promise<void>;
}

const KEY = new RegExp(`^[a-z-]{1,20}(:${UUID_PATTERN}){1,2}$`);
const SHORTEST_WAIT_MS = 20;
/** An answer to somebody waits for it. */
const PATIENCE_MS = 1_000;

export function createRateLimiter(config: Pick<Config, 'redisUrl'>, log: Logger): RateLimiter {
  // Without a queue for commands: while Redis is away, or says nothing, each process keeps to the rate by itself.
  const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: PATIENCE_MS };
  const redis = config.redisUrl ? connectRedis({ url: config.redisUrl, ...impatient }, log) : null;
  const limiters = new Map<number, RateLimiterMemory | RateLimiterRedis>();

  function limiterOf(perSecond: number): RateLimiterMemory | RateLimiterRedis {
    const known = limiters.get(perSecond);
    if (known) return known;
    const window =
      perSecond >= 1 ? { points: Math.floor(perSecond), duration: 1 } : { points: 1, duration: 1 / perSecond };
    const own = new RateLimiterMemory({ ...window, keyPrefix: 'rate' });
    const limiter = redis
      ? new RateLimiterRedis({
          ...window,
          storeClient: redis,
          keyPrefix: `parley:rate:${perSecond}`,
          insuranceLimiter: own,
          rejectIfRedisNotReady: true,
        })
      : own;
    limiters.set(perSecond, limiter);
    return limiter;
  }

  return {
    async take(key, { points, perSecond }) {
      if (!KEY.test(key)) throw new TypeError('a rate is kept under ids only');
      try {
        await limiterOf(perSecond).consume(key, points);
        return { waitMs: 0 };
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return { waitMs: Math.max(SHORTEST_WAIT_MS, refused.msBeforeNext) };
        throw refused;
      }
    },
    close: async () => void (await redis?.quit().catch(() => redis.disconnect())),
  };
}
