// What the management API reads: counters, conversations, letters, leaves. Bodies come out sealed.
import { NIL_UUID, type Mandate } from '#libs/kernel';
import { dropFetched } from './fleeting.js';
import { appendLeaf } from './leaf.js';
import type { Db } from './pool.js';

export interface ObservationCount {
  readonly connection_id: string;
  readonly channel: string;
  readonly kind: string;
  readonly path: string;
  readonly action: string;
  readonly count: string;
  readonly first_seen: Date;
  readonly last_seen: Date;
}

export interface ConversationRow {
  readonly id: string;
  readonly connection_id: string;
  readonly channel: string;
  readonly subject_id: string;
  readonly created_at: Date;
  readonly last_inbound_at: Date | null;
  readonly notice_hash: string | null;
  readonly notice_id: string | null;
  /** How the notice was delivered; null: it was not given, or its message is gone. */
  readonly notice_state: string | null;
}

/** With the times that stand there: when the last of its content goes, and when all of it. */
export interface ConversationListed extends ConversationRow {
  readonly restricted: boolean;
  readonly content_due_at: Date | null;
  readonly due_at: Date | null;
}

export interface MessageRecord {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly content_type: string | null;
  readonly body: Buffer | null;
  readonly reply_to: string | null;
  readonly state: string;
  readonly code: string | null;
  readonly instruction_version: number;
  readonly clause: string;
  readonly at: Date;
}

/** With what it takes to write into it. */
interface OpenableConversation extends ConversationRow {
  readonly wrapped_key: Buffer;
  readonly tokens: Buffer | null;
  readonly locale: string | null;
  readonly marketing_stopped_at: Date | null;
  readonly restricted: boolean;
  /** Its account was not removed. */
  readonly connected: boolean;
}

export function readingVerbs(db: Db) {
  const rows = <R extends object>(tenantId: string, text: string, values: readonly unknown[]): Promise<R[]> =>
    db.inTenant(tenantId, (tx) => tx.query<R>(text, values));

  /** Every read of conversations is itself processing: it goes into the ledger, in the same transaction. */
  const consult = <R extends object>(mandate: Mandate, text: string, values: readonly unknown[]): Promise<R[]> =>
    db.inTenant(mandate.tenantId, async (tx) => {
      const found = await tx.query<R>(text, values);
      const { operation, purpose, instruction } = mandate;
      const { version, clause } = instruction;
      await appendLeaf(tx, mandate.tenantId, {
        type: 'read',
        operation,
        purpose,
        version,
        clause,
        count: found.length,
      });
      return found;
    });

  return {
    observations: (tenantId: string): Promise<ObservationCount[]> =>
      rows(
        tenantId,
        `SELECT connection_id, channel, one->>0 AS kind, one->>1 AS path, one->>2 AS action, sum(count * (one->>3)::int) AS count,
           min(first_seen) AS first_seen, max(last_seen) AS last_seen
         FROM parley.observation, json_array_elements(exposed::json) AS one WHERE tenant_id = $1 GROUP BY 1, 2, 3, 4, 5 ORDER BY 2, 3, 4`,
        [tenantId],
      ),

    conversations: (mandate: Mandate, after: string | null, limit: number): Promise<ConversationListed[]> =>
      consult(
        mandate,
        `SELECT c.id, c.connection_id, k.channel, c.subject_id, c.created_at, c.last_inbound_at, c.notice_hash, c.notice_id, s.restricted,
           n.state AS notice_state, c.content_due_at, c.due_at
         FROM parley.conversation c JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
         JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
         LEFT JOIN parley.message n ON n.tenant_id = c.tenant_id AND n.id = c.notice_id
         WHERE c.tenant_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3`,
        [mandate.tenantId, after ?? NIL_UUID, limit],
      ),

    /** The wrapped key comes along, so that the caller can open the bodies. */
    messages: (
      mandate: Mandate,
      conversationId: string,
      page: { after: string | null; limit: number },
    ): Promise<(MessageRecord & { subject_id: string; wrapped_key: Buffer })[]> =>
      consult(
        mandate,
        `SELECT m.id, m.direction, m.type, m.content_type, m.body, m.reply_to, m.state, m.code, m.instruction_version, m.clause, m.at,
           c.subject_id, s.wrapped_key
         FROM parley.message m JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
         JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
         WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.id > $3 ORDER BY m.id LIMIT $4`,
        [mandate.tenantId, conversationId, page.after ?? NIL_UUID, page.limit],
      ),

    /**
     * A conversation's feed for the person's own client, by number: what is theirs needs no stated purpose.
     * `fetched`: the client has what came before; what nothing instructed stores goes.
     */
    feed: (
      tenantId: string,
      conversationId: string,
      page: { after: number; limit: number; fetched?: boolean },
    ): Promise<(MessageRecord & { feed: string; subject_id: string; wrapped_key: Buffer; tokens: Buffer | null })[]> =>
      db.inTenant(tenantId, async (tx) => {
        if (page.fetched && page.after > 0) await dropFetched(tx, tenantId, { conversationId, upTo: page.after });
        return tx.query(
          `SELECT m.id, m.feed, m.direction, m.type, m.content_type, m.body, m.reply_to, m.state, m.code, m.instruction_version,
           m.clause, m.at, c.subject_id, c.tokens, s.wrapped_key
         FROM parley.message m JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
         JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
         WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.feed > $3 ORDER BY m.feed LIMIT $4`,
          [tenantId, conversationId, page.after, page.limit],
        );
      }),

    /** Uses a one-time ticket up: true the first time. */
    spendTicket: async (id: string, until: Date): Promise<boolean> =>
      (
        await db.run({
          name: 'spend',
          text: 'INSERT INTO parley.spent_ticket (id, until) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
          values: [id, until],
        })
      ).length > 0,

    /** Makes the month ahead that messages will fall into. */
    makePartitions: (): Promise<unknown> =>
      db.run({ name: 'make-partitions', text: 'SELECT parley.make_partitions(1)', values: [] }),

    forgetTickets: (): Promise<unknown> =>
      db.run({ name: 'forget-tickets', text: 'DELETE FROM parley.spent_ticket WHERE until < now()', values: [] }),

    conversation: async (tenantId: string, id: string): Promise<OpenableConversation | null> =>
      (
        await rows<OpenableConversation & object>(
          tenantId,
          `SELECT c.id, c.connection_id, k.channel, c.subject_id, c.created_at, c.last_inbound_at, c.tokens, c.locale, y.wrapped_key, s.marketing_stopped_at, s.restricted,
             k.ended_at IS NULL AS connected
           FROM parley.conversation c JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
           JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
           JOIN parley.subject_key y ON y.tenant_id = c.tenant_id AND y.subject_id = c.subject_id
           WHERE c.tenant_id = $1 AND c.id = $2`,
          [tenantId, id],
        )
      )[0] ?? null,

    disclosures: (tenantId: string, limit: number) =>
      rows<{
        subject_id: string;
        recipient: string;
        purpose: string;
        categories: string[];
        instruction_version: number;
        count: string;
        first_at: Date;
        last_at: Date;
      }>(
        tenantId,
        'SELECT subject_id, recipient, purpose, categories, instruction_version, count, first_at, last_at FROM parley.disclosure WHERE tenant_id = $1 ORDER BY last_at DESC LIMIT $2',
        [tenantId, limit],
      ),

    leaves: (tenantId: string, after: number, limit: number) =>
      rows<{ seq: string; position: string | null; leaf: object; at: Date }>(
        tenantId,
        'SELECT seq, position, leaf, at FROM parley.ledger_leaf WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
        [tenantId, after, limit],
      ),
  };
}
