// Statistics on a real PostgreSQL: counted once, the same before and after somebody is erased, and before what they count goes.
import type { InForce } from '#libs/instructions';
import { createSweeper } from '../src/retention/sweeper.js';
import { createCounter } from '../src/statistics/counter.js';
import { isolate, log, startWorld, type World } from './world.js';

let world: World;
let store: World['store'];
beforeAll(async () => void ({ store } = world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;

const document = (more: object = {}) => ({
  schema: 'parley-instructions/1',
  purposes: { support: { dpv: 'CustomerCare', data: ['routing', 'content'] } },
  retention: [{ data: 'content', period: 'P30D' }, { data: 'routing', period: 'P30D' }],
  statistics: { enabled: true, time: 'hour', dimensions: ['channel', 'language'] },
  ...more,
}); // prettier-ignore

/** Counts as of some hours after now, with statistics instructed two hours before. */
function counting(b: { tenantId: string }, from: number) {
  const inForce = { version: 1, hash: 'h', document: document() } as unknown as InForce;
  const approved = [{ version: 1, approved_at: new Date(from), document: inForce.document }];
  return (at: number) => createCounter({ store, now: () => at })(b.tenantId, inForce, approved);
}

test('a group is told, a rare language is not, and nobody is found by comparing before and after an erasure', async () => {
  const b = await world.business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  const speakers = [...Array.from({ length: 15 }, () => 'de-DE'), ...Array.from({ length: 14 }, () => 'en'), 'sv'];
  const persons = await Promise.all(speakers.map((locale) => b.someone({ locale })));
  for (const who of persons) await b.says(who, start + 1_000);
  const count = counting(b, start);
  await count(start + HOUR + 60_000); // not over yet: something may still be on its way
  expect(await store.statisticBins(b.tenantId, null, 10)).toEqual([]);
  await count(start + HOUR + 120_000);
  const before = await store.statisticBins(b.tenantId, null, 10);
  expect(before).toMatchObject([
    { persons: 30, messages: 30, cells: [{ key: '["test","de"]', messages: 15 }], minimum_group: 10 },
  ]);
  for (const who of [persons[0]!, persons[29]!]) await b.erase(who.subjectId);
  await count(start + HOUR + 180_000);
  expect(await store.statisticBins(b.tenantId, null, 10)).toEqual(before);
});

test('whoever is restricted or objected, and what waits for consent, is not counted', async () => {
  const b = await world.business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  const persons = await Promise.all(Array.from({ length: 13 }, () => b.someone({ locale: 'de' })));
  for (const [n, who] of persons.entries()) await b.says(who, start + 1_000, { state: n === 0 ? 'held' : 'done' });
  await store.restrictSubjects(b.tenantId, [persons[1]!.subjectId], { restricted: true, resume: false });
  await store.recordObjection(
    b.keys,
    { subjects: [persons[2]!.subjectId], hashes: [] },
    {
      purposes: ['marketing'],
      by: { version: 1, clause: '/c' },
    },
  );
  await counting(b, start)(start + HOUR + 120_000);
  expect(await store.statisticBins(b.tenantId, null, 10)).toMatchObject([{ persons: 10, messages: 10 }]);
});

test('who was found to be one person under two ids is one person of the group', async () => {
  const b = await world.business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  const persons = await Promise.all(Array.from({ length: 10 }, () => b.someone({ locale: 'de' })));
  for (const who of persons) await b.says(who, start + 1_000);
  const one = persons.slice(0, 2).map(({ subjectId }) => subjectId);
  await world.admin.query('UPDATE parley.subject SET person = gen_random_uuid() WHERE id = $1', [one[0]]);
  await world.admin.query('UPDATE parley.subject s SET person = o.person FROM parley.subject o WHERE o.id = $1 AND s.id = $2', one); // prettier-ignore
  await counting(b, start)(start + HOUR + 120_000);
  expect(await store.statisticBins(b.tenantId, null, 10)).toMatchObject([{ persons: null, messages: null, cells: [] }]);
});

test('neither the application nor a mistake in it can count again or tell of fewer', async () => {
  const b = await world.business();
  const start = new Date(Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR);
  const bin = { starts: start, ends: new Date(start.getTime() + HOUR), instruction_version: 1, minimum_group: 10, dimensions: [] }; // prettier-ignore
  const nine = async () => ({ persons: 9, messages: 9, cells: [] });
  await expect(store.countBin(b.tenantId, bin, nine)).rejects.toThrow(/check constraint/);
  const ten = async () => ({ persons: 10, messages: 10, cells: [] });
  expect(await store.countBin(b.tenantId, bin, ten)).toBe(true);
  const day = { ...bin, starts: new Date(start.getTime() - 5 * HOUR), ends: new Date(start.getTime() + 19 * HOUR) };
  expect([await store.countBin(b.tenantId, bin, ten), await store.countBin(b.tenantId, day, ten)]).toEqual([false, false]); // prettier-ignore
  const client = await world.admin.connect();
  try {
    await client.query(
      `BEGIN; SET LOCAL ROLE parley_app; SELECT set_config('parley.tenants', '{${b.tenantId}}', true)`,
    );
    await expect(client.query('UPDATE parley.statistic_bin SET persons = 11')).rejects.toThrow(/permission denied/);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

test('what is due is counted before it goes', async () => {
  const b = await world.business();
  const start = Math.floor(Date.now() / HOUR) * HOUR - 50 * HOUR;
  const persons = await Promise.all(Array.from({ length: 12 }, () => b.someone({ locale: 'de' })));
  for (const who of persons) await b.says(who, start + 1_000);
  const retention = [{ data: 'content', period: 'PT40H' }, { data: 'routing', period: 'PT40H' }]; // prettier-ignore
  await b.instructs(1, document({ retention }), new Date(start - HOUR));
  const sweeper = createSweeper({ store, count: createCounter({ store, now: Date.now }), without: () => null, late: () => undefined, isolate, log, now: Date.now }); // prettier-ignore
  for (let round = 0; round < 3; round += 1) {
    sweeper.changed(null);
    await sweeper.run();
    sweeper.changed(b.tenantId);
  }
  expect(await b.count('message')).toBe(0);
  expect((await store.statisticBins(b.tenantId, null, 100)).map(({ persons: n }) => n)).toContain(12);
});
