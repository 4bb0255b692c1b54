// Objections, each on its own: lifting one leaves what others and a STOP have closed; and of whoever is not known, or not any more, each is remembered.
import { personal } from '#libs/kernel';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Person } from './person.js';

/** What a platform's word is recorded under; nothing is marketing here. */
const MARKETING = { purposes: [], under: { channel: 'messenger', version: 1, clause: '/channels/messenger' } };

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.api.stop());

async function business() {
  const { tenant, someone } = await businessOf(acme);
  const keys = (await acme.api.store.tenantKeys(tenant.id))!;

  async function exercise(right: string, subject: Person['subject'], purpose?: string): Promise<string> {
    const { id } = (await tenant.call('POST', '/requests', { right, subject, ...(purpose ? { purpose } : {}) })).body;
    const state = async () => String((await tenant.call('GET', `/requests/${String(id)}`)).body['state']);
    await until('the request is completed', async () => (await state()) === 'completed');
    return String(id);
  }
  const lift = async (id: string): Promise<void> =>
    expect((await tenant.call('POST', `/requests/${id}/lift`, {})).status).toBe(200);
  const closed = async (who: Person) => {
    const { subjectId } = await who.meet();
    const { marketing_stopped_at: stopped } = (await acme.api.store.conversation(tenant.id, (await who.meet()).conversationId))!; // prettier-ignore
    return {
      purposes: (await acme.api.store.objectionsOf(tenant.id, subjectId)).toSorted(),
      stopped: stopped !== null,
    };
  };
  return { tenant, keys, exercise, lift, closed, someone };
}

it('lifting one lifts its purposes, but what another closes stays closed, also after an erasure', async () => {
  const { exercise, lift, closed, someone } = await business();
  const anna = await someone();
  await anna.says('no more of that');
  const support = await exercise('objection', anna.subject, 'support');
  await exercise('objection', anna.subject, 'profiles');
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'profiles', 'support'], stopped: true });
  await lift(support);
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'profiles'], stopped: true });
  await lift(support);
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'profiles'], stopped: true });
  const again = await exercise('objection', anna.subject, 'support');
  await lift(again);
  await exercise('erasure', anna.subject);
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'profiles'], stopped: true });
});

it('the last one lifts all that it closed, and nothing of it comes back after an erasure', async () => {
  const { exercise, lift, closed, someone } = await business();
  const anna = await someone();
  await anna.says('no more of that');
  for (const id of [await exercise('objection', anna.subject, 'support'), await exercise('objection', anna.subject)]) await lift(id); // prettier-ignore
  expect(await closed(anna)).toEqual({ purposes: [], stopped: false });
  await exercise('erasure', anna.subject);
  expect(await closed(anna)).toEqual({ purposes: [], stopped: false });
});

it.each([
  ['a STOP before it', ['stop', 'object']],
  ['a STOP after it', ['object', 'stop']],
  ['what the platform says after it', ['object', 'platform']],
  ['a withdrawal after it', ['object', 'withdraw']],
] as const)('lifting an objection leaves %s', async (_, steps) => {
  const { tenant, keys, exercise, lift, closed, someone } = await business();
  const { store } = acme.api;
  const anna = await someone();
  await anna.says('no more of that');
  const { subjectId } = await anna.meet();
  const handle = { hash: anna.hash, kind: 'psid', value: personal(anna.value), clause: '/c' };
  let id = '';
  const acts = {
    stop: () => store.recordPreference(keys, { handles: [handle] }, { stopped: true, ...MARKETING }),
    platform: () => store.stopMarketing(tenant.id, subjectId, MARKETING),
    withdraw: () => exercise('withdrawal', anna.subject),
    object: async () => void (id = await exercise('objection', anna.subject)),
  };
  for (const step of steps) await acts[step]();
  await lift(id);
  expect(await closed(anna)).toEqual({ purposes: [], stopped: true });
});

it('of somebody who was never here it is remembered, and binds them when they come; it can be lifted', async () => {
  const { exercise, lift, closed, someone } = await business();
  const [anna, ben] = [await someone(), await someone()];
  const id = await exercise('objection', anna.subject);
  await ben.says('hello');
  await anna.says('hello');
  expect([await closed(anna), await closed(ben)]).toEqual([{ purposes: ['marketing'], stopped: true }, { purposes: [], stopped: false }]); // prettier-ignore
  await lift(id);
  expect(await closed(anna)).toEqual({ purposes: [], stopped: false });
  await exercise('erasure', anna.subject);
  expect(await closed(anna)).toEqual({ purposes: [], stopped: false });
});

it('of somebody who was erased it is remembered, too', async () => {
  const { exercise, closed, someone } = await business();
  const anna = await someone();
  await anna.says('hello');
  await exercise('erasure', anna.subject);
  await exercise('objection', anna.subject, 'support');
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'support'], stopped: true });
});

it('an id under which somebody objected binds whoever it is found to belong to', async () => {
  const { exercise, closed, someone } = await business();
  const [anna, later] = [await someone(), await someone()];
  await exercise('objection', later.subject, 'support');
  await anna.says('hello');
  expect(await closed(anna)).toEqual({ purposes: [], stopped: false });
  // Seen beside the one by which they are known.
  await anna.meet([], [later.hash]);
  expect(await closed(anna)).toEqual({ purposes: ['marketing', 'support'], stopped: true });
});
