// Dead letters: messages that failed for good, listed, and put back once the cause is right.
import { NIL_UUID } from '#libs/kernel';
import type { Db } from './pool.js';

export interface DeadLetterRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly message_id: string;
  readonly stage: string;
  readonly code: string;
  readonly created_at: Date;
  readonly replayed_at: Date | null;
}

const PUT_BACK = `WITH letter AS (
   SELECT d.message_id, d.conversation_id FROM parley.dead_letter d
   WHERE d.tenant_id = $1 AND d.id = $2 AND d.replayed_at IS NULL FOR UPDATE
 ), put_back AS (
   UPDATE parley.message m SET state = CASE m.direction WHEN 'in' THEN 'pending' ELSE 'queued' END, rank = 0, attempts = 0,
     replays = m.replays + 1, at = CASE m.direction WHEN 'in' THEN m.at ELSE now() END, code = NULL
   FROM letter l WHERE m.tenant_id = $1 AND m.id = l.message_id AND m.state IN ('failed', 'dead')
   RETURNING m.conversation_id
 ), up AS (
   -- The cause is right by now: nothing waits for it any longer.
   UPDATE parley.conversation v SET not_before = NULL FROM put_back p WHERE v.tenant_id = $1 AND v.id = p.conversation_id
 ), noted AS (
   UPDATE parley.dead_letter SET replayed_at = now() WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM put_back)
 )
 SELECT conversation_id FROM put_back`;

export function deadLetterVerbs(db: Db) {
  return {
    deadLetters: (tenantId: string, after: string | null, limit: number): Promise<DeadLetterRow[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query<DeadLetterRow>(
          'SELECT id, conversation_id, message_id, stage, code, created_at, replayed_at FROM parley.dead_letter WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3',
          [tenantId, after ?? NIL_UUID, limit],
        ),
      ),

    /**
     * Puts a dead letter's message back into its conversation; null when there is none, it was replayed already, or a later status said
     * that the message arrived after all.
     */
    replayDeadLetter: async (tenantId: string, id: string): Promise<{ conversation_id: string } | null> =>
      (await db.inTenant(tenantId, (tx) => tx.query<{ conversation_id: string }>(PUT_BACK, [tenantId, id])))[0] ?? null,
  };
}
