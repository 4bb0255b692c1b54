// The data map against a real database: no table and no column exists that it does not declare, and none that it invents.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createLogger, migrateQueues, openQueues, QUEUES } from '#libs/platform';
import { DATA_MAP, OTHER_SCHEMAS, prepareDatabase } from '../src/index.js';
import { TENANT_TABLES } from '../src/migrations/security.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await startTestDatabase();
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const { logins } = await prepareDatabase(database.url, randomBytes(32));
  await migrateQueues(database.url, logins.queues.role);
  const queues = openQueues({ redisUrl: null }, logins.queues.url, log);
  await new Promise<void>((ran) => void queues.schedule('nothing', 60_000, async () => ran()));
  queues.wake([{ tenantId: randomUUID(), conversationId: randomUUID() }]);
  await queues.close();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.stop();
});

interface Column {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
}

/** Partitions are left out: they hold what their table declares. */
const COLUMNS = `
  SELECT c.table_name, c.column_name, ltrim(c.udt_name, '_') AS data_type FROM information_schema.columns c
  JOIN pg_class r ON r.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
  WHERE c.table_schema = 'parley' AND NOT r.relispartition ORDER BY 1, 2`;

const columns = async (): Promise<readonly Column[]> => (await client.query<Column>(COLUMNS)).rows;
const declared = (): { readonly name: string; readonly of: (typeof DATA_MAP)[string]['columns'][string] }[] =>
  Object.entries(DATA_MAP).flatMap(([table, entry]) =>
    Object.entries(entry.columns).map(([column, of]) => ({ name: `${table}.${column}`, of })),
  );
const protectionsOf = (category: string, list: ReturnType<typeof declared>): string[] =>
  list.filter((c) => c.of.category === category).map((c) => c.of.protection);

test('every column is declared, and every declared column exists', async () => {
  const found = (await columns()).map((c) => `${c.table_name}.${c.column_name}`);
  expect(found.sort()).toEqual(
    declared()
      .map((c) => c.name)
      .sort(),
  );
});

test('there is no schema beside those that are declared, and none but queues has tables', async () => {
  const { rows } = await client.query<{ name: string; tables: number }>(
    `SELECT n.nspname AS name, count(r.oid)::int AS tables FROM pg_namespace n
     LEFT JOIN pg_class r ON r.relnamespace = n.oid AND r.relkind IN ('r', 'p')
     WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' GROUP BY 1`,
  );
  expect(rows.map((r) => r.name).sort()).toEqual(['parley', ...Object.keys(OTHER_SCHEMAS)].sort());
  expect(rows.find((r) => r.name === 'public')).toEqual({ name: 'public', tables: 0 });
});

/** Whatever a library's tables hold of a queue is named by its column. */
test('there is no queue beside those that are declared', async () => {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'bullmq' AND column_name = 'queue'",
  );
  const found = new Set<string>();
  for (const { name } of tables)
    for (const { queue } of (await client.query<{ queue: string }>(`SELECT DISTINCT queue FROM bullmq.${name}`)).rows)
      found.add(queue);
  expect([...found].sort()).toEqual(Object.keys(QUEUES).sort());
});

test('what is sealed, wrapped or hashed is bytes; nothing else of a person is bytes', async () => {
  const types = new Map((await columns()).map((c) => [`${c.table_name}.${c.column_name}`, c.data_type]));
  const bytes = declared().filter(({ name }) => types.get(name) === 'bytea');
  const unreadable = ['sealed-by-subject', 'sealed-by-tenant', 'wrapped', 'keyed-hash'];
  for (const { name } of declared().filter((c) => unreadable.includes(c.of.protection)))
    expect([name, types.get(name)]).toEqual([name, 'bytea']);
  expect(bytes.filter(({ of }) => of.protection === 'plain').map((c) => c.name)).toEqual(['ledger_key.public_key']);
  for (const category of ['content', 'attachments'])
    expect(new Set(protectionsOf(category, bytes))).toEqual(new Set(['sealed-by-subject']));
});

test('a table that is about persons says how one person is found in it, and is under row-level security', () => {
  const aboutPersons = Object.entries(DATA_MAP).filter(([, { columns }]) =>
    Object.values(columns).some(({ category }) => category !== 'none'),
  );
  for (const [table, { person, columns }] of aboutPersons) {
    expect([table, person]).not.toEqual([table, null]);
    expect([table, Object.keys(columns)]).toEqual([table, expect.arrayContaining(['tenant_id', person])]);
    expect(TENANT_TABLES).toContain(table);
  }
  expect(aboutPersons.length).toBeGreaterThan(8);
});

/** Rows about persons that name no clause of their own, and where it stands, or why there is none. */
const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {
  subject:
    'a random id and states: identities and conversations lead to it, each names its own, and it goes with the last of them',
  subject_key: 'a key: holds nothing of its person',
  external_id: 'of its message',
  dead_letter: 'of its message',
  consent_ending: 'of the event by which the consent ended, which has the same id',
  stale_tokens: 'of its conversation',
  mention: 'of its request',
  mention_search: 'of its request',
  rights_copy: 'of its request',
  recipient_notice: 'of its request',
  deletion:
    'of its request; a random id that leads to nobody any more, so that a backup does not bring them back (Art. 17, 32)',
  incident_person: 'Art. 33(2): the processor owes it whatever is instructed',
};
/** Nothing may have been in force when a right was exercised. */
const WITHOUT_VERSION = ['rights_request', 'objection', 'suppression'];

test('every row about a person names the version and the clause by which it is kept, or stands with one that does', async () => {
  const found = await client.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'parley' AND column_name IN ('instruction_version', 'clause') AND is_nullable = 'NO'`,
  );
  const required = new Set(found.rows.map((c) => `${c.table_name}.${c.column_name}`));
  const unnamed = Object.entries(DATA_MAP)
    .filter(([, { columns: of }]) => Object.values(of).some(({ category }) => category !== 'none'))
    .map(([table]) => table)
    .filter((table) => {
      const version = required.has(`${table}.instruction_version`) || WITHOUT_VERSION.includes(table);
      return !version || !required.has(`${table}.clause`);
    });
  expect(unnamed.sort()).toEqual(Object.keys(NAMED_ELSEWHERE).sort());
  for (const table of WITHOUT_VERSION) expect(DATA_MAP[table]!.columns).toHaveProperty('instruction_version');
});
