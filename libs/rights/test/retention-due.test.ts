// What a conversation is said to fall due by is when it goes: not a moment before, and under the stricter of two versions; a hold on all says never.
import { createCounter } from '../src/statistics/counter.js';
import { createOverview } from '../src/retention/overview.js';
import { createSweeper } from '../src/retention/sweeper.js';
import { isolate, log, startWorld, type Business, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
const MOMENT = 1_000;
/** The simulated time ends before the real one, so that nothing is in flight in it. */
const BASE = Math.floor(Date.now() / HOUR) * HOUR - 100 * HOUR;

const document = (content: string, more: object = {}) => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: 'Acme', contact: 'x' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  retention: [{ data: 'content', period: content }, { data: 'routing', period: 'PT30H' }],
  ...more,
}); // prettier-ignore

/** What stands with the conversations once retention has come by. */
async function dueOf(b: Business, at: number) {
  await sweptAt(b, at);
  const { rows } = await world.admin.query(
    'SELECT content_due_at AS content, due_at AS conversation FROM parley.conversation WHERE tenant_id = $1',
    [b.tenantId],
  );
  return rows as { content: Date | null; conversation: Date | null }[];
}

/** What is left once retention has come by: messages with content, and conversations. */
async function sweptAt(b: Business, at: number): Promise<readonly [number, number]> {
  const now = (): number => at;
  const { store, admin } = world;
  const sweeper = createSweeper({ store, count: createCounter({ store, now }), without: () => null, late: () => undefined, isolate, log, now }); // prettier-ignore
  await sweeper.run();
  sweeper.stop();
  const bodies = await admin.query('SELECT FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL', [b.tenantId]); // prettier-ignore
  return [bodies.rowCount!, await b.count('conversation')];
}

test.each([
  ['of the only version', [document('PT20H')], 1, 20],
  ['of a stricter one that came later', [document('PT20H'), document('PT10H')], 1, 10],
  ['of its own where a laxer one came later', [document('PT20H'), document('PT25H')], 1, 20],
  ['of the laxer one that it was kept under', [document('PT20H'), document('PT25H')], 2, 25],
])('goes by the line %s, at the time that is said', async (_what, versions, keptUnder, hours) => {
  const b = await world.business();
  for (const [n, one] of versions.entries()) await b.instructs(n + 1, one, new Date(BASE - 50 * HOUR + n));
  const anna = await b.someone();
  await b.says(anna, BASE - 5 * HOUR, { version: keptUnder });
  await b.says(anna, BASE, { version: keptUnder });
  const [due] = await dueOf(b, BASE + HOUR);
  const content = BASE + hours * HOUR;
  expect(due).toEqual({ content: new Date(content), conversation: new Date(BASE + 30 * HOUR) });
  expect(await sweptAt(b, content - MOMENT)).toEqual([2, 1]);
  expect(await sweptAt(b, content + MOMENT)).toEqual([0, 1]);
  expect(await sweptAt(b, BASE + 30 * HOUR - MOMENT)).toEqual([0, 1]);
  expect(await sweptAt(b, BASE + 30 * HOUR + MOMENT)).toEqual([0, 0]);
});

test('what a legal hold keeps has no such time', async () => {
  const b = await world.business();
  const hold = { basis: 'lawsuit', from: '2020-01-01' };
  await b.instructs(1, document('PT20H', { legalHolds: [{ ...hold, scope: 'content' }] }), new Date(BASE - 50 * HOUR));
  await b.says(await b.someone(), BASE);
  expect(await dueOf(b, BASE + HOUR)).toEqual([{ content: null, conversation: null }]);
  await b.instructs(2, document('PT20H'), new Date(BASE - 49 * HOUR));
  expect(await dueOf(b, BASE + HOUR)).toEqual([
    { content: new Date(BASE + 20 * HOUR), conversation: new Date(BASE + 30 * HOUR) },
  ]);
});

test('what is restricted is passed over, whatever it is, and goes at once when that is lifted', async () => {
  const b = await world.business();
  const consent = { dpv: 'Marketing', basis: 'A6-1-a', consent: 'c', data: ['consent-record'] };
  await b.instructs(1, document('PT20H', {
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] }, news: consent },
    retention: [{ data: 'content', period: 'PT20H', start: 'ingest' }, { data: 'routing', period: 'PT30H' }, { data: 'consent-record', period: 'PT20H' }],
  }), new Date(BASE - 50 * HOUR)); // prettier-ignore
  const [anna, ben] = [await b.someone(), await b.someone()];
  for (const { subjectId, conversationId } of [anna, ben]) {
    const message = await b.says({ subjectId, conversationId }, BASE, { file: true });
    const begun = new Date(BASE + (subjectId === anna.subjectId ? 0 : 1));
    await world.admin.query(
      `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
       VALUES ($1, parley.uuid_at($2), $3, 'news', 'given', 't', '1', 'h', 's', 'en', 'test', 1, '/c')`,
      [b.tenantId, begun, subjectId],
    );
    await world.admin.query(
      `INSERT INTO parley.age_event (tenant_id, id, subject_id, state, age, source, text_hash, language, channel, instruction_version, clause)
       VALUES ($1, parley.uuid_at($2), $3, 'adult', 16, 'person', 'h', 'en', 'test', 1, '/c')`,
      [b.tenantId, begun, subjectId],
    );
    await world.admin.query(
      `INSERT INTO parley.sensitive_event (tenant_id, id, conversation_id, message_id, content_of, section, mode, told, text_hash, language, instruction_version, clause, purge_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $3, 'art9', 'detect', false, 'h', 'en', 1, '/c', $4)`,
      [b.tenantId, conversationId, message, new Date(BASE + HOUR)],
    );
  }
  const tables = [
    'message',
    'attachment',
    'consent_event',
    'age_event',
    'conversation',
    'identity',
    'subject',
    'subject_key',
  ];
  const left = async () =>
    Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await b.count(table)] as const)));
  const all = (n: number) => Object.fromEntries(tables.map((table) => [table, n]));
  await world.store.restrictSubjects(b.tenantId, [anna.subjectId], { restricted: true, resume: false });
  expect(await left()).toEqual(all(2));
  const due = await dueOf(b, BASE + HOUR);
  expect(due).toContainEqual({ content: new Date(BASE + 20 * HOUR), conversation: new Date(BASE + 30 * HOUR) });
  const { retention } = createOverview({ store: world.store, now: () => BASE });
  expect((await retention(b.tenantId)).map(({ restricted }) => restricted)).toEqual(expect.arrayContaining([1]));
  await world.store.purgeSensitive(b.tenantId, new Date(BASE + 40 * HOUR));
  expect(await sweptAt(b, BASE + 40 * HOUR)).toEqual([1, 1]);
  await world.store.sweepOrphans(b.tenantId);
  expect(await left()).toEqual(all(1));
  await world.store.restrictSubjects(b.tenantId, [anna.subjectId], { restricted: false, resume: true });
  expect((await world.store.purgeSensitive(b.tenantId, new Date(BASE + 40 * HOUR))).count).toBe(1);
  expect(await sweptAt(b, BASE + 40 * HOUR)).toEqual([0, 0]);
  expect(await left()).toEqual(all(0));
});
