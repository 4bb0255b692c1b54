// The sequencer goes on with everybody else where one tenant's key cannot be opened, and with that one once it can.
import { createIsolate, createMetrics } from '#libs/platform';
import { openStore } from '#libs/store';
import { collectingLogger } from '../../platform/test/collecting-logger.js';
import { until } from '../../../test/support/until.js';
import { createLedger, createSequencer } from '../src/index.js';
import { NO_ANCHORS, startWorld, type World } from './ledger-world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

it('a tenant whose key is bad does not keep the leaves of the others from being placed', async () => {
  const [bad, sound] = [await world.tenant(), await world.tenant()];
  await bad.tamper("UPDATE parley.tenant_key SET wrapped = wrapped || '\\x00' WHERE tenant_id = $1");
  await Promise.all([bad.append(2), sound.append(2)]);
  const { log, lines } = collectingLogger();
  const metrics = createMetrics();
  // The bad one comes first in each round.
  const store = { ...world.store, pendingLedgers: async (limit: number) => (await world.store.pendingLedgers(limit)).toSorted((one) => (one === bad.id ? -1 : 1)) }; // prettier-ignore
  const sequencer = createSequencer({ store, ledger: world.ledger(), isolate: createIsolate({ log, metrics }), log });
  const pending = async ({ id }: { id: string }) => (await world.store.countLedger(id)).pending;
  sequencer.start();
  try {
    await until('the sound one is placed', async () => (await pending(sound)) === 0);
    expect(await pending(bad)).toBe(2);
    expect(lines()).toEqual(['round.failed']);
    expect(await metrics.text()).toMatch(/parley_rounds_failed_total\{round="sequencer"\} [1-9]/);
    await bad.tamper("UPDATE parley.tenant_key SET wrapped = substr(wrapped, 1, length(wrapped) - 1) WHERE tenant_id = $1"); // prettier-ignore
    await until('the other one is placed as well', async () => (await pending(bad)) === 0);
  } finally {
    await sequencer.stop();
  }
});

it('a database that goes away in the midst of a round is said once in that round, and no tenant is blamed', async () => {
  const tenants = [await world.tenant(), await world.tenant(), await world.tenant()];
  await Promise.all(tenants.map((one) => one.append(1)));
  const { log, lines } = collectingLogger();
  // The list of those who wait is still had; nothing after it.
  const away = openStore({ databaseUrl: world.databaseUrl, masterKey: world.masterKey, poolSize: 1, onError: () => undefined }); // prettier-ignore
  await away.close();
  /** How much had been said when each round began. */
  const said: number[] = [];
  const pendingLedgers = async (limit: number): Promise<string[]> => (said.push(lines().length), world.store.pendingLedgers(limit)); // prettier-ignore
  const ledger = createLedger({ store: away, anchors: NO_ANCHORS, now: Date.now });
  const isolate = createIsolate({ log, metrics: createMetrics() });
  const sequencer = createSequencer({ store: { ...away, pendingLedgers }, ledger, isolate, log });
  sequencer.start();
  try {
    await until('a third round was begun', () => said.length > 2);
  } finally {
    await sequencer.stop();
  }
  expect(said.slice(0, 3)).toEqual([0, 1, 2]);
  expect(new Set(lines())).toEqual(new Set(['database.pool-error']));
});
