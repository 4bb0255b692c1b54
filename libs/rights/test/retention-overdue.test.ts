// A check on the sweeper that does not rely on it: what ought to be gone by the times that stand with conversations, and is there.
import { createCounter } from '../src/statistics/counter.js';
import { createDueTimes, rulingNow } from '../src/retention/due-times.js';
import { createSweeper } from '../src/retention/sweeper.js';
import type { Store } from '#libs/store';
import { isolate, log, startWorld, type Business, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** The simulated time ends before the real one, so that nothing is in flight in it. */
const BASE = Math.floor(Date.now() / HOUR) * HOUR - 200 * HOUR;
/** After its time a conversation is looked for no sooner. */
const PATIENCE = 90 * MINUTE;

const document = (more: object = {}) => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: 'Acme', contact: 'x' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  retention: [{ data: 'content', period: 'PT20H' }, { data: 'routing', period: 'PT60H' }],
  ...more,
}); // prettier-ignore

const timesAt = (at: number) => createDueTimes({ store: world.store, now: () => at });
const overdueAt = (b: Business, at: number): Promise<number> => timesAt(at).overdue(b.tenantId);

function sweeperWith(store: Store, now: () => number) {
  return createSweeper({ store, count: createCounter({ store, now }), without: () => null, late: () => undefined, isolate, log, now });
} // prettier-ignore

async function sweepAt(at: number): Promise<void> {
  const sweeper = sweeperWith(world.store, () => at);
  await sweeper.run();
  sweeper.stop();
}

/** Somebody who wrote at BASE, and the times that stand with that. */
async function written(more: object = {}): Promise<Business & { who: Awaited<ReturnType<Business['someone']>> }> {
  const b = await world.business();
  await b.instructs(1, document(more), new Date(BASE - 50 * HOUR));
  const who = await b.someone();
  await b.says(who, BASE - HOUR);
  await b.says(who, BASE);
  const ruling = (await rulingNow(world.store, b.tenantId))!;
  expect(await timesAt(BASE).stamp(b.tenantId, ruling)).toBe(true);
  return { ...b, who };
}

const stands = async ({ tenantId }: Business): Promise<(number | undefined)[]> => {
  const { rows } = await world.admin.query('SELECT content_due_at, due_at FROM parley.conversation WHERE tenant_id = $1', [tenantId]); // prettier-ignore
  const [row] = rows as { content_due_at: Date | null; due_at: Date | null }[];
  return [row!.content_due_at, row!.due_at].map((at) => at?.getTime());
};

test('content that nobody took is found, and no longer once it was', async () => {
  const b = await written();
  expect(await stands(b)).toEqual([BASE + 20 * HOUR, BASE + 60 * HOUR]);
  const time = BASE + 20 * HOUR + PATIENCE;
  expect(await overdueAt(b, time - 1)).toBe(0);
  expect(await overdueAt(b, time)).toBe(1);
  await sweepAt(time);
  expect(await overdueAt(b, time)).toBe(0);
  expect(await stands(b)).toEqual([undefined, BASE + 60 * HOUR]);
});

test('a conversation that nobody took is found', async () => {
  const b = await written();
  await sweepAt(BASE + 21 * HOUR);
  const time = BASE + 60 * HOUR + PATIENCE;
  expect(await overdueAt(b, time - 1)).toBe(0);
  expect(await overdueAt(b, time)).toBe(1);
  await sweepAt(time);
  expect([await overdueAt(b, time), await b.count('conversation')]).toEqual([0, 0]);
});

test('something said since is no alarm, and puts right what stands there', async () => {
  const b = await written();
  await b.says(b.who, BASE + 19 * HOUR);
  expect(await stands(b)).toEqual([BASE + 20 * HOUR, BASE + 60 * HOUR]);
  expect(await overdueAt(b, BASE + 23 * HOUR)).toBe(0);
  expect(await stands(b)).toEqual([BASE + 39 * HOUR, BASE + 79 * HOUR]);
  expect(await overdueAt(b, BASE + 39 * HOUR + PATIENCE)).toBe(1);
});

test.each([
  ['all', {}, [undefined, undefined]],
  ['what was said there in that time', { messages: { from: new Date(BASE - 2 * HOUR).toISOString() } }, [undefined, BASE + 60 * HOUR]],
] as const)('what a legal hold keeps is not overdue: %s; it is when the hold has ended', async (_what, scope, after) => {
  const hold = { scope: 'claim', basis: 'lawsuit', from: '2020-01-01', until: new Date(BASE + 80 * HOUR).toISOString(), ...scope };
  const b = await written({ legalHolds: [hold] });
  const during = BASE + 70 * HOUR;
  await sweepAt(during);
  expect(await overdueAt(b, during)).toBe(0);
  expect(await stands(b)).toEqual(after);
  expect(await b.count('conversation')).toBe(1);
  // Another process, the next day.
  await world.store.forgetMarks(b.tenantId);
  const ruling = (await rulingNow(world.store, b.tenantId))!;
  await timesAt(BASE + 81 * HOUR).stamp(b.tenantId, ruling);
  expect(await overdueAt(b, BASE + 80 * HOUR + PATIENCE - MINUTE)).toBe(0);
  expect(await overdueAt(b, BASE + 80 * HOUR + PATIENCE + MINUTE)).toBe(1);
}); // prettier-ignore

test('of a stricter version it is no alarm before there was time to apply it', async () => {
  const b = await written();
  const began = BASE + 30 * HOUR;
  await sweepAt(BASE + 21 * HOUR);
  await b.instructs(2, document({ retention: [{ data: 'content', period: 'PT20H' }, { data: 'routing', period: 'PT22H' }] }), new Date(began)); // prettier-ignore
  await timesAt(began).stamp(b.tenantId, (await rulingNow(world.store, b.tenantId))!);
  expect(await stands(b)).toEqual([undefined, BASE + 22 * HOUR]);
  expect(await overdueAt(b, began + PATIENCE - MINUTE)).toBe(0);
  expect(await overdueAt(b, began + PATIENCE + MINUTE)).toBe(1);
});

test('a sweeper that believes to have looked at all is found out within an hour, and says so', async () => {
  const b = await written();
  let at = BASE + 23 * HOUR;
  const blind = { ...world.store, sweepContent: async () => ({ count: 0, more: false, oldest: null }) };
  const sweeper = sweeperWith(blind, () => at);
  await sweeper.run();
  expect(sweeper.overdue()).toBe(0);
  at += HOUR;
  await sweeper.run();
  sweeper.stop();
  expect(sweeper.overdue()).toBe(1);
  expect(await overdueAt(b, at)).toBe(1);
});
