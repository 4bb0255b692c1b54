// Owners of a database that are no superuser: what they may make is made, what is there is used, and what is missing is one line with what to run.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLogger, startDatabase, StartRefused, type Database } from '#libs/platform';
import { openStore, prepareDatabase } from '../src/index.js';

const masterKey = randomBytes(32);
const dir = mkdtempSync(join(tmpdir(), 'parley-roles-'));
let server: Database;
let admin: pg.Client;
beforeAll(async () => {
  server = await startDatabase({ databaseUrl: null, dataDir: dir }, createLogger({ logLevel: 'silent', logFormat: 'json' })); // prettier-ignore
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.stop();
  rmSync(dir, { recursive: true });
});

async function owner(name: string, may = ''): Promise<string> {
  await admin.query(`CREATE ROLE "${name}" LOGIN PASSWORD 'secret' NOSUPERUSER ${may}`);
  await admin.query(`CREATE DATABASE "${name}" OWNER "${name}"`);
  const url = new URL(server.url);
  [url.username, url.password, url.pathname] = [name, 'secret', `/${name}`];
  return url.href;
}

/** Also that the application can do something there. */
async function works(url: string): Promise<void> {
  await prepareDatabase(url, masterKey);
  const { migrated, logins } = await prepareDatabase(url, masterKey);
  expect(migrated).toBe(0);
  const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 1, onError: () => undefined });
  try {
    const { id } = (await store.createTenant('acme', 'Acme'))!;
    expect((await store.tenantBySlug('acme'))?.id).toBe(id);
  } finally {
    await store.close();
  }
}

/** The one line with which it is refused. */
async function refusal(url: string): Promise<string> {
  const error: unknown = await prepareDatabase(url, masterKey).then(
    () => null,
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(StartRefused);
  return (error as StartRefused).message;
}

/** What a superuser is told to run. */
const advice = (line: string): string => line.slice(line.indexOf(': ') + 2);

it('who may make no roles is told what a superuser has to run, and goes on with what was run', async () => {
  const url = await owner('plain owner');
  const line = await refusal(url);
  expect(line).not.toContain('\n');
  expect(line).toContain('CREATE ROLE parley_app NOLOGIN');
  expect(line).toContain('GRANT parley_app, parley_directory, parley_backup TO "plain owner"');
  expect(line).toMatch(/CREATE ROLE parley_app_\d+ LOGIN [^;]* PASSWORD 'SCRAM-SHA-256\$[^']+'/);
  await admin.query(advice(line));
  await works(url);
});

it('who may make roles, but not grant those of another installation on the server, is told so; a grant is enough', async () => {
  const url = await owner('second', 'CREATEROLE');
  const line = await refusal(url);
  expect(line).not.toContain('CREATE ROLE');
  expect(line).toMatch(/GRANT parley_app, parley_directory TO parley_app_\d+;/);
  expect(line).toContain('GRANT parley_app, parley_directory, parley_backup TO second');
  await admin.query(advice(line));
  await works(url);
});

it('of what was granted before only the rest is named', async () => {
  const url = await owner('third');
  await admin.query('GRANT parley_app, parley_backup TO third');
  const line = await refusal(url);
  expect(advice(line)).toMatch(/^GRANT parley_directory TO third; CREATE ROLE parley_app_/);
  await admin.query(advice(line));
  await works(url);
});

it('who may not set a password is told so once the server has another than the master key gives', async () => {
  const url = await owner('fourth');
  await admin.query(advice(await refusal(url)));
  const { logins } = await prepareDatabase(url, masterKey);
  await admin.query(`ALTER ROLE ${logins.queues.role} PASSWORD 'another'`);
  const line = await refusal(url);
  expect(advice(line)).toMatch(/^ALTER ROLE parley_queues_\d+ LOGIN PASSWORD 'SCRAM-SHA-256\$[^']+';$/);
  await admin.query(advice(line));
  await works(url);
});

it('who may make roles makes them on a server that has none', async () => {
  for (const name of ['plain owner', 'second', 'third', 'fourth']) await admin.query(`DROP DATABASE "${name}"`);
  await admin.query('DROP ROLE parley_app, parley_directory, parley_backup');
  await works(await owner('landlord', 'CREATEROLE'));
});
