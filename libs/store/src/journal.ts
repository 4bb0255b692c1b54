// The journal of deletions as the database has it, and doing again what a backup has undone.
import { recordDeletion, type Deletion } from './deletions.js';
import { eraseWholly } from './erasure.js';
import type { Db, Tx } from './pool.js';

/** Erases again whom a backup brought back, and records the entry. */
export async function replayDeletion(tx: Tx, entry: Deletion & { readonly subject: string }): Promise<void> {
  await eraseWholly(tx, entry.tenant, [entry.subject]);
  await recordDeletion(tx, { type: 'deletion-replayed' }, entry);
}

const PAGE = 5_000;
const NIL = '00000000-0000-0000-0000-000000000000';

export function journalVerbs(db: Db) {
  return {
    /** Every entry that the database has, of all tenants. */
    async *deletions(): AsyncGenerator<Deletion> {
      for (let [tenant, id] = [NIL, NIL]; ;) {
        const rows = await db.directory<{ tenant_id: string; id: string; subject_id: string; at: Date }>(
          `SELECT tenant_id, id, subject_id, at FROM parley.deletion WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT ${PAGE}`,
          [tenant, id],
        );
        for (const row of rows)
          yield { id: row.id, tenant: row.tenant_id, subject: row.subject_id, at: row.at.toISOString() };
        if (rows.length < PAGE) return;
        [tenant, id] = [rows.at(-1)!.tenant_id, rows.at(-1)!.id];
      }
    },

    /** Of these tenants, those that are there. */
    tenantsAmong: async (ids: readonly string[]): Promise<Set<string>> =>
      new Set(
        (await db.directory<{ id: string }>('SELECT id FROM parley.tenant WHERE id = ANY ($1)', [ids])).map(
          (t) => t.id,
        ),
      ),

    replayDeletion: (entry: Deletion & { readonly subject: string }): Promise<void> =>
      db.inTenant(entry.tenant, (tx) => replayDeletion(tx, entry)),

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
