// The store on a real PostgreSQL: isolation between tenants, one subject per person, no second effect of a redelivery.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7, version } from 'uuid';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex } from '#libs/vault';
import { openHandles, openStore, type MessageRow, type Store } from '../src/index.js';
import { TENANT_TABLES } from '../src/migrations/security.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 8, onError: () => undefined });
});
afterAll(async () => {
  await store.close();
  await database.stop();
});

const mandateFor = (tenantId: string) =>
  grantMandate({
    tenantId,
    operation: 'Store',
    purpose: 'support',
    categories: ['routing', 'content'],
    instruction: {
      version: 1,
      hash: 'h',
      clause: '/purposes/support',
    },
  });

async function tenantWithConnection() {
  const tenant = await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme');
  const keys = (await store.tenantKeys(tenant!.id))!;
  const made = {
    channel: 'whatsapp-cloud',
    name: 'Line',
    account: '1',
    settings: {},
    secrets: { appSecret: 's3' },
    health: 'healthy',
    reason: null,
  };
  const connection = await store.createConnection(tenant!.id, made, keys);
  const handle = (value: string) => ({
    hash: blindIndex(keys, 'whatsapp-cloud|wa_id', value),
    kind: 'wa_id',
    value: personal(value),
    clause: '/c',
  });
  const contactBy = (values: readonly string[], locale: string | null = null) =>
    store.resolveContact(mandateFor(tenant!.id), keys, {
      connectionId: connection.id,
      thread: '',
      locale,
      handles: values.map(handle),
    });
  const contact = (value: string) => contactBy([value]);
  const message = (conversationId: string, hash: Buffer): MessageRow => ({
    tenantId: tenant!.id, id: v7(), connectionId: connection.id, conversationId, hash, direction: 'in', type: 'message',
    contentType: 'text', body: null, target: null, state: 'pending', version: 1, clause: '/c', at: new Date(), fed: false,
  }); // prettier-ignore
  return { tenant: tenant!, keys, connection, handle, contactBy, contact, message };
}

const commit = (...messages: MessageRow[]) => store.ingest({ messages, statuses: [], observations: [], leaves: [] }, 0);

it('ids that the database makes sort in the order in which they were made, within a millisecond too', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const ids: string[] = [];
  for (let n = 0; n < 300; n++)
    ids.push((await client.query<{ id: string }>('SELECT parley.new_id() AS id')).rows[0]!.id);
  const { rows } = await client.query('SELECT extract(epoch FROM now() - parley.made_at($1))::float AS age', [
    ids.at(-1),
  ]);
  await client.end();
  expect(ids).toEqual(ids.toSorted());
  expect(ids.every((id) => version(id) === 7)).toBe(true);
  expect(Math.abs(rows[0].age)).toBeLessThan(60);
});

describe('tenants', () => {
  it('a slug is given once', async () => {
    expect(await store.createTenant('only-one', 'A')).not.toBeNull();
    expect(await store.createTenant('only-one', 'B')).toBeNull();
  });

  it('secrets come back only with the tenant key', async () => {
    const t = await tenantWithConnection();
    expect((await store.openConnection(t.tenant.id, t.connection.id, t.keys))!.secrets).toEqual({ appSecret: 's3' });
    const other = await tenantWithConnection();
    await expect(store.openConnection(t.tenant.id, t.connection.id, other.keys)).rejects.toThrow('does not open');
    expect(await store.openConnection(other.tenant.id, t.connection.id, other.keys)).toBeNull();
  });
});

describe('row-level security', () => {
  it('is forced on every table with a tenant, and the application role owns none', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner
       FROM pg_class c WHERE c.relnamespace = 'parley'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    const unforced = rows.filter((r) => !r.forced).map((r) => r.relname);
    expect(unforced.sort()).toEqual(['destroyed_key', 'heartbeat', 'migration', 'spent_ticket']);
    expect(rows.map((r) => r.owner)).not.toContain('parley_app');
    expect(rows.map((r) => r.relname).sort()).toEqual(
      ['destroyed_key', 'ended_contract', 'heartbeat', 'migration', 'spent_ticket', 'tenant', ...TENANT_TABLES].sort(),
    );
    await client.query("SET ROLE parley_app; SELECT set_config('parley.tenants', '', false)");
    // Where there is a row, whoever names no tenant is refused; where there is none, there is nothing to refuse.
    for (const table of ['tenant', 'tenant_key'])
      await expect(client.query(`SELECT * FROM parley.${table}`)).rejects.toThrow('malformed array');
    for (const table of TENANT_TABLES) {
      const read = await client.query(`SELECT * FROM parley.${table}`).then(
        ({ rows: found }) => found,
        (error: Error) => error.message,
      );
      expect([[], 'malformed array literal: ""']).toContainEqual(read);
    }
    await client.query(`SELECT set_config('parley.tenants', '{${randomUUID()}}', false)`);
    for (const table of TENANT_TABLES) expect((await client.query(`SELECT * FROM parley.${table}`)).rows).toEqual([]);
    await client.end();
  });

  it('refuses to commit a row of a tenant that the batch did not name', async () => {
    const a = await tenantWithConnection();
    const b = await tenantWithConnection();
    const { conversationId } = await a.contact('4915550000001');
    const client = new pg.Client({ connectionString: database.url, options: '-c role=parley_app' });
    await client.connect();
    await client.query(`SELECT set_config('parley.tenants', '{${b.tenant.id}}', false)`);
    await expect(
      client.query('INSERT INTO parley.external_id VALUES ($1, $2, $3, NULL, $4, now())', [
        a.tenant.id,
        a.connection.id,
        randomBytes(16),
        conversationId,
      ]),
    ).rejects.toThrow('row-level security');
    await expect(client.query("UPDATE parley.ledger_leaf SET leaf = '{}'")).rejects.toThrow('permission denied');
    await client.end();
  });
});

