// Readiness: a database that answers is of no use when it takes nothing, or when its schema is another version's.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openStore, prepareDatabase, type Logins, type Store } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

const masterKey = randomBytes(32);
let database: TestDatabase;
let admin: pg.Client;
let logins: Logins;
const stores: Store[] = [];
const open = (): Store => {
  const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 1, onError: () => undefined });
  stores.push(store);
  return store;
};

beforeAll(async () => {
  database = await startTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  ({ logins } = await prepareDatabase(database.url, masterKey));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await admin.end();
  await database.stop();
});

it('is ready after its migrations', async () => {
  const store = open();
  await expect(Promise.all([store.ping(), store.migrated()])).resolves.toBeDefined();
});

it('is not while it can only be read, as a standby can', async () => {
  await admin.query(`ALTER ROLE ${logins.app.role} SET default_transaction_read_only = on`);
  await expect(open().ping()).rejects.toThrow();
  await admin.query(`ALTER ROLE ${logins.app.role} RESET default_transaction_read_only`);
  await expect(open().ping()).resolves.toBeUndefined();
});

it('is not when it was put back to before this version', async () => {
  const store = open();
  await admin.query("UPDATE parley.migration SET name = 'Before1'");
  await expect(store.migrated()).rejects.toThrow();
});
