// A new user id that writes before the notice of its change: from the notice on its person is one with whom the old id was.
import { randomUUID } from 'node:crypto';
import { grantMandate, personal } from '#libs/kernel';
import { openHandles } from '#libs/store';
import { contextOf, openSubjectKey, seal } from '#libs/vault';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { lookupHashes } from '../src/identity.js';
import { createLater } from '../src/index.js';
import { startLine, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());
beforeEach(() => void (line.bot.asked.length = 0));

const [OLD, NEW] = ['DE.1000000000000001', 'DE.1000000000000009'];
const PHONE = '4915550000001';

/** Somebody who wrote under the old id and its number, and then under the new one, of which nobody knows yet whose it is. */
async function split() {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  await number.posts({ phone: PHONE, user: OLD }, whatsAppText('under the old id'));
  await line.work();
  const [{ id: earlier }] = (await t.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1')) as [
    { id: string },
  ];
  await number.postsUnnumbered(NEW, whatsAppText('under the new id'));
  await line.work();
  const all = await t.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1');
  const later = all.find(({ id }) => id !== earlier)!.id;
  expect(all).toHaveLength(2);
  const hashesOf = async (kind: string, value: string) => {
    const connection = (await line.tenants.connection(number.id))!;
    return lookupHashes({ channel: 'whatsapp-cloud', kind, value: personal(value) }, [connection], t.keys);
  };
  const subjectsOf = async (kind: string, value: string) =>
    (await line.store.subjectsOf(t.id, await hashesOf(kind, value))).toSorted();
  const sql = (text: string, ...values: unknown[]) => line.admin.query(text, [t.id, ...values]);
  return { t, number, earlier, later, both: [earlier, later].toSorted(), hashesOf, subjectsOf, sql };
}

type Split = Awaited<ReturnType<typeof split>>;

