// Retention on a real PostgreSQL: what is due goes, with all that hangs on it; what is not due stays; nothing is looked at twice.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex } from '#libs/vault';
import { openStore, type Due, type MessageRow, type Store } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;
let admin: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 4, onError: () => undefined });
  admin = new pg.Pool({ connectionString: database.url });
  // A connection that is about to end may still be told that the server ends.
  admin.on('error', () => undefined);
  admin.on('connect', (client) => client.on('error', () => undefined));
});
afterAll(async () => {
  await admin.end();
  await store.close();
  await database.stop();
});

const DAY = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY);

/** An id of version 7 that was made then. */
const idAt = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(1);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

async function business() {
  const tenant = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const keys = (await store.tenantKeys(tenant.id))!;
  const line = { channel: 'test', name: 'Line', account: '1', settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const connection = await store.createConnection(tenant.id, line, keys);
  const mandate = grantMandate({ tenantId: tenant.id, operation: 'Store', purpose: 'p', categories: ['routing', 'content'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const someone = (value = randomUUID()) =>
    store.resolveContact(mandate, keys, {
      connectionId: connection.id, thread: '', locale: null,
      handles: [{ hash: blindIndex(keys, 'x', value), kind: 'wa_id', value: personal(value), clause: '/c' }],
    }); // prettier-ignore
  async function says(who: { conversationId: string; subjectId: string }, at: Date, version = 1): Promise<string> {
    const row: MessageRow = {
      tenantId: tenant.id, id: idAt(at), connectionId: connection.id, conversationId: who.conversationId, hash: randomBytes(16), direction: 'in',
      type: 'message', contentType: 'text', body: Buffer.from('sealed'), target: null, state: 'done', version, clause: '/c', at, fed: false,
    }; // prettier-ignore
    const status = { tenantId: tenant.id, connectionId: connection.id, hash: row.hash, messageId: null, status: 'read' as const, code: null, version: 1, clause: '/c', at }; // prettier-ignore
    await store.ingest({ messages: [row], statuses: [status], observations: [], leaves: [] }, 0);
    const file = { id: idAt(at), media: 'image', mime: 'image/png', size: 1, messageId: row.id, subjectId: who.subjectId, bytes: Buffer.alloc(1), version, clause: '/c' }; // prettier-ignore
    await store.storeAttachment(tenant.id, file);
    return row.id;
  }
  const due = (cutoff: Date, more: Partial<Due> = {}): Due => ({ tenantId: tenant.id, rule: 'r', start: 'last-activity', under: [1], cutoff, ...more }); // prettier-ignore
  const rows = async (table: string): Promise<number> => (await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM parley.${table} WHERE tenant_id = $1`, [tenant.id])).rows[0]!.n; // prettier-ignore
  const bodies = async (): Promise<string[]> => (await admin.query<{ id: string }>('SELECT id FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL ORDER BY id', [tenant.id])).rows.map((r) => r.id); // prettier-ignore
  return { tenant, keys, someone, says, due, rows, bodies };
}

describe('content', () => {
  it('counted from its arrival goes message by message, to the moment', async () => {
    const b = await business();
    const anna = await b.someone();
    const cutoff = ago(30);
    await b.says(anna, new Date(cutoff.getTime() - 1));
    const late = await b.says(anna, cutoff);
    const swept = await store.sweepContent(b.due(cutoff, { start: 'ingest' }));
    expect(swept).toEqual({ count: 1, more: false, oldest: new Date(cutoff.getTime() - 1) });
    expect(await b.bodies()).toEqual([late]);
  });

  it('counted from the last activity stays while the conversation goes on', async () => {
    const b = await business();
    const [anna, ben] = [await b.someone(), await b.someone()];
    const kept = [await b.says(anna, ago(90)), await b.says(anna, ago(1))];
    await b.says(ben, ago(90));
    expect((await store.sweepContent(b.due(ago(30))))!.count).toBe(1);
    expect(await b.bodies()).toEqual(kept);
  });

  it('that was passed over while the conversation went on goes with the last of it, as late as that', async () => {
    const b = await business();
    const anna = await b.someone();
    const last = ago(40);
    await b.says(anna, ago(90));
    await b.says(anna, last);
    const sweeps = [b.due(ago(60)), b.due(ago(30))] as const;
    expect(await store.sweepContent(sweeps[0])).toMatchObject({ count: 0 });
    expect(await store.sweepAttachments({ ...sweeps[0], rule: 'f' })).toMatchObject({ count: 0 });
    expect(await store.sweepContent(sweeps[1])).toEqual({ count: 2, more: false, oldest: last });
    expect(await store.sweepAttachments({ ...sweeps[1], rule: 'f' })).toMatchObject({ count: 2 });
  });

  it('kept under a later, laxer version stays', async () => {
    const b = await business();
    const anna = await b.someone();
    await b.says(anna, ago(40), 1);
    const kept = await b.says(anna, ago(39), 2);
    await store.sweepContent(b.due(ago(30), { start: 'ingest', under: [1] }));
    expect(await b.bodies()).toEqual([kept]);
  });

  it('that was not answered in time is not answered any more', async () => {
    const b = await business();
    const id = await b.says(await b.someone(), ago(40));
    await admin.query("UPDATE parley.message SET state = 'pending' WHERE id = $1", [id]);
    await store.sweepContent(b.due(ago(30)));
    const { rows } = await admin.query<{ state: string }>('SELECT state FROM parley.message WHERE id = $1', [id]);
    expect(rows).toEqual([{ state: 'expired' }]);
  });
});

it('files go alone where they have a line of their own', async () => {
  const b = await business();
  const kept = await b.says(await b.someone(), ago(40));
  expect((await store.sweepAttachments(b.due(ago(30))))!.count).toBe(1);
  expect([await b.bodies(), await b.rows('attachment')]).toEqual([[kept], 0]);
});

it('identifiers go alone where the text may stay longer', async () => {
  const b = await business();
  const [anna, ben] = [await b.someone(), await b.someone()];
  await b.says(anna, ago(40));
  await b.says(ben, ago(40));
  await b.says(ben, ago(2));
  expect((await store.sweepIdentifiers(b.due(ago(30))))!.count).toBe(1);
  expect([await b.rows('identity'), await b.rows('subject'), await b.rows('message')]).toEqual([1, 2, 3]);
});

it('a due conversation goes with everything that hangs on it, and a person of whom nothing is left, key included', async () => {
  const b = await business();
  const [anna, ben] = [await b.someone(), await b.someone()];
  for (const days of [50, 45, 40]) await b.says(anna, ago(days));
  await b.says(ben, ago(50));
  await b.says(ben, ago(1));
  expect((await store.sweepRouting(b.due(ago(30))))!.count).toBe(1);
  const left = ['subject', 'identity', 'conversation', 'message', 'attachment', 'external_id', 'delivery_status'];
  expect(await Promise.all(left.map(b.rows))).toEqual([1, 1, 1, 2, 2, 2, 2]);
});

it('a request about several persons forgets those who go, and goes on being about the others', async () => {
  const b = await business();
  const names = [randomUUID(), randomUUID()] as const;
  const [gone, stays] = [await b.someone(names[0]), await b.someone(names[1])];
  await b.says(gone, ago(40));
  await b.says(stays, ago(1));
  const hashOf = (value: string) => blindIndex(b.keys, 'x', value);
  await admin.query(
    `INSERT INTO parley.rights_request (tenant_id, id, exercised, state, source, subject_ids, hashes, conversation_id, conversations, code, clause, received_at, due_at)
     VALUES ($1, gen_random_uuid(), 'restriction', 'completed', 'api', $2, $3, $4, $5, gen_random_uuid()::text, '/c', now(), now())`,
    [b.tenant.id, [gone.subjectId, stays.subjectId], [hashOf(names[0]), hashOf(names[1])], gone.conversationId, [gone.conversationId, stays.conversationId]],
  ); // prettier-ignore
  const request = async () =>
    (await admin.query('SELECT subject_ids, hashes, conversation_id, conversations FROM parley.rights_request WHERE tenant_id = $1', [b.tenant.id])).rows; // prettier-ignore
  await store.sweepRouting(b.due(ago(30)));
  expect(await b.rows('subject')).toBe(1);
  expect(await request()).toEqual([
    { subject_ids: [stays.subjectId], hashes: [hashOf(names[1])], conversation_id: null, conversations: [stays.conversationId] }, // prettier-ignore
  ]);
  const mandate = grantMandate({ tenantId: b.tenant.id, operation: 'Erase', purpose: 'p', categories: [], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const scope = await store.erasureScope(b.tenant.id, [stays.subjectId], []);
  for (const phase of ['stop', 'key', 'rows'] as const) await store.erase(mandate, scope, { phase });
  expect(await request()).toEqual([{ subject_ids: [], hashes: [], conversation_id: null, conversations: [] }]);
});

it('a request that knows its person by a hash alone forgets it with the person', async () => {
  const b = await business();
  const names = [randomUUID(), randomUUID()] as const;
  await b.says(await b.someone(names[0]), ago(40));
  await b.says(await b.someone(names[1]), ago(1));
  const hashes = names.map((name) => blindIndex(b.keys, 'x', name));
  await admin.query(
    `INSERT INTO parley.rights_request (tenant_id, id, exercised, state, source, hashes, code, clause, received_at, due_at)
     VALUES ($1, gen_random_uuid(), 'rectification', 'awaiting-approval', 'api', $2, gen_random_uuid()::text, '/c', now(), now())`,
    [b.tenant.id, hashes],
  );
  await store.sweepRouting(b.due(ago(30)));
  const { rows } = await admin.query('SELECT hashes FROM parley.rights_request WHERE tenant_id = $1', [b.tenant.id]);
  expect(rows).toEqual([{ hashes: [hashes[1]] }]);
});

it('what was looked at is not looked at again, but for what may still have been in flight', async () => {
  const b = await business();
  const anna = await b.someone();
  await b.says(anna, ago(40));
  await store.sweepContent(b.due(ago(30), { start: 'ingest' }));
  expect(await store.nextStart(b.tenant.id, 'r')).toBeNull();
  const at = new Date(Math.floor(Date.now()));
  await b.says(anna, at);
  expect(await store.nextStart(b.tenant.id, 'r')).toEqual(at);
});

it('what hangs on nothing goes: contacts that never wrote, hashes and files without a message', async () => {
  const b = await business();
  await b.someone();
  const id = await b.says(await b.someone(), ago(3));
  await admin.query('DELETE FROM parley.message WHERE id = $1', [id]);
  await admin.query("UPDATE parley.conversation SET created_at = now() - interval '2 hours' WHERE tenant_id = $1", [b.tenant.id]); // prettier-ignore
  await store.sweepOrphans(b.tenant.id);
  const tables = ['subject', 'identity', 'conversation', 'attachment', 'external_id', 'delivery_status'];
  expect(await Promise.all(tables.map(b.rows))).toEqual([0, 0, 0, 0, 0, 0]);
});

it('a month that is over and empty is dropped, one that holds something is not', async () => {
  await admin.query(`
    CREATE TABLE parley.message_2020_01 PARTITION OF parley.message FOR VALUES FROM (parley.uuid_at('2020-01-01')) TO (parley.uuid_at('2020-02-01'));
    CREATE TABLE parley.message_2020_02 PARTITION OF parley.message FOR VALUES FROM (parley.uuid_at('2020-02-01')) TO (parley.uuid_at('2020-03-01'))`);
  const b = await business();
  await b.says(await b.someone(), new Date('2020-02-10T00:00:00Z'));
  expect(await store.dropEmptyMonths()).toBe(1);
  const { rows } = await admin.query<{ name: string }>("SELECT relname AS name FROM pg_class WHERE relname ~ '^message_2020_..$'"); // prettier-ignore
  expect(rows).toEqual([{ name: 'message_2020_02' }]);
});
