// Two processes on one database: a new version holds in both soon after, no event straddles two, and without one nothing is kept.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '../../libs/store/test/database.js';
import { acme, instructions, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import type { Gateway } from '../support/gateway.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let database: TestDatabase;
let admin: pg.Pool;
let world: World;
let gateways: readonly Gateway[];

beforeAll(async () => {
  database = await startTestDatabase();
  admin = new pg.Pool({ connectionString: database.url });
  admin.on('error', () => undefined); // told that the server ends
  world = await startWorld({ DATABASE_URL: database.url, PARLEY_MASTER_KEY: randomBytes(32).toString('base64'), PARLEY_LOG_LEVEL: 'warn' }); // prettier-ignore
  world.meta.control.set({ pair: null, perSecond: 10_000 });
  const other = await world.another();
  await other.start();
  gateways = [world.gateway, other];
});
afterAll(async () => {
  await admin?.end();
  await world?.end();
  await database?.stop();
});

const MESSAGES_PER_WEBHOOK = 3;
const SENDERS_PER_GATEWAY = 3;

interface Row {
  readonly version: number;
  readonly clause: string;
  /** Seconds that only one message has: by it the row is found. */
  readonly second: number;
}

async function idOf(tenant: Acme): Promise<string> {
  return (await admin.query<{ id: string }>('SELECT id FROM parley.tenant WHERE slug = $1', [tenant.slug])).rows[0]!.id;
}

async function inbound(tenant: Acme): Promise<Row[]> {
  const text = `SELECT instruction_version AS version, clause, extract(epoch FROM at)::int AS second FROM parley.message WHERE tenant_id = $1 AND direction = 'in' ORDER BY id`;
  return (await admin.query<Row>(text, [await idOf(tenant)])).rows;
}

const at = (gateway: Gateway, url: string): string => gateway.url + new URL(url).pathname;
const post = (gateway: Gateway, tenant: Acme, payload: unknown) => postSigned(at(gateway, tenant.whatsApp), payload, tenant); // prettier-ignore
const forNobody = (botUrl: string) => {
  const document = instructions(botUrl) as { recipients: { bot: object } };
  return { ...document, recipients: { bot: { ...document.recipients.bot, data: [] } } };
};

/** Submits, and answers what puts it in force. */
async function prepared(tenant: Acme, document: object): Promise<() => Promise<void>> {
  const { json } = await tenant.call('POST', '/instructions', document);
  const acknowledged = [...new Set((json['findings'] as { rule: string }[]).map(({ rule }) => rule))];
  return async () => {
    const { status } = await tenant.call('POST', `/instructions/${String(json['version'])}/approve`, { acknowledged });
    if (status !== 200) throw new Error(`not approved: ${status}`);
  };
}

/** Resolves when each gateway decides by this version. */
async function goBy(tenant: Acme, version: number): Promise<void> {
  let second = 1_600_000_000;
  for (const gateway of gateways)
    await until(`it goes by version ${version}`, async () => {
      const message = whatsAppText('by which version?', { timestamp: String(++second) });
      await post(gateway, tenant, whatsApp(tenant.phoneNumberId, { phone: '4915597979797', user: 'DE.979797' }, [message]));
      return (await inbound(tenant)).find((row) => row.second === second)?.version === version;
    });
} // prettier-ignore

test('approved while messages flow through both: old before, new in both soon after, never both in one event', async () => {
  const tenant = await acme(world.gateway, forNobody(world.bot.url));
  const approve = await prepared(tenant, { ...forNobody(world.bot.url), freeText: { beforeRecipient: { bot: 'redact' } } }); // prettier-ignore
  interface Sent {
    readonly sender: string;
    readonly ended: number;
    readonly seconds: readonly number[];
  }
  const sent: Sent[] = [];
  let second = 1_700_000_000;
  let isFlowing = true;
  async function flow(gateway: Gateway, sender: string): Promise<void> {
    for (let turn = 0; isFlowing; turn++) {
      const seconds = Array.from({ length: MESSAGES_PER_WEBHOOK }, () => second++);
      const person = { phone: `49155${sender}`, user: `DE.${sender}` };
      const messages = seconds.map((one) => whatsAppText(`${sender} ${turn}`, { timestamp: String(one) }));
      const { status } = await post(gateway, tenant, whatsApp(tenant.phoneNumberId, person, messages));
      expect(status).toBe(200);
      sent.push({ sender, ended: performance.now(), seconds });
      await pause(10);
    }
  }
  const flowing = Promise.all(gateways.flatMap((gateway, g) => Array.from({ length: SENDERS_PER_GATEWAY }, (_, n) => flow(gateway, `${g}000${n}`)))); // prettier-ignore
  const through = (gateway: number) => sent.filter(({ sender }) => sender.startsWith(String(gateway)));
  const inBoth = (what: (some: readonly Sent[]) => boolean) => [...gateways.keys()].every((g) => what(through(g)));
  await until('messages flow', () => inBoth((some) => some.length > 3));
  const asked = performance.now();
  await approve();
  await until('both go by the new version', async () => {
    const renewed = new Set((await inbound(tenant)).filter(({ version }) => version === 2).map((row) => row.second));
    return inBoth((some) => some.filter(({ seconds }) => seconds.every((one) => renewed.has(one))).length > 3);
  });
  isFlowing = false;
  await flowing;

  const versions = new Map((await inbound(tenant)).map((row) => [row.second, row]));
  const versionsOf = ({ seconds }: Sent): number[] => [
    ...new Set(seconds.map((one) => versions.get(one)?.version ?? 0)),
  ];
  expect(sent.filter((one) => versionsOf(one).length !== 1 || ![1, 2].includes(versionsOf(one)[0]!))).toEqual([]);
  const of = (which: readonly Sent[]): number[] => [...new Set(which.flatMap(versionsOf))];
  expect(of(sent.filter(({ ended }) => ended < asked))).toEqual([1]);
  for (const sender of new Set(sent.map((one) => one.sender))) {
    const order = sent.filter((one) => one.sender === sender).flatMap(versionsOf);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
  expect([...new Set([...versions.values()].map(({ clause }) => clause))]).toEqual(['/purposes/support']);
});

test('every row and every leaf names the version and the clause', async () => {
  const tenant = await acme(world.gateway, instructions(world.bot.url));
  const person = { phone: '4915512121212', user: 'DE.121212' };
  await post(gateways[0]!, tenant, whatsApp(tenant.phoneNumberId, person, [whatsAppText('named')]));
  await until('it is answered', () => world.bot.heard('named')[0]);
  await tenant.call('GET', '/conversations?purpose=support');
  await tenant.call('POST', '/requests', { right: 'restriction', subject: { channel: 'whatsapp-cloud', kind: 'wa_id', value: person.phone } }); // prettier-ignore
  const id = await idOf(tenant);
  const names = async (table: string): Promise<string[]> =>
    (await admin.query<{ clause: string }>(`SELECT DISTINCT clause FROM parley.${table} WHERE tenant_id = $1 ORDER BY 1`, [id])).rows.map((row) => row.clause); // prettier-ignore
  await until('the disclosure is on record', async () => (await names('disclosure')).length > 0);
  expect(await names('disclosure')).toEqual(['/recipients/bot']);
  expect(await names('message')).toEqual(['/purposes/support']);
  expect(await names('identity')).toEqual(['/channels/whatsapp-cloud/identifiers/user_id', '/channels/whatsapp-cloud/identifiers/wa_id']); // prettier-ignore
  // Of all tenants of this file: also what was refused, withheld and asked for.
  const { rows } = await admin.query<{ leaf: Readonly<Record<string, unknown>> }>(
    'SELECT leaf FROM parley.ledger_leaf',
  );
  const said = rows.map(({ leaf }) => ({ ...leaf, ...(typeof leaf['instruction'] === 'object' ? (leaf['instruction'] as object) : { version: leaf['version'] ?? leaf['instruction'] }) })); // prettier-ignore
  const types = new Set(said.map((leaf) => (leaf as { type?: string }).type));
  expect([...types].sort()).toEqual(expect.arrayContaining(['disclosure', 'instructions-approved', 'intake', 'read', 'rights-request'])); // prettier-ignore
  const unnamed = said.filter((leaf) => {
    const { clause, version, type } = leaf as { clause?: unknown; version?: unknown; type: string };
    // What the linter says is about documents, and names the rule.
    if (type.startsWith('infringement-')) return false;
    return typeof clause !== 'string' || !(typeof version === 'number' || clause === 'default:no-instructions');
  });
  expect(unnamed).toEqual([]);
});

test('what waits behind a slow bot goes on under the new version, not under the one of its turn', async () => {
  const tenant = await acme(world.gateway, instructions(world.bot.url));
  const approve = await prepared(tenant, { ...instructions(world.bot.url), freeText: { beforeRecipient: { bot: 'redact' } } }); // prettier-ignore
  const person = { phone: '4915598989898', user: 'DE.989898' };
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => (free = resolve));
  world.bot.answer(async (turn) => {
    if (turn.message.text?.startsWith('one')) await held;
    return says('ok');
  });
  const texts = ['one a@b.example', 'two a@b.example', 'three a@b.example'];
  await post(gateways[1]!, tenant, whatsApp(tenant.phoneNumberId, person, texts.map((one) => whatsAppText(one)))); // prettier-ignore
  await until('the bot is asked', () => world.bot.calls.find(({ body }) => body.message.text?.startsWith('one')));
  await approve();
  await goBy(tenant, 2);
  free();
  const said = (word: string) => world.bot.calls.find(({ body }) => body.message.text?.startsWith(word))?.body.message.text; // prettier-ignore
  await until('the rest follows', () => said('three'));
  world.bot.answer(echo);
  expect(texts.map((one) => said(one.split(' ')[0]!))).toEqual(['one [email:1]', 'two [email]', 'three [email]']);
});

describe('fail closed', () => {
  const person = { phone: '4915531313131', user: 'DE.313131' };
  const refusals = async (): Promise<number> => {
    const counts = await Promise.all(gateways.map(async (one) => (await one.call('GET', '/metrics')).text));
    const lines = counts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('parley_inbound_events_total{') && line.includes('outcome="refused"'))); // prettier-ignore
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  const said = (tenant: Acme, text: string) => whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]);

  test('instructions that have ended: refused and counted, answered 200, nothing kept but the count', async () => {
    const began = Date.now();
    await acme(world.gateway, instructions(world.bot.url));
    // Approving it takes as long; it would not be approved once it has ended.
    const ends = new Date(Date.now() + 1_500 + 5 * (Date.now() - began));
    const tenant = await acme(world.gateway, { ...instructions(world.bot.url), effective: { until: ends.toISOString() } }); // prettier-ignore
    await pause(ends.getTime() - Date.now() + 1_000);
    const before = await refusals();
    for (const gateway of gateways) expect((await post(gateway, tenant, said(tenant, 'too late'))).status).toBe(200);
    expect(await refusals()).toBe(before + 2);
    expect(await inbound(tenant)).toEqual([]);
    const id = await idOf(tenant);
    const count = async (table: string) => Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM parley.${table} WHERE tenant_id = $1`, [id])).rows[0]!.n); // prettier-ignore
    expect([await count('subject'), await count('identity'), await count('conversation'), await count('external_id')]).toEqual([0, 0, 0, 0]); // prettier-ignore
    const { rows } = await admin.query<{ leaf: object }>(`SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf ->> 'type' = 'intake'`, [id]); // prettier-ignore
    expect(rows.length).toBeGreaterThan(0);
    for (const { leaf } of rows) expect(leaf).toMatchObject({ outcome: 'refused', clause: 'default:no-instructions', version: null, hash: null }); // prettier-ignore
    expect(world.bot.heard('too late')).toEqual([]);
  });

  test('no key: nothing can be verified or kept, and nothing is acknowledged: what the platform sends again is taken then', async () => {
    const tenant = await acme(world.gateway, instructions(world.bot.url));
    const id = await idOf(tenant);
    const turn = 'UPDATE parley.tenant_key SET wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20)) WHERE tenant_id = $1'; // prettier-ignore
    const nothing = whatsApp(tenant.phoneNumberId, person, []);
    const reload = async (status: number) => {
      await admin.query("SELECT pg_notify('parley_changes', $1)", [id]);
      for (const gateway of gateways)
        await until('it is read anew', async () => (await post(gateway, tenant, nothing)).status === status);
    };
    await admin.query(turn, [id]);
    await reload(503);
    for (const gateway of gateways) {
      const { status, headers } = await post(gateway, tenant, said(tenant, 'no key'));
      expect([status, headers.has('retry-after')]).toEqual([503, true]);
    }
    expect(await inbound(tenant)).toEqual([]);
    await admin.query(turn, [id]);
    await reload(200);
    for (const gateway of gateways) expect((await post(gateway, tenant, said(tenant, 'a key'))).status).toBe(200);
    expect(await inbound(tenant)).toHaveLength(2);
    expect(world.bot.heard('no key')).toEqual([]);
  });

  test('no ledger: what cannot be recorded is not kept, and not acknowledged', async () => {
    const tenant = await acme(world.gateway, instructions(world.bot.url));
    await admin.query('REVOKE INSERT ON parley.ledger_leaf FROM parley_app');
    const asked = Promise.all(gateways.map((gateway) => post(gateway, tenant, said(tenant, 'unrecorded'))));
    const during = await asked.catch(() => []);
    await admin.query('GRANT INSERT ON parley.ledger_leaf TO parley_app');
    expect(during.map(({ status, headers }) => [status, headers.has('retry-after')])).toEqual([[503, true], [503, true]]); // prettier-ignore
    expect(await inbound(tenant)).toEqual([]);
    expect((await post(gateways[0]!, tenant, said(tenant, 'recorded'))).status).toBe(200);
    expect(await inbound(tenant)).toHaveLength(1);
    expect(world.bot.heard('unrecorded')).toEqual([]);
  });
});
