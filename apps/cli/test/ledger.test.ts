// parley ledger verify on a real database: sound, then changed behind its back in every way there is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, startDatabase } from '#libs/platform';
import { NO_ANCHORS, startWorld, type TenantLedger, type World } from '../../../libs/ledger/test/ledger-world.js';
import { putDatabase } from '../../../libs/store/test/database.js';
import { main } from '../src/main.js';

const LEAVES = 300; // one full tile and a part of one
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

async function verify(args: readonly string[], where: NodeJS.ProcessEnv = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const atWorld = { DATABASE_URL: world.databaseUrl, PARLEY_DATA_DIR: world.dir };
  const code = await main(['ledger', 'verify', ...args], {
    env: { ...atWorld, PARLEY_MASTER_KEY: world.masterKey.toString('base64'), ...where },
    line: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    now: Date.now,
    interrupted: () => Promise.resolve(),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function recorded(): Promise<TenantLedger> {
  const tenant = await world.tenant();
  await tenant.append(LEAVES);
  expect(await verify([tenant.slug])).toMatchObject({ code: 0, out: expect.stringMatching(/ yes +300 +-$/m) });
  return tenant;
}

const swap = (a: number, b: number): string[] =>
  [[a, -1], [b, a], [-1, b]].map(([from, to]) => `UPDATE parley.ledger_leaf SET position = ${to} WHERE tenant_id = $1 AND position = ${from}`); // prettier-ignore

const WAYS: readonly (readonly [string, (tenant: TenantLedger) => Promise<void>, string])[] = [
  ['a flipped bit', (t) => t.tamper(`UPDATE parley.ledger_leaf SET leaf = jsonb_set(leaf, '{count}', '3') WHERE tenant_id = $1 AND position = 2`), 'altered at 2'],
  ['a dropped leaf', (t) => t.tamper('DELETE FROM parley.ledger_leaf WHERE tenant_id = $1 AND position = 7'), 'missing at 7'],
  ['an inserted leaf', (t) => t.tamper(`INSERT INTO parley.ledger_leaf (tenant_id, leaf, position) VALUES ($1, '{}', 300)`), 'added at 300'],
  ['two leaves swapped', (t) => t.tamper(...swap(4, 5)), 'altered at 4'],
  ['a fork, signed with the right key', async (t) => {
    const old = await t.copy();
    await t.append(5);
    await verify([t.slug]);
    await t.restore(old);
    await t.append(6);
    expect((await world.ledger(NO_ANCHORS).verify(t.id)).valid).toBe(true);
  }, 'forked at 305'],
  ['an old checkpoint, with the very state that it was of', async (t) => {
    const old = await t.copy();
    await t.append(5);
    await verify([t.slug]);
    await t.restore(old);
  }, 'rolled-back at 305'],
]; // prettier-ignore

it('answers for all tenants, and for one', async () => {
  const tenant = await recorded();
  const all = await verify(['--all', '--json']);
  expect([all.code, JSON.parse(all.out)]).toMatchObject([
    0,
    { valid: true, tenants: expect.arrayContaining([expect.objectContaining({ slug: tenant.slug, size: LEAVES })]) },
  ]);
});

it.each(WAYS)('%s is found: in the exit code, and as JSON in the answer', async (_what, change, found) => {
  const tenant = await recorded();
  await change(tenant);
  expect(await verify([tenant.slug])).toMatchObject({ code: 1, out: expect.stringContaining(found) });
  const json = await verify(['--all', '--json']);
  expect([json.code, json.out]).toEqual([0, expect.stringMatching(/^\{"valid":false,/)]);
});

it('starts the embedded database where no gateway runs on it, and stops it again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-stopped-'));
  await putDatabase(dataDir);
  const gateway = await startDatabase(
    { databaseUrl: null, dataDir },
    createLogger({ logLevel: 'silent', logFormat: 'json' }),
  );
  await gateway.stop();
  const where = { DATABASE_URL: undefined, PARLEY_DATA_DIR: dataDir };
  const sound = { code: 0, out: '{"valid":true,"tenants":[]}' };
  for (const _ of ['once', 'again']) expect(await verify(['--all', '--json'], where)).toMatchObject(sound);
  await rm(dataDir, { recursive: true });
});

it.each([
  [['no-such-tenant'], /no tenant no-such-tenant/],
  [[], /Name one tenant/],
  [['acme', '--all'], /Name one tenant/],
])('%j is refused', async (args, line) => {
  expect(await verify(args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(line) });
});
