// Echoes that name nothing of ours: whichever comes first, the echo or the answer to the sending, a message is there once.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate, personal, type DeliveryState } from '#libs/kernel';
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

/** A message of ours that is being sent, in a conversation on a channel that gives nothing of ours back. */
async function onItsWay() {
  const { id: tenantId } = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const keys = (await store.tenantKeys(tenantId))!;
  const connection = { channel: 'instagram', name: 'Account', account: null, settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const { id: connectionId } = await store.createConnection(tenantId, connection, keys);
  const mandate = grantMandate({
    tenantId, operation: 'Store', purpose: 'support', categories: ['routing'], instruction: { version: 1, hash: 'h', clause: '/c' },
  }); // prettier-ignore
  const conversationOf = async (igsid: string): Promise<string> =>
    (
      await store.resolveContact(mandate, keys, {
        connectionId, thread: '', locale: null,
        handles: [{ hash: blindIndex(keys, 'instagram|igsid', igsid), kind: 'igsid', value: personal(igsid), clause: '/c' }],
      })
    ).conversationId; // prettier-ignore
  const conversationId = await conversationOf('1');
  const messageId = v7();
  await client.query(
    `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, body, state, rank, attempts, instruction_version, clause, at)
     VALUES ($1, $2, $3, 'out', 'text', '\\x01', 'sending', 1, 1, 1, '/c', now())`,
    [tenantId, messageId, conversationId],
  );
  return {
    tenantId,
    connectionId,
    conversationId,
    messageId,
    conversationOf,
    /** The platform tells what it sent; the id of the row that it becomes. */
    async echoed(hash: Buffer, { in: where = conversationId, target = null as Buffer | null, type = 'message' } = {}) {
      const row = {
        tenantId, id: v7(), connectionId, conversationId: where, hash, direction: 'out', type, contentType: null, body: Buffer.from([2]), target,
        state: type === 'message' ? 'sent' : 'pending', version: 1, clause: '/c', at: new Date(), fed: false,
      } as const; // prettier-ignore
      await store.ingest({ messages: [row], statuses: [], observations: [], leaves: [] }, 0);
      return row.id;
    },
    answered: (hashes: readonly Buffer[], state: DeliveryState = 'sent') =>
      store.settleSent(tenantId, { messageId, conversationId, connectionId, hashes, state, code: null, fed: false, release: null }), // prettier-ignore
    told: (hash: Buffer, status: DeliveryState) =>
      store.ingest(
        {
          messages: [],
          statuses: [
            {
              tenantId,
              connectionId,
              hash,
              messageId: null,
              status,
              code: null,
              version: 1,
              clause: '/c',
              at: new Date(),
            },
          ],
          observations: [],
          leaves: [],
        },
        0,
      ),
    async rows() {
      const text = 'SELECT id, conversation_id, state FROM parley.message WHERE tenant_id = $1 ORDER BY id';
      return (await client.query<{ id: string; conversation_id: string; state: string }>(text, [tenantId])).rows;
    },
    async boundTo(hashes: readonly Buffer[]) {
      const text =
        'SELECT message_id, conversation_id FROM parley.external_id WHERE tenant_id = $1 AND hash = ANY ($2) ORDER BY hash';
      return (await client.query<{ message_id: string; conversation_id: string }>(text, [tenantId, hashes])).rows;
    },
    letters: async () =>
      (await client.query('SELECT FROM parley.dead_letter WHERE tenant_id = $1', [tenantId])).rowCount,
  };
}
type OnItsWay = Awaited<ReturnType<typeof onItsWay>>;

const hashes = (count: number): Buffer[] => Array.from({ length: count }, () => randomBytes(16));
const once = ({ messageId, conversationId }: OnItsWay, state = 'sent') => [
  { id: messageId, conversation_id: conversationId, state },
];
const bound = ({ messageId, conversationId }: OnItsWay, count: number) =>
  Array.from({ length: count }, () => ({ message_id: messageId, conversation_id: conversationId }));

it.each(['before', 'after'] as const)('echoes of all parts come %s the answer, in any order', async (when) => {
  const one = await onItsWay();
  const parts = hashes(3);
  const echo = async () => {
    for (const part of parts.toReversed()) await one.echoed(part);
  };
  if (when === 'before') await echo();
  await one.answered(parts);
  if (when === 'after') await echo();
  expect(await one.rows()).toEqual(once(one));
  expect(await one.boundTo(parts)).toEqual(bound(one, 3));
});

it('some of the parts came before, and what was said of them counts', async () => {
  const one = await onItsWay();
  const parts = hashes(2);
  await one.echoed(parts[0]!);
  await one.told(parts[0]!, 'read');
  await one.answered(parts);
  await one.echoed(parts[1]!);
  expect(await one.rows()).toEqual(once(one, 'read'));
});

it('an echo and the answer at once, many times', async () => {
  for (let n = 0; n < 20; n += 1) {
    const one = await onItsWay();
    const parts = hashes(2);
    await Promise.all([one.echoed(parts[1]!), one.answered(parts), one.echoed(parts[0]!)]);
    expect(await one.rows()).toEqual(once(one));
    expect(await one.boundTo(parts)).toEqual(bound(one, 2));
  }
});

it('an echo that is being written when the answer comes is waited for', async () => {
  const one = await onItsWay();
  const [part] = hashes(1);
  const row = v7();
  const values = [one.tenantId, one.connectionId, part, row, one.conversationId];
  await client.query('BEGIN');
  await client.query(
    'INSERT INTO parley.external_id (tenant_id, connection_id, hash, message_id, conversation_id, at) VALUES ($1, $2, $3, $4, $5, now())',
    values,
  );
  await client.query(
    `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, state, instruction_version, clause, at)
     VALUES ($1, $2, $3, 'out', 'message', 'sent', 1, '/c', now())`,
    [one.tenantId, row, one.conversationId],
  );
  const answered = one.answered([part!]);
  await waitsForLock(client);
  await client.query('COMMIT');
  await answered;
  expect(await one.rows()).toEqual(once(one));
  expect(await one.boundTo([part!])).toEqual(bound(one, 1));
});

it('a row of another conversation stays, and the id is the message’s', async () => {
  const one = await onItsWay();
  const [part] = hashes(1);
  const other = await one.conversationOf('2');
  const row = await one.echoed(part!, { in: other });
  await one.answered([part!]);
  expect(await one.rows()).toEqual([...once(one), { id: row, conversation_id: other, state: 'sent' }]);
  expect(await one.boundTo([part!])).toEqual(bound(one, 1));
});

it('what staff took back before the answer came is emptied', async () => {
  const one = await onItsWay();
  const [part] = hashes(1);
  const { tenantId, conversationId, connectionId } = one;
  const id = await one.echoed(randomBytes(16), { type: 'revoke', target: part! });
  const change = {
    messageId: id,
    conversationId,
    connectionId,
    type: 'revoke',
    direction: 'out',
    target: part!,
  } as const;
  expect(await store.aimOf(tenantId, change)).toEqual({ at: 'itself' });
  await one.answered([part!]);
  expect(await store.bodyOf(tenantId, one.messageId)).toBeNull();
  expect((await one.rows()).map((row) => row.id)).toEqual([one.messageId, id]);
});

it('what is bound to nothing any more takes nothing: its person was erased', async () => {
  const one = await onItsWay();
  const [part] = hashes(1);
  const row = await one.echoed(part!);
  await client.query('DELETE FROM parley.message WHERE tenant_id = $1 AND id = $2', [one.tenantId, one.messageId]);
  await one.answered([part!]);
  expect(await one.rows()).toEqual([expect.objectContaining({ id: row })]);
  expect(await one.boundTo([part!])).toEqual([expect.objectContaining({ message_id: row })]);
});

describe('a message of which a part went out, and the rest is refused', () => {
  it('has the echo of that part for its own, whenever it comes', async () => {
    const one = await onItsWay();
    const parts = hashes(2);
    await one.echoed(parts[0]!);
    expect(await one.answered(parts, 'failed')).toMatchObject({ lettered: true });
    await one.echoed(parts[1]!);
    expect(await one.rows()).toEqual(once(one, 'failed'));
  });

  it.each(['before', 'after'] as const)('has failed, though that part was read %s it was refused', async (when) => {
    const one = await onItsWay();
    const [part] = hashes(1);
    if (when === 'before') await one.told(part!, 'read');
    expect(await one.answered([part!], 'failed')).toMatchObject({ lettered: true });
    if (when === 'after') await one.told(part!, 'read');
    expect([await one.rows(), await one.letters()]).toEqual([once(one, 'failed'), 1]);
  });
});
