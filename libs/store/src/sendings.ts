// What is known of a sending beside how it ended: which parts of it went out, and echoes that may be of it.
import type { Db } from './pool.js';

/** A message that the platform says our account sent, bound to none of ours. `hash`: keyed, of the platform's id. */
export interface Echo {
  readonly id: string;
  readonly body: Buffer;
  readonly hash: Buffer;
}

export const sendingVerbs = (db: Db) => ({
  /** Hashes of the platform's ids of the parts of a long message that went out already. */
  sentParts: async (tenantId: string, messageId: string): Promise<readonly Buffer[]> =>
    (
      await db.inTenant(tenantId, (tx) =>
        tx.query<{ sent_parts: readonly Buffer[] | null }>(
          'SELECT sent_parts FROM parley.message WHERE tenant_id = $1 AND id = $2',
          [tenantId, messageId],
        ),
      )
    )[0]?.sent_parts ?? [],

  /** Null: all of it went out, so there is nothing to go on from. */
  keepSentParts: (tenantId: string, messageId: string, hashes: readonly Buffer[] | null): Promise<unknown> =>
    db.inTenant(tenantId, (tx) =>
      tx.query('UPDATE parley.message SET sent_parts = $3 WHERE tenant_id = $1 AND id = $2', [
        tenantId,
        messageId,
        hashes,
      ]),
    ),

  /** What came, since a message of ours was queued, of its conversation and is taken for what staff wrote; oldest first. */
  echoesSince: (tenantId: string, conversationId: string, messageId: string): Promise<readonly Echo[]> =>
    db.inTenant(tenantId, (tx) =>
      tx.query<Echo & object>(
        `SELECT o.id, o.body, e.hash FROM parley.message o JOIN parley.external_id e ON e.tenant_id = $1 AND e.message_id = o.id
         WHERE o.tenant_id = $1 AND o.conversation_id = $2 AND o.direction = 'out' AND o.type = 'message' AND o.body IS NOT NULL
           AND e.at >= (SELECT m.at FROM parley.message m WHERE m.tenant_id = $1 AND m.id = $3) ORDER BY o.id`,
        [tenantId, conversationId, messageId],
      ),
    ),
});
