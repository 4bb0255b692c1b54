// The shared connection of short statements: nobody waits for another's lock there, and losing it loses only what was under way.
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { openDb, type Db } from '../src/pool.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let owner: pg.Client;
let db: Db;

beforeAll(async () => {
  database = await startTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  db = openDb(database.url, { size: 2, onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await owner.end();
  await database.stop();
});

const locked = (key: number) =>
  db.quick<{ key: number; pid: number }>({
    name: 'locked',
    text: 'SELECT $1::int AS key, pg_backend_pid() AS pid FROM (SELECT pg_advisory_xact_lock($1)) AS l',
    values: [key],
  });

it('answers each with its own, however many are asked at once', async () => {
  const keys = Array.from({ length: 200 }, (_, n) => 1_000 + n);
  const rows = await Promise.all(keys.map(locked));
  expect(rows.map(([row]) => row!.key)).toEqual(keys);
});

it('keeps nobody waiting behind one that waits for a lock', async () => {
  await owner.query('SELECT pg_advisory_lock(7)');
  let isThrough = false;
  const waits = locked(7).finally(() => (isThrough = true));
  const others = await Promise.all([8, 9, 10].map(locked));
  expect(others.map(([row]) => row!.key)).toEqual([8, 9, 10]);
  expect(isThrough).toBe(false);
  await owner.query('SELECT pg_advisory_unlock(7)');
  const [[late], [next]] = await Promise.all([waits, locked(11)]);
  // It went over the pool.
  expect(late!.key).toBe(7);
  expect(late!.pid).not.toBe(next!.pid);
});

it('is spared what it does not keep up with', async () => {
  const sleeps = db.quick({ name: 'sleep', text: 'SELECT pg_sleep($1)', values: [60] }).catch(() => []);
  let through = 0;
  const asked = Array.from({ length: 400 }, (_, n) => locked(2_000 + n).then(() => (through += 1), () => 0)); // prettier-ignore
  // All but what waits on at most four lines.
  await until('what is too much for it is answered elsewhere', () => through >= 272);
  await owner.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep($1)'");
  await Promise.all([sleeps, ...asked]);
});

it('tells who made a mistake, and nobody else', async () => {
  const [wrong, right] = await Promise.allSettled([
    db.quick({ name: 'zero', text: 'SELECT 1 / $1::int', values: [0] }),
    locked(12),
  ]);
  expect(wrong).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(right).toMatchObject({ status: 'fulfilled', value: [{ key: 12 }] });
});

it('opens another when it is lost', async () => {
  const [row] = await locked(13);
  const sleeping = db.quick({ name: 'sleep', text: 'SELECT pg_sleep($1)', values: [60] });
  const told = expect(sleeping).rejects.toThrow();
  await owner.query('SELECT pg_terminate_backend($1)', [row!.pid]);
  await told;
  const [again] = await locked(13);
  expect(again!.pid).not.toBe(row!.pid);
});
