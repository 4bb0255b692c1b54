// End of contract: keys first, so that nothing can be read any longer; then every row of the tenant, table by table.
import { TENANT_TABLES } from './migrations/security.js';
import { PERSONS } from './erasure.js';
import type { Db } from './pool.js';

/** What stops everything: without keys nothing is read, without these rows nobody is let in. */
const FIRST = ['tenant_key', 'api_key', 'connection', 'recipient_secret'] as const;
/** Deleted by a function of the owner, because the application role may not. */
const LAST: ReadonlySet<string> = new Set([
  'instruction_version', 'instruction_statement', 'ledger_leaf', 'ledger_tile', 'ledger_head', 'ledger_checkpoint', 'ledger_key',
]); // prettier-ignore

/** A table that others refer to comes after them. */
const REST: readonly string[] = [
  ...TENANT_TABLES.filter((t) => t !== 'subject' && !LAST.has(t) && !(FIRST as readonly string[]).includes(t)),
  'subject',
];

const BATCH = 5_000;

export function offboardingVerbs(db: Db) {
  const remove = async (tenantId: string, table: string): Promise<number> => {
    for (let total = 0; ;) {
      const [row] = await db.inTenant(tenantId, (tx) =>
        tx.query<{ n: number }>(
          `WITH gone AS (DELETE FROM parley.${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM parley.${table} WHERE tenant_id = $1 LIMIT ${BATCH})) AND tenant_id = $1 RETURNING 1)
           SELECT count(*)::int AS n FROM gone`,
          [tenantId],
        ),
      );
      total += row!.n;
      if (row!.n < BATCH) return total;
    }
  };

  return {
    /** Destroys the tenant's keys and lets nobody in any longer, in one transaction. */
    closeTenant: (tenantId: string): Promise<Record<string, number>> =>
      db.inTenant(tenantId, async (tx) => {
        const counts: Record<string, number> = {};
        for (const table of FIRST) {
          const rows = await tx.query(`DELETE FROM parley.${table} WHERE tenant_id = $1 RETURNING 1`, [tenantId]);
          counts[table] = rows.length;
        }
        await tx.query('SELECT pg_notify($1, $2)', [PERSONS, tenantId]);
        return counts;
      }),

    /** Deletes what is left. Repeating it is harmless, and goes on where a crash interrupted it. */
    async removeTenant(tenantId: string, last: boolean): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      for (const table of REST) counts[table] = await remove(tenantId, table);
      if (!last) return counts;
      const [row] = await db.inTenant(tenantId, (tx) =>
        tx.query<{ counts: Record<string, number> }>('SELECT parley.end_tenant($1) AS counts', [tenantId]),
      );
      return { ...counts, ...row!.counts };
    },
  };
}
