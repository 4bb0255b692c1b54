// Can the database be used: is it there, does it take what is written, and is its schema this version's?
import { NEWEST } from './migrate.js';
import type { Db } from './pool.js';

export function readinessVerbs(db: Db) {
  /** @throws Error where nothing answers to it */
  const asked = async (name: string, of: { readonly text: string; readonly values: string[] }): Promise<void> => {
    if ((await db.run({ name, ...of })).length === 0) throw new Error(`not ready: ${name}`);
  };
  return {
    /** A standby, and a server that takes nothing at the moment, answer as well. Rejects when it is of no use. */
    ping: (): Promise<void> =>
      asked('ping', { text: "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'", values: [] }),
    /** Rejects when it is older than this version, was put back to before it, or is another one by now. */
    migrated: (): Promise<void> =>
      asked('migrated', { text: 'SELECT 1 FROM parley.migration WHERE name = $1', values: [NEWEST] }),
  };
}
