// The spine when something is wrong: forged requests, bodies that are none, a database that is away, the end of the process.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, startDatabase, type Database } from '#libs/platform';
import { acme, instructions, type Acme } from '../support/acme.js';
import { databasePid, exchange, type Gateway } from '../support/gateway.js';
import { family, isRunning, signalAll } from '../support/processes.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import { postSigned, rawOf, signatureOf, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

const person = { phone: '4915550777777', user: 'DE.777777' };
const text = (tenant: Acme, said: string): unknown => whatsApp(tenant.phoneNumberId, person, [whatsAppText(said)]);

describe('with its own database', () => {
  let world: World;
  let tenant: Acme;
  beforeAll(async () => {
    world = await startWorld({ PARLEY_TRUSTED_PROXIES: '127.0.0.1' });
    tenant = await acme(world.gateway, instructions(world.bot.url));
  });
  afterAll(() => world.end());

  const postRaw = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
    exchange(tenant.whatsApp, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });

  test('the handshake answers to its own token only', async () => {
    const ask = (token: string) =>
      exchange(`${tenant.whatsApp}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`, {});
    expect(await ask(tenant.verifyToken)).toMatchObject({ status: 200, text: '1158201444' });
    expect((await ask('another')).status).toBe(403);
    expect((await ask(`${tenant.verifyToken}&hub.verify_token=another`)).status).toBe(403);
    expect((await ask(`${tenant.verifyToken}&hub.challenge=2`)).status).toBe(403);
  });

  test('who would rather speak HTTP/2 is answered in HTTP/1.1, as Java clients expect', async () => {
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
    const status = await new Promise((resolve, reject) => {
      request(`${world.gateway.url}/health/live`, { headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  test.each(['/privacy/requests/0123456789abcdef', '/webhooks/messenger/x/deletion'])(
    'what the framework refuses at %s leaves as a problem, too',
    async (path) => {
      const body = `signed_request=${'x'.repeat(20_000)}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await exchange(`${world.gateway.url}${path}`, { method: 'POST', headers, body });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.json).toMatchObject({ type: '/problems/too-large', status: 413 });
    },
  );

  test.each([
    { what: 'no signature', headers: () => ({}) },
    {
      what: 'SHA-1',
      headers: (raw: string) => ({
        'x-hub-signature': `sha1=${createHmac('sha1', tenant.secret).update(raw).digest('hex')}`,
        'x-hub-signature-256': `sha1=${createHmac('sha1', tenant.secret).update(raw).digest('hex')}`,
      }),
    },
    {
      what: "another app's secret",
      headers: (raw: string) => ({ 'x-hub-signature-256': signatureOf(raw, 'another') }),
    },
    {
      what: 'one byte altered',
      headers: (raw: string) => ({
        'x-hub-signature-256': signatureOf(raw.replace('forged', 'forgec'), tenant.secret),
      }),
    },
    {
      what: 'half a signature',
      headers: (raw: string) => ({ 'x-hub-signature-256': signatureOf(raw, tenant.secret).slice(0, 40) }),
    },
  ])('$what: 401, the same for all, and nothing is kept', async ({ headers }) => {
    const raw = rawOf(text(tenant, 'forged'));
    const answer = await postRaw(raw, headers(raw));
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ type: '/problems/bad-signature', title: expect.any(String) as unknown, status: 401 });
    expect(world.bot.heard('forged')).toEqual([]);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"object":1}',
    '{"object":"whatsapp_business_account","entry":[null]}',
    '\u0000',
  ])('a signed body that is nothing (%j) is no failure of ours', async (raw) => {
    expect((await postSigned(tenant.whatsApp, raw, tenant)).status).toBeLessThan(500);
  });

  /** Says how much is to come, and sends nothing of it: the answer must not wait for it. */
  const announce = (url: string, bytes: number, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<number>((resolve, reject) => {
      const asking = request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': bytes, ...headers },
      });
      asking.on('response', (answer) => {
        resolve(answer.statusCode ?? 0);
        asking.destroy();
      });
      asking.on('error', reject);
      asking.flushHeaders();
    });

  test('too large: 413, before it is read', async () => {
    expect(await announce(tenant.whatsApp, 4 * 1024 * 1024)).toBe(413);
    const { conversationId, token } = await visit(world.gateway.url, tenant.siteKey);
    const activities = `${world.gateway.url}/v3/directline/conversations/${conversationId}/activities`;
    expect(await announce(activities, 1024 * 1024, { authorization: `Bearer ${token}` })).toBe(413);
  });

  test('an unknown connection: 404', async () => {
    const elsewhere = tenant.whatsApp.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000');
    expect((await postSigned(elsewhere, text(tenant, 'lost'), tenant)).status).toBe(404);
  });

  test('a frozen database: no answer of ours says that it was kept', async () => {
    const server = family(databasePid(world.gateway.dataDir)!);
    signalAll(server, 'SIGSTOP');
    const answer = await postSigned(tenant.whatsApp, text(tenant, 'while frozen'), tenant).finally(() =>
      signalAll(server, 'SIGCONT'),
    );
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    await until('it takes messages again', async () => {
      const again = await postSigned(tenant.whatsApp, text(tenant, 'thawed'), tenant);
      return again.status === 200;
    });
    await until('and forwards them', () => world.bot.heard('thawed')[0]);
  });

  test('Ctrl-C ends it with exit code 0, and no database is left', async () => {
    const all = world.gateway.pids();
    const database = databasePid(world.gateway.dataDir)!;
    expect(all).toContain(database);
    expect(await world.gateway.stop('SIGINT')).toBe(0);
    // The guard of the database sees the end of the gateway a moment later.
    await until('all its processes have ended', () => !all.some(isRunning));
    expect(databasePid(world.gateway.dataDir)).toBeNull();
    await world.gateway.start();
    expect((await postSigned(tenant.whatsApp, text(tenant, 'the next day'), tenant)).status).toBe(200);
    await until('it goes on', () => world.bot.heard('the next day')[0]);
  });

  test('a reverse proxy that is trusted says who calls: the figures are for this machine and the operator alone', async () => {
    const from = async (address: string | null, bearer = 'nobody'): Promise<number> => {
      const headers: Record<string, string> = address === null ? {} : { 'x-forwarded-for': address };
      return (await world.gateway.call('GET', '/metrics', { bearer, headers })).status;
    };
    expect(await from(null)).toBe(200);
    expect(await from('203.0.113.7')).toBe(404);
    expect(await from('127.0.0.1, 203.0.113.7')).toBe(404);
    expect(await from('203.0.113.7', world.gateway.operatorToken)).toBe(200);
  });
});

describe('with a database that is given', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'parley-given-'));
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const startGiven = (): Promise<Database> => startDatabase({ databaseUrl: null, dataDir }, log);
  let database: Database;
  let world: World;
  let gateway: Gateway;
  let tenant: Acme;
  beforeAll(async () => {
    database = await startGiven();
    world = await startWorld({ DATABASE_URL: database.url });
    ({ gateway } = world);
    tenant = await acme(gateway, instructions(world.bot.url));
  });
  afterAll(async () => {
    await world?.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('while it is away: 503 with Retry-After; when it is back, what was acknowledged goes on', async () => {
    const visitor = await visit(gateway.url, tenant.siteKey);
    expect((await postSigned(tenant.whatsApp, text(tenant, 'before'), tenant)).status).toBe(200);
    await until('heard', () => world.bot.heard('before')[0]);
    await database.stop();
    const away = await Promise.all([
      postSigned(tenant.whatsApp, text(tenant, 'away'), tenant),
      visitor.post({ type: 'message', text: 'away' }),
    ]);
    for (const { status, headers, json } of away) {
      expect([status, headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      expect(json).toMatchObject({ type: '/problems/unavailable', status: 503 });
    }
    // Of a connection that nobody asked for before: nothing is known of it here.
    const subscription = await exchange(
      `${tenant.messenger}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x`,
      {},
    );
    expect([subscription.status, subscription.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
    ]);
    expect((await exchange(`${gateway.url}/webhooks/messenger/not-an-id?hub.mode=subscribe`, {})).status).toBe(404);
    expect((await exchange(`${gateway.url}/health/live`, {})).status).toBe(200);
    await until(
      'it says that it is not ready',
      async () => (await fetch(`${gateway.url}/health/ready`)).status === 503,
    );
    expect(world.bot.heard('away')).toEqual([]);
    database = await startGiven();
    await until('it is ready again', async () => (await fetch(`${gateway.url}/health/ready`)).ok);
    expect((await postSigned(tenant.whatsApp, text(tenant, 'back'), tenant)).status).toBe(200);
    await until('heard', () => world.bot.heard('back')[0]);
  });
});
