// Roles on two processes, queues in Redis: one takes in and answers the API, the other works; one of them may go and come back.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createLogger, startDatabase, type Database } from '#libs/platform';
import { ownRedisIsThere, startOwnRedis, type OwnRedis } from '../../libs/platform/test/redis-server.js';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { build, type Build } from '../support/build.js';
import { echo, says as answers, startBot, type Bot } from '../support/bot.js';
import { gatewayAt, type Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startFakeMeta, type FakeMeta } from '../../apps/cli/src/fake-meta/server.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'parley-two-'));
const described = ownRedisIsThere() ? describe : describe.skip;

described('ingress and API here, a worker there', () => {
  let database: Database;
  let redis: OwnRedis;
  let built: Build;
  let bot: Bot;
  let meta: FakeMeta;
  let front: Gateway;
  let worker: Gateway;
  /** Takes in and answers as the first does. */
  let second: Gateway;
  let look: pg.Client;
  let tenant: Acme;

  beforeAll(async () => {
    const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
    [database, redis, built, bot] = await Promise.all([
      startDatabase({ databaseUrl: null, dataDir }, log),
      startOwnRedis(),
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
    second = gatewayAt({ build: built, port: await freePort(), env: { ...env, PARLEY_ROLES: 'ingress,api' } });
    for (const one of [front, worker, second]) await one.start();
    const document = instructions(bot.url) as { recipients: { bot: object } };
    tenant = await acme(front, {
      ...document,
      recipients: { bot: { ...document.recipients.bot, erasure: { url: bot.url } } },
    });
    look = new pg.Client({ connectionString: database.url });
    await look.connect();
  });

  afterAll(async () => {
    await look?.end();
    for (const one of [front, worker, second]) await one?.remove();
    await meta?.close();
    await bot?.close();
    await redis?.stop();
    await database?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const person = { phone: '4915550002222', user: 'DE.2222000011' };
  const says = async (text: string): Promise<number> =>
    (await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]), tenant)).status;
  const heard = (text: string) => until(`the bot heard "${text}"`, () => bot.heard(text)[0]);

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

  describe('an erasure that one carries out', () => {
    const anna = { phone: '4915550003333', user: 'DE.3333000011' };
    /** Taken in by the second, which knows from then on whose it is. */
    const writes = async (text: string): Promise<number> =>
      (await postSigned(tenant.whatsApp.replace(front.url, second.url), whatsApp(tenant.phoneNumberId, anna, [whatsAppText(text)]), tenant)).status; // prettier-ignore
    const person = async (): Promise<string | undefined> =>
      (await look.query<{ id: string }>("SELECT k.subject_id AS id FROM parley.subject_key k JOIN parley.identity i ON i.subject_id = k.subject_id WHERE i.kind = 'user_id' ORDER BY i.valid_from DESC")).rows[0]?.id; // prettier-ignore
    const read = (one: Gateway, conversation: string): Promise<{ status: number; text: string }> =>
      one.call('GET', `/v1/tenants/${tenant.slug}/conversations/${conversation}/messages?purpose=support`, { bearer: tenant.apiKey }); // prettier-ignore

    test('is one in every other soon after, and a bot that answers only then is told of it', async () => {
      expect(await writes('before')).toBe(200);
      await heard('before');
      const old = (await person())!;
      const [conversation] = (await look.query<{ id: string }>('SELECT id FROM parley.conversation WHERE subject_id = $1', [old])).rows; // prettier-ignore
      expect((await read(second, conversation!.id)).text).toContain('before');
      let answer = (): void => undefined;
      const asked = new Promise<void>((resolve) => (answer = resolve));
      bot.answer(async (turn) => {
        if (turn.event === 'erase') return answers();
        if (turn.message.text === 'hanging') await asked;
        return echo(turn);
      });
      expect(await writes('hanging')).toBe(200);
      await heard('hanging');
      await look.query('DELETE FROM parley.disclosure');

      const subject = { channel: 'whatsapp-cloud', kind: 'user_id', value: anna.user };
      const { id } = took(await tenant.call('POST', '/requests', { right: 'erasure', subject }), 'erasure');
      const keysOf = 'SELECT FROM parley.subject_key WHERE subject_id = $1';
      await until('the key is gone', async () => (await look.query(keysOf, [old])).rowCount === 0);
      await until('the other knows', async () => !(await read(second, conversation!.id)).text.includes('before'));
      expect(await writes('after')).toBe(200);
      const certificate = async () => (await tenant.call('GET', `/requests/${String(id)}`)).json['certificate'];
      const done = await until('it is completed', certificate);
      // It is on record since before it was asked.
      expect(done).toMatchObject({ recipients: [{ recipient: 'bot' }] });
      answer();
      const after = await heard('after');
      expect(after.body.subject).not.toBe(bot.heard('before')[0]!.body.subject);
      expect((await look.query('SELECT FROM parley.message WHERE conversation_id = $1', [conversation!.id])).rowCount).toBe(0); // prettier-ignore
      await until('the bot is told', () => bot.calls.find(({ body }) => body.event === 'erase'));
      expect(await until('it confirmed', async () => JSON.stringify(await certificate()).includes('acknowledged'))).toBe(true); // prettier-ignore
    });
  });

  /** A command waits for Redis to come back, but not the end of a process. */
  test.each([
    { redisThat: 'says nothing', signal: 'SIGSTOP', one: () => worker },
    { redisThat: 'is gone', signal: 'SIGKILL', one: () => front },
  ] as const)('each ends beside a Redis that $redisThat', async ({ signal, one }) => {
    process.kill(redis.pid, signal);
    expect(await says(`beside one that got a ${signal}`)).toBe(200);
    expect(await one().stop()).toBe(0);
  });
});
