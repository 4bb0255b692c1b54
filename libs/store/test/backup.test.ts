// A backup put back is the same to the last row, under an owner without any privilege; and what is not whole, fitting and in time is refused.
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex, openSubjectKey } from '#libs/vault';
import {
  backup,
  DATA_MAP,
  deletionLine,
  openStore,
  prepareDatabase,
  restore,
  type Deletion,
  type Restored,
  type RestoreOptions,
} from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';
import { startLandlord, type Landlord, type Owned } from './landlord.js';

const masterKey = randomBytes(32);
const days = { data: 30, keys: 7 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let server: TestDatabase;
let folder: string;
let owned: Landlord['owned'];
let landlord: Landlord;

beforeAll(async () => {
  server = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  landlord = await startLandlord(server, masterKey);
  owned = landlord.owned;
});
afterAll(async () => {
  await landlord.end();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const mandateFor = (tenantId: string) =>
  grantMandate({ tenantId, operation: 'Store', purpose: 'p', categories: ['routing', 'content'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore

async function filled(at: Owned, people = 3) {
  const { id: tenantId } = (await at.store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const keys = (await at.store.tenantKeys(tenantId))!;
  const line = { channel: 'test', name: 'Line', account: '1', settings: {}, secrets: { a: 'b' }, health: 'healthy', reason: null }; // prettier-ignore
  const { id: connectionId } = await at.store.createConnection(tenantId, line, keys);
  const subjects: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const hash = blindIndex(keys, 'x', String(n));
    const contact = { connectionId, thread: '', locale: null, handles: [{ hash, kind: 'wa_id', value: personal(`49155500000${n}`), clause: '/c' }] }; // prettier-ignore
    const who = await at.store.resolveContact(mandateFor(tenantId), keys, contact);
    subjects.push(who.subjectId);
    const messages = Array.from({ length: 50 }, () => ({
      tenantId, id: v7(), connectionId, conversationId: who.conversationId, hash: randomBytes(16), direction: 'in' as const, type: 'message',
      contentType: 'text', body: randomBytes(3_000), target: null, state: 'done', version: 1, clause: '/c', at: new Date(), fed: false,
    })); // prettier-ignore
    const leaves = [{ tenantId, leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 50 } }];
    await at.store.ingest({ messages, statuses: [], observations: [], leaves }, 0);
  }
  return { tenantId, keys, subjects };
}

/** Number and content of the rows of each table. */
async function fingerprint({ look }: Owned): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of Object.keys(DATA_MAP).filter((t) => t !== 'migration')) {
    const text = `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS all FROM parley.${table} t`;
    found[table] = (await look.query<{ all: string }>(text)).rows[0]!.all;
  }
  return found;
}

let files = 0;
async function backedUp({ url }: Owned, now = Date.now()) {
  const path = join(folder, String(++files));
  const at = { data: `${path}.data`, keys: `${path}.keys` };
  const made = await backup({ databaseUrl: url, masterKey, now, days }, { data: createWriteStream(at.data), keys: createWriteStream(at.keys) }); // prettier-ignore
  return { ...at, made };
}

interface How {
  readonly key?: Buffer;
  readonly now?: number;
  readonly days?: typeof days;
  readonly journals?: RestoreOptions['journals'];
  readonly journal?: readonly Deletion[];
  readonly replaced?: (known: readonly Deletion[]) => void;
}
/** A journal, from so many ms after now, to so many. */
const span = (since: number, until = 10 * DAY_MS) => ({
  since: new Date(Date.now() + since),
  until: new Date(Date.now() + until),
});
const putBack = (at: Owned, from: { data: string; keys: string }, how: How = {}): Promise<Restored> =>
  restore(
    {
      databaseUrl: at.url, masterKey: how.key ?? masterKey, now: how.now ?? Date.now(), checkpointOf: async () => null,
      days: how.days ?? days, journals: how.journals ?? [span(-10 * DAY_MS)],
      journal: async (replaced) => (how.replaced?.(replaced), [...replaced, ...(how.journal ?? [])]),
    },
    { data: createReadStream(from.data), keys: createReadStream(from.keys) },
  ); // prettier-ignore

/** The gateway of the target is away. */
async function empty(): Promise<Owned> {
  const target = await owned();
  await target.store.close();
  return { ...target, close: () => target.look.end() };
}
const entryOf = (tenant: string, subject: string | null): Deletion => ({ id: v7(), tenant, subject, at: new Date().toISOString(), request: v7(), kept: null }); // prettier-ignore

it('is the same to the last row, in another database, with keys that open', async () => {
  const [source, target] = [await owned(), await empty()];
  const { tenantId, keys, subjects } = await filled(source);
  const before = await fingerprint(source);
  const halves = await backedUp(source);
  const restored = await putBack(target, halves);
  expect(restored).toMatchObject({ tenants: [tenantId], erasedAgain: 0, id: halves.made.id });
  const { ledger_leaf: leaves, destroyed_key: marks, ...rest } = await fingerprint(target);
  const { ledger_leaf: leavesBefore, destroyed_key: _none, ...restBefore } = before;
  expect(rest).toEqual(restBefore);
  expect(Number(leaves!.split(' ')[0])).toBe(Number(leavesBefore!.split(' ')[0]) + 1);
  expect(marks).toMatch(/^1 /);
  const again = openStore({ databaseUrl: target.url, masterKey, poolSize: 1, onError: () => undefined });
  expect((await again.tenantKeys(tenantId))!.index.equals(keys.index)).toBe(true);
  const { rows } = await target.look.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM parley.subject_key WHERE subject_id = $1', [subjects[0]]); // prettier-ignore
  expect(openSubjectKey(keys, subjects[0]!, rows[0]!.wrapped_key)).toHaveLength(32);
  // What is written next has the next number, and the row-level security is forced again.
  await again.ingest({ messages: [], statuses: [], observations: [], leaves: [{ tenantId, leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 1 } }] }, 0); // prettier-ignore
  const loose = await target.look.query("SELECT relname FROM pg_class WHERE relnamespace = 'parley'::regnamespace AND relrowsecurity AND NOT relforcerowsecurity"); // prettier-ignore
  expect(loose.rows).toEqual([]);
  await again.close();
  await Promise.all([source.close(), target.close()]);
});

it('the data half opens nothing, and the key half says nothing', async () => {
  const { gunzipSync } = await import('node:zlib');
  const source = await owned();
  await filled(source, 1);
  const { rows } = await source.look.query<{ key: Buffer }>('SELECT wrapped_key AS key FROM parley.subject_key UNION ALL SELECT wrapped FROM parley.tenant_key'); // prettier-ignore
  const at = await backedUp(source);
  const [data, keys] = [gunzipSync(readFileSync(at.data)), gunzipSync(readFileSync(at.keys))];
  expect(rows.map(({ key }) => [key.length > 0, data.includes(key), keys.includes(key)])).toEqual([[true, false, true], [true, false, true]]); // prettier-ignore
  expect(keys.length).toBeLessThan(1_500);
  await source.close();
});

it('whose contract ended since the backup is not brought back; others are', async () => {
  const [source, target] = [await owned(), await empty()];
  const [one, other] = [await filled(source), await filled(source)];
  const halves = await backedUp(source);
  const restored = await putBack(target, halves, { journal: [entryOf(other.tenantId, null)] });
  expect(restored).toMatchObject({ tenants: [one.tenantId], erasedAgain: 1 });
  const { rows } = await target.look.query<{ id: string }>('SELECT id FROM parley.subject ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(one.subjects.toSorted());
  for (const table of Object.keys(DATA_MAP).filter((t) => 'tenant_id' in DATA_MAP[t]!.columns))
    expect([table, (await target.look.query(`SELECT FROM parley.${table} WHERE tenant_id = $1`, [other.tenantId])).rowCount]).toEqual([table, 0]); // prettier-ignore
  await Promise.all([source.close(), target.close()]);
});

it('a gateway that is about to end is waited for, and one that stays is not', async () => {
  const [source, target] = [await owned(), await empty()];
  await filled(source);
  const halves = await backedUp(source);
  const client = async () => {
    const gateway = new pg.Client({ connectionString: target.url, application_name: 'parley-gateway' });
    await gateway.connect();
    return gateway;
  };
  const staying = await client();
  await expect(putBack(target, halves)).rejects.toThrow('stop all of them first');
  await staying.end();
  const ending = await client();
  setTimeout(() => void ending.end(), 500);
  expect(await putBack(target, halves)).toMatchObject({ tenants: [expect.any(String)] });
  await Promise.all([source.close(), target.close()]);
});

it('what the replaced database knew of deletions is handed over before it is replaced, to the letter', async () => {
  const source = await owned();
  const { tenantId, subjects } = await filled(source);
  const halves = await backedUp(source);
  const scope = await source.store.erasureScope(tenantId, [subjects[0]!], []);
  const mandate = grantMandate({ tenantId, operation: 'Erase', purpose: 'p', categories: [], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const whole = entryOf(tenantId, subjects[0]!);
  for (const phase of ['stop', 'key', 'rows'] as const)
    await source.store.erase(mandate, scope, { phase, journal: phase === 'key' ? [whole] : [] });
  // Too long for a notification.
  const connections = Array.from({ length: 300 }, (_, n) => `A page with a long name, number ${n}`);
  const kept = [{ categories: ['content'], connections, from: null, until: '2026-01-01T00:00:00Z' }];
  const partial = { ...entryOf(tenantId, subjects[1]!), kept };
  await source.store.eraseAround(mandate, {
    subjects: [subjects[1]!],
    holds: kept,
    requestId: randomUUID(),
    journal: [partial],
    before: new Date(Date.now() + 1_000),
  });
  await source.store.close();
  let known: readonly Deletion[] = [];
  await putBack(source, halves, { replaced: (replaced) => void (known = replaced) });
  expect(known.map(deletionLine).sort()).toEqual([whole, partial].map(deletionLine).sort());
  await source.look.end();
});

it('keys that were destroyed just before leave the files all the same', async () => {
  const source = await owned();
  const { tenantId, subjects } = await filled(source);
  const halves = await backedUp(source);
  const scope = await source.store.erasureScope(tenantId, [subjects[0]!], []);
  const mandate = grantMandate({ ...mandateFor(tenantId), operation: 'Erase' });
  for (const phase of ['stop', 'key', 'rows'] as const) await source.store.erase(mandate, scope, { phase });
  // The job had not come yet: its mark goes with the tables that are replaced.
  expect((await source.store.destroyedKeys()).ids).toHaveLength(1);
  await source.store.close();
  await putBack(source, halves);
  const again = openStore({ databaseUrl: source.url, masterKey, poolSize: 1, onError: () => undefined });
  expect((await again.destroyedKeys()).ids.length).toBeGreaterThan(0);
  await again.close();
  await source.look.end();
});

it('a newer key half leaves people without keys erased, whom no journal knows', async () => {
  const [source, target] = [await owned(), await empty()];
  const { subjects } = await filled(source);
  const old = await backedUp(source);
  await source.look.query('DELETE FROM parley.subject_key WHERE subject_id = $1', [subjects[1]]);
  const { keys } = await backedUp(source);
  expect(await putBack(target, { data: old.data, keys })).toMatchObject({ erasedAgain: 1 });
  expect((await target.look.query('SELECT FROM parley.message')).rowCount).toBe(100);
  await Promise.all([source.close(), target.close()]);
});

describe('is refused, and nothing is changed,', () => {
  let source: Owned;
  let target: Owned;
  let made: Awaited<ReturnType<typeof backedUp>>;
  let earlier: Awaited<ReturnType<typeof backedUp>>;
  let before: Record<string, string>;
  beforeAll(async () => {
    [source, target] = [await owned(), await empty()];
    await filled(source);
    earlier = await backedUp(source, Date.now() - DAY_MS);
    made = await backedUp(source);
    const filling = { ...target, store: openStore({ databaseUrl: target.url, masterKey, poolSize: 1, onError: () => undefined }) }; // prettier-ignore
    await filled(filling, 1);
    await filling.store.close();
    before = await fingerprint(target);
  });
  afterAll(() => Promise.all([source.close(), target.close()]));

  const changed = (file: string, change: (bytes: Buffer) => Buffer): string => {
    const other = `${file}.changed${++files}`;
    writeFileSync(other, change(readFileSync(file)));
    return other;
  };
  const flipped = (bytes: Buffer): Buffer => {
    bytes[Math.floor(bytes.length * 0.7)]! ^= 4;
    return bytes;
  };
  const CASES: readonly (readonly [string, () => { data?: string; keys?: string } & How, RegExp])[] = [
    ['under another master key', () => ({ key: randomBytes(32) }), /another master key/],
    ['when a bit of the data is another', () => ({ data: changed(made.data, flipped) }), /data half/],
    ['when a bit of the keys is another', () => ({ keys: changed(made.keys, flipped) }), /keys half/],
    ['when the end of the data is missing', () => ({ data: changed(made.data, (b) => b.subarray(0, b.length - 40)) }), /its end is missing/],
    ['when the halves are swapped', () => ({ data: made.keys, keys: made.data }), /it is the keys half/],
    ['when the keys are older than the data', () => ({ keys: earlier.keys }), /older than the data half/],
    ['after the time of its keys', () => ({ now: Date.now() + 8 * DAY_MS }), /its time ended/],
    ['after a life that has been shortened since', () => ({ data: earlier.data, keys: earlier.keys, days: { data: 30, keys: 0.5 } }), /its time ended/],
    ['when it is older than the journal', () => ({ journals: [span(1_000)] }), /complete only since/],
    ['when the journal was copied before it was made', () => ({ journals: [span(-DAY_MS, -HOUR_MS)] }), /ends before that, at/],
    ['when it was made in a time that no journal has', () => ({ journals: [span(-DAY_MS, -HOUR_MS), span(HOUR_MS)] }), /nothing of the time from/],
    ['when no journal has a time after it', () => ({ journals: [span(5 * HOUR_MS), span(-DAY_MS, HOUR_MS), span(-DAY_MS, 2 * HOUR_MS)] }), /nothing of the time from/],
    ['when no journal is there', () => ({ journals: [] }), /name a deletions\.jsonl/],
    ['when it is something else', () => ({ data: changed(made.data, () => Buffer.from('PGDMP')) }), /damaged|missing/],
  ]; // prettier-ignore

  it.each(CASES)('%s', async (_what, how, line) => {
    const { data = made.data, keys = made.keys, ...rest } = how();
    await expect(putBack(target, { data, keys }, rest)).rejects.toThrow(line);
    expect(await fingerprint(target)).toEqual(before);
  });

  it('while a gateway is connected', async () => {
    const { logins } = await prepareDatabase(target.url, masterKey);
    const gateway = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 1, onError: () => undefined });
    await gateway.ping();
    await expect(putBack(target, made)).rejects.toThrow('stop all of them first');
    await gateway.close();
    expect(await fingerprint(target)).toEqual(before);
  });
});
