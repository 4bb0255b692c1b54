// Who has the floor in a conversation: another app, from what it was told there until the person writes to us again.
import type { Db } from './pool.js';

/** What the person said in standby may count with us, and is the last that they said, but not to us. */
const OURS = 'coalesce(c.aside_at IS NULL OR c.aside_at < c.last_inbound_at, false)';

export function floorVerbs(db: Db) {
  return {
    /** Another app was told something there. */
    heardAside: (tenantId: string, conversationId: string, at: Date): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.conversation SET aside_at = $3 WHERE tenant_id = $1 AND id = $2 AND (aside_at IS NULL OR aside_at < $3)`,
          [tenantId, conversationId, at],
        ),
      ),

    /** Where these persons last wrote to us; where another app has the conversation only if there is no other. null: nowhere. */
    lastConversationOf: async (tenantId: string, subjects: readonly string[]): Promise<string | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ id: string }>(
            `SELECT c.id FROM parley.conversation c JOIN parley.connection k ON k.tenant_id = c.tenant_id AND k.id = c.connection_id
             WHERE c.tenant_id = $1 AND c.subject_id = ANY ($2) ORDER BY ${OURS} DESC, c.last_inbound_at DESC NULLS LAST LIMIT 1`,
            [tenantId, subjects],
          ),
        )
      )[0]?.id ?? null,
  };
}
