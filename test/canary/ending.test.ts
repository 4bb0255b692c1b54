// After the end of a contract nothing of that tenant's people is in any store, its webhooks are unknown, and other tenants go on.
import path from 'node:path';
import { databaseUrl } from '#libs/platform';
import { redisIsThere, startRedis, type TestRedis } from '../../libs/platform/test/redis-server.js';
import { acme, instructions, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import { messenger, messengerText, postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';
import { needlesOf } from './forms.js';
import { inFiles, inRedis, inRows } from './places.js';

const SAID = 'farewell-canary-84213';
const PHONE = '4915550084213';
const NAME = 'Canaria Abschied';
const NEEDLES = needlesOf([SAID, PHONE, NAME]);

let world: World;
let redis: TestRedis | null = null;
let ended: Acme;
let other: Acme;
let answer: Awaited<ReturnType<World['gateway']['call']>>;

beforeAll(async () => {
  redis = redisIsThere() ? await startRedis() : null;
  world = await startWorld(redis ? { REDIS_URL: redis.url } : {});
  ended = await acme(world.gateway, { ...instructions(world.bot.url), contract: { atEnd: 'return' } });
  other = await acme(world.gateway, instructions(world.bot.url));
  await write(ended);
  await write(other);
  const visitor = await visit(world.gateway.url, ended.siteKey, { user: PHONE });
  await visitor.post({ type: 'message', text: SAID });
  await until('the bot heard all of it', () => world.bot.calls.filter(({ raw }) => raw.includes(SAID)).length >= 5);
  // While more is coming in.
  const [deleted] = await Promise.all([
    world.gateway.call('DELETE', `/v1/tenants/${ended.slug}`),
    ...Array.from({ length: 20 }, (_, n) => write(ended, n).catch(() => undefined)),
  ]);
  answer = deleted;
});
afterAll(async () => {
  await world?.end();
  await redis?.stop();
});

async function write(tenant: Acme, n = 0): Promise<void> {
  const who = { phone: `${PHONE}${n || ''}`, user: `US.${PHONE}${n || ''}`, name: NAME };
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, who, [whatsAppText(`${SAID} ${n}`)]), tenant);
  await postSigned(tenant.messenger, messenger(tenant.pageId, `${PHONE}${n || ''}`, messengerText(`${SAID} ${n}`)), tenant);
} // prettier-ignore

test('it is returned, deleted and certified; its webhooks, keys and sites are unknown', async () => {
  expect([answer.status, answer.json['returned']]).toEqual([200, expect.objectContaining({ bytes: expect.any(Number) })]);
  const late = await postSigned(ended.messenger, messenger(ended.pageId, '1', messengerText('late')), ended);
  expect(late.status).toBe(404);
  expect((await ended.call('GET', '/requests')).status).toBe(401);
  const token = await world.gateway.call('POST', '/v3/directline/tokens/generate', { bearer: ended.siteKey });
  expect(token.status).toBeGreaterThanOrEqual(400);
}); // prettier-ignore

test('no row of it is anywhere, and the other tenant has its own', async () => {
  const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
  const { rows, hits } = await inRows(url, NEEDLES);
  expect([rows > 20, hits]).toEqual([true, []]);
  const left = await inRows(url, needlesOf([ended.phoneNumberId, ended.secret, ended.apiKey]));
  expect(left.hits).toEqual([]);
  const { json } = await other.call('GET', '/conversations?purpose=support');
  expect((json['items'] as unknown[]).length).toBeGreaterThanOrEqual(2);
});

test('no file holds anything of its people: tables, write-ahead log, keys, the export that waits', () => {
  expect(inFiles(world.gateway.dataDir, NEEDLES)).toEqual([]);
  expect(inFiles(path.join(world.gateway.dataDir, 'ledger'), needlesOf([ended.slug]))).toEqual([]);
});

test('nor does anything that was logged, nor Redis', async () => {
  for (const { bytes } of NEEDLES) expect(Buffer.from(world.gateway.output()).includes(bytes)).toBe(false);
  if (redis) expect((await inRedis(redis.url, NEEDLES)).hits).toEqual([]);
});

test('what was returned has all of it, and each would have been found', async () => {
  const { pathname } = new URL(String(answer.json['exportUrl']));
  const archive = await fetch(world.gateway.url + pathname, { method: 'POST' });
  expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect((await archive.arrayBuffer()).byteLength).toBe((answer.json['returned'] as { bytes: number }).bytes);
});
