// Special categories in messages: that something was found and told, in the transaction that takes it out; and the deletion in time.
import { dropFiles } from './consents.js';
import { holding, NOTHING, restricted, type Keeping } from './holding.js';
import { appendLeaf, type Leaf } from './leaf.js';
import type { Db, Tx } from './pool.js';
import type { OutboundRow } from './turn-rows.js';
import { insertOutbound } from './turns.js';

export interface SensitiveFound {
  readonly id: string;
  /** The message whose content it is. */
  readonly contentOf: string;
  readonly section: string;
  readonly mode: string;
  /** What the person is to be told, unless they were told lately; sealed. */
  readonly tell: { readonly row: OutboundRow; readonly againAfter: 'hour' | 'never' } | null;
  /** SHA-256, hex, of what is told; empty where nothing is. */
  readonly textHash: string;
  readonly language: string;
  readonly version: number;
  readonly clause: string;
  readonly purgeAt: Date | null;
}

export interface Sensitive {
  readonly messageId: string;
  /** Sealed, without what had to go; null: it stays as it is. */
  readonly body: Buffer | null;
  readonly found: readonly SensitiveFound[];
  /** Without personal data. */
  readonly leaf: Leaf;
}

/** What emptying does to a message that was not through yet. */
const EMPTIED = `body = NULL, waiting = NULL, held_until = NULL,
  state = CASE WHEN m.state IN ('pending', 'held', 'restricted') THEN 'expired' WHEN m.state IN ('queued', 'sending') THEN 'failed' ELSE m.state END,
  code = CASE WHEN m.state IN ('queued', 'sending') THEN 'expired' ELSE m.code END`;
const BATCH = 500;

async function wasTold(
  tx: Tx,
  of: { tenantId: string; conversationId: string },
  one: SensitiveFound,
): Promise<boolean> {
  const [row] = await tx.query<{ told: boolean }>(
    `SELECT EXISTS (SELECT FROM parley.sensitive_event WHERE tenant_id = $1 AND conversation_id = $2 AND section = $3 AND told
       AND ($4 OR at > now() - interval '1 hour')) AS told`,
    [of.tenantId, of.conversationId, one.section, one.tell?.againAfter === 'never'],
  );
  return row!.told;
}

const insertFound = (
  tx: Tx,
  of: { tenantId: string; conversationId: string; messageId: string },
  event: { found: SensitiveFound; told: boolean },
): Promise<unknown[]> => {
  const { found, told } = event;
  return tx.query(
    `INSERT INTO parley.sensitive_event (tenant_id, id, conversation_id, message_id, content_of, section, mode, told, text_hash, language,
       instruction_version, clause, purge_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (tenant_id, message_id, content_of, section) DO NOTHING RETURNING id`,
    [
      of.tenantId, found.id, of.conversationId, of.messageId, found.contentOf, found.section, found.mode, told,
      told ? found.textHash : '', told ? found.language : '', found.version, found.clause, found.purgeAt,
    ],
  );
}; // prettier-ignore

export function specialVerbs(db: Db) {
  return {
    /**
     * What was found in a message, what is left of it, and what the person is told, all or nothing. Repeating it changes nothing.
     * Answers what was queued to be told; null when the lease was lost.
     */
    recordSensitive: (
      tenantId: string,
      turn: { readonly conversationId: string; readonly lease: string },
      { messageId, body, found, leaf }: Sensitive,
    ): Promise<OutboundRow[] | null> =>
      db.inTenant(tenantId, async (tx) => {
        const { conversationId } = turn;
        const held = await tx.query(
          'SELECT id FROM parley.conversation WHERE tenant_id = $1 AND id = $2 AND lease = $3 FOR UPDATE',
          [tenantId, conversationId, turn.lease],
        );
        if (held.length === 0) return null;
        if (body)
          await tx.query('UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2', [
            tenantId,
            messageId,
            body,
          ]);
        const told: OutboundRow[] = [];
        let isNew = false;
        for (const one of found) {
          const tell = one.tell && !(await wasTold(tx, { tenantId, conversationId }, one)) ? one.tell : null;
          const added = await insertFound(
            tx,
            { tenantId, conversationId, messageId },
            { found: one, told: tell !== null },
          );
          if (added.length === 0) continue;
          isNew = true;
          if (!tell) continue;
          await insertOutbound(tx, tenantId, { conversationId, row: tell.row });
          told.push(tell.row);
        }
        if (isNew) await appendLeaf(tx, tenantId, { ...leaf, told: told.length > 0 });
        return told;
      }),

    /** Tenants with messages whose time is over. */
    purgesDue: async (now: Date): Promise<string[]> =>
      (
        await db.directory<{ tenant_id: string }>(
          'SELECT DISTINCT tenant_id FROM parley.sensitive_event WHERE purged_at IS NULL AND purge_at <= $1',
          [now],
        )
      ).map((row) => row.tenant_id),

    /** Empties what is due, with the answers to it, which may repeat it, but for what holds keep and what is restricted; answers how many, and the earliest time that was due. */
    purgeSensitive: (
      tenantId: string,
      now: Date,
      kept: readonly Keeping[] = [],
    ): Promise<{ count: number; oldest: Date | null }> =>
      db.inTenant(tenantId, async (tx) => {
        const given = kept.length > 0 ? [JSON.stringify(kept)] : [];
        const [held, inAnswers] = kept.length > 0 ? [holding(3), holding(4)] : [NOTHING, NOTHING];
        const due = await tx.query<{ id: string; conversation_id: string; content_of: string; purge_at: Date }>(
          `SELECT id, conversation_id, content_of, purge_at FROM parley.sensitive_event
           WHERE tenant_id = $1 AND purged_at IS NULL AND purge_at <= $2 AND NOT ${restricted.conversation('conversation_id')} AND NOT ${held.message('content_of')}
           ORDER BY purge_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
          [tenantId, now, ...given],
        );
        const emptied = await tx.query<{ id: string }>(
          `UPDATE parley.message m SET ${EMPTIED} FROM unnest($2::uuid[], $3::uuid[]) AS d(conversation_id, content_of)
           WHERE m.tenant_id = $1 AND m.conversation_id = d.conversation_id AND (m.id = d.content_of OR m.reply_to = d.content_of)
             AND m.body IS NOT NULL AND NOT ${inAnswers.message('m.id')} RETURNING m.id`,
          [tenantId, due.map((row) => row.conversation_id), due.map((row) => row.content_of), ...given],
        );
        const gone = [...due.map((row) => row.content_of), ...emptied.map((row) => row.id)];
        await dropFiles(tx, tenantId, gone);
        await tx.query('UPDATE parley.sensitive_event SET purged_at = now() WHERE tenant_id = $1 AND id = ANY ($2)', [
          tenantId,
          due.map((row) => row.id),
        ]);
        return { count: due.length, oldest: due[0]?.purge_at ?? null };
      }),
  };
}
