// An objection that is asked for once more while it is carried out, by other ids: what these lead to is remembered as well.
import { randomBytes } from 'node:crypto';
import { suppressionHash } from '#libs/vault';
import { waitsForLock } from '../../../test/support/locks.js';
import { opens as opened, requestsIn } from './requesting.js';
import { startWorld, type World } from './world.js';

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
  const opens = (hashes: readonly Buffer[]) => opened(world, tenantId, { exercised: 'objection', hashes });
  return { tenantId, keys, known: rows[0]!.hash, elsewhere: randomBytes(32), opens };
}

it('what joins in that moment is carried out, too, and the request ends once', async () => {
  const { tenantId, keys, known, elsewhere, opens } = await objecting();
  const joining: string[] = [];
  const requests = requestsIn(world, (carryOut) => async (at) => {
    const done = await carryOut(at);
    if (joining.length === 0) joining.push((await opens([known, elsewhere])).id);
    return done;
  });

  const { id } = await opens([known]);
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
  const { id } = await opens([known]);
  const ending = await world.admin.connect();
  await ending.query('BEGIN');
  await ending.query("UPDATE parley.rights_request SET state = 'completed', completed_at = now() WHERE id = $1", [id]);
  const second = opens([known, elsewhere]);
  await waitsForLock(world.admin);
  await ending.query('COMMIT');
  ending.release();
  expect(await second).toMatchObject({ fresh: true });
});
