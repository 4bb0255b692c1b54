// The states of a request: in which it begins, and through which it goes, as its answer shows them.
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Change, type Person } from './person.js';

let acme: Acme;
beforeAll(async () => void (acme = await startAcme()));
afterAll(() => acme.api.stop());

type Tenant = Awaited<ReturnType<Acme['tenant']>>;

const business = (change?: Change) => businessOf(acme, change);

const ask = async (tenant: Tenant, right: string, subject: Person['subject'], more: object = {}) =>
  (await tenant.call('POST', '/requests', { right, subject, ...more })).body;
const done = (tenant: Tenant, id: unknown) =>
  until('it is completed', async () => (await tenant.call('GET', `/requests/${String(id)}`)).body['state'] === 'completed'); // prettier-ignore
const approving: Change = (d) => ({ ...d, rights: { erase: 'controller-approves' } });

const CASES = [
  { what: 'by default', change: undefined, right: 'erasure', more: {}, state: 'received' },
  { what: 'when the controller approves', change: approving, right: 'erasure', more: {}, state: 'awaiting-approval' },
  { what: 'when identity is in doubt', change: undefined, right: 'erasure', more: { identified: false }, state: 'verifying' },
  { what: 'about what is right instead of wrong', change: undefined, right: 'rectification', more: {}, state: 'awaiting-approval' },
  { what: 'about an objection', change: undefined, right: 'objection', more: { identified: false }, state: 'received' },
] as const; // prettier-ignore

test.each(CASES)('$what, $right begins as $state', async ({ change, right, more, state }) => {
  const { tenant, someone } = await business(change);
  expect((await ask(tenant, right, (await someone()).subject, more))['state']).toBe(state);
});

it('is shown by the states that it was in, and since when', async () => {
  const { tenant, someone } = await business(approving);
  const [anna, since] = [await someone(), Date.now()];
  const historyOf = async (id: unknown) =>
    (await tenant.call('GET', `/requests/${String(id)}`)).body['history'] as unknown as {
      state: string;
      at: string;
    }[];
  const access = await ask(tenant, 'access', anna.subject);
  await done(tenant, access['id']);
  const history = await historyOf(access['id']);
  expect(history.map(({ state }) => state)).toEqual(['received', 'in-progress', 'completed']);
  const times = history.map(({ at }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBeGreaterThan(since - 1_000);
  const erasure = await ask(tenant, 'erasure', anna.subject);
  await tenant.call('POST', `/requests/${String(erasure['id'])}/approve`);
  await done(tenant, erasure['id']);
  expect((await historyOf(erasure['id'])).map(({ state }) => state)).toEqual(['awaiting-approval', 'in-progress', 'completed']); // prettier-ignore
  const refused = await ask(tenant, 'erasure', (await someone()).subject);
  await tenant.call('POST', `/requests/${String(refused['id'])}/refuse`, { justification: 'JustificationA17LegalClaims' }); // prettier-ignore
  expect((await historyOf(refused['id'])).map(({ state }) => state)).toEqual(['awaiting-approval', 'refused']);
});
