// A number that operators gave to somebody else: whoever writes from it under another user id is another person.
import { randomUUID } from 'node:crypto';
import { personal } from '#libs/kernel';
import { openHandles } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { lookupHashes } from '../src/identity.js';
import { startLine, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const [FORMER, NOW] = ['DE.1000000000000001', 'DE.2000000000000002'];
const [PHONE, OTHER_PHONE] = ['4915550000001', '4915550000002'];
const text = whatsAppText;

async function number(portfolio?: string) {
  const t = await line.tenant(withNumber);
  const at = await startNumber(line, t);
  const elsewhere = portfolio ? await startNumber(line, t, { account: '106000000000002', portfolio }) : null;
  const hashesOf = async (kind: string, value: string) => {
    const connection = (await line.tenants.connection(at.id))!;
    return lookupHashes({ channel: 'whatsapp-cloud', kind, value: personal(value) }, [connection], t.keys);
  };
  const whose = async (kind: string, value: string): Promise<string[]> =>
    (await line.store.subjectsOf(t.id, await hashesOf(kind, value))).toSorted();
  /** Who wrote last. */
  const lastWriter = async (): Promise<string> => (await t.rows()).at(-1)!.subject_id;
  /** By what a conversation's person would be answered now. */
  async function addressOf(subject: string): Promise<unknown> {
    const row = (await t.rows()).find(({ subject_id }) => subject_id === subject)!;
    const lease = randomUUID();
    const turn = (await line.store.takeTurn(t.id, row.conversation_id, lease))!;
    await line.store.releaseTurn(t.id, row.conversation_id, { lease, retryInMs: null });
    const key = openSubjectKey(t.keys, subject, row.wrapped_key);
    const handles = openHandles({ tenantId: t.id, subjectId: subject, key }, turn.handles);
    return Object.fromEntries(handles.map(({ kind, value }) => [kind, value]));
  }
  const sql = (query: string, ...values: unknown[]) => line.admin.query(query, [t.id, ...values]);
  return { t, at, elsewhere, hashesOf, whose, lastWriter, addressOf, sql };
}

/** The number's former owner, and then whoever has it now. */
async function recycled() {
  const one = await number();
  await one.at.posts({ phone: PHONE, user: FORMER }, text('of the former owner'));
  await line.work();
  const former = await one.lastWriter();
  return { ...one, former };
}

it('the number goes to whoever writes from it under another user id; nothing of the former owner goes there', async () => {
  const one = await recycled();
  await one.at.posts({ phone: PHONE, user: NOW }, text('who has it now'));
  await line.work();
  const now = await one.lastWriter();
  expect(now).not.toBe(one.former);
  expect([await one.whose('wa_id', PHONE), await one.whose('user_id', FORMER)]).toEqual([[now], [one.former]]);
  expect([await one.addressOf(one.former), await one.addressOf(now)]).toEqual([
    { user_id: FORMER },
    { user_id: NOW, wa_id: PHONE },
  ]);
  expect(await one.t.query('SELECT 1 FROM parley.subject WHERE tenant_id = $1 AND person IS NOT NULL')).toEqual([]);
  // Known by number only: for a while that was remembered as the former owner.
  await one.at.posts({ phone: OTHER_PHONE, user: FORMER }, text('from another number'));
  await line.work();
  expect(await one.lastWriter()).toBe(one.former);
  expect(await one.addressOf(one.former)).toEqual({ user_id: FORMER, wa_id: OTHER_PHONE });
});

it('also to somebody who was known by a user id before', async () => {
  const one = await recycled();
  await one.at.posts({ phone: OTHER_PHONE, user: NOW }, text('somebody else'));
  await line.work();
  const now = await one.lastWriter();
  await one.at.posts({ phone: PHONE, user: NOW }, text('with a new number'));
  await line.work();
  expect([await one.lastWriter(), await one.whose('wa_id', PHONE)]).toEqual([now, [now]]);
  expect(await one.addressOf(one.former)).toEqual({ user_id: FORMER });
});

it('a number without a user id on record stays with its person, who gets the user id', async () => {
  const one = await number();
  await one.at.postsNumberOnly(PHONE, text('number only'));
  await line.work();
  const who = await one.lastWriter();
  await one.at.posts({ phone: PHONE, user: NOW }, text('with a user id'));
  await one.at.postsNumberOnly(PHONE, text('and without'));
  await line.work();
  expect((await one.t.rows()).every(({ subject_id }) => subject_id === who)).toBe(true);
  expect(await one.whose('user_id', NOW)).toEqual([who]);
});

it('what is remembered of the number is forgotten when it goes to another', async () => {
  const one = await recycled();
  await one.at.postsNumberOnly(PHONE, text('still the former owner'));
  await line.work();
  expect(await one.lastWriter()).toBe(one.former);
  await one.at.posts({ phone: PHONE, user: NOW }, text('who has it now'));
  await line.work();
  const now = await one.lastWriter();
  await one.at.postsNumberOnly(PHONE, text('number only'));
  await line.work();
  expect(await one.lastWriter()).toBe(now);
});

it('a user id is another in another portfolio, and its person the same', async () => {
  const one = await number('102000000000009');
  await one.at.posts({ phone: PHONE, user: FORMER }, text('in the one'));
  await one.elsewhere!.posts({ phone: PHONE, user: NOW }, text('in the other'));
  await line.work();
  expect(new Set((await one.t.rows()).map(({ subject_id }) => subject_id)).size).toBe(1);
  await one.elsewhere!.posts({ phone: PHONE, user: 'DE.3000000000000003' }, text('who has it now'));
  await line.work();
  expect(await one.t.query('SELECT 1 FROM parley.subject WHERE tenant_id = $1')).toHaveLength(2);
});

it('the notice that comes later joins both, number and all', async () => {
  const one = await recycled();
  await one.at.posts({ phone: PHONE, user: NOW }, text('before the notice'));
  await line.work();
  const now = await one.lastWriter();
  await one.at.changes(FORMER, NOW);
  const both = [one.former, now].toSorted();
  for (const [kind, value] of [['user_id', FORMER], ['user_id', NOW], ['wa_id', PHONE]] as const)
    expect(await one.whose(kind, value)).toEqual(both); // prettier-ignore
  expect(await one.addressOf(now)).toEqual({ user_id: NOW, wa_id: PHONE });
  // Delivered late, from before: the person as before, not another.
  await one.at.posts({ phone: PHONE, user: FORMER }, text('written before the change'));
  await line.work();
  expect(both).toContain(await one.lastWriter());
  expect(await one.t.query('SELECT 1 FROM parley.subject WHERE tenant_id = $1')).toHaveLength(2);
});

it('what the former owner wrote and what comes late does not take the number back', async () => {
  const one = await recycled();
  await one.at.posts({ phone: PHONE, user: NOW }, text('who has it now'));
  await line.work();
  const now = await one.lastWriter();
  const before = String(Math.floor(Date.now() / 1000) - 60);
  await one.at.posts({ phone: PHONE, user: FORMER }, text('delivered late', { timestamp: before }));
  await line.work();
  expect([await one.lastWriter(), await one.whose('wa_id', PHONE)]).toEqual([one.former, [now]]);
  expect(await one.addressOf(one.former)).toEqual({ user_id: FORMER });
});

it('a notice about the number goes to whoever has it by then, and takes it from whoever had it', async () => {
  const one = await recycled();
  // Somebody who got the number, never wrote, and changes it: not the former owner's change.
  const THIRD = 'DE.3000000000000003';
  const told = (wa_id: string, user: string, previous: string) => ({
    type: 'system',
    system: { type: 'user_changed_number', wa_id, user_id: user, previous_user_id: previous, body: 'changed' },
  });
  await one.at.posts({ phone: PHONE, user: NOW }, told(OTHER_PHONE, THIRD, NOW));
  expect([await one.whose('user_id', THIRD), await one.whose('wa_id', OTHER_PHONE)]).toEqual([[], []]);
  expect(await one.addressOf(one.former)).toEqual({ user_id: FORMER });
  // The former owner of a number is not who it goes to by a notice.
  await one.at.posts({ phone: OTHER_PHONE, user: NOW }, text('who had the other number'));
  await line.work();
  const other = await one.lastWriter();
  await one.at.posts({ phone: PHONE, user: FORMER }, told(OTHER_PHONE, THIRD, FORMER));
  expect(await one.addressOf(other)).toEqual({ user_id: NOW });
  expect(await one.addressOf(one.former)).toEqual({ user_id: THIRD, wa_id: OTHER_PHONE });
});

it('what was objected to from the number stays so; what the new owner wishes is not the wish of the former', async () => {
  const one = await recycled();
  await line.store.recordObjection(
    one.t.keys,
    { subjects: [one.former], hashes: [] },
    { purposes: ['news'], by: { version: 1, clause: '/c' } },
  );
  const resumes = () => one.at.prefers({ phone: PHONE, user: NOW }, 'resume');
  await resumes();
  const stopped = async (subject: string) =>
    (await one.sql('SELECT marketing_stopped_at IS NOT NULL AS it FROM parley.subject WHERE tenant_id = $1 AND id = $2', subject)).rows[0].it; // prettier-ignore
  expect(await stopped(one.former)).toBe(true);
  await one.at.posts({ phone: PHONE, user: NOW }, text('who has it now'));
  await line.work();
  const now = await one.lastWriter();
  expect([await line.store.objectionsOf(one.t.id, now), await stopped(now)]).toEqual([['news'], true]);
  await resumes();
  expect([await stopped(one.former), await stopped(now)]).toEqual([true, false]);
});
