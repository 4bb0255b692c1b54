// What was destroyed still stands in the files, as rows that nothing reads: the tables of keys are written anew, and what was written ahead goes.
import { KEY_TABLES } from './migrations/keys.js';
import type { Db } from './pool.js';

export interface DestroyedKeys {
  /** What is done once the tables are written anew after now; none where nothing was destroyed. */
  readonly ids: readonly string[];
  /** Since when the first of them waits. */
  readonly since: Date | null;
}

/** PostgreSQL's codes for "not within the time given", and for "you are in a circle that waits for itself". */
const BUSY: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

/**
 * Of CLUSTER VERBOSE: "2 dead row versions cannot be removed yet", in whatever language. Some transaction may still look at them, so they
 * were copied. Who says nothing of it is not believed.
 */
const copiedDead = (said: readonly string[]): boolean => {
  const numbers = said.flatMap((detail) => /\d+/.exec(detail) ?? []);
  return numbers.length === 0 || numbers.some((number) => Number(number) > 0);
};

export function destroyedKeyVerbs(db: Db) {
  /** False: a table is in use, or somebody may still look at what was destroyed. */
  async function rewrite(part: string): Promise<boolean> {
    try {
      return !copiedDead((await db.maintain('SELECT parley.rewrite_keys($1)', [part])).said);
    } catch (error) {
      if (BUSY.has((error as { code?: unknown }).code)) return false;
      throw error;
    }
  }

  return {
    destroyedKeys: async (): Promise<DestroyedKeys> => {
      const text = 'SELECT id, at FROM parley.destroyed_key ORDER BY at';
      const rows = await db.run<{ id: string; at: Date }>({ name: 'destroyed-keys', text, values: [] });
      return { ids: rows.map(({ id }) => id), since: rows[0]?.at ?? null };
    },

    /** Writes the tables of keys anew, with those that are there; answers which could not be, for now. */
    async rewriteKeys(parts: readonly string[] = KEY_TABLES): Promise<string[]> {
      const left: string[] = [];
      for (const part of parts) if (!(await rewrite(part))) left.push(part);
      return left;
    },

    /** Does what was written ahead go when it is asked to? On a server that is not ours alone mostly not. */
    dropsWrittenAhead: async (): Promise<boolean> => {
      const text = 'SELECT parley.drops_written_ahead() AS it';
      return (await db.run<{ it: boolean }>({ name: 'drops-written-ahead', text, values: [] }))[0]!.it;
    },

    /** False: it goes when the server sees fit. */
    dropWrittenAhead: async (): Promise<boolean> =>
      (await db.maintain<{ dropped: boolean }>('SELECT parley.drop_written_ahead() AS dropped')).rows[0]!.dropped,

    forgetDestroyedKeys: async (ids: readonly string[]): Promise<void> =>
      void (await db.run({ name: 'forget-destroyed-keys', text: 'DELETE FROM parley.destroyed_key WHERE id = ANY ($1)', values: [ids] })),
  }; // prettier-ignore
}
