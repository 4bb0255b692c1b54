// Erasures while the gateway is killed again and again, people write all the while and answers are on their way: each ends erased, once, and nothing comes back.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DATA_MAP } from '#libs/store';
import { startTestDatabase, type TestDatabase } from '../../libs/store/test/database.js';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, wamid, whatsApp, whatsAppText, type WhatsAppPerson } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

const KILLS = 6;
const PEOPLE = 8;
const EARLIER = 12;

let database: TestDatabase;
let world: World;
let look: pg.Client;
let tenant: Acme;
const people: readonly WhatsAppPerson[] = Array.from({ length: PEOPLE }, (_, n) => ({ phone: `4915155600${String(n).padStart(3, '0')}`, user: `DE.5560000${n}` })); // prettier-ignore
const ben: WhatsAppPerson = { phone: '4915155699999', user: 'DE.556999999' };
/** Random ids by which somebody was known before. */
let old: readonly string[];
let bensBefore: string;
let requests: readonly { readonly id: string; readonly who: WhatsAppPerson }[] = [];

/** As a platform: again until it is taken. */
async function writes(from: WhatsAppPerson, text: string): Promise<void> {
  const payload = whatsApp(tenant.phoneNumberId, from, [whatsAppText(text, { id: wamid(from.phone) })]);
  while ((await postSigned(tenant.whatsApp, payload, tenant).catch(() => ({ status: 0 }))).status !== 200) await pause(50); // prettier-ignore
}
const column = async (text: string, values: readonly unknown[] = []): Promise<string[]> =>
  (await look.query<{ it: string }>(text, [...values])).rows.map(({ it }) => it);
const subjects = (): Promise<string[]> => column('SELECT id::text AS it FROM parley.subject');

/** Tables in which one of these stands; the journal keeps the person's random id, to keep them away. */
async function tablesWith(ids: readonly string[]): Promise<string[]> {
  const hits: string[] = [];
  for (const table of Object.keys(DATA_MAP).filter((name) => name !== 'deletion')) {
    const { rowCount } = await look.query(`SELECT FROM parley.${table} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS id WHERE position(id IN t::text) > 0) LIMIT 1`, [ids]); // prettier-ignore
    if (rowCount) hits.push(table);
  }
  return hits;
}
/** What is held of Ben: his identifiers and everything that he wrote and was answered. */
const bens = async (): Promise<string> =>
  (
    await column(
      `SELECT md5(string_agg(t, '|' ORDER BY t)) AS it FROM (
         SELECT i::text AS t FROM parley.identity i WHERE subject_id = $1
         UNION ALL SELECT m.id::text || encode(m.body, 'hex') FROM parley.message m JOIN parley.conversation c ON c.id = m.conversation_id WHERE c.subject_id = $1) x`,
      [old[0]],
    )
  )[0]!;

async function stateOf(id: string): Promise<unknown> {
  const answer = await tenant.call('GET', `/requests/${id}`).catch(() => null);
  return answer?.json['state'];
}
async function ask(who: WhatsAppPerson): Promise<string> {
  for (;;) {
    const subject = { channel: 'whatsapp-cloud', kind: 'wa_id', value: who.phone };
    const answer = await tenant.call('POST', '/requests', { right: 'erasure', subject }).catch(() => null);
    if (answer?.status === 201) return String(answer.json['id']);
    await pause(50);
  }
}

beforeAll(async () => {
  // Its own process, so that a kill takes the gateway and nothing else, and starting again takes a second.
  database = await startTestDatabase();
  world = await startWorld({ DATABASE_URL: database.url, PARLEY_LOG_LEVEL: 'warn' });
  world.meta.control.set({ pair: null, perSecond: 10_000, latencyMs: 40, webhookRetries: 100, webhookRetryMs: 100 });
  world.bot.answer(async (turn) => (await pause(Math.random() * 60), turn.event === 'erase' ? says() : echo(turn)));
  look = new pg.Client({ connectionString: database.url });
  await look.connect();
  const document = instructions(world.bot.url) as { recipients: Record<string, object> };
  tenant = await acme(world.gateway, {
    ...document,
    recipients: { bot: { ...document.recipients['bot'], erasure: { url: world.bot.url } } },
  });
  await writes(ben, 'ben was here');
  await until('Ben was answered', async () => (await column("SELECT id AS it FROM parley.message WHERE state IN ('delivered', 'read')")).length > 0); // prettier-ignore
  const [benId] = await subjects();
  for (const who of people) for (let n = 0; n < EARLIER; n += 1) await writes(who, `earlier ${n} of ${who.user}`);
  await until('the bot has heard of everybody', () => people.every((who) => world.bot.heard(`earlier 0 of ${who.user}`).length > 0)); // prettier-ignore
  old = [benId!, ...(await subjects()).filter((id) => id !== benId)];
  bensBefore = await bens();

  let writing = true;
  const writers = people.map(async (who) => {
    for (let n = 0; writing; n += 1) {
      await writes(who, `meanwhile ${n} of ${who.user}`);
      await pause(120);
    }
  });
  const asking = Promise.all(
    people.map(async (who, n) => {
      await pause(n * 400);
      // Twice at once, by two who do not know of each other.
      const [id, same] = await Promise.all([ask(who), ask(who)]);
      return [...new Set([id, same])].map((one) => ({ id: one, who }));
    }),
  );
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(150 + Math.random() * 900);
    await world.gateway.crash();
    await world.gateway.start();
  }
  requests = (await asking).flat();
  for (const { id } of requests) await until('each erasure is completed', async () => (await stateOf(id)) === 'completed'); // prettier-ignore
  await until('somebody new has written', async () => (await subjects()).some((id) => !old.includes(id)));
  writing = false;
  await Promise.all(writers);
  await world.meta.control.idle();
});
afterAll(async () => {
  await look?.end();
  await world?.end();
  await database?.stop();
});

