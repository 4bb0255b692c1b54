// A right that was exercised in the chat, and a process that is killed before the turn is settled in which that was said.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startAcme, type Acme } from './acme.js';
import { businessOf } from './person.js';

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

it.each(['withdrawal', 'objection', 'access', 'restriction'] as const)('a %s is carried out once, and when its turn is over', async (right) => {
  const { tenant, someone } = await businessOf(acme);
  const anna = await someone();
  const said = await anna.says('STOP', { state: 'pending' });
  await pause(5);
  const { subjectId, conversationId } = await anna.meet();
  const { rights } = acme.api;
  const open = () => rights.open({ tenantId: tenant.id, right, source: 'chat', subjectIds: [subjectId], conversationId });
  const { id } = await open();
  const run = async (): Promise<unknown> => {
    await look.query('UPDATE parley.rights_request SET not_before = now() WHERE tenant_id = $1', [tenant.id]);
    await rights.run();
    return (await tenant.call('GET', `/requests/${id}`)).body['state'];
  };
  expect(await run()).toBe('in-progress');
  // What the person wants stopped is stopped before.
  const { rows } = await look.query('SELECT restricted FROM parley.subject WHERE id = $1', [subjectId]);
  expect(rows).toEqual([{ restricted: right === 'restriction' }]);
  // Whoever takes the turn up again, and what is written afterwards, which nobody may have got to for long.
  expect((await open()).id).toBe(id);
  await pause(5);
  await anna.says('something else', { state: 'pending' });
  await look.query("UPDATE parley.message SET state = 'done' WHERE tenant_id = $1 AND id = $2", [tenant.id, said]);
  expect(await run()).toBe('completed');
}); // prettier-ignore