describe('persons', () => {
  it('twenty first messages at once make one subject and one conversation', async () => {
    const t = await tenantWithConnection();
    const all = await Promise.all(Array.from({ length: 20 }, () => t.contact('4915550000002')));
    expect(new Set(all.map((r) => r.subjectId)).size).toBe(1);
    expect(new Set(all.map((r) => r.conversationId)).size).toBe(1);
    const { subjectId, subjectKey: key, conversationId } = all[0]!;
    const turn = await store.takeTurn(t.tenant.id, conversationId, randomUUID());
    const whose = { tenantId: t.tenant.id, subjectId, key };
    expect(openHandles(whose, turn!.handles)).toEqual([{ kind: 'wa_id', value: '4915550000002' }]);
    expect(turn!.open).toEqual([]);
  });

  it('who is known is met while somebody else holds the lock on their identifier', async () => {
    const t = await tenantWithConnection();
    const before = await t.contact('4915550000005');
    const other = new pg.Client(database.url);
    await other.connect();
    await other.query('BEGIN');
    const lock = t.handle('4915550000005').hash.readBigInt64BE(0).toString();
    await other.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    expect(await t.contact('4915550000005')).toEqual(before);
    await other.end();
  });

  it('what is new of somebody known is taken: a locale, an identifier; of two persons the preferred identifier decides', async () => {
    const t = await tenantWithConnection();
    const first = await t.contact('4915550000006');
    expect(await t.contactBy(['4915550000006'], 'de')).toEqual(first);
    expect((await store.takeTurn(t.tenant.id, first.conversationId, randomUUID()))!.locale).toBe('de');
    expect(await t.contactBy(['4915550000006', '4915550000007'], 'de')).toEqual(first);
    expect(await t.contact('4915550000007')).toEqual(first);
    const second = await t.contact('4915550000008');
    expect(second.subjectId).not.toBe(first.subjectId);
    expect(await t.contactBy(['4915550000008', '4915550000006'])).toEqual(second);
  });

  it('the platform changes an identifier: the person stays the same', async () => {
    const t = await tenantWithConnection();
    const before = await t.contact('4915550000003');
    expect(
      await store.changeIdentity(mandateFor(t.tenant.id), t.keys, {
        previous: [t.handle('4915550000003')],
        current: [t.handle('4915550000004')],
      }),
    ).toBe('changed');
    expect((await t.contact('4915550000004')).subjectId).toBe(before.subjectId);
    expect((await t.contact('4915550000003')).subjectId).not.toBe(before.subjectId);
  });
});

