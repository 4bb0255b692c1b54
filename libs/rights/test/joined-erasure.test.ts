// Somebody is found under another id while a request of theirs is carried out: it is about all of them before it is over.
import { randomBytes } from 'node:crypto';
import { grantMandate, personal } from '#libs/kernel';
import type { Handle } from '#libs/store';
import { blindIndex } from '#libs/vault';
import { opens, requestsIn } from './requesting.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** Two ids of which nobody knows yet that they are one person's, and how it is told. */
async function split() {
  const acme = await world.business();
  const { tenantId, keys } = acme;
  await acme.instructs(1, { parties: { controller: { country: 'DE' } }, purposes: {}, recipients: {} }, new Date('2026-01-01')); // prettier-ignore
  const handle = (id: string): Handle => ({ hash: blindIndex(keys, 'x', id), kind: 'user_id', value: personal(id), clause: '/c', within: 'x' }); // prettier-ignore
  const [old, now] = [handle(randomBytes(8).toString('hex')), handle(randomBytes(8).toString('hex'))];
  const [earlier, later] = [await acme.someone({ handles: [old] }), await acme.someone({ handles: [now] })];
  for (const who of [earlier, later]) await acme.says(who, Date.now());
  const mandate = grantMandate({ tenantId, operation: 'Store', purpose: 'p', categories: ['routing'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  let told = false;
  const tell = async (): Promise<void> => {
    if (told) return;
    told = true;
    expect(await world.store.changeIdentity(mandate, keys, { previous: [old], current: [now] })).toBe('joined');
  };
  return { acme, tenantId, hash: old.hash, tell };
}

it.each(['before', 'when'])('an erasure takes both, though that is told %s it is known whom it is about', async (moment) => {
  const { acme, tenantId, hash, tell } = await split();
  const { nameRightsRequest } = world.store;
  const store = {
    ...world.store,
    nameRightsRequest: async (...args: Parameters<typeof nameRightsRequest>) => {
      if (moment === 'before') await tell();
      return nameRightsRequest(...args);
    },
  };
  const requests = requestsIn({ ...world, store }, (carryOut) => async (at) => {
    await tell();
    return carryOut(at);
  });
  const { id } = await opens(world, tenantId, { exercised: 'erasure', hashes: [hash] });
  await requests.run();
  await requests.run();
  expect(await requests.one(tenantId, id)).toMatchObject({ state: 'completed', subject_ids: [] });
  expect([await acme.count('subject'), await acme.count('subject_key'), await acme.count('message')]).toEqual([0, 0, 0]);
}); // prettier-ignore
