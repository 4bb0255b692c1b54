// What is changed of a message afterwards by whoever wrote it: an edit replaces it, a revoke takes it back, also when either comes before the message.
import { dropFiles } from './consents.js';
import type { Db, Tx } from './pool.js';
import { markStaleTokens } from './stale-tokens.js';

/** An edit or a revoke, and the platform's id of what it is about. */
export interface Change {
  readonly messageId: string;
  readonly conversationId: string;
  readonly connectionId: string;
  readonly type: 'edit' | 'revoke';
  /** Nobody changes what the other side wrote; `out`: staff, in another app of the platform. */
  readonly direction: 'in' | 'out';
  /** Keyed hash. */
  readonly target: Buffer;
}

/** The message that it is about, and whether that still waits for consent; `itself`: none came yet, and none will; `gone`: nothing is left of it that could be changed. */
export type Aim =
  { readonly at: 'message'; readonly id: string; readonly held: boolean } | { readonly at: 'itself' | 'gone' };

/** The platform's id is taken by whoever comes first: what comes under it later passes for a redelivery, and is not stored. */
async function standsFor(tx: Tx, tenantId: string, change: Change): Promise<string | null> {
  const [found] = await tx.query<{ message_id: string | null }>(
    `INSERT INTO parley.external_id AS e (tenant_id, connection_id, hash, message_id, conversation_id, at) VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (tenant_id, connection_id, hash) DO UPDATE SET message_id = e.message_id RETURNING message_id`,
    [tenantId, change.connectionId, change.target, change.messageId, change.conversationId],
  );
  return found?.message_id ?? null;
}

/** There is no message that it changes: an edit is one from here on. */
async function standAlone(tx: Tx, tenantId: string, { messageId, type }: Change): Promise<Aim> {
  if (type === 'edit')
    await tx.query(
      "UPDATE parley.message SET type = 'message', target = NULL WHERE tenant_id = $1 AND id = $2 AND type = 'edit'",
      [tenantId, messageId],
    );
  return { at: 'itself' };
}

export function changeVerbs(db: Db) {
  return {
    /** What an edit or a revoke is about. An edit that finds nothing is the message from here on. Repeating it is harmless. */
    aimOf: (tenantId: string, change: Change): Promise<Aim> =>
      db.inTenant(tenantId, async (tx) => {
        const id = await standsFor(tx, tenantId, change);
        const [row] = await tx.query<{ held: boolean; sent: boolean }>(
          `SELECT state = 'held' AS held, type <> 'message' AS sent FROM parley.message
           WHERE tenant_id = $1 AND id = $2 AND id <> $4 AND direction = $3 AND (type = 'message' OR $3 = 'out') AND body IS NOT NULL`,
          [tenantId, id, change.direction, change.messageId],
        );
        // What we sent stays on record as we sent it, unless it is taken back: staff's wording stands beside it.
        if (id === change.messageId || (row?.sent && change.type === 'edit')) return standAlone(tx, tenantId, change);
        return row && id ? { at: 'message', id, held: row.held } : { at: 'gone' };
      }),

    /** A change that staff made has had its effect; `empty`: there was nothing to edit. */
    settleOwn: (tenantId: string, messageId: string, { empty }: { readonly empty: boolean }): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.message SET state = 'sent', body = CASE WHEN $3 THEN NULL ELSE body END WHERE tenant_id = $1 AND id = $2 AND state = 'pending'`,
          [tenantId, messageId, empty],
        ),
      ),

    /** The new wording of a message. What was emptied meanwhile stays so. */
    reword: (tenantId: string, messageId: string, body: Buffer): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const changed = await tx.query<{ conversation_id: string }>(
          'UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2 AND body IS NOT NULL RETURNING conversation_id',
          [tenantId, messageId, body],
        );
        await markStaleTokens(tx, tenantId, changed.map((row) => row.conversation_id)); // prettier-ignore
      }),

    /** Nothing is left of a message: of none of its wordings, nor of its files; and nobody waits for it any more. */
    takeBack: (tenantId: string, change: Change, messageId: string): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const emptied = await tx.query<{ id: string }>(
          `UPDATE parley.message SET body = NULL, content_type = NULL, waiting = NULL, held_until = NULL,
             state = CASE WHEN state IN ('pending', 'held', 'restricted', 'dead') THEN 'done' ELSE state END
           WHERE tenant_id = $1 AND conversation_id = $2 AND direction = $5 AND (id = $3 OR (type = 'edit' AND target = $4)) RETURNING id`,
          [tenantId, change.conversationId, messageId, change.target, change.direction],
        );
        await dropFiles(
          tx,
          tenantId,
          emptied.map(({ id }) => id),
        );
      }),
  };
}
