// Rates: kept per key, told when to ask again, shared over Redis, kept alone while it is away.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createRateLimiter, type RateLimiter } from '#libs/platform';
import { collectingLogger } from './collecting-logger.js';
import { ownRedisIsThere, redisIsThere, startOwnRedis, startRedis, type TestRedis } from './redis-server.js';
import { freePort } from '../../../test/support/ports.js';
import { until } from '../../../test/support/until.js';

const { log } = collectingLogger();
const open: RateLimiter[] = [];
const limiter = (redisUrl: string | null): RateLimiter => {
  const made = createRateLimiter({ redisUrl }, log);
  open.push(made);
  return made;
};
const closeAll = (): Promise<unknown> => Promise.all(open.splice(0).map((made) => made.close()));
afterEach(closeAll);

const rate = { points: 1, perSecond: 5 };

/** How many of these takes were granted. */
async function granted(takes: readonly Promise<{ waitMs: number }>[]): Promise<number> {
  return (await Promise.all(takes)).filter(({ waitMs }) => waitMs === 0).length;
}

it('grants as many as there are, says when the next is free, and grants again then', async () => {
  const rates = limiter(null);
  const key = `connection:${randomUUID()}`;
  expect(await granted(Array.from({ length: 12 }, () => rates.take(key, rate)))).toBe(5);
  const { waitMs } = await rates.take(key, rate);
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThanOrEqual(1_000);
  expect(await rates.take(`connection:${randomUUID()}`, rate)).toEqual({ waitMs: 0 });
  await pause(waitMs + 20);
  expect(await rates.take(key, rate)).toEqual({ waitMs: 0 });
});

it('knows rates of less than one in a second', async () => {
  const rates = limiter(null);
  const key = `pair:${randomUUID()}:${randomUUID()}`;
  expect(await rates.take(key, { points: 1, perSecond: 0.05 })).toEqual({ waitMs: 0 });
  const { waitMs } = await rates.take(key, { points: 1, perSecond: 0.05 });
  expect(waitMs).toBeGreaterThan(1_000);
  expect(waitMs).toBeLessThanOrEqual(20_000);
});

it.each(['pair:4915550000001', '4915550000001', `connection:${randomUUID()}:4915550000001`, 'connection:quentin'])(
  'keeps no rate under %s',
  async (key) => {
    await expect(limiter(null).take(key, rate)).rejects.toThrow('a rate is kept under ids only');
  },
);

it('goes on alone while Redis is away', async () => {
  const rates = limiter(`redis://127.0.0.1:${await freePort()}`);
  const key = `connection:${randomUUID()}`;
  expect(await granted(Array.from({ length: 12 }, () => rates.take(key, rate)))).toBe(5);
});

(ownRedisIsThere() ? it : it.skip)('goes on alone while Redis is there and says nothing', async () => {
  const redis = await startOwnRedis();
  const [here, elsewhere] = [limiter(redis.url), limiter(redis.url)];
  const connected = async (): Promise<boolean> => {
    const probe = `connection:${randomUUID()}`;
    return (await granted([here, elsewhere].map((one) => one.take(probe, { points: 1, perSecond: 0.1 })))) === 1;
  };
  await until('it is connected', connected);
  process.kill(redis.pid, 'SIGSTOP');
  const key = `connection:${randomUUID()}`;
  expect(await granted(Array.from({ length: 12 }, () => here.take(key, rate)))).toBe(5);
  process.kill(redis.pid, 'SIGCONT');
  await until('it is connected', connected);
  await closeAll();
  await redis.stop();
});

(redisIsThere() ? describe : describe.skip)('over Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  it('two processes share a rate', async () => {
    const both = [limiter(redis.url), limiter(redis.url)];
    const shared = async (): Promise<boolean> => {
      const probe = `connection:${randomUUID()}`;
      return (await granted(both.map((one) => one.take(probe, { points: 1, perSecond: 0.1 })))) === 1;
    };
    // Until it is connected, each keeps its own.
    await until('they share one', shared);
    const key = `connection:${randomUUID()}`;
    const takes = Array.from({ length: 20 }, (_none, n) => both[n % 2]!.take(key, { points: 1, perSecond: 8 }));
    expect(await granted(takes)).toBe(8);
  });
});
