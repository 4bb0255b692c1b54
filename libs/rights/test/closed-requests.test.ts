// Rights requests that are over, under a simulated clock: each goes when its time is, none before it, and what it has to be outlasted by stays.
import { randomBytes, randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { v7 } from 'uuid';
import type { RequestChange, RightsRequestRow } from '#libs/store';
import { createPurger } from '../src/retention/purger.js';
import { log, startWorld, type Business, type World } from './world.js';

const DAY = 86_400_000;
const BACKUP_DAYS = 30;

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const rows = async <R extends object>(text: string, values: readonly unknown[]): Promise<R[]> =>
  (await world.admin.query<R>(text, [...values])).rows;

function clockwork(backupDays = BACKUP_DAYS) {
  const clock = { now: 0 };
  const lateness: number[] = [];
  const late = (_: string, seconds: number): void => void lateness.push(seconds);
  const purge = createPurger({ store: world.store, backupDays, late, log, now: () => clock.now });
  const at = async (time: Date | number): Promise<void> => {
    clock.now = Number(time);
    await purge();
  };
  return { at, lateness };
}
const yearsAfter = (date: Date, years: number): Date => DateTime.fromJSDate(date, { zone: 'utc' }).plus({ years }).toJSDate(); // prettier-ignore

interface Asked {
  readonly right?: string;
  readonly subjects?: readonly string[];
  readonly hashes?: readonly Buffer[];
  readonly openDsr?: { readonly id: string; readonly callbacks: readonly string[] };
}

async function asked({ tenantId }: Business, { right = 'access', subjects = [], hashes = [], openDsr }: Asked = {}) {
  const { row } = await world.store.openRightsRequest(tenantId, {
    id: v7(), exercised: right, state: 'in-progress', source: 'api', hashes, subjectIds: subjects, conversationId: null, reference: null,
    purpose: null, code: randomUUID(), version: null, clause: '/rights', receivedAt: new Date(), dueAt: new Date(Date.now() + 30 * DAY), notBefore: new Date(Date.now() + DAY),
    ...(openDsr ? { openDsr } : {}),
  }); // prettier-ignore
  return row;
}
const change = (b: Business, id: string, how: Partial<RequestChange> = {}): Promise<RightsRequestRow | null> =>
  world.store.changeRightsRequest(b.tenantId, id, { from: ['in-progress'], state: 'completed', end: 'keep', evidence: { done: true }, ...how }); // prettier-ignore
const closed = async (b: Business, how: Asked = {}, end: Partial<RequestChange> = {}): Promise<RightsRequestRow> =>
  (await change(b, (await asked(b, how)).id, end))!;
const isThere = async (b: Business, { id }: { readonly id: string }): Promise<boolean> =>
  (await world.store.rightsRequest(b.tenantId, id)) !== null;
const leavesOf = async ({ id }: { readonly id: string }): Promise<string[]> =>
  (await rows<{ state: string }>("SELECT leaf->>'state' AS state FROM parley.ledger_leaf WHERE leaf->>'type' = 'rights-request' AND leaf->>'request' = $1 ORDER BY seq", [id])).map(({ state }) => state); // prettier-ignore

it('goes three years after it was closed, not a moment earlier, with all that hangs on it; its leaves stay', async () => {
  const [acme, other] = [await world.business(), await world.business()];
  const who = await acme.someone();
  const name = { id: randomUUID(), callbacks: ['https://desk.acme.example/in'] };
  const done = await closed(acme, { subjects: [who.subjectId], openDsr: name });
  const refused = await closed(acme, { right: 'erasure', hashes: [randomBytes(16)] }, { state: 'refused', justification: 'x', evidence: {} }); // prettier-ignore
  const open = await asked(acme, { right: 'portability', subjects: [who.subjectId] });
  const elsewhere = await closed(other);
  await world.store.toldOpenDsr(acme.tenantId, { id: name.id, n: 0, state: 'completed', last: true });
  await world.store.noteUntold(acme.tenantId, [{ id: v7(), requestId: done.id, recipient: 'mute', event: 'erase' }]);
  await world.store.keepCopy(acme.tenantId, { requestId: done.id, subjectId: who.subjectId, body: randomBytes(8), until: new Date(Date.now() + DAY) }); // prettier-ignore
  await world.store.beginMentionSearch(acme.tenantId, {
    requestId: done.id,
    mode: 'list',
    words: randomBytes(8),
    again: false,
  });
  await world.store.searchedForMentions(acme.tenantId, { requestId: done.id, mark: null, examined: 0, mentions: [] });
  expect([done.kept_until, refused.kept_until, open.kept_until]).toEqual([
    yearsAfter(done.completed_at!, 3),
    yearsAfter(refused.completed_at!, 3),
    null,
  ]);

  const { at, lateness } = clockwork();
  await at(done.kept_until!.getTime() - 1);
  expect(await isThere(acme, done)).toBe(true);
  await at(done.kept_until!.getTime() + 5_000);
  expect([await isThere(acme, done), await isThere(acme, refused), await isThere(acme, open)]).toEqual([false, false, true]); // prettier-ignore
  expect([lateness.every((seconds) => seconds <= 5), await isThere(other, elsewhere)]).toEqual([true, false]);
  const tables = ['opendsr_request', 'opendsr_callback', 'recipient_notice', 'rights_copy', 'mention_search'];
  expect(await Promise.all(tables.map((table) => acme.count(table)))).toEqual([0, 0, 0, 0, 0]);
  expect((await world.store.leftovers(acme.tenantId)).filter(({ leftovers }) => leftovers > 0)).toEqual([]);
  expect(await leavesOf(done)).toEqual(['in-progress', 'completed', 'forgotten']);
  expect(await leavesOf(open)).toEqual(['in-progress']);
  await at(yearsAfter(new Date(), 30));
  expect(await isThere(acme, open)).toBe(true);
});

it('a restriction and an objection stay until they are lifted, and three years more; or until nobody is left', async () => {
  const acme = await world.business();
  const [anna, ben] = [await acme.someone(), await acme.someone()];
  const restriction = await closed(acme, { right: 'restriction', subjects: [anna.subjectId] });
  const unknown = await closed(acme, { right: 'objection', hashes: [randomBytes(16)] });
  const hers = await closed(acme, { right: 'objection', subjects: [ben.subjectId] });
  await world.store.recordObjection(acme.keys, { subjects: [ben.subjectId], hashes: [randomBytes(16)] }, { purposes: ['marketing'], by: { version: null, clause: '/rights' } }); // prettier-ignore
  const { at } = clockwork();
  await at(yearsAfter(new Date(), 30));
  expect([await isThere(acme, restriction), await isThere(acme, unknown), await isThere(acme, hers)]).toEqual([true, true, true]); // prettier-ignore

  const lifted = (await world.store.liftRightsRequest(acme.keys, unknown, { resume: true }))!.row;
  expect(lifted.kept_until).toEqual(yearsAfter(lifted.lifted_at!, 3));
  await at(lifted.kept_until!.getTime() - 1);
  expect(await isThere(acme, unknown)).toBe(true);
  // The database knows microseconds.
  await at(lifted.kept_until!.getTime() + 1);
  expect(await isThere(acme, unknown)).toBe(false);

  // What remembers the objection of whoever is erased outlasts the request.
  await acme.erase(ben.subjectId);
  await at(yearsAfter(hers.completed_at!, 3).getTime() + 1);
  expect([await isThere(acme, hers), await acme.count('suppression')]).toEqual([false, 2]);
  expect(await isThere(acme, restriction)).toBe(true);
});

describe('stays beyond its time', () => {
  const later = (row: RightsRequestRow): Date => new Date(row.kept_until!.getTime() + 1);

  it('while a recipient is to be told', async () => {
    const acme = await world.business();
    const row = await closed(acme, { right: 'erasure' });
    const id = v7();
    await world.store.queueNotices(acme.tenantId, [{ id, requestId: row.id, recipient: 'bot', event: 'erase', url: 'https://bot.example', body: randomBytes(8), escalateAt: new Date() }]); // prettier-ignore
    const { at } = clockwork();
    await at(later(row));
    expect(await isThere(acme, row)).toBe(true);
    await world.store.acknowledgeNotice(acme.tenantId, id);
    await at(later(row));
    expect([await isThere(acme, row), await acme.count('recipient_notice')]).toEqual([false, 0]);
  });

  it('while a search for mentions goes on', async () => {
    const acme = await world.business();
    const row = await closed(acme, { right: 'erasure' });
    await world.store.beginMentionSearch(acme.tenantId, {
      requestId: row.id,
      mode: 'list',
      words: randomBytes(8),
      again: false,
    });
    const { at } = clockwork();
    await at(later(row));
    expect(await isThere(acme, row)).toBe(true);
    await world.store.searchedForMentions(acme.tenantId, { requestId: row.id, mark: null, examined: 0, mentions: [] });
    await at(later(row));
    expect(await isThere(acme, row)).toBe(false);
  });

  it("while the business's own system is told of it", async () => {
    const acme = await world.business();
    const name = { id: randomUUID(), callbacks: ['https://desk.acme.example/in'] };
    const row = await closed(acme, { openDsr: name });
    const { at } = clockwork();
    await at(later(row));
    expect(await isThere(acme, row)).toBe(true);
    await world.store.toldOpenDsr(acme.tenantId, { id: name.id, n: 0, state: 'completed', last: true });
    await at(later(row));
    expect(await isThere(acme, row)).toBe(false);
  });

  it('while a backup of before its erasure may be put back; the entry of the journal is not touched', async () => {
    const acme = await world.business();
    const row = await closed(acme, { right: 'erasure' });
    await rows('INSERT INTO parley.deletion (tenant_id, id, subject_id, at, request_id) VALUES ($1, $2, $3, $4, $5)', [acme.tenantId, v7(), v7(), row.completed_at, row.id]); // prettier-ignore
    const days = 1_200;
    await clockwork(days).at(later(row));
    expect(await isThere(acme, row)).toBe(true);
    await clockwork(days).at(row.completed_at!.getTime() + days * DAY + 1);
    expect([await isThere(acme, row), await acme.count('deletion')]).toEqual([false, 1]);
  });

  it.each([
    ['all of a person', { scope: 'a claim', basis: 'Art. 17(3)(e)' }, [true, true]],
    ['messages of one account', { scope: 'a claim', basis: 'Art. 17(3)(e)', connections: ['Line'] }, [true, false]],
  ])('while a legal hold keeps %s', async (_what, hold, kept) => {
    const acme = await world.business();
    const [held, silent] = [await acme.someone(), await acme.someone()];
    await acme.says(held, Date.now());
    const [ofHeld, ofSilent] = [
      await closed(acme, { subjects: [held.subjectId] }),
      await closed(acme, { subjects: [silent.subjectId] }),
    ];
    const from = '2026-01-01';
    const document = { purposes: {}, retention: [], parties: { controller: {} } };
    const until = DateTime.fromJSDate(later(ofSilent), { zone: 'utc' }).plus({ months: 1 });
    await acme.instructs(1, { ...document, legalHolds: [{ ...hold, from, until: until.toISODate() }] }, new Date(0));
    const { at } = clockwork();
    await at(later(ofSilent));
    expect([await isThere(acme, ofHeld), await isThere(acme, ofSilent)]).toEqual(kept);
    await at(until.plus({ days: 2 }).toJSDate());
    expect([await isThere(acme, ofHeld), await isThere(acme, ofSilent)]).toEqual([false, false]);
  });

  it('while its person is restricted (Art. 18)', async () => {
    const acme = await world.business();
    const anna = await acme.someone();
    const row = await closed(acme, { subjects: [anna.subjectId] });
    await world.store.restrictSubjects(acme.tenantId, [anna.subjectId], { restricted: true, resume: false });
    const { at } = clockwork();
    await at(later(row));
    expect(await isThere(acme, row)).toBe(true);
    await world.store.restrictSubjects(acme.tenantId, [anna.subjectId], { restricted: false, resume: false });
    await at(later(row));
    expect(await isThere(acme, row)).toBe(false);
  });
});
