// What the database throws while it cannot answer is told as 503, to be asked again; what is wrong with us, as 500.
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '../../../libs/store/test/database.js';
import { until } from '../../../test/support/until.js';
import { problemOf } from '../src/api/refusals.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

type Failing = (pool: pg.Pool) => Promise<unknown>;

/** Two transactions, each of which waits for the lock that the other has. */
async function deadlock(pool: pg.Pool): Promise<void> {
  const [one, other] = await Promise.all([pool.connect(), pool.connect()]);
  const lock = (client: pg.PoolClient, n: number) => client.query('SELECT pg_advisory_xact_lock($1)', [n]);
  try {
    await Promise.all([one.query('BEGIN'), other.query('BEGIN')]);
    await Promise.all([lock(one, 1), lock(other, 2)]);
    await Promise.all([lock(one, 2), lock(other, 1)]);
  } finally {
    one.release(true);
    other.release(true);
  }
}

/** The connection is taken away while it works. */
async function terminated(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const working = client.query('SELECT pg_sleep(600)').finally(() => client.release(true));
  const isAtIt = async (): Promise<boolean> =>
    (await pool.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", [rows[0]!.pid]))
      .rowCount === 1;
  await until('it works', isAtIt);
  await Promise.all([working, pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid])]);
}

const AWAY: readonly (readonly [string, Failing])[] = [
  ['says nothing', (pool) => pool.query({ text: 'SELECT pg_sleep(2)', query_timeout: 50 } as pg.QueryConfig)],
  ['has cancelled a statement', (pool) => pool.query("SET statement_timeout = '20ms'; SELECT pg_sleep(20)")],
  ['has ended one of two that wait for each other', deadlock],
  ['has ended the connection', terminated],
  ['has no room on its disk', (pool) => pool.query("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$")],
  ['is no longer used by us', (pool) => pool.end().then(() => pool.query('SELECT 1'))],
];

const OURS: readonly (readonly [string, Failing])[] = [
  ['a statement that cannot be carried out', (pool) => pool.query('SELECT 1 / 0')],
  ['a table that is not there', (pool) => pool.query('SELECT * FROM nowhere')],
];

async function thrownBy(failing: Failing): Promise<unknown> {
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  try {
    return await failing(pool).then(
      () => 'nothing',
      (error: unknown) => error,
    );
  } finally {
    if (!pool.ended) await pool.end();
  }
}

test.each(AWAY)('a database that %s is away', async (_, failing) => {
  const problem = problemOf(await thrownBy(failing));
  expect([problem.type, problem.extension.retryAfterSeconds]).toEqual(['unavailable', 5]);
});

test.each(OURS)('%s is our mistake', async (_, failing) => {
  expect(problemOf(await thrownBy(failing)).type).toBe('internal');
});
