// Statistics on a real PostgreSQL: counted once, the same before and after somebody is erased, and before what they count goes.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { InForce } from '#libs/instructions';
import { grantMandate, personal, type Operation } from '#libs/kernel';
import { createLogger, startDatabase, type Database } from '#libs/platform';
import { migrate, openStore, type MessageRow, type Store } from '#libs/store';
import { blindIndex } from '#libs/vault';
import { createSweeper } from '../src/retention/sweeper.js';
import { createCounter } from '../src/statistics/counter.js';

const dir = mkdtempSync(join(tmpdir(), 'parley-statistics-'));
const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
let database: Database;
let store: Store;
let admin: pg.Pool;

beforeAll(async () => {
  database = await startDatabase({ databaseUrl: null, dataDir: dir }, log);
  await migrate(database.url);
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 4, onError: () => undefined });
  admin = new pg.Pool({ connectionString: database.url });
});
afterAll(async () => {
  await admin.end();
  await store.close();
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
});

const HOUR = 3_600_000;
/** An id of version 7 that was made then. */
const idAt = (at: number): string => {
  const hex = at.toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(1);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

async function business() {
  const tenant = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const tenantId = tenant.id;
  const keys = (await store.tenantKeys(tenantId))!;
  const line = { channel: 'test', name: 'Line', account: '1', settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const connection = await store.createConnection(tenantId, line, keys);
  const mandate = (operation: Operation) =>
    grantMandate({ tenantId, operation, purpose: 'p', categories: ['routing', 'content'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const someone = (locale: string | null = null) =>
    store.resolveContact(mandate('Store'), keys, {
      connectionId: connection.id, thread: '', locale,
      handles: [{ hash: blindIndex(keys, 'x', randomUUID()), kind: 'wa_id', value: personal('1'), clause: '/c' }],
    }); // prettier-ignore
  async function says(who: { conversationId: string }, at: number, state = 'done'): Promise<void> {
    const row: MessageRow = {
      tenantId, id: idAt(at), connectionId: connection.id, conversationId: who.conversationId, hash: randomBytes(16), direction: 'in',
      type: 'message', contentType: 'text', body: Buffer.from('sealed'), target: null, state, version: 1, clause: '/c', at: new Date(at), fed: false,
    }; // prettier-ignore
    await store.ingest({ messages: [row], statuses: [], observations: [], leaves: [] }, 0);
  }
  async function erase(subjectId: string): Promise<void> {
    const scope = await store.erasureScope(tenantId, [subjectId], []);
    for (const phase of ['stop', 'key', 'rows'] as const) await store.erase(mandate('Erase'), scope, { phase });
  }
  return { tenantId, keys, someone, says, erase };
}

const document = (more: object = {}) => ({
  schema: 'parley-instructions/1',
  purposes: { support: { dpv: 'CustomerCare', data: ['routing', 'content'] } },
  retention: [{ data: 'content', period: 'P30D' }, { data: 'routing', period: 'P30D' }],
  statistics: { enabled: true, time: 'hour', dimensions: ['channel', 'language'] },
  ...more,
}); // prettier-ignore

/** Counts as of some hours after now, with statistics instructed two hours before. */
function counting(b: { tenantId: string }, from: number) {
  const inForce = { version: 1, hash: 'h', document: document() } as unknown as InForce;
  const approved = [{ version: 1, approved_at: new Date(from), document: inForce.document }];
  return (at: number) => createCounter({ store, now: () => at })(b.tenantId, inForce, approved);
}

test('a group is told, a rare language is not, and nobody is found by comparing before and after an erasure', async () => {
  const b = await business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  const speakers = [...Array.from({ length: 15 }, () => 'de-DE'), ...Array.from({ length: 14 }, () => 'en'), 'sv'];
  const persons = await Promise.all(speakers.map((locale) => b.someone(locale)));
  for (const who of persons) await b.says(who, start + 1_000);
  const count = counting(b, start);
  await count(start + HOUR + 60_000); // not over yet: something may still be on its way
  expect(await store.statisticBins(b.tenantId, null, 10)).toEqual([]);
  await count(start + HOUR + 120_000);
  const before = await store.statisticBins(b.tenantId, null, 10);
  expect(before).toMatchObject([
    { persons: 30, messages: 30, cells: [{ key: '["test","de"]', messages: 15 }], minimum_group: 10 },
  ]);
  for (const who of [persons[0]!, persons[29]!]) await b.erase(who.subjectId);
  await count(start + HOUR + 180_000);
  expect(await store.statisticBins(b.tenantId, null, 10)).toEqual(before);
});

test('whoever is restricted or objected, and what waits for consent, is not counted', async () => {
  const b = await business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  const persons = await Promise.all(Array.from({ length: 13 }, () => b.someone('de')));
  for (const [n, who] of persons.entries()) await b.says(who, start + 1_000, n === 0 ? 'held' : 'done');
  await store.restrictSubjects(b.tenantId, [persons[1]!.subjectId], { restricted: true, resume: false });
  await store.recordObjection(b.keys, [persons[2]!.subjectId], ['marketing']);
  await counting(b, start)(start + HOUR + 120_000);
  expect(await store.statisticBins(b.tenantId, null, 10)).toMatchObject([{ persons: 10, messages: 10 }]);
});

test('neither the application nor a mistake in it can count again or tell of fewer', async () => {
  const b = await business();
  const start = new Date(Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR);
  const bin = { starts: start, ends: new Date(start.getTime() + HOUR), instruction_version: 1, minimum_group: 10, dimensions: [] }; // prettier-ignore
  const nine = async () => ({ persons: 9, messages: 9, cells: [] });
  await expect(store.countBin(b.tenantId, bin, nine)).rejects.toThrow(/check constraint/);
  const ten = async () => ({ persons: 10, messages: 10, cells: [] });
  expect(await store.countBin(b.tenantId, bin, ten)).toBe(true);
  const day = { ...bin, starts: new Date(start.getTime() - 5 * HOUR), ends: new Date(start.getTime() + 19 * HOUR) };
  expect([await store.countBin(b.tenantId, bin, ten), await store.countBin(b.tenantId, day, ten)]).toEqual([false, false]); // prettier-ignore
  const client = await admin.connect();
  try {
    await client.query(
      `BEGIN; SET LOCAL ROLE parley_app; SELECT set_config('parley.tenants', '{${b.tenantId}}', true)`,
    );
    await expect(client.query('UPDATE parley.statistic_bin SET persons = 11')).rejects.toThrow(/permission denied/);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

test('what is due is counted before it goes', async () => {
  const b = await business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 50 * HOUR;
  const persons = await Promise.all(Array.from({ length: 12 }, () => b.someone('de')));
  for (const who of persons) await b.says(who, start + 1_000);
  const retention = [{ data: 'content', period: 'PT40H' }, { data: 'routing', period: 'PT40H' }]; // prettier-ignore
  await admin.query(
    `INSERT INTO parley.instruction_version (tenant_id, version, hash, document, findings, approved_at)
     VALUES ($1, 1, 'h', $2, '[]', $3)`,
    [b.tenantId, JSON.stringify(document({ retention })), new Date(start - HOUR)],
  );
  const sweeper = createSweeper({ store, count: createCounter({ store, now: Date.now }), late: () => undefined, log, now: Date.now }); // prettier-ignore
  for (let round = 0; round < 3; round += 1) {
    sweeper.changed(null);
    await sweeper.run();
    sweeper.changed(b.tenantId);
  }
  const { rows } = await admin.query('SELECT FROM parley.message WHERE tenant_id = $1', [b.tenantId]);
  expect(rows).toEqual([]);
  expect((await store.statisticBins(b.tenantId, null, 100)).map(({ persons: n }) => n)).toContain(12);
});
