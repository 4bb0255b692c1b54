// Instructions over the API, in time and side by side: what differs between versions, and which one is in force when.
import { until } from '../../../test/support/until.js';
import { document, startAcme, type Acme } from './acme.js';
let api: Acme['api'];
let tenant: Acme['tenant'];
beforeAll(async () => {
  ({ api, tenant } = await startAcme());
});
afterAll(() => api?.stop());

/** A document that may be changed anywhere. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const changed = (change: (d: Loose) => unknown): object => {
  const d = structuredClone<Loose>(document());
  change(d);
  return d as object;
};

test('versions are compared in words, with the names of channels', async () => {
  const { call } = await tenant();
  await call('POST', '/instructions', document());
  const later = changed((d) => {
    d.retention[0].period = 'P7D';
    d.channels.messenger.identifiers.user_ref = 'keep';
  });
  await call('POST', '/instructions', later);
  expect((await call('GET', '/instructions/2?diff=1')).body['diff']).toEqual([
    {
      path: '/channels/messenger/identifiers/user_ref',
      kind: 'laxer',
      words: 'From now on the UID (user_ref) is kept on Facebook Messenger.',
    },
    expect.objectContaining({ path: '/retention/0/period', kind: 'stricter' }),
  ]);
  expect((await call('GET', '/instructions/2')).body).not.toHaveProperty('diff');
  await call('POST', '/instructions', { schema: 'parley-instructions/1' });
  const refusals: [string, number][] = [
    ['/instructions/2?diff=9', 404],
    ['/instructions/2?diff=3', 409],
    ['/instructions/2?diff=one', 400],
    ['/instructions?at=yesterday', 400],
    ['/instructions?at=2026-13-01T00:00:00Z', 400],
  ];
  for (const [path, status] of refusals) expect([path, (await call('GET', path)).status]).toEqual([path, status]);
});

test('a version that begins later is in force later, and every time can be asked for', async () => {
  const { id, call, approve } = await tenant();
  const began = Date.now();
  await approve();
  const took = Date.now() - began;
  const inForce = async () => (await api.tenants.tenant(id))?.instructions?.version;
  expect(await inForce()).toBe(1);
  const begins = new Date(Date.now() + 4_000 + 10 * took);
  const later = changed((d) => (d.effective = { from: begins.toISOString() }));
  const { findings } = (await call('POST', '/instructions', later)).body as unknown as { findings: { rule: string }[] };
  const acknowledged = findings.map(({ rule }) => rule);
  const approved = await call('POST', '/instructions/2/approve', { acknowledged });
  expect([approved.status, approved.body['inForce']]).toEqual([200, false]);
  const versionsAt = async (time: Date) => {
    const { items } = (await call('GET', `/instructions?at=${time.toISOString()}`)).body;
    return (items as unknown as { version: number }[]).map(({ version }) => version);
  };
  expect(await versionsAt(new Date('2020-01-01'))).toEqual([]);
  expect(await versionsAt(new Date())).toEqual([1]);
  expect(await versionsAt(begins)).toEqual([2]);
  expect(await inForce()).toBe(1);
  await until('it is in force', async () => (await inForce()) === 2);
  expect((await call('GET', '/instructions/2')).body['inForce']).toBe(true);
});

test('how far an approved version was applied to what is held can be asked for; of another there is nothing to tell', async () => {
  const { call, approve } = await tenant();
  await approve();
  await call('POST', '/instructions', document());
  expect((await call('GET', '/instructions/1/application')).body).toEqual({
    state: 'waiting',
    stricter: [],
    total: 0,
    examined: 0,
    changed: 0,
    startedAt: null,
    finishedAt: null,
  });
  for (const version of ['2', '9', 'x'])
    expect((await call('GET', `/instructions/${version}/application`)).status).toBe(404);
});
