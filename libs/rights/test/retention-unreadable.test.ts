// A stored document with a period that cannot be read: nothing goes by that rule, which is reported, and all others are carried out.
import type { InstructionsDocument } from '#libs/instructions';
import { collectingLogger } from '../../platform/test/collecting-logger.js';
import { createCounter } from '../src/statistics/counter.js';
import { rulingOf } from '../src/retention/due.js';
import { createOverview } from '../src/retention/overview.js';
import { createSweeper } from '../src/retention/sweeper.js';
import { isolate, startWorld, type Business, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
/** The simulated time ends before the real one, so that nothing is in flight in it. */
const BASE = Math.floor(Date.now() / HOUR) * HOUR - 100 * HOUR;

const document = (periods: { content: string; attachments: string; routing: string }) => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: 'Acme', contact: 'x' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] } },
  retention: Object.entries(periods).map(([data, period]) => ({ data, period })),
});
const READABLE = { content: 'PT20H', attachments: 'PT10H', routing: 'PT20H' };

function sweeping() {
  const clock = { now: BASE };
  const now = (): number => clock.now;
  const { store } = world;
  const collected = collectingLogger();
  const sweeper = createSweeper({ store, count: createCounter({ store, now }), without: () => null, late: () => undefined, isolate, log: collected.log, now }); // prettier-ignore
  const at = async (hours: number): Promise<void> => {
    clock.now = BASE + hours * HOUR;
    await sweeper.run();
  };
  return { at, sweeper, collected };
}

/** Messages with content, files and conversations that are left. */
async function left(b: Business): Promise<readonly number[]> {
  const bodies = await world.admin.query('SELECT FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL', [b.tenantId]); // prettier-ignore
  return [bodies.rowCount!, await b.count('attachment'), await b.count('conversation')];
}

async function withFile(periods: typeof READABLE): Promise<Business> {
  const b = await world.business();
  await b.instructs(1, document(periods), new Date(BASE - 50 * HOUR));
  await b.says(await b.someone(), BASE, { file: true });
  return b;
}

test.each(['sofort', 'P1M2', '', 'P30D ', 'PT'])('%j', async (period) => {
  const [broken, whole] = [await withFile({ ...READABLE, content: period }), await withFile(READABLE)];
  const { at, sweeper, collected } = sweeping();
  await at(1);
  expect([await left(broken), await left(whole)]).toEqual([[1, 1, 1], [1, 1, 1]]); // prettier-ignore
  // Looked at again in time, though nothing has changed.
  await at(11);
  expect([await left(broken), await left(whole)]).toEqual([[1, 0, 1], [1, 0, 1]]); // prettier-ignore
  await at(21);
  expect([await left(broken), await left(whole)]).toEqual([[1, 0, 1], [0, 0, 0]]); // prettier-ignore
  // The content, and the conversation, which stays while anything of it may.
  const said = collected.text().split('\n').filter((line) => line.includes(broken.tenantId)); // prettier-ignore
  const unreadable = said.flatMap((line) =>
    line.includes('retention.unreadable') ? [JSON.parse(line) as object] : [],
  );
  expect(unreadable).toEqual(['content', 'routing'].map((kind) => expect.objectContaining({ level: 'error', kind, version: 1 }))); // prettier-ignore
  expect(sweeper.unreadable()).toBe(2);
  expect(collected.lines()).not.toContain('retention.failed');

  const overview = createOverview({ store: world.store, now: () => BASE + 21 * HOUR });
  const due = new Map((await overview.retention(broken.tenantId)).map((rule) => [rule.category, rule.due]));
  expect([due.get('content'), due.get('routing')]).toEqual([null, null]);
  const written = { ...document({ ...READABLE, content: period }), channels: {} } as unknown as InstructionsDocument;
  const { dueOf } = rulingOf(written, [{ version: 1, document: written }]);
  expect(dueOf({ at: new Date(BASE), version: 1 }, new Date(BASE))).toEqual({ content: null, conversation: null });

  // A version that can be read decides for what is held already.
  await broken.instructs(2, document(READABLE), new Date(BASE - 49 * HOUR));
  sweeper.changed(broken.tenantId);
  await at(22);
  expect(await left(broken)).toEqual([0, 0, 0]);
  expect(sweeper.unreadable()).toBe(0);
});
