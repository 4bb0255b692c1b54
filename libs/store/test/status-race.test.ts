// What the platform says of a message against the answer to its sending, at once: whichever is written first, the message is told.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex } from '#libs/vault';
import { waitsForLock } from '../../../test/support/locks.js';
import { openStore, type Store } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;
let client: pg.Client;

beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 8, onError: () => undefined });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await store.close();
  await database.stop();
});

/** A message of ours on its way, of which the platform's id is about to be known. */
async function onItsWay() {
  const { id: tenantId } = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const keys = (await store.tenantKeys(tenantId))!;
  const connection = { channel: 'messenger', name: 'Page', account: null, settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const { id: connectionId } = await store.createConnection(tenantId, connection, keys);
  const mandate = grantMandate({
    tenantId, operation: 'Store', purpose: 'support', categories: ['routing'], instruction: { version: 1, hash: 'h', clause: '/c' },
  }); // prettier-ignore
  const { conversationId } = await store.resolveContact(mandate, keys, {
    connectionId, thread: '', locale: null,
    handles: [{ hash: blindIndex(keys, 'messenger|psid', '1'), kind: 'psid', value: personal('1'), clause: '/c' }],
  }); // prettier-ignore
  const messageId = v7();
  await client.query(
    `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, state, rank, attempts, instruction_version, clause, at)
     VALUES ($1, $2, $3, 'out', 'text', 'sending', 1, 1, 1, '/c', now())`,
    [tenantId, messageId, conversationId],
  );
  const hash = randomBytes(16);
  const sent = { messageId, conversationId, connectionId, hashes: [hash], state: 'sent', code: null, fed: false, release: null } as const; // prettier-ignore
  const answered = () => store.settleSent(tenantId, sent);
  const told = () =>
    store.ingest(
      {
        messages: [],
        statuses: [
          {
            tenantId,
            connectionId,
            hash,
            messageId: null,
            status: 'failed',
            code: '131026',
            version: 1,
            clause: '/c',
            at: new Date(),
          },
        ],
        observations: [],
        leaves: [{ tenantId, leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 1 } }],
      },
      0,
    );
  const state = async () => {
    const { rows } = await client.query('SELECT state, code FROM parley.message WHERE id = $1', [messageId]);
    return rows[0] as unknown;
  };
  return { answered, told, state };
}

/** Holds up the first at a table that it writes to last, until the second has had its time. */
async function whileHeldUp(
  table: string,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<void> {
  await client.query('BEGIN');
  await client.query(`LOCK TABLE parley.${table} IN SHARE MODE`);
  const one = first();
  await waitsForLock(client);
  const other = second();
  await waitsForLock(client, 2, other);
  await client.query('COMMIT');
  await Promise.all([one, other]);
}

it('what is said while the answer is being written', async () => {
  const { answered, told, state } = await onItsWay();
  await whileHeldUp('external_id', answered, told);
  expect(await state()).toEqual({ state: 'failed', code: '131026' });
});

it('an answer that comes while what is said is being written', async () => {
  const { answered, told, state } = await onItsWay();
  await whileHeldUp('ledger_leaf', told, answered);
  expect(await state()).toEqual({ state: 'failed', code: '131026' });
});
