// Roles on two processes, queues in Redis: one takes in and answers the API, the other works; one of them may go and come back.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, startDatabase, type Database } from '#libs/platform';
import { redisIsThere, startRedis, type TestRedis } from '../../libs/platform/test/redis-server.js';
import { acme, instructions, type Acme } from '../support/acme.js';
import { build, type Build } from '../support/build.js';
import { startBot, type Bot } from '../support/bot.js';
import { freePort, gatewayAt, type Gateway } from '../support/gateway.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startFakeMeta, type FakeMeta } from '../../apps/cli/src/fake-meta/server.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'parley-two-'));
const described = redisIsThere() ? describe : describe.skip;

described('ingress and API here, a worker there', () => {
  let database: Database;
  let redis: TestRedis;
  let built: Build;
  let bot: Bot;
  let meta: FakeMeta;
  let front: Gateway;
  let worker: Gateway;
  let tenant: Acme;

  beforeAll(async () => {
    const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
    [database, redis, built, bot] = await Promise.all([
      startDatabase({ databaseUrl: null, dataDir }, log),
      startRedis(),
      build(),
      startBot(),
    ]);
    meta = await startFakeMeta({ webhookTargets: [], appSecret: 'unused' });
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      PARLEY_MASTER_KEY: randomBytes(32).toString('base64'),
      META_GRAPH_URL: meta.url,
    };
    front = gatewayAt({ build: built, port: await freePort(), env: { ...env, PARLEY_ROLES: 'ingress,api' } });
    worker = gatewayAt({ build: built, port: await freePort(), env: { ...env, PARLEY_ROLES: 'worker' } });
    await front.start();
    await worker.start();
    tenant = await acme(front, instructions(bot.url));
  }, 120_000);

  afterAll(async () => {
    for (const one of [front, worker]) await one?.remove();
    await meta?.close();
    await bot?.close();
    await built?.remove();
    await redis?.stop();
    await database?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  const person = { phone: '4915550002222', user: 'DE.2222000011' };
  const says = async (text: string): Promise<number> =>
    (await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]), tenant)).status;
  const heard = (text: string) => until(`the bot heard "${text}"`, () => bot.heard(text)[0], 30_000);

  test('what the one takes in the other works on', async () => {
    expect(await says('to both')).toBe(200);
    await heard('to both');
    const { text } = await worker.call('GET', '/metrics');
    expect(text).toMatch(/parley_recipient_calls_total\{[^}]*\} [1-9]/);
    expect((await worker.call('GET', '/v1/tenants')).status).toBe(404);
  });

  test('a process with another master key does not start', async () => {
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      PARLEY_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    const stranger = gatewayAt({ build: built, port: await freePort(), env: { ...env, PARLEY_ROLES: 'worker' } });
    await expect(stranger.start()).rejects.toThrow(/PARLEY_MASTER_KEY is not the key/);
    await stranger.remove();
  });

  test('what comes while the worker is away waits for it, in order', async () => {
    await worker.crash();
    for (const text of ['first', 'second', 'third']) expect(await says(text)).toBe(200);
    await worker.start();
    await heard('third');
    const order = ['first', 'second', 'third'].map((text) => bot.heard(text).length);
    expect(order).toEqual([1, 1, 1]);
  });
});
