// What waits to be sent to a person and may not go any more, once a purpose was closed.
import type { Tx } from './pool.js';

/**
 * What is not on its way yet, and depends on purposes of which none is open any more, is not sent. Whoever withdraws or objects does
 * this in the transaction that records it, after the record: parley.mark_sending then finds either the one or the other.
 */
export const cancelQueued = (tx: Tx, tenantId: string, subjects: readonly string[]): Promise<unknown> =>
  tx.query(
    `UPDATE parley.message m SET state = 'cancelled' WHERE m.tenant_id = $1 AND m.direction = 'out' AND m.state = 'queued' AND NOT parley.may_go(m)
       AND m.conversation_id IN (SELECT id FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2))`,
    [tenantId, subjects],
  );
