// Answers that nothing instructed stores: they go when the person has them. Where the channel pushes, settle_sent sees to it.
import type { Db, Tx } from './pool.js';

const GONE = 'UPDATE parley.message SET body = NULL WHERE tenant_id = $1 AND fleeting AND body IS NOT NULL';

/** The person's client fetched the feed and says that it has all up to this number. */
export const dropFetched = (
  tx: Tx,
  tenantId: string,
  fetched: { readonly conversationId: string; readonly upTo: number },
): Promise<unknown> =>
  tx.query(`${GONE} AND conversation_id = $2 AND feed <= $3`, [tenantId, fetched.conversationId, fetched.upTo]);

export const fleetingVerbs = (db: Db) => ({
  /** What was written before, and neither waits to be sent nor reached anybody who said so. */
  sweepFleeting: (tenantId: string, before: Date): Promise<unknown> =>
    db.inTenant(tenantId, (tx) =>
      tx.query(`${GONE} AND id < parley.uuid_at($2) AND state NOT IN ('queued', 'sending')`, [tenantId, before]),
    ),
});
