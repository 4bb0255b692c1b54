// Per tenant one process at a time looks at what is due; whoever lets go what was passed over waits for it.
import { CHANGES, type Db, type Tx } from './pool.js';

const LOCK = "hashtextextended('retention ' || $1, 0)";

/** In the transaction that lets go what was passed over: a step that goes on has ended, and all that is there is looked at once more. */
export async function lookAgain(tx: Tx, tenantId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${LOCK})`, [tenantId]);
  await tx.query('DELETE FROM parley.retention_mark WHERE tenant_id = $1', [tenantId]);
  await tx.query('SELECT pg_notify($1, $2)', [CHANGES, tenantId]);
}

/** One process at a time per tenant; null: another is at it. */
export const alone = <T>(db: Db, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T | null> =>
  db.inTenant(tenantId, async (tx) => {
    const text = `SELECT pg_try_advisory_xact_lock(${LOCK}) AS ours`;
    const [lock] = await tx.query<{ ours: boolean }>(text, [tenantId]);
    return lock!.ours ? work(tx) : null;
  });
