// The journal of deletions as the database has it, page by page.
import { NIL_UUID } from '#libs/kernel';
import { DELETION_COLUMNS, deletionOf, DELETIONS, untilLine, type Deletion, type DeletionRow } from './deletions.js';
import type { Db } from './pool.js';

const PAGE = 5_000;

export function journalVerbs(db: Db) {
  return {
    /** Every entry that the database has, of all tenants. */
    async *deletions(): AsyncGenerator<Deletion> {
      for (let [tenant, id] = [NIL_UUID, NIL_UUID]; ;) {
        const rows = await db.directory<DeletionRow>(
          `SELECT ${DELETION_COLUMNS} FROM parley.deletion WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT ${PAGE}`,
          [tenant, id],
        );
        for (const row of rows) yield deletionOf(row);
        if (rows.length < PAGE) return;
        [tenant, id] = [rows.at(-1)!.tenant_id, rows.at(-1)!.id];
      }
    },

    /** When a process last found its journal in order; null: none ever did. */
    async lastBeat(): Promise<Date | null> {
      const text = 'SELECT at FROM parley.heartbeat';
      return (await db.run<{ at: Date }>({ name: 'last-beat', text, values: [] }))[0]?.at ?? null;
    },

    /** A process has found so: the others, which heard of all that was deleted until then, are told. */
    async beat(at: Date): Promise<void> {
      const text = `WITH beat AS (
          INSERT INTO parley.heartbeat (at) VALUES ($1) ON CONFLICT (one) DO UPDATE SET at = greatest(heartbeat.at, excluded.at) RETURNING at)
        SELECT pg_notify($2, $3) FROM beat`;
      await db.run({ name: 'beat', text, values: [at, DELETIONS, untilLine(at)] });
    },

    /** Of these tenants, those that are there. */
    tenantsAmong: async (ids: readonly string[]): Promise<Set<string>> =>
      new Set(
        (await db.directory<{ id: string }>('SELECT id FROM parley.tenant WHERE id = ANY ($1)', [ids])).map(
          (t) => t.id,
        ),
      ),

    /** Forgets entries that no backup can contradict any longer; answers how many. */
    async forgetDeletions(before: Date): Promise<number> {
      const due = await db.directory<{ tenant_id: string }>(
        'SELECT DISTINCT tenant_id FROM parley.deletion WHERE at < $1',
        [before],
      );
      for (const { tenant_id: tenantId } of due)
        await db.inTenant(tenantId, (tx) =>
          tx.query('DELETE FROM parley.deletion WHERE tenant_id = $1 AND at < $2', [tenantId, before]),
        );
      return due.length;
    },
  };
}
