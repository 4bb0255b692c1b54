// What runs with the owner's rights does so too where the owner is no superuser: row-level security is forced on it as on everybody.
import { randomBytes } from 'node:crypto';
import { DATA_MAP } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';
import { startLandlord, type Landlord, type Owned } from './landlord.js';

let server: TestDatabase;
let landlord: Landlord;
let at: Owned;

beforeAll(async () => {
  server = await startTestDatabase();
  landlord = await startLandlord(server, randomBytes(32));
  at = await landlord.owned();
});
afterAll(async () => {
  await at.close();
  await landlord.end();
  await server.stop();
});

it('the end of a contract leaves nothing', async () => {
  const { id } = (await at.store.createTenant('acme', 'Acme'))!;
  const leaves = [{ tenantId: id, leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 1 } }];
  await at.store.ingest({ messages: [], statuses: [], observations: [], leaves }, 0);
  await at.store.submitInstructions(id, { hash: 'h', document: {}, findings: [] });
  await at.store.closeDoors(id, { type: 'contract-ended', version: 1, clause: '' });
  await at.store.destroyTenantKeys(id);
  expect(await at.store.removeTenant(id, true)).toMatchObject({ ledger_leaf: 2, instruction_version: 1, tenant: 1 });
  for (const table of Object.keys(DATA_MAP).filter((name) => 'tenant_id' in DATA_MAP[name]!.columns))
    expect([table, (await at.look.query(`SELECT FROM parley.${table}`)).rowCount]).toEqual([table, 0]);
});

it('is refused while the keys are there', async () => {
  const { id } = (await at.store.createTenant('beta', 'Beta'))!;
  await expect(at.store.removeTenant(id, true)).rejects.toThrow();
  await at.look.query('INSERT INTO parley.tenant_key VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, randomBytes(8)]);
  await expect(at.look.query('SELECT parley.end_tenant($1)', [id])).rejects.toThrow('not destroyed');
});

it('keys are written anew also there; what was written ahead goes only where the owner may ask for it and the server lets it', async () => {
  const { id } = (await at.store.createTenant('gamma', 'Gamma'))!;
  await at.store.destroyTenantKeys(id);
  expect((await at.store.destroyedKeys()).ids.length).toBeGreaterThan(0);
  expect(await at.store.rewriteKeys()).toEqual([]);
  expect([await at.store.dropsWrittenAhead(), await at.store.dropWrittenAhead()]).toEqual([false, false]);
  await at.look.query('GRANT pg_checkpoint TO landlord; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO landlord');
  expect([await at.store.dropsWrittenAhead(), await at.store.dropWrittenAhead()]).toEqual([true, true]);
});
