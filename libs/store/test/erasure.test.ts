// Erasure is complete: a person with a row in every table, erased, and searched for everywhere; with any one step left out, the search finds it.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate, personal, type Operation } from '#libs/kernel';
import { blindIndex } from '#libs/vault';
import {
  DATA_MAP,
  ERASURE_STEPS,
  openStore,
  PERSONS,
  type ErasureStep,
  type MessageRow,
  type Store,
} from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;
let admin: pg.Pool;
/** Another process, and the tenants of which it was told to forget whom it knows. */
let ear: pg.Client;
const told = new Set<string>();

beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 4, onError: () => undefined });
  admin = new pg.Pool({ connectionString: database.url });
  // A connection that is about to end may still be told that the server ends.
  admin.on('error', () => undefined);
  admin.on('connect', (client) => client.on('error', () => undefined));
  ear = new pg.Client({ connectionString: database.url });
  await ear.connect();
  ear.on('notification', ({ payload }) => void told.add(payload ?? ''));
  await ear.query(`LISTEN ${PERSONS}`);
});
afterAll(async () => {
  await ear.end();
  await admin.end();
  await store.close();
  await database.stop();
});

const mandateFor = (tenantId: string, operation: Operation) =>
  grantMandate({ tenantId, operation, purpose: 'p', categories: ['routing', 'content'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore

/** A person with a row in every table that can hold one. */
async function somebody() {
  const tenant = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const tenantId = tenant.id;
  const keys = (await store.tenantKeys(tenantId))!;
  const line = { channel: 'test', name: 'Line', account: '1', settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const { id: connectionId } = await store.createConnection(tenantId, line, keys);
  const foundBy = blindIndex(keys, 'x', randomUUID());
  const who = await store.resolveContact(mandateFor(tenantId, 'Store'), keys, {
    connectionId, thread: '', locale: null,
    handles: [{ hash: foundBy, kind: 'wa_id', value: personal('4915550000001'), clause: '/c' }],
  }); // prettier-ignore
  const asked = {
    exercised: 'rectification',
    state: 'awaiting-approval',
    source: 'api',
    hashes: [foundBy],
    subjectIds: [],
    conversationId: null,
  } as const;
  await store.openRightsRequest(tenantId, {
    id: v7(), ...asked, reference: null, purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(), notBefore: new Date(),
  }); // prettier-ignore
  const hash = randomBytes(16);
  const message: MessageRow = {
    tenantId, id: v7(), connectionId, conversationId: who.conversationId, hash, direction: 'in', type: 'message', contentType: 'text',
    body: randomBytes(40), target: null, state: 'pending', version: 1, clause: '/c', at: new Date(), fed: false,
  }; // prettier-ignore
  const status = {
    tenantId,
    connectionId,
    hash,
    messageId: null,
    status: 'read' as const,
    code: null,
    version: 1,
    clause: '/c',
    at: new Date(),
  };
  await store.ingest({ messages: [message], statuses: [status], observations: [], leaves: [] }, 0);
  await store.storeAttachment(tenantId, { version: 1, clause: '/purposes/support', id: v7(), media: 'image', mime: 'image/png', size: 1, messageId: message.id, subjectId: who.subjectId, bytes: randomBytes(8) }); // prettier-ignore
  await store.deadLetter(tenantId, { id: v7(), conversationId: who.conversationId, messageId: message.id, stage: 'route', code: 'gone' }); // prettier-ignore
  await store.recordObjection(
    keys,
    { subjects: [who.subjectId], hashes: [] },
    { purposes: ['marketing'], by: { version: 1, clause: '/c' } },
  );
  const id = v7();
  const { row } = await store.openRightsRequest(tenantId, {
    id, exercised: 'access', state: 'in-progress', source: 'chat', hashes: [], subjectIds: [who.subjectId], conversationId: who.conversationId,
    reference: null, purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(), notBefore: new Date(),
  }); // prettier-ignore
  await store.changeRightsRequest(tenantId, row.id, { from: ['in-progress'], state: 'completed', end: 'keep' });
  await store.keepCopy(tenantId, { requestId: id, subjectId: who.subjectId, body: randomBytes(40), until: new Date(Date.now() + 60_000) }); // prettier-ignore
  const incident = {
    id: v7(),
    from: new Date(0),
    to: new Date(Date.now() + 60_000),
    components: ['database'],
    suspicion: [],
  };
  await store.openIncident(tenantId, incident);
  const everything = { rest: true, flow: false, connections: [], recipients: [], keysExposed: false };
  await store.countIncident(tenantId, incident.id, { reachOf: () => everything, beside: [] });
  const lease = randomUUID();
  await store.takeTurn(tenantId, who.conversationId, lease);
  await admin.query("INSERT INTO parley.disclosure VALUES ($1, $2, 'bot', 'p', 1, '/recipients/bot', '{content}', 1, now(), now())", [tenantId, who.subjectId]); // prettier-ignore
  await admin.query(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
     VALUES ($1, $2, $3, 'p', 'given', 't', '1', 'h', 's', 'en', 'test', 1, '/c')`,
    [tenantId, v7(), who.subjectId],
  );
  await admin.query('INSERT INTO parley.stale_tokens (tenant_id, conversation_id) VALUES ($1, $2)', [tenantId, who.conversationId]); // prettier-ignore
  await admin.query("INSERT INTO parley.consent_ending (tenant_id, id, subject_id, purpose, cause) VALUES ($1, $2, $3, 'p', 'withdrawn')", [tenantId, v7(), who.subjectId]); // prettier-ignore
  await store.recordSensitive(tenantId, { conversationId: who.conversationId, lease }, {
    messageId: message.id, body: null, leaf: { type: 'special-category', version: 1, clause: '/specialCategories' },
    found: [{ id: v7(), contentOf: message.id, section: 'specialCategories', mode: 'warn', tell: null, textHash: '', language: '', version: 1, clause: '/c', purgeAt: null }],
  }); // prettier-ignore
  await admin.query('INSERT INTO parley.mention VALUES ($1, $2, $3, $4, false)', [tenantId, id, message.id, who.conversationId]); // prettier-ignore
  await admin.query("INSERT INTO parley.correction (tenant_id, id, subject_id, request_id, value, instruction_version, clause) VALUES ($1, $2, $3, $2, $4, 1, '/c')", [tenantId, v7(), who.subjectId, randomBytes(40)]); // prettier-ignore
  await store.confirmAge(tenantId, who.subjectId, { id: v7(), state: 'declared-adult', age: 16, source: 'person', textHash: '', language: 'en', channel: 'test', messageId: null, version: 1, clause: '/c' }); // prettier-ignore
  return { tenantId, lease, hash, foundBy, ...who, messageId: message.id };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

/** Tables of persons that an erasure leaves alone, and why. */
const LEFT: Readonly<Record<string, string>> = {
  suppression: 'remembers an objection under a key of its own (Art. 21(3))',
  mention_search: 'looks for the person in what others wrote; its words go when it has ended',
  recipient_notice: 'tells recipients; its pseudonyms go once they confirm',
  deletion: 'names by a random id whom a restored backup must not bring back',
};

const tablesOfPersons = Object.entries(DATA_MAP)
  .filter(([table, { person }]) => person !== null && !(table in LEFT))
  .map(([table]) => table);

/** Where anything that leads to the person still stands, whatever the column. */
async function found(who: Somebody): Promise<string[]> {
  const traces = [
    who.subjectId,
    who.conversationId,
    who.messageId,
    who.hash.toString('hex'),
    who.foundBy.toString('hex'),
  ];
  const hits: string[] = [];
  for (const table of tablesOfPersons) {
    const { rows } = await admin.query(
      `SELECT 1 FROM parley.${table} t WHERE tenant_id = $1 AND EXISTS (SELECT FROM unnest($2::text[]) AS trace WHERE position(trace IN t::text) > 0)`,
      [who.tenantId, traces],
    );
    if (rows.length > 0) hits.push(table);
  }
  return hits;
}

const value = async (text: string, who: Somebody): Promise<unknown> =>
  Object.values((await admin.query<Record<string, unknown>>(text, [who.tenantId, who.subjectId])).rows[0] ?? { v: null })[0]; // prettier-ignore

/** What must hold after the first two phases; the third leaves nothing to look at. */
async function undone(who: Somebody): Promise<string[]> {
  const open = "SELECT count(*)::int FROM parley.message m JOIN parley.conversation c ON c.id = m.conversation_id WHERE c.tenant_id = $1 AND c.subject_id = $2 AND m.state = 'pending'"; // prettier-ignore
  const checks = [
    ['processing stopped', (await value('SELECT restricted FROM parley.subject WHERE tenant_id = $1 AND id = $2', who)) === true],
    ['conversations taken out of work', (await value('SELECT lease FROM parley.conversation WHERE tenant_id = $1 AND subject_id = $2', who)) !== who.lease],
    ['open messages cancelled', (await value(open, who)) === 0],
    ['keys destroyed', (await value('SELECT wrapped_key FROM parley.subject_key WHERE tenant_id = $1 AND subject_id = $2', who)) === null],
    ['identifiers', (await value('SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = $2', who)) === null],
  ] as const; // prettier-ignore
  return checks.filter(([, holds]) => !holds).map(([what]) => what);
}

/** Answers what is wrong afterwards: nothing, unless a step was left out. */
async function erase(who: Somebody, steps: readonly ErasureStep[]): Promise<string[]> {
  const mandate = mandateFor(who.tenantId, 'Erase');
  const scope = await store.erasureScope(who.tenantId, [who.subjectId], []);
  await store.erase(mandate, scope, { phase: 'stop', steps });
  told.delete(who.tenantId);
  await store.erase(mandate, scope, { phase: 'key', steps });
  const wrong = await undone(who);
  // Notifications of one connection come before the answers of what is asked there afterwards.
  await ear.query('SELECT 1');
  if (!told.has(who.tenantId)) wrong.push('processes told');
  // A table that others refer to cannot be emptied while they are not.
  const refused = await store.erase(mandate, scope, { phase: 'rows', steps }).then(
    () => [],
    () => ['refused'],
  );
  return [...wrong, ...refused, ...(await found(who))];
}

it('the person of this test stands in every table of persons, so that the search is not blind', async () => {
  expect((await found(await somebody())).sort()).toEqual([...tablesOfPersons].sort());
});

it('every table of persons has a step', () => {
  expect([...new Set(ERASURE_STEPS.map((step) => step.table))].sort()).toEqual([...tablesOfPersons].sort());
});

it('nothing is left, and nothing of anybody else is gone', async () => {
  const [anna, ben] = [await somebody(), await somebody()];
  expect(await erase(anna, ERASURE_STEPS)).toEqual([]);
  expect((await found(ben)).sort()).toEqual([...tablesOfPersons].sort());
});

it('twice is like once', async () => {
  const anna = await somebody();
  await erase(anna, ERASURE_STEPS);
  const scope = await store.erasureScope(anna.tenantId, [anna.subjectId], [anna.conversationId]);
  const counts = await store.erase(mandateFor(anna.tenantId, 'Erase'), scope, { phase: 'rows' });
  expect(Object.values(counts).every((n) => n === 0)).toBe(true);
});

it('takes a mandate to erase', async () => {
  const anna = await somebody();
  const scope = await store.erasureScope(anna.tenantId, [anna.subjectId], []);
  expect(() => store.erase(mandateFor(anna.tenantId, 'Store'), scope, { phase: 'rows' })).toThrow('does not permit');
});

test.each(ERASURE_STEPS.map((step) => [step.what, step]))('left out, "%s" is missed', async (_what, step) => {
  const wrong = await erase(await somebody(), ERASURE_STEPS.filter((one) => one !== step)); // prettier-ignore
  expect(wrong.length).toBeGreaterThan(0);
});
