// A destroyed key is in no file any more: not in a dead row, not in the write-ahead log, whatever happens in between; and nobody waits for that.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openSubjectKey } from '#libs/vault';
import { waitsForLock } from '../../../test/support/locks.js';
import { until } from '../../../test/support/until.js';
import { createDestroyedKeys } from '../src/retention/destroyed-keys.js';
import { log, startWorld, type Business, type World } from './world.js';

let world: World;
let acme: Business;
let run: () => Promise<void>;
beforeAll(async () => {
  world = await startWorld();
  acme = await world.business();
  run = createDestroyedKeys({ store: world.store, log, now: Date.now });
});
afterAll(() => world.stop());

const wrappedOf = async (subjectId: string): Promise<Buffer> =>
  (await world.admin.query<{ it: Buffer }>('SELECT wrapped_key AS it FROM parley.subject_key WHERE subject_id = $1', [subjectId])).rows[0]!.it; // prettier-ignore

/** Files of the data directory in which these bytes stand, raw or as hex. */
async function filesWith(bytes: Buffer): Promise<string[]> {
  const hex = bytes.toString('hex');
  return readdirSync(world.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      try {
        const content = readFileSync(file);
        return content.includes(bytes) || content.includes(hex);
      } catch {
        return false; // the server removed it meanwhile
      }
    });
}
const waiting = async (): Promise<number> => (await world.store.destroyedKeys()).ids.length;