test('everybody who was to be erased was somebody before, and is somebody else now', async () => {
  expect(old).toHaveLength(1 + PEOPLE);
  const now = await subjects();
  expect(now).toContain(old[0]);
  expect(now.filter((id) => old.slice(1).includes(id))).toEqual([]);
  expect(now.length).toBeGreaterThan(1);
});

test('of who they were nothing is left in any table, and the journal names each of them once', async () => {
  expect(await tablesWith(old.slice(1))).toEqual([]);
  const journal = await column('SELECT subject_id::text AS it FROM parley.deletion');
  expect(journal.filter((id) => old.includes(id)).sort()).toEqual(old.slice(1).toSorted());
  expect(new Set(journal).size).toBe(journal.length);
});

test('no message, hash, file or letter is without its person', async () => {
  const orphans = (table: string, of: string): Promise<string[]> =>
    column(`SELECT '${table}' AS it FROM parley.${table} t WHERE NOT EXISTS (SELECT FROM ${of})`);
  const conversation = 'parley.conversation c WHERE c.id = t.conversation_id';
  const message = 'parley.message m WHERE m.id = t.message_id';
  expect(await orphans('message', conversation)).toEqual([]);
  expect(await orphans('dead_letter', conversation)).toEqual([]);
  expect(await orphans('external_id', message)).toEqual([]);
  expect(await orphans('attachment', message)).toEqual([]);
});

test('a state that comes after the erasure of its message is gone within a minute or so', async () => {
  await look.query("UPDATE parley.delivery_status SET unbound_since = unbound_since - interval '1 minute'");
  const unbound = () =>
    column(`SELECT d.status AS it FROM parley.delivery_status d WHERE NOT EXISTS (
      SELECT FROM parley.external_id e WHERE e.tenant_id = d.tenant_id AND e.connection_id = d.connection_id AND e.hash = d.hash)`);
  await until('they are swept', async () => (await unbound()).length === 0);
});

test('each has a certificate; a recipient who was told has heard it once, however often it was told, or once more for what it was sent after', async () => {
  const toldOf = (id: string): Set<string> =>
    new Set(
      world.bot.calls.flatMap((call) => {
        const { event, request } = call.body as unknown as { event: string; request: string };
        return event === 'erase' && request === id ? [call.id] : [];
      }),
    );
  for (const { id } of requests) {
    const certificate = took(await tenant.call('GET', `/requests/${id}`), 'request')['certificate'] as Record<string, unknown> & { recipients: object[] }; // prettier-ignore
    expect(certificate).toMatchObject({ schema: 'parley-erasure-certificate/1', keysDestroyedAt: expect.any(String) });
    // A notice that was cut off again and again is tried anew after half a minute.
    if (certificate.recipients.length > 0) await until('the bot has heard of it', () => toldOf(id).size > 0);
    expect(toldOf(id).size).toBeLessThanOrEqual(2);
  }
  // It had heard of all of them before they asked.
  const unheard = people.filter((who) => !requests.some((one) => one.who === who && toldOf(one.id).size > 0));
  expect(unheard).toEqual([]);
});

test('Ben is as he was', async () => {
  expect(await bens()).toBe(bensBefore);
});

test('a bot that had the message when the gateway was killed is told of the erasure', async () => {
  const cleo: WhatsAppPerson = { phone: '4915155688888', user: 'DE.556888888' };
  world.bot.answer(async (turn) => {
    if (turn.event === 'erase') return says();
    if (turn.message.text === 'the only one') await pause(4_000);
    return echo(turn);
  });
  await writes(cleo, 'the only one');
  await until('the bot has it', () => world.bot.heard('the only one').length > 0);
  await world.gateway.crash();
  await world.gateway.start();
  const id = await ask(cleo);
  await until('the erasure is completed', async () => (await stateOf(id)) === 'completed');
  const recipients = async () =>
    (took(await tenant.call('GET', `/requests/${id}`), 'request')['certificate'] as { recipients: object[] })
      .recipients;
  await until('the bot has confirmed', async () => JSON.stringify(await recipients()).includes('"acknowledged"')); // prettier-ignore
  expect(await recipients()).toMatchObject([{ recipient: 'bot', event: 'erase' }]);
});
