// An objection that is asked for once more while it is carried out, by other ids: what these lead to is remembered as well.
import { randomBytes, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { suppressionHash } from '#libs/vault';
import type { Acts } from '../src/acts/acts.js';
import { createActs } from '../src/acts/acts.js';
import { createHands } from '../src/requests/hands.js';
import { createRequests } from '../src/requests/requests.js';
import { until } from '../../../test/support/until.js';
import { isolate, log, startWorld, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** A person of a business, and how they object by hashes. */
async function objecting() {
  const acme = await world.business();
  const { tenantId, keys } = acme;
  await acme.instructs(1, { parties: { controller: { country: 'DE' } }, purposes: {}, recipients: {} }, new Date('2026-01-01')); // prettier-ignore
  const anna = await acme.someone();
  const { rows } = await world.admin.query<{ hash: Buffer }>('SELECT hash FROM parley.identity WHERE subject_id = $1', [anna.subjectId]); // prettier-ignore
  const opens = (hashes: readonly Buffer[]): Promise<{ row: { id: string }; fresh: boolean }> =>
    world.store.openRightsRequest(tenantId, {
      id: v7(), exercised: 'objection', state: 'received', source: 'api', hashes, subjectIds: [], conversationId: null, reference: null,
      purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(Date.now() + 3_600_000), notBefore: new Date(0),
    }); // prettier-ignore
  return { tenantId, keys, known: rows[0]!.hash, elsewhere: randomBytes(32), opens };
}

it('what joins in that moment is carried out, too, and the request ends once', async () => {
  const { tenantId, keys, known, elsewhere, opens } = await objecting();
  const joining: string[] = [];
  const deps = { store: world.store, isolate, log, now: Date.now };
  const acts = createActs({
    ...deps, notices: { queue: async () => ({ untold: [] }) }, mentions: {}, journal: {}, backups: { keyDays: 7, dataDays: 30 },
    openForPerson: () => null, correct: () => null, settleMs: 0, rest: async () => undefined,
  } as never); // prettier-ignore
  const carryOut: Acts['carryOut'] = async (at) => {
    const done = await acts.carryOut(at);
    if (joining.length === 0) joining.push((await opens([known, elsewhere])).row.id);
    return done;
  };
  const requests = createRequests({
    ...deps, acts: { ...acts, carryOut }, hands: { erasure: createHands(1), others: createHands(1) }, openAttachment: () => Buffer.alloc(0),
    wake: () => undefined, say: async () => true, pageUrl: (code) => code,
  }); // prettier-ignore

  const { id } = (await opens([known])).row;
  await requests.run();
  await requests.run();
  expect(joining).toEqual([id]);
  const suppressed = await world.admin.query('SELECT hash FROM parley.suppression WHERE tenant_id = $1 AND hash = ANY ($2)', [
    tenantId, [known, elsewhere].map((hash) => suppressionHash(keys, hash)),
  ]); // prettier-ignore
  expect(suppressed.rowCount).toBe(2);
  expect(await requests.one(tenantId, id)).toMatchObject({ state: 'completed', evidence: { suppressed: 2 } });
});

it('one that ends in that moment is not joined any more: what it does not know is asked for anew', async () => {
  const { known, elsewhere, opens } = await objecting();
  const { id } = (await opens([known])).row;
  const ending = await world.admin.connect();
  await ending.query('BEGIN');
  await ending.query("UPDATE parley.rights_request SET state = 'completed', completed_at = now() WHERE id = $1", [id]);
  const second = opens([known, elsewhere]);
  await until('it waits for the end of the first', async () =>
    ((await world.admin.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")).rowCount ?? 0) > 0); // prettier-ignore
  await ending.query('COMMIT');
  ending.release();
  expect(await second).toMatchObject({ fresh: true });
});
