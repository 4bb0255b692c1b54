// The fake's profiles of people on Messenger and Instagram: what Meta tells of them, and what it does not.
import { call, fake, PAGE, PSID, useFake } from './fake.js';

useFake();

const asked = (fields: string, id = PSID) => call('GET', `/${id}?fields=${fields}`);
const says = () =>
  fake.control.say({ account: PAGE, from: { psid: PSID, name: 'Ottoline Violet Featherstone' }, text: 'hello' });

it('answers the fields that were asked for, and the id', async () => {
  await says();
  const { status, json } = await asked('first_name,last_name');
  expect(status).toBe(200);
  expect(json).toEqual({ id: PSID, first_name: 'Ottoline', last_name: 'Violet Featherstone' });
  expect((await asked('name')).json).toEqual({ id: PSID, name: 'Ottoline Violet Featherstone' });
  expect(Object.keys((await call('GET', `/${PSID}`)).json).toSorted()).toEqual(['first_name', 'id', 'last_name', 'profile_pic']); // prettier-ignore
}); // prettier-ignore

it('a page is still a page', async () => {
  expect((await asked('id,name', PAGE)).json).toEqual({ id: PAGE, name: 'Acme GmbH' });
});

it('needs a token', async () => {
  const { status, json } = await call('GET', `/${PSID}?fields=first_name`, { token: null });
  expect([status, json.error?.code]).toEqual([401, 190]);
});

it.each(['locale', 'timezone', 'gender'])('one field that was not approved fails the whole call: %s', async (field) => {
  const refused = await asked(`first_name,${field}`);
  expect([refused.status, refused.json.error?.code, refused.json.error?.error_subcode]).toEqual([400, 100, 2018247]);
  fake.control.set({ profileFields: ['first_name', field] });
  expect(Object.keys((await asked(`first_name,${field}`)).json)).toEqual(['first_name', field, 'id']);
});

it('nothing at all is told to an app without Business Asset User Profile Access', async () => {
  fake.control.set({ profileFields: [] });
  expect((await asked('first_name')).json.error?.error_subcode).toBe(2018247);
});

it('a field that there is not fails the call', async () => {
  const { json } = await asked('first_name,shoe_size');
  expect([json.error?.code, json.error?.error_subcode]).toEqual([100, undefined]);
});

it('an account that was made with a phone number has no profile; nobody has none either', async () => {
  fake.control.set({ phoneOnly: [PSID] });
  expect((await asked('first_name')).json.error).toMatchObject({ code: 100, error_subcode: 2018218 });
  fake.control.set({ phoneOnly: [], unknownRecipients: [PSID] });
  expect((await asked('first_name')).json.error).toMatchObject({ code: 100, error_subcode: 33 });
});

it('faults are ordered for profiles apart from sends', async () => {
  fake.control.set({ profileFaults: [{ kind: 'error', code: 4 }, { kind: 'disconnect' }] });
  expect((await asked('first_name')).json.error?.code).toBe(4);
  await expect(asked('first_name')).rejects.toThrow();
  expect((await asked('first_name')).status).toBe(200);
});

describe('on Instagram', () => {
  const IGSID = '1784000000000001';
  const writes = () => fake.control.say({ account: PAGE, from: { igsid: IGSID, name: 'Ottoline Fox' }, text: 'hello' });

  it('whoever wrote has a name and what follows from it, as far as it was asked for', async () => {
    await writes();
    expect(await asked('username,name', IGSID)).toEqual({
      status: 200,
      json: { id: IGSID, username: 'ottoline.fox', name: 'Ottoline Fox' },
    });
    expect((await asked('follower_count,is_verified_user', IGSID)).json).toEqual({ id: IGSID, follower_count: 42, is_verified_user: false }); // prettier-ignore
    expect((await asked('name,first_name', IGSID)).json.error?.code).toBe(100);
  });

  it('whoever has not written has not consented', async () => {
    const { status, json } = await asked('name,follower_count', IGSID);
    expect([status, json.error?.code, json.error?.error_subcode]).toEqual([400, 230, undefined]);
  });

  it('an answer may be lost, and nobody may be there', async () => {
    await writes();
    fake.control.set({ profileFaults: [{ kind: 'disconnect-after-accept' }] });
    await expect(asked('name', IGSID)).rejects.toThrow();
    fake.control.set({ unknownRecipients: [IGSID] });
    expect((await asked('name', IGSID)).json.error).toMatchObject({ code: 100, error_subcode: 33 });
  });
});
