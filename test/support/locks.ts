// Waiting until a statement has come so far that it waits for another's lock.
import type pg from 'pg';
import { until } from './until.js';

const WAITING = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;

/** Resolves when so many sessions wait for a lock; or when `work`, should it be given, is through without that. */
export async function waitsForLock(look: pg.Pool | pg.Client, sessions = 1, work?: Promise<unknown>): Promise<void> {
  let isThrough = false;
  const over = (): void => void (isThrough = true);
  work?.then(over, over);
  await until(`${sessions} wait for a lock`, async () => {
    // Within a transaction it would always be told the same.
    await look.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await look.query<{ n: number }>(WAITING);
    return isThrough || rows[0]!.n >= sessions;
  });
}
