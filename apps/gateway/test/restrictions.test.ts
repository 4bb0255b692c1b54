// Restrictions, each on its own: lifting one wakes what was kept meanwhile, and leaves what another restricts.
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Change, type Person } from './person.js';

let acme: Acme;
let look: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await acme.api.stop();
});

type Tenant = Awaited<ReturnType<Acme['tenant']>>;

const business = (change?: Change) => businessOf(acme, change);

async function exercise(tenant: Tenant, right: string, subject: Person['subject'], state = 'completed') {
  const { id } = (await tenant.call('POST', '/requests', { right, subject })).body;
  await until(`it is ${state}`, async () => (await tenant.call('GET', `/requests/${String(id)}`)).body['state'] === state); // prettier-ignore
  return { id };
}

it('lifting a restriction wakes what was kept meanwhile', async () => {
  const { tenant, someone } = await business();
  const anna = await someone();
  await anna.says('before');
  const request = await exercise(tenant, 'restriction', anna.subject);
  await anna.says('during', { state: 'restricted' });
  const { conversationId } = await anna.meet();
  acme.api.woken.length = 0;
  expect((await tenant.call('POST', `/requests/${String(request['id'])}/lift`, {})).status).toBe(200);
  expect(acme.api.woken).toEqual([{ tenantId: tenant.id, conversationId }]);
});

it('lifting one restriction leaves what another restricts, also an erasure that a hold keeps from its end', async () => {
  const hold = { scope: 'a dispute', basis: 'A17-3-e', data: ['content'], from: '2020-01-01' };
  const { tenant, someone } = await business((d) => ({ ...d, legalHolds: [hold] }));
  const anna = await someone();
  await anna.says('before');
  const lift = async ({ id }: Record<string, unknown>) =>
    expect((await tenant.call('POST', `/requests/${String(id)}/lift`, {})).status).toBe(200);
  const isRestricted = async (): Promise<boolean> => {
    const text = 'SELECT s.restricted FROM parley.subject s WHERE tenant_id = $1 AND id = $2';
    return (await look.query(text, [tenant.id, (await anna.meet()).subjectId])).rows[0].restricted as boolean;
  };
  const [first, second] = [await exercise(tenant, 'restriction', anna.subject), await exercise(tenant, 'restriction', anna.subject)]; // prettier-ignore
  expect(first['id']).not.toBe(second['id']);
  await anna.says('during', { state: 'restricted' });
  acme.api.woken.length = 0;
  await lift(first);
  expect([await isRestricted(), acme.api.woken]).toEqual([true, []]);
  await lift(second);
  expect([await isRestricted(), acme.api.woken]).toEqual([false, [expect.anything()]]);
  const third = await exercise(tenant, 'restriction', anna.subject);
  await exercise(tenant, 'erasure', anna.subject, 'awaiting-approval');
  await lift(third);
  expect(await isRestricted()).toBe(true);
});
