// A restriction or an objection is lifted whole or not at all; and what is carried out at that moment is not lifted along with it.
import { randomBytes } from 'node:crypto';
import { personal } from '#libs/kernel';
import { waitsForLock } from '../../../test/support/locks.js';
import { opens, requestsIn } from './requesting.js';
import { startWorld, type Met, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const rows = async <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
  (await world.admin.query<R>(text, [...values])).rows;

/** A person, and requests of theirs. */
async function business() {
  const acme = await world.business();
  const { tenantId } = acme;
  await acme.instructs(1, { parties: { controller: { country: 'DE' } }, purposes: {}, recipients: {} }, new Date('2026-01-01')); // prettier-ignore
  const anna: Met = await acme.someone();
  const [{ hash }] = (await rows<{ hash: Buffer }>('SELECT hash FROM parley.identity WHERE subject_id = $1', [anna.subjectId])) as [{ hash: Buffer }]; // prettier-ignore
  const asks = async (exercised: string, purpose: string | null = null): Promise<string> =>
    (await opens(world, tenantId, { exercised, purpose, hashes: [hash] })).id;
  const closed = async () => ({
    purposes: (await world.store.objectionsOf(tenantId, anna.subjectId)).toSorted(),
    suppressed: (await rows<{ purpose: string }>('SELECT purpose FROM parley.suppression WHERE tenant_id = $1 ORDER BY 1', [tenantId])).map(({ purpose }) => purpose),
    stopped: (await rows('SELECT FROM parley.subject WHERE id = $1 AND marketing_stopped_at IS NOT NULL', [anna.subjectId])).length > 0,
    restricted: (await rows('SELECT FROM parley.subject WHERE id = $1 AND restricted', [anna.subjectId])).length > 0,
  }); // prettier-ignore
  return { tenantId, asks, closed };
}
const OPEN = { purposes: [], suppressed: [], stopped: false, restricted: false };
const NO_MARKETING = { purposes: ['marketing'], suppressed: ['marketing'], stopped: true, restricted: false };

/** The first statement of this kind waits, once it is about to begin, until it is let go. */
async function stopBefore(what: 'DELETE' | 'UPDATE', table: string): Promise<() => Promise<void>> {
  await rows(`CREATE SEQUENCE parley.passed; CREATE FUNCTION parley.pass() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN IF nextval('parley.passed') = 1 THEN PERFORM pg_advisory_xact_lock(7); END IF; RETURN NULL; END $$;
    CREATE TRIGGER pass BEFORE ${what} ON parley.${table} FOR EACH STATEMENT EXECUTE FUNCTION parley.pass()`);
  const holder = await world.admin.connect();
  await holder.query('SELECT pg_advisory_lock(7)');
  return async () => {
    await holder.query('SELECT pg_advisory_unlock(7)');
    holder.release();
  };
}

it.each(['suppression', 'objection'])('an objection whose lifting breaks off at the rows of %s stands; then it is lifted whole', async (table) => {
  const { tenantId, asks, closed } = await business();
  const requests = requestsIn(world);
  const id = await asks('objection');
  await requests.run();
  expect(await closed()).toEqual(NO_MARKETING);
  await rows(`CREATE FUNCTION parley.break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken off'; END $$;
    CREATE TRIGGER break_off BEFORE DELETE ON parley.${table} EXECUTE FUNCTION parley.break_off()`);
  await expect(requests.lift(tenantId, id, { resume: true })).rejects.toThrow('broken off');
  expect([await closed(), (await requests.one(tenantId, id))!.lifted_at]).toEqual([NO_MARKETING, null]);
  await rows(`DROP TRIGGER break_off ON parley.${table}`);
  expect((await requests.lift(tenantId, id, { resume: true })).lifted_at).not.toBeNull();
  expect(await closed()).toEqual(OPEN);
}); // prettier-ignore

it('an objection that has closed its purposes, and is not over yet, keeps them closed when another is lifted', async () => {
  const { tenantId, asks, closed } = await business();
  const lifting: string[] = [];
  const requests = requestsIn(world, (carryOut) => async (at) => {
    const done = await carryOut(at);
    for (const id of lifting.splice(0)) await requests.lift(tenantId, id, { resume: true });
    return done;
  });
  lifting.push(await asks('objection'));
  const first = lifting.splice(0);
  await requests.run();
  const second = await asks('objection', 'marketing');
  lifting.push(...first);
  await requests.run();
  expect((await requests.one(tenantId, second))!.state).toBe('completed');
  expect(await closed()).toEqual(NO_MARKETING);
  await requests.lift(tenantId, second, { resume: true });
  expect(await closed()).toEqual(OPEN);
});

it('one that is carried out while another is being lifted closes its purposes after that', async () => {
  const { tenantId, asks, closed } = await business();
  const requests = requestsIn(world);
  const first = await asks('objection');
  await requests.run();
  const goOn = await stopBefore('DELETE', 'objection');
  const lifting = requests.lift(tenantId, first, { resume: true });
  await waitsForLock(world.admin);
  const second = await asks('objection', 'marketing');
  const carrying = requests.run();
  await waitsForLock(world.admin, 2, carrying);
  await goOn();
  await Promise.all([lifting, carrying]);
  expect((await requests.one(tenantId, second))!.state).toBe('completed');
  expect(await closed()).toEqual(NO_MARKETING);
});

it('who is restricted anew while an earlier restriction is being lifted stays restricted', async () => {
  const { tenantId, asks, closed } = await business();
  const requests = requestsIn(world);
  const first = await asks('restriction');
  await requests.run();
  const goOn = await stopBefore('UPDATE', 'subject');
  const lifting = requests.lift(tenantId, first, { resume: true });
  await waitsForLock(world.admin);
  const second = await asks('restriction', 'again');
  const carrying = requests.run();
  await waitsForLock(world.admin, 2, carrying);
  await goOn();
  await Promise.all([lifting, carrying]);
  expect((await requests.one(tenantId, second))!.state).toBe('completed');
  expect(await closed()).toEqual({ ...OPEN, restricted: true });
  await requests.lift(tenantId, second, { resume: true });
  expect(await closed()).toEqual(OPEN);
});

it('who writes for the first time while an objection under their id is being lifted is bound by nothing', async () => {
  const acme = await world.business();
  const { tenantId } = acme;
  await acme.instructs(1, { parties: { controller: { country: 'DE' } }, purposes: {}, recipients: {} }, new Date('2026-01-01')); // prettier-ignore
  const requests = requestsIn(world);
  const hash = randomBytes(32);
  const { id } = await opens(world, tenantId, { exercised: 'objection', hashes: [hash] });
  await requests.run();
  const goOn = await stopBefore('DELETE', 'objection');
  const lifting = requests.lift(tenantId, id, { resume: true });
  await waitsForLock(world.admin);
  const coming = acme.someone({ handles: [{ hash, kind: 'wa_id', value: personal('1'), clause: '/c' }] });
  await waitsForLock(world.admin, 2, coming);
  await goOn();
  await lifting;
  expect(await world.store.objectionsOf(tenantId, (await coming).subjectId)).toEqual([]);
  expect(await rows('SELECT FROM parley.suppression WHERE tenant_id = $1', [tenantId])).toEqual([]);
});

it('a person hears that a restriction has ended before anything is done with what was kept', async () => {
  const acme = await world.business();
  const { tenantId } = acme;
  await acme.instructs(1, { parties: { controller: { country: 'DE' } }, purposes: {}, recipients: {} }, new Date('2026-01-01')); // prettier-ignore
  const anna = await acme.someone();
  const heard: string[] = [];
  const requests = requestsIn(world, (same) => same, heard);
  const { id } = await opens(world, tenantId, { exercised: 'restriction', subjectIds: [anna.subjectId], conversationId: anna.conversationId }); // prettier-ignore
  await requests.run();
  await acme.says(anna, Date.now(), { state: 'restricted' });
  heard.length = 0;
  await requests.lift(tenantId, id, { resume: true });
  expect(heard).toEqual([expect.stringMatching(/restrict/i), 'goes on']);
});
