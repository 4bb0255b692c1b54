// parley ledger verify on a real database: sound, then changed behind its back.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore } from '#libs/store';
import { startTestDatabase, type TestDatabase } from '../../../libs/store/test/database.js';
import { main } from '../src/main.js';

let database: TestDatabase;
let folder: string;
const masterKey = randomBytes(32);

beforeAll(async () => {
  database = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'parley-cli-ledger-'));
  const store = openStore({ databaseUrl: database.url, masterKey, poolSize: 2, onError: () => undefined });
  for (const slug of ['acme', 'beta']) {
    const { id } = (await store.createTenant(slug, slug))!;
    const leaves = Array.from({ length: 5 }, (_, n) => ({ tenantId: id, leaf: { type: 'intake', count: n } }));
    await store.ingest({ messages: [], statuses: [], observations: [], leaves }, 0);
  }
  await store.close();
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
});

async function verify(args: readonly string[], key = masterKey) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(['ledger', 'verify', ...args], {
    env: { DATABASE_URL: database.url, PARLEY_DATA_DIR: folder, PARLEY_MASTER_KEY: key.toString('base64') },
    line: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    now: Date.now,
    interrupted: () => Promise.resolve(),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

it('answers for all tenants, and for one', async () => {
  const all = await verify(['--all', '--json']);
  expect([all.code, JSON.parse(all.out)]).toMatchObject([
    0,
    { valid: true, tenants: [{ slug: 'acme', valid: true, size: 5 }, { slug: 'beta' }] },
  ]);
  expect(await verify(['acme'])).toMatchObject({ code: 0, out: expect.stringMatching(/^acme +yes +5 +-$/m) });
});

it('finds what was changed: as JSON in the answer, otherwise in the exit code too', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`UPDATE parley.ledger_leaf SET leaf = '{}' WHERE position = 2 AND leaf ->> 'count' = '2'`);
  await client.end();
  const json = await verify(['--all', '--json']);
  expect([json.code, json.out]).toEqual([0, expect.stringMatching(/^\{"valid":false,/)]);
  expect(await verify(['beta'])).toMatchObject({ code: 1, out: expect.stringContaining('altered at 2') });
});

it.each([
  [['no-such-tenant'], /no tenant no-such-tenant/],
  [[], /Name one tenant/],
  [['acme', '--all'], /Name one tenant/],
])('%j is refused', async (args, line) => {
  expect(await verify(args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(line) });
});
