// The register of recipients over the API: who, where, from when; announced, objected to, and then given nothing.
import { document, startAcme, type Acme } from './acme.js';

let api: Acme['api'];
let tenant: Acme['tenant'];
beforeAll(async () => {
  ({ api, tenant } = await startAcme());
});
afterAll(() => api?.stop());

const LATER = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const mailer = {
  kind: 'webhook', role: 'sub-processor', entity: 'Mailer Inc', url: 'https://mailer.example/in', country: 'US', from: LATER,
  transfer: { mechanism: 'A46-2-c', ref: 'SCC-7', validUntil: '2099-12-31' }, purposes: ['support'], data: ['content'],
}; // prettier-ignore

async function world() {
  const made = await tenant();
  const d = structuredClone(document()) as { recipients: Record<string, object> };
  await made.approve();
  d.recipients['mailer'] = mailer;
  d.recipients['ledger'] = { kind: 'crm', url: 'https://crm.example/x', country: 'DE', purposes: ['support'], data: ['content'] };
  await made.approve(() => d);
  const register = async () =>
    (await made.call('GET', '/recipients')).body['items'] as unknown as { id: string; state: string }[];
  const line = async (id: string) => (await register()).find((one) => one.id === id);
  const given = async () =>
    (await api.tenants.tenant(made.id))!.instructions!.recipients.filter(({ objected }) => !objected).map(({ id }) => id);
  const leaves = async () =>
    ((await made.call('GET', '/ledger')).body['items'] as unknown as { leaf: { type: string } }[]).map(({ leaf }) => leaf);
  return { ...made, line, given, leaves };
} // prettier-ignore

test('each line says who, where, by what right and from when; a new sub-processor is announced', async () => {
  const { line, leaves } = await world();
  expect(await line('mailer')).toMatchObject({
    role: 'sub-processor', entity: 'Mailer Inc', country: 'US', from: LATER, transfer: mailer.transfer, state: 'announced', objection: null,
  }); // prettier-ignore
  expect(await line('bot')).toMatchObject({ country: 'DE', from: null, transfer: null, state: 'active' });
  expect(await line('ledger')).toMatchObject({ kind: 'crm', state: 'active' });
  expect(await leaves()).toContainEqual({
    type: 'sub-processors-announced',
    version: 2,
    hash: expect.any(String),
    clause: '/recipients',
    announced: [{ recipient: 'mailer', from: LATER }],
  });
});

test('an objection takes it out at once, by name, until it is withdrawn', async () => {
  const { call, line, given, leaves } = await world();
  expect(await given()).toEqual(expect.arrayContaining(['bot', 'mailer']));
  const objected = await call('POST', '/recipients/bot/objection', { by: 'Dr. Ada Example', reason: 'no audit' });
  expect([objected.status, objected.body['state']]).toEqual([200, 'objected']);
  expect(await given()).not.toContain('bot');
  expect(await line('bot')).toMatchObject({ objection: { by: 'Dr. Ada Example', reason: 'no audit' } });
  expect((await call('POST', '/recipients/bot/objection', { by: 'Ben Example' })).status).toBe(409);
  const back = await call('DELETE', '/recipients/bot/objection');
  expect([back.status, back.body['state'], back.body['objection']]).toEqual([200, 'active', null]);
  expect(await given()).toContain('bot');
  expect((await call('DELETE', '/recipients/bot/objection')).status).toBe(409);
  const types = (await leaves()).map(({ type }) => type).filter((type) => type.startsWith('recipient-'));
  expect(types).toEqual(['recipient-objected', 'recipient-objection-withdrawn']);
});

test('an objection outlives the next version, and is asked for a name', async () => {
  const { call, approve, given } = await world();
  expect((await call('POST', '/recipients/mailer/objection', {})).status).toBe(400);
  expect((await call('POST', '/recipients/nobody/objection', { by: 'Ada' })).status).toBe(404);
  await call('POST', '/recipients/bot/objection', { by: 'Dr. Ada Example' });
  await approve();
  expect(await given()).toEqual([]);
});