describe('the group commit', () => {
  it('a redelivery, in the same batch or later, is not new', async () => {
    const t = await tenantWithConnection();
    const { conversationId } = await t.contact('4915550000005');
    const hash = randomBytes(16);
    const first = t.message(conversationId, hash);
    const fresh = await commit(first, t.message(conversationId, hash));
    expect([...fresh]).toEqual([first.id]);
    expect((await commit(t.message(conversationId, hash))).size).toBe(0);
    expect(await store.openMessages(t.tenant.id, conversationId)).toHaveLength(1);
  });

  it('one worker at a time: a second is turned away until the first gives the conversation back', async () => {
    const t = await tenantWithConnection();
    const { conversationId } = await t.contact('4915550000006');
    const message = t.message(conversationId, randomBytes(16));
    await commit(message);
    expect(await store.stranded(1000)).toContainEqual({ tenant_id: t.tenant.id, id: conversationId });
    const [mine, other] = [randomUUID(), randomUUID()];
    expect(await store.takeTurn(t.tenant.id, conversationId, mine)).not.toBeNull();
    expect(await store.takeTurn(t.tenant.id, conversationId, other)).toBeNull();
    expect(await store.renewLease(t.tenant.id, conversationId, other)).toBe(false);
    // Its message is still open, and said to be so.
    expect(await store.releaseTurn(t.tenant.id, conversationId, { lease: mine, retryInMs: null })).toBe(true);
    expect((await store.takeTurn(t.tenant.id, conversationId, other))?.open).toHaveLength(1);
    expect(
      await store.releaseTurn(t.tenant.id, conversationId, { lease: other, retryInMs: 1_000, seen: [message.id] }),
    ).toBe(false);
    expect(await store.takeTurn(t.tenant.id, conversationId, mine)).toBeNull();
  });

  it('what is left behind is found in turn, also behind much that stays where it is', async () => {
    const t = await tenantWithConnection();
    for (const phone of ['4915550000011', '4915550000012', '4915550000013']) {
      const { conversationId } = await t.contact(phone);
      await commit(t.message(conversationId, randomBytes(16)), t.message(conversationId, randomBytes(16)));
    }
    const all = await store.stranded(1_000);
    const found: typeof all = [];
    for (let last: (typeof all)[number] | undefined; ;) {
      const some = await store.stranded(2, last);
      found.push(...some);
      last = some.at(-1);
      if (some.length < 2) break;
    }
    expect(found).toEqual(all);
    expect(all.filter((one) => one.tenant_id === t.tenant.id)).toHaveLength(3);
  });

  it('of whoever was restricted since the turn began only what is about their rights is sent', async () => {
    const t = await tenantWithConnection();
    const { conversationId, subjectId } = await t.contact(`49${Math.random().toString().slice(2, 12)}`);
    const reply = (type: string) => ({ id: v7(), type, body: randomBytes(4), replyTo: null, version: 1, clause: '/c', purposes: [], underConsent: [] }); // prettier-ignore
    const rows = [reply('text'), reply('about-rights')];
    const inbound = t.message(conversationId, randomBytes(16));
    await commit(inbound);
    const turn = { conversationId, lease: randomUUID(), subjectId };
    await store.takeTurn(t.tenant.id, conversationId, turn.lease);
    for (const row of rows) await store.queueOutbound(t.tenant.id, conversationId, row);
    await store.restrictSubjects(t.tenant.id, [subjectId], { restricted: true, resume: false });
    const settle = (replies: readonly ReturnType<typeof reply>[]) =>
      store.settleInbound(t.tenant.id, turn, { messageId: inbound.id, state: 'done', disclosed: [], at: new Date(), leaf: null, replies }); // prettier-ignore
    expect([await settle([reply('text')]), await settle([reply('about-rights')])]).toEqual(['lost', 'queued']);
    const may = () => Promise.all(rows.map(({ id }) => store.markSending(t.tenant.id, id, turn)));
    expect(await may()).toEqual(['no', 'yes']);
    await store.restrictSubjects(t.tenant.id, [subjectId], { restricted: false, resume: false });
    expect(await may()).toEqual(['yes', 'no']);
  });

  it.each([
    ['in order', ['sent', 'delivered', 'read'], 'read'],
    ['backwards', ['read', 'delivered', 'sent'], 'read'],
    ['failed after read', ['read', 'failed'], 'read'],
    ['failed after sent', ['sent', 'failed'], 'failed'],
  ] as const)('statuses %s, before the send response and after, end as they should', async (_name, order, end) => {
    const t = await tenantWithConnection();
    const { conversationId, subjectId } = await t.contact(`49${Math.random().toString().slice(2, 12)}`);
    for (const early of [true, false]) {
      const id = v7();
      const hash = randomBytes(16);
      const lease = randomUUID();
      const inbound = t.message(conversationId, randomBytes(16));
      await commit(inbound);
      await store.takeTurn(t.tenant.id, conversationId, lease);
      await store.settleInbound(t.tenant.id, { conversationId, lease, subjectId }, {
        messageId: inbound.id, state: 'done', disclosed: [], at: new Date(),  leaf: null,
        replies: [{ id, type: 'text', body: randomBytes(4), replyTo: null, version: 1, clause: '/c', purposes: [], underConsent: [] }],
      }); // prettier-ignore
      await store.markSending(t.tenant.id, id, { conversationId });
      const statuses = async () => {
        for (const status of order)
          await store.ingest(
            {
              messages: [],
              observations: [],
              leaves: [],
              statuses: [
                {
                  tenantId: t.tenant.id,
                  connectionId: t.connection.id,
                  hash,
                  messageId: null,
                  status,
                  code: null,
                  version: 1,
                  clause: '/c',
                  at: new Date(),
                },
              ],
            },
            0,
          );
      };
      const settle = () =>
        store.settleSent(t.tenant.id, {
          messageId: id,
          conversationId,
          connectionId: t.connection.id,
          hashes: [hash],
          state: 'sent',
          code: null,
          fed: false,
          release: null,
        });
      await (early ? statuses().then(settle) : settle().then(statuses));
      const rows = await store.messages(mandateFor(t.tenant.id), conversationId, { after: null, limit: 1000 });
      expect(rows.find((r) => r.id === id)?.state).toBe(end);
      await store.releaseTurn(t.tenant.id, conversationId, { lease, retryInMs: null });
    }
  });
});
