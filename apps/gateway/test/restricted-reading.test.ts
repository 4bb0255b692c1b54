// What a restricted person wrote is kept and exported, and read by nobody (Art. 18): the list says that it is restricted.
import { until } from '../../../test/support/until.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { person } from './person.js';

let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.api.stop());

test('staff read a restricted conversation no more, until the restriction is lifted; the person gets a copy all the same', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const connection = String((await tenant.connect(SETTINGS)).body['id']);
  const anna = await person(acme, tenant, connection);
  await anna.says('hello');
  const { conversationId } = await anna.meet();
  const read = () => tenant.call('GET', `/conversations/${conversationId}/messages?purpose=support`);
  const listed = async () => {
    const { items } = (await tenant.call('GET', '/conversations?purpose=support')).body as unknown as {
      items: object[];
    };
    return items;
  };
  const asked = async (right: string): Promise<string> => {
    const { id } = (await tenant.call('POST', '/requests', { right, subject: anna.subject })).body;
    const state = async () => String((await tenant.call('GET', `/requests/${String(id)}`)).body['state']);
    await until(`${right} is completed`, async () => (await state()) === 'completed');
    return String(id);
  };
  const leaves = async () => (await acme.api.store.leaves(tenant.id, 0, 1000)).filter(({ leaf }) => (leaf as { type: string }).type === 'read').length; // prettier-ignore

  expect((await read()).text).toContain('hello');
  expect(await listed()).toMatchObject([{ id: conversationId, restricted: false }]);
  const restriction = await asked('restriction');
  const before = await leaves();
  const refused = await read();
  expect([refused.status, refused.body['type']]).toEqual([409, '/problems/restricted']);
  expect(refused.text).not.toContain('hello');
  expect(await leaves()).toBe(before);
  expect(await listed()).toMatchObject([{ id: conversationId, restricted: true }]);
  const access = await asked('access');
  expect((await tenant.call('GET', `/requests/${access}/result`)).text).toContain('hello');
  expect((await tenant.call('POST', `/requests/${restriction}/lift`, {})).status).toBeLessThan(300);
  expect((await read()).text).toContain('hello');
});
