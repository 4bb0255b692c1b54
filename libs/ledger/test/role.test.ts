// What the application's own role can do to a ledger: append, give a position once, read. Nothing else.
import pg from 'pg';
import { NO_ANCHORS, startWorld, type TenantLedger, type World } from './ledger-world.js';

let world: World;
let tenant: TenantLedger;
let app: pg.Client;
beforeAll(async () => {
  world = await startWorld();
  tenant = await world.tenant();
  await tenant.append(2);
  await world.ledger(NO_ANCHORS).verify(tenant.id);
  app = new pg.Client({ connectionString: world.databaseUrl, options: '-c role=parley_app' });
  await app.connect();
  await app.query(`SELECT set_config('parley.tenants', '{${tenant.id}}', false)`);
});
afterAll(async () => {
  await app.end();
  await world.stop();
});

it.each([
  ["UPDATE parley.ledger_leaf SET leaf = '{}'", 'permission denied'],
  ['UPDATE parley.ledger_leaf SET at = now()', 'permission denied'],
  ['UPDATE parley.ledger_leaf SET tenant_id = gen_random_uuid()', 'permission denied'],
  ['DELETE FROM parley.ledger_leaf', 'permission denied'],
  ['TRUNCATE parley.ledger_leaf', 'permission denied'],
  ['DELETE FROM parley.ledger_head', 'permission denied'],
  ["UPDATE parley.ledger_tile SET hashes = ''", 'permission denied'],
  ["UPDATE parley.ledger_checkpoint SET note = ''", 'permission denied'],
  ["UPDATE parley.ledger_key SET public_key = ''", 'permission denied'],
  ["INSERT INTO parley.ledger_leaf (tenant_id, leaf, position) VALUES ($1, '{}', 99)", 'row-level security'],
  ["INSERT INTO parley.ledger_leaf (tenant_id, leaf) VALUES (gen_random_uuid(), '{}')", 'row-level security'],
])('%s is refused', async (statement, reason) => {
  await expect(app.query(statement.replace('$1', `'${tenant.id}'`))).rejects.toThrow(reason);
});

it('a position that was given stays', async () => {
  for (const position of ['NULL', '5'])
    expect((await app.query(`UPDATE parley.ledger_leaf SET position = ${position}`)).rowCount).toBe(0);
  expect((await world.ledger(NO_ANCHORS).verify(tenant.id)).valid).toBe(true);
});

it('the directory role sees that leaves wait, and none of them', async () => {
  await app.query('BEGIN; SET LOCAL ROLE parley_directory');
  await expect(app.query('SELECT position FROM parley.ledger_leaf')).resolves.toMatchObject({ rowCount: 2 });
  await expect(app.query('SELECT leaf FROM parley.ledger_leaf')).rejects.toThrow('permission denied');
  await app.query('ROLLBACK');
});