const consent = ({ sql }: Split, subject: string, state: string) =>
  sql(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
     VALUES ($1, parley.new_id(), $2, 'news', $3, 'c', '1', 'h', 's', 'en', 'whatsapp-cloud', 1, '/c')`,
    subject,
    state,
  );
const consents = async ({ t, later, sql }: Split): Promise<unknown[]> => {
  const { rows } = await sql('SELECT subject_id, state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id');
  expect(new Set(rows.map((row: { subject_id: string }) => row.subject_id))).toEqual(new Set([later]));
  expect((await line.store.consentsOf(t.id, later)).length).toBeGreaterThan(0);
  return rows.map((row: { state: string }) => row.state);
};

it('whatever id of theirs is named, the rights are about all that there is of the person', async () => {
  const one = await split();
  expect(await one.subjectsOf('user_id', NEW)).toEqual([one.later]);
  await one.number.changes(OLD, NEW);
  for (const [kind, value] of [
    ['user_id', OLD],
    ['user_id', NEW],
    ['wa_id', PHONE],
  ] as const)
    expect(await one.subjectsOf(kind, value)).toEqual(one.both);
  expect((await line.store.wholePersons(one.t.id, [one.later])).toSorted()).toEqual(one.both);
});

it('an erasure by the new id leaves nothing of either', async () => {
  const one = await split();
  await one.number.changes(OLD, NEW);
  const subjects = await one.subjectsOf('user_id', NEW);
  const scope = await line.store.erasureScope(one.t.id, subjects, []);
  const mandate = grantMandate({
    tenantId: one.t.id,
    operation: 'Erase',
    purpose: 'support',
    categories: [],
    instruction: { version: 1, hash: 'h', clause: '/rights' },
  });
  for (const phase of ['stop', 'key', 'rows'] as const) await line.store.erase(mandate, scope, { phase });
  for (const table of ['subject', 'identity', 'conversation', 'message', 'external_id'])
    expect([table, await one.t.query(`SELECT 1 FROM parley.${table} WHERE tenant_id = $1`)]).toEqual([table, []]);
});

it('goes on as whoever wrote under the new id; what is still good of the old one leads there, readable', async () => {
  const one = await split();
  await one.number.changes(OLD, NEW);
  await one.number.posts({ phone: PHONE, user: NEW }, whatsAppText('and again'));
  await line.work();
  const rows = await one.t.rows();
  expect(rows.at(-1)!.subject_id).toBe(one.later);
  expect(await one.t.query('SELECT id FROM parley.subject WHERE tenant_id = $1')).toHaveLength(2);
  const { conversation_id: id, wrapped_key: wrapped } = rows.at(-1)!;
  const turn = (await line.store.takeTurn(one.t.id, id, randomUUID()))!;
  const whose = { tenantId: one.t.id, subjectId: one.later, key: openSubjectKey(one.t.keys, one.later, wrapped) };
  expect(openHandles(whose, turn.handles)).toEqual(
    expect.arrayContaining([
      { kind: 'user_id', value: NEW },
      { kind: 'wa_id', value: PHONE },
    ]),
  );
  expect(new Set((await one.t.held()).map((body) => (body!.content as { text: string }).text))).toEqual(
    new Set(['under the old id', 'under the new id', 'and again']),
  );
});

it('what a bot writes into the earlier conversation goes out in the one that lives', async () => {
  const one = await split();
  const before = (await one.t.rows()).find((row) => row.subject_id === one.earlier)!.conversation_id;
  await one.number.changes(OLD, NEW);
  const later = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  await later(one.t.id, { conversationId: before, recipient: null }, [{ type: 'text', text: 'your order is ready' }]);
  expect((await one.t.rows()).find(({ direction }) => direction === 'out')!.subject_id).toBe(one.later);
});

it('restriction, objections and wishes to hear no more of either count for the person', async () => {
  const one = await split();
  await one.sql('UPDATE parley.subject SET restricted = true WHERE tenant_id = $1 AND id = $2', one.earlier);
  await line.store.recordObjection(
    one.t.keys,
    { subjects: [one.earlier], hashes: [] },
    { purposes: ['news'], by: { version: 1, clause: '/c' } },
  );
  await one.number.changes(OLD, NEW);
  const { rows } = await one.sql(
    'SELECT restricted, marketing_stopped_at IS NOT NULL AS stopped FROM parley.subject WHERE tenant_id = $1',
  );
  expect(rows).toEqual([
    { restricted: true, stopped: true },
    { restricted: true, stopped: true },
  ]);
  expect(await line.store.objectionsOf(one.t.id, one.later)).toEqual(['news']);
  expect(await line.store.countSuppressed(one.t.keys, await one.hashesOf('user_id', NEW))).toBe(1);
  const [hash] = await one.hashesOf('user_id', OLD);
  const shown = { handles: [{ hash: hash!, kind: 'user_id', value: personal(OLD), clause: '/c', within: 'here' }] };
  const under = { channel: 'whatsapp-cloud', version: 1, clause: '/c' };
  await line.store.recordPreference(one.t.keys, shown, { stopped: false, purposes: [], under });
  const after = await one.sql('SELECT marketing_stopped_at FROM parley.subject WHERE tenant_id = $1');
  expect(after.rows.every((row: { marketing_stopped_at: unknown }) => row.marketing_stopped_at === null)).toBe(true);
});

it.each([
  { said: ['given', null], stands: ['given'] },
  { said: ['given', 'requested'], stands: ['given', 'requested'] },
  { said: ['withdrawn', 'given'], stands: ['withdrawn', 'given', 'invalidated'] },
  { said: ['given', 'refused'], stands: ['given', 'refused'] },
] as const)('a consent: $said', async ({ said, stands }) => {
  const one = await split();
  await consent(one, one.earlier, said[0]);
  if (said[1]) await consent(one, one.later, said[1]);
  await one.number.changes(OLD, NEW);
  expect(await consents(one)).toEqual(stands);
});

it('a request of the one is a request of the person, and the ledger says that they were joined', async () => {
  const one = await split();
  await one.sql(
    `INSERT INTO parley.rights_request (tenant_id, id, exercised, state, source, subject_ids, code, clause, received_at, due_at)
     VALUES ($1, gen_random_uuid(), 'restriction', 'completed', 'api', ARRAY[$2::uuid], gen_random_uuid()::text, '/c', now(), now())`,
    one.earlier,
  );
  await one.number.changes(OLD, NEW);
  await one.number.changes(OLD, NEW);
  const { rows } = await one.sql('SELECT subject_ids FROM parley.rights_request WHERE tenant_id = $1');
  expect((rows[0] as { subject_ids: string[] }).subject_ids.toSorted()).toEqual(one.both);
  const leaves = await one.sql(
    "SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'persons-joined'",
  );
  expect(leaves.rows).toHaveLength(1);
  expect(JSON.stringify(leaves.rows)).not.toContain('DE.1');
});

it('nobody is joined by a number, nor with whom the number belonged to before', async () => {
  const one = await split();
  const OTHER = 'DE.5000000000000005';
  await one.number.posts({ phone: '4915550000005', user: OTHER }, whatsAppText('somebody else'));
  await line.work();
  await one.number.posts(
    { phone: PHONE, user: OLD },
    {
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '4915550000005',
        body: 'User Test Person changed from 4915550000001 to 4915550000005',
      },
    },
  );
  expect(await one.subjectsOf('user_id', OLD)).toEqual([one.earlier]);
  expect(await one.t.query('SELECT 1 FROM parley.subject WHERE tenant_id = $1 AND person IS NOT NULL')).toEqual([]);
});

it('nobody is joined with a subject that has another user id of its own: it was mixed up with somebody', async () => {
  const one = await split();
  const [OTHER, MIXED] = ['DE.5000000000000005', 'DE.6000000000000006'];
  await one.number.posts({ phone: '4915550000005', user: OTHER }, whatsAppText('somebody else'));
  await one.number.postsUnnumbered(MIXED, whatsAppText('one more'));
  await line.work();
  const [other] = await one.subjectsOf('user_id', OTHER);
  const [mixed] = await one.subjectsOf('user_id', MIXED);
  const keyOf = async (subject: string) => {
    const { wrapped_key: wrapped } = (await one.t.rows()).find((row) => row.subject_id === subject)!;
    return openSubjectKey(one.t.keys, subject, wrapped);
  };
  const placeOf = (subjectId: string) =>
    contextOf({ tenantId: one.t.id, subjectId, table: 'identity', row: 'user_id', field: 'value' });
  // As the rows of one person with both ids are.
  const sealed = seal(await keyOf(other!), Buffer.from(MIXED), placeOf(other!));
  const text = 'UPDATE parley.identity SET subject_id = $2, value = $3 WHERE tenant_id = $1 AND subject_id = $4';
  await one.sql(text, other, sealed, mixed);
  await one.number.changes(OLD, MIXED);
  expect(await one.subjectsOf('user_id', OLD)).toEqual([one.earlier]);
});

it("whoever has a number that was another's is joined by a notice with themselves only", async () => {
  const one = await split();
  const [OTHER, AGAIN] = ['DE.5000000000000005', 'DE.6000000000000006'];
  await one.number.posts({ phone: '4915550000005', user: OTHER }, whatsAppText('somebody else'));
  await one.number.posts({ phone: '4915550000005', user: AGAIN }, whatsAppText('who got the number'));
  await line.work();
  const [other, again] = [await one.subjectsOf('user_id', OTHER), await one.subjectsOf('user_id', AGAIN)];
  await one.number.changes(OLD, AGAIN);
  expect(await one.subjectsOf('user_id', OLD)).toEqual([one.earlier, again[0]].toSorted());
  expect(await one.subjectsOf('user_id', OTHER)).toEqual(other);
});