const serverPid = (): number => Number(readFileSync(path.join(world.dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]); // prettier-ignore
let killed = 0;
function kill(): void {
  process.kill((killed = serverPid()), 'SIGKILL');
}
async function again(): Promise<void> {
  const isBack = async (): Promise<boolean> => serverPid() !== killed && (await world.store.ping().then(() => true, () => false)); // prettier-ignore
  await until('the server is back', isBack);
}

/** Somebody whose key is destroyed and in the files still. */
async function erased(): Promise<Buffer> {
  const { subjectId } = await acme.someone();
  const wrapped = await wrappedOf(subjectId);
  await acme.erase(subjectId);
  await world.admin.query('CHECKPOINT');
  return wrapped;
}

test('the key of an erased person stands in a table and in what was written ahead before, and nowhere after; that of another works', async () => {
  const other = await acme.someone();
  const wrapped = await erased();
  const before = await filesWith(wrapped);
  expect(before.filter((file) => file.includes(`${path.sep}base${path.sep}`))).not.toEqual([]);
  expect(before.filter((file) => file.includes('pg_wal'))).not.toEqual([]);
  await run();
  expect(await filesWith(wrapped)).toEqual([]);
  expect(openSubjectKey(acme.keys, other.subjectId, await wrappedOf(other.subjectId))).toHaveLength(32);
  expect(await filesWith(await wrappedOf(other.subjectId))).not.toEqual([]);
  expect(await waiting()).toBe(0);
});

test('where nothing was destroyed nothing is written anew', async () => {
  await acme.someone();
  const files = "SELECT array_agg(pg_relation_filepath(oid) ORDER BY relname) AS it FROM pg_class WHERE relname LIKE 'subject_key_%'"; // prettier-ignore
  const before = (await world.admin.query(files)).rows;
  await world.store.erase({ tenantId: acme.tenantId, operation: 'Erase', instruction: { version: 1, clause: '/rights/erase' } } as never, { subjects: [], conversations: [], messages: [], platformIds: [] }, { phase: 'key' }); // prettier-ignore
  expect(await waiting()).toBe(0);
  await run();
  expect((await world.admin.query(files)).rows).toEqual(before);
});

test('so does the key of a business whose contract ended, and with it all that is under it', async () => {
  const gone = await world.business();
  const { rows } = await world.admin.query<{ wrapped: Buffer }>('SELECT wrapped FROM parley.tenant_key WHERE tenant_id = $1', [gone.tenantId]); // prettier-ignore
  const person = await wrappedOf((await gone.someone()).subjectId);
  await world.store.closeDoors(gone.tenantId, { type: 'contract-ended', version: 1, clause: '/contract/atEnd' });
  await world.store.destroyTenantKeys(gone.tenantId);
  await world.store.removeTenant(gone.tenantId, true);
  expect(await filesWith(rows[0]!.wrapped)).not.toEqual([]);
  await run();
  expect([await filesWith(rows[0]!.wrapped), await filesWith(person)]).toEqual([[], []]);
});

test('whoever may still look at it keeps it there, and it goes once nobody may', async () => {
  const old = new pg.Client({ connectionString: world.url });
  await old.connect();
  await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await old.query('SELECT 1');
  const wrapped = await erased();
  expect(await world.store.rewriteKeys()).toHaveLength(1);
  expect((await filesWith(wrapped)).filter((file) => file.includes('base'))).not.toEqual([]);
  const running = run();
  await pause(800);
  expect(await waiting()).toBe(1);
  await old.query('COMMIT');
  await old.end();
  await running;
  expect([await filesWith(wrapped), await waiting()]).toEqual([[], 0]);
});

test('a table in use is let go at once: whoever comes while it is waited for waits a moment', async () => {
  const wrapped = await erased();
  const other = await acme.someone();
  const reader = new pg.Client({ connectionString: world.url });
  await reader.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT FROM parley.subject_key');
  const trying = world.store.rewriteKeys();
  await waitsForLock(world.admin, 1, trying);
  // A tenth of a second; without a limit until the reader is through.
  await wrappedOf(other.subjectId);
  expect((await trying).length).toBe(8);
  await reader.query('COMMIT');
  await reader.end();
  await run();
  expect(await filesWith(wrapped)).toEqual([]);
});

test('nobody waits for long while people are erased, come and write, and keys are written anew all the time', async () => {
  let going = true;
  const waits: number[] = [];
  const writing = [1, 2].map(async () => {
    while (going) {
      const began = performance.now();
      const { subjectId } = await acme.someone();
      waits.push(performance.now() - began);
      await acme.erase(subjectId);
    }
  });
  const end = performance.now() + 4_000;
  try {
    while (performance.now() < end || waits.length <= 20) await world.store.rewriteKeys();
  } finally {
    going = false;
  }
  await Promise.all(writing);
  expect(Math.max(...waits)).toBeLessThan(60_000);
});

test.each([5, 40, 150])('a server that is killed %d ms into it starts again, and the key goes', async (ms) => {
  const other = await acme.someone();
  const wrapped = await erased();
  const cut = world.store.rewriteKeys().then(() => world.store.dropWrittenAhead()).catch(() => null); // prettier-ignore
  await pause(ms);
  kill();
  await cut;
  await again();
  expect(await waiting()).toBeGreaterThan(0);
  await run();
  expect([await filesWith(wrapped), await waiting()]).toEqual([[], 0]);
  expect(openSubjectKey(acme.keys, other.subjectId, await wrappedOf(other.subjectId))).toHaveLength(32);
});

test('what a killed server had written anew is not left behind with keys that are destroyed later', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => acme.someone()));
  const wrapped = await Promise.all(people.map(({ subjectId }) => wrappedOf(subjectId)));
  const cut = new pg.Client({ connectionString: world.url });
  cut.on('error', () => undefined);
  await cut.connect();
  const backend = (await cut.query<{ pid: number }>('BEGIN; SELECT pg_backend_pid() AS pid') as unknown as { rows: { pid: number }[] }[])[1]!.rows[0]!.pid; // prettier-ignore
  for (let n = 0; n < 8; n += 1) await cut.query(`CLUSTER parley.subject_key_${n} USING subject_key_${n}_pkey`);
  await world.admin.query('CHECKPOINT');
  const files = (await Promise.all(wrapped.map(filesWith))).flat().filter((file) => file.includes('base'));
  process.kill(backend, 'SIGKILL');
  kill();
  await again();
  for (const { subjectId } of people) await acme.erase(subjectId);
  await run();
  expect(files.length).toBeGreaterThan(2 * people.length - 1);
  // The server answers before what it left is looked for.
  await until('all is gone', async () => (await Promise.all(wrapped.map(filesWith))).flat().length === 0);
});
