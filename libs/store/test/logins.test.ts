// What a running process may do in the database: whoever gets hold of one of its connections has what the process needs, and no way to more.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import pg from 'pg';
import { createLogger, migrateQueues, openQueues, type Queues } from '#libs/platform';
import { openStore, prepareDatabase, type Logins } from '../src/index.js';
import { loginsOf } from '../src/logins.js';
import { openDb, type Db } from '../src/pool.js';
import { startTestDatabase, type TestDatabase } from './database.js';

const masterKey = randomBytes(32);
let database: TestDatabase;
let admin: pg.Client;
let logins: Logins;
let tenantId: string;
let db: Db;

beforeAll(async () => {
  database = await startTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  ({ logins } = await prepareDatabase(database.url, masterKey));
  await migrateQueues(database.url, logins.queues.role);
  const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 1, onError: () => undefined });
  tenantId = (await store.createTenant('acme', 'Acme'))!.id;
  await store.ingest({ messages: [], statuses: [], observations: [], leaves: [{ tenantId, leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 1 } }] }, 0); // prettier-ignore
  await store.close();
  db = openDb(logins.app.url, { size: 1, onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await admin.end();
  await database.stop();
});

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
};

describe('on a connection of the process', () => {
  const WAYS_UP = ['', 'RESET ROLE;', 'SET ROLE NONE;', 'SET SESSION AUTHORIZATION DEFAULT;', 'SET LOCAL ROLE parley_directory;']; // prettier-ignore
  const ESCAPES = [
    'SET ROLE $owner',
    'SET SESSION AUTHORIZATION $owner',
    'SET ROLE parley_backup',
    'GRANT parley_backup TO CURRENT_USER',
    'ALTER ROLE CURRENT_USER SUPERUSER',
    'CREATE ROLE another',
    'ALTER TABLE parley.message DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE parley.message OWNER TO CURRENT_USER',
    'DROP POLICY tenant ON parley.message',
    'CREATE POLICY open ON parley.message USING (true)',
    "UPDATE parley.ledger_leaf SET leaf = '{}'",
    'DELETE FROM parley.ledger_leaf',
    'TRUNCATE parley.ledger_leaf',
    'DROP TABLE parley.ledger_leaf',
    'SET row_security = off; SELECT wrapped FROM parley.tenant_key',
    'CREATE TABLE parley.mine (n int)',
    'CREATE OR REPLACE FUNCTION parley.uuid_at(at timestamptz) RETURNS uuid LANGUAGE sql AS $$SELECT NULL::uuid$$',
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    'SELECT FROM bullmq.job',
  ];

  it.each(WAYS_UP.flatMap((way) => ESCAPES.map((escape) => [way, escape])))('%s %s is refused', async (way, escape) => {
    const run = db.inTenant(tenantId, async (tx) => {
      if (way) await tx.query(way);
      await tx.query(escape.replace('$owner', new URL(database.url).username));
    });
    await expect(run).rejects.toMatchObject({ code: '42501' });
  });

  it('nothing is read, of whatever tenant, as the role that connects itself', async () => {
    const client = await connect(logins.app.url);
    await client.query(`SELECT set_config('parley.tenants', '{${tenantId}}', false)`);
    for (const table of ['tenant', 'tenant_key', 'message', 'ledger_leaf', 'api_key'])
      await expect(client.query(`SELECT FROM parley.${table}`)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });
});

it.each(['app', 'queues'] as const)(
  'the role of %s becomes what it has to, and none of these owns anything',
  async (name) => {
    const { role, becomes } = logins[name];
    const { rows } = await admin.query<{ name: string; flags: string[] }>(
      `SELECT rolname AS name, array_remove(ARRAY[CASE WHEN rolsuper THEN 'super' END, CASE WHEN rolbypassrls THEN 'bypass' END,
       CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolcreatedb THEN 'createdb' END, CASE WHEN rolreplication THEN 'replication' END], NULL) AS flags
     FROM pg_roles WHERE pg_has_role($1, oid, 'MEMBER') ORDER BY rolname`,
      [role],
    );
    expect(rows).toEqual([role, ...becomes].sort().map((one) => ({ name: one, flags: [] })));
    const owned = await admin.query(
      `SELECT FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND r.rolname = ANY ($1)`,
      [rows.map((row) => row.name)],
    );
    expect(owned.rowCount).toBe(0);
  },
);

it('the queues are worked as a role that sees nothing else', async () => {
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const queues: Queues = openQueues({ redisUrl: null }, logins.queues.url, log);
  await new Promise<void>((ran) => void queues.schedule('nothing', 60_000, async () => ran()));
  await queues.close();
  const client = await connect(logins.queues.url);
  for (const statement of ['SELECT FROM parley.tenant', 'SET ROLE parley_app', 'DROP TABLE bullmq.job'])
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  await client.end();
});

test('the URL of a login has nothing of the owner, whatever form it is in, and leaves the rest', () => {
  for (const [url, host, parameters] of [
    ['postgres://owner:hidden@db.example:5433/parley?sslmode=require', 'db.example:5433', { sslmode: 'require' }],
    ['postgresql:///parley?host=/run/postgresql&user=owner&password=hidden', '', { host: '/run/postgresql' }],
  ] as const) {
    const { app } = loginsOf(url, masterKey, '16384');
    const made = new URL(app.url);
    expect(app.url).not.toMatch(/owner|hidden/);
    expect([made.host, made.pathname]).toEqual([host, '/parley']);
    expect(Object.fromEntries(made.searchParams)).toEqual({
      ...parameters,
      user: 'parley_app_16384',
      password: app.password,
    });
  }
});

describe('at a start', () => {
  const works = async (at: Logins): Promise<void> => {
    for (const { url } of Object.values(at)) await (await connect(url)).end();
  };
  /** The one line with which it is refused. */
  const refusal = (): Promise<string> => prepareDatabase(database.url, masterKey).then(() => 'none', (error: Error) => error.message); // prettier-ignore

  it('several processes at once agree', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => prepareDatabase(database.url, masterKey)));
    for (const one of all) expect(one).toEqual({ migrated: 0, logins });
    await works(logins);
  });

  it('another master key is refused before it shuts anybody out', async () => {
    await expect(prepareDatabase(database.url, randomBytes(32))).rejects.toThrow('PARLEY_MASTER_KEY is not the key');
    await works(logins);
  });

  it('one key that does not open is its tenant’s trouble, not that of the others', async () => {
    await admin.query("UPDATE parley.tenant_key SET wrapped = wrapped || '\\x00' WHERE tenant_id = $1", [tenantId]);
    const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 1, onError: () => undefined });
    await store.createTenant('sound', 'Sound');
    await store.close();
    await prepareDatabase(database.url, masterKey);
    await expect(prepareDatabase(database.url, randomBytes(32))).rejects.toThrow('PARLEY_MASTER_KEY is not the key');
    await admin.query('UPDATE parley.tenant_key SET wrapped = substr(wrapped, 1, length(wrapped) - 1) WHERE tenant_id = $1', [tenantId]); // prettier-ignore
  });

  it('the password is set anew when the server has another', async () => {
    const connection = await connect(logins.app.url);
    await connection.query("ALTER ROLE CURRENT_USER PASSWORD 'taken over'");
    await connection.end();
    await expect(works(logins)).rejects.toMatchObject({ code: '28P01' });
    await prepareDatabase(database.url, masterKey);
    await works(logins);
  });

  it('entry to the database is granted where it is not everybody’s', async () => {
    const name = (await admin.query<{ name: string }>('SELECT current_database() AS name')).rows[0]!.name;
    await admin.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC, ${logins.app.role}`);
    await prepareDatabase(database.url, masterKey);
    await works(logins);
    await admin.query(`GRANT CONNECT ON DATABASE ${name} TO PUBLIC`);
  });

  it('a server that does not let the role in is named, with its code', async () => {
    const file = (await admin.query<{ name: string }>("SELECT current_setting('hba_file') AS name")).rows[0]!.name;
    const before = await readFile(file, 'utf8');
    const reload = async (text: string): Promise<void> => {
      await writeFile(file, text);
      await admin.query('SELECT pg_reload_conf()');
    };
    await reload(`host all ${logins.app.role} 127.0.0.1/32 reject\n${before}`);
    try {
      const shut = async (): Promise<boolean> => works(logins).then(() => false, () => true); // prettier-ignore
      while (!(await shut())) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await refusal()).toBe(
        `The gateway does not work as the owner of the database, and the server does not let it in as ${logins.app.role} with a password (28000): see its pg_hba.conf.`,
      );
    } finally {
      await reload(before);
    }
  });
});
