// A conversation's turn: one worker at a time, in order; what is open, what was answered, what was sent.
import { NIL_UUID, type DeliveryState } from '#libs/kernel';
import type { SealedCorrection } from './corrections.js';
import { applyConsent, dropFiles } from './consents.js';
import { RANK } from './ingest.js';
import { appendLeaf, type Leaf } from './leaf.js';
import type { DueTimes } from './due-times.js';
import type { Db, Tx } from './pool.js';
import { MOST_OPEN, type OpenMessage, type OutboundRow, type Settled, type Turn, type TurnRef, type Words } from './turn-rows.js'; // prettier-ignore

/** How long a worker may be silent before another takes its conversation, in seconds. */
const LEASE_SECONDS = 15;

/** A row of parley.take_turn. */
interface TurnRow extends Omit<Turn, 'attempts' | 'handles' | 'corrections' | 'open'>, Omit<OpenMessage, 'id'> {
  readonly turn_attempts: number;
  readonly handle_kinds: readonly string[] | null;
  readonly handle_values: readonly Buffer[] | null;
  readonly corrections: readonly CorrectionJson[] | null;
  readonly id: string | null;
}

/** A correction as it comes within a row: bytes are base64. */
interface CorrectionJson extends Omit<SealedCorrection, 'value' | 'replaces'> {
  readonly value: string;
  readonly replaces: readonly string[];
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

function turnOf(rows: readonly TurnRow[]): Turn | null {
  const [first] = rows;
  if (!first) return null;
  const values = first.handle_values ?? [];
  return {
    ...first,
    attempts: first.turn_attempts,
    handles: (first.handle_kinds ?? []).flatMap((kind, n) => (values[n] ? [{ kind, value: values[n] }] : [])),
    corrections: (first.corrections ?? []).map((one) => ({
      ...one,
      value: bytesOf(one.value),
      replaces: one.replaces.map(bytesOf),
    })),
    open: rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }])),
  };
}

export const insertOutbound = (
  tx: Tx,
  tenantId: string,
  { conversationId, row }: { conversationId: string; row: OutboundRow },
): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, body, reply_to, state, instruction_version, clause, at)
     VALUES ($1, $2, $3, 'out', $4, $5, $6, 'queued', $7, $8, now())`,
    [tenantId, row.id, conversationId, row.type, row.body, row.replyTo, row.version, row.clause],
  );

/** Queues a message of ours into a conversation; false: that is gone. */
export async function queueIn(tx: Tx, tenantId: string, { conversationId, row }: Words): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, body, reply_to, state, instruction_version, clause, purposes, under_consent, marketing, fleeting, at)
     SELECT $1, $2, c.id, 'out', $4, $5, $6, 'queued', $7, $8, $9, $10, $11, $12, now() FROM parley.conversation c WHERE c.tenant_id = $1 AND c.id = $3
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      tenantId, row.id, conversationId, row.type, row.body, row.replyTo, row.version, row.clause, row.purposes, row.underConsent,
      row.marketing ?? false, row.fleeting ?? false,
    ],
  ); // prettier-ignore
  return rows.length > 0;
}

/** What became of a turn: it is somebody else's, or its first reply waits, or is marked as being sent. */
export type Ended = 'lost' | 'queued' | 'sending';

/** `more`: something has come meanwhile; null when the conversation was not given back. `lettered`: it failed with this. */
interface SentSettled {
  readonly more: boolean | null;
  readonly lettered: boolean;
}

interface Stranded {
  readonly tenant_id: string;
  readonly id: string;
}

/** At no time is infinity; null is as before. */
const timesIn = (due: DueTimes | null = null): readonly (string | null)[] =>
  due ? [due.content, due.conversation].map((at) => at?.toISOString() ?? 'infinity') : [null, null];

const NONE_BEFORE: Stranded = { tenant_id: NIL_UUID, id: NIL_UUID };

const SETTLE = `SELECT parley.settle_inbound(${Array.from({ length: 27 }, (_, n) => `$${n + 1}`).join(', ')}) AS ended`;

function settleValues(tenantId: string, turn: TurnRef, settled: Settled): unknown[] {
  const { replies: r, disclosed: d } = settled;
  return [
    tenantId, turn.conversationId, turn.lease, turn.subjectId, settled.messageId, settled.type ?? 'message', settled.state, settled.at.toISOString(),
    settled.tokens ?? null, settled.leaf && JSON.stringify(settled.leaf),
    r.map((x) => x.id), r.map((x) => x.type), r.map((x) => x.body), r.map((x) => x.replyTo), r.map((x) => x.version), r.map((x) => x.clause),
    r.map((x) => JSON.stringify(x.purposes)), r.map((x) => JSON.stringify(x.underConsent)), r.map((x) => x.marketing ?? false), r.map((x) => x.fleeting ?? false),
    d.map((x) => x.recipient), d.map((x) => x.purpose), d.map((x) => x.version), d.map((x) => JSON.stringify(x.categories)),
    d.map((x) => x.clause),
    settled.sendsFirst ?? false, turn.seen ?? [],
  ]; // prettier-ignore
}

/** What only some messages need, in the transaction that settled them: holds, consents, the loss of what may not be kept. */
async function settleFurther(tx: Tx, whose: { tenantId: string; subjectId: string }, settled: Settled): Promise<void> {
  const { hold, consent, messageId, state, body } = settled;
  if (body)
    await tx.query('UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2', [
      whose.tenantId,
      messageId,
      body,
    ]);
  if (hold)
    await tx.query(
      `UPDATE parley.message SET state = 'held', waiting = $3, held_until = $4, forwarded = forwarded OR $5 WHERE tenant_id = $1 AND id = $2`,
      [whose.tenantId, messageId, hold.waiting, hold.until, hold.forwarded],
    );
  if (state === 'dropped') {
    await tx.query('UPDATE parley.message SET body = NULL WHERE tenant_id = $1 AND id = $2', [
      whose.tenantId,
      messageId,
    ]);
  }
  if (state === 'dropped' || settled.withoutFiles) await dropFiles(tx, whose.tenantId, [messageId]);
  if (consent) await applyConsent(tx, whose, consent);
}

export function turnVerbs(db: Db) {
  const one = (tenantId: string, text: string, values: readonly unknown[]) =>
    db.inTenant(tenantId, (tx) => tx.query(text, values));

  return {
    /** Takes the conversation for `lease`, or null when another worker has it, it is gone, or it must wait. */
    takeTurn: async (tenantId: string, conversationId: string, lease: string): Promise<Turn | null> =>
      turnOf(
        await db.quick<TurnRow>({
          name: 'take-turn',
          text: `SELECT * FROM parley.take_turn($1, $2, $3, ${LEASE_SECONDS})`,
          values: [tenantId, conversationId, lease],
        }),
      ),

    /** False when the lease was lost: whoever held it must stop. */
    renewLease: async (tenantId: string, conversationId: string, lease: string): Promise<boolean> =>
      (
        await one(
          tenantId,
          `UPDATE parley.conversation SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS}) WHERE tenant_id = $1 AND id = $2 AND lease = $3 RETURNING id`,
          [tenantId, conversationId, lease],
        )
      ).length > 0,

    /** Gives the conversation back; with `retryInMs` it rests until then, or only what is `theirs` does. True: something is open that need not wait. */
    releaseTurn: async (
      tenantId: string,
      conversationId: string,
      end: { lease: string; retryInMs: number | null; theirs?: boolean; failed?: boolean; seen?: readonly string[]; due?: DueTimes | null }, // prettier-ignore
    ): Promise<boolean> =>
      (
        await db.surely<{ more: boolean }>({
          name: 'release-turn',
          text: 'SELECT parley.release_turn($1, $2, $3, $4, $5, $6, $7, $8, $9) AS more',
          values: [tenantId, conversationId, end.lease, end.retryInMs, end.theirs ?? false, end.failed ?? false, end.seen ?? [], ...timesIn(end.due)], // prettier-ignore
        })
      )[0]?.more ?? false,

    /**
     * What is still to be processed or sent, oldest first; ours before theirs, so that no backlog hides an answer that is due. Of what nobody has
     * looked at so many more; `heard`: those that have been, from now on.
     */
    openMessages: (tenantId: string, conversationId: string, heard: readonly string[] = []): Promise<OpenMessage[]> =>
      db.inTenant(tenantId, async (tx) => {
        if (heard.length > 0)
          await tx.query(
            `UPDATE parley.message SET unheard = false WHERE tenant_id = $1 AND id = ANY ($2) AND state = 'pending' AND unheard`,
            [tenantId, heard],
          );
        return tx.query(
          `WITH next AS (SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND state IN ('pending', 'queued', 'sending') ORDER BY direction DESC, id LIMIT ${MOST_OPEN}),
             others AS (SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND state = 'pending' AND unheard ORDER BY id LIMIT ${MOST_OPEN})
           SELECT id, direction, type, content_type, body, target, reply_to, state, code, attempts, replays, waiting, purposes, under_consent, marketing, instruction_version AS version, at, unheard,
             id NOT IN (SELECT id FROM next) AS beyond
           FROM parley.message WHERE tenant_id = $1 AND id IN (SELECT id FROM next UNION SELECT id FROM others)
           ORDER BY direction DESC, id`,
          [tenantId, conversationId],
        );
      }),

    /**
     * One transaction: the inbound message is done, its replies are queued, the disclosure is on record.
     * Fenced by the lease: `lost` when another worker has taken over, or there are replies to somebody who is restricted by now; then
     * nothing was changed. `sending`: the first reply is marked so; whoever asked for that and gets `queued` has to look once more.
     */
    settleInbound: async (tenantId: string, turn: TurnRef, settled: Settled): Promise<Ended> => {
      const values = settleValues(tenantId, turn, settled);
      if (!settled.consent && !settled.hold && !settled.body && !settled.withoutFiles && settled.state !== 'dropped')
        return (await db.quick<{ ended: Ended }>({ name: 'settle-inbound', text: SETTLE, values }))[0]?.ended ?? 'lost';
      return db.inTenant(tenantId, async (tx) => {
        const [{ ended } = { ended: 'lost' as const }] = await tx.query<{ ended: Ended }>(SETTLE, values);
        if (ended !== 'lost')
          await settleFurther(tx, { tenantId, subjectId: turn.livingId ?? turn.subjectId }, settled);
        return ended;
      });
    },

    /** Queues the first notice, once per conversation and wording. False when the lease was lost or another was quicker. */
    queueNotice: (
      tenantId: string,
      turn: { conversationId: string; lease: string },
      notice: {
        readonly row: OutboundRow;
        readonly hash: string;
        readonly at: Date;
        readonly lastMessageId: string;
        readonly leaf: Leaf;
      },
    ): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const held = await tx.query(
          `UPDATE parley.conversation SET notice_hash = $4, last_inbound_at = greatest(last_inbound_at, $5), last_message_id = $6, notice_id = $7
           WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND notice_hash IS DISTINCT FROM $4 RETURNING id`,
          [tenantId, turn.conversationId, turn.lease, notice.hash, notice.at, notice.lastMessageId, notice.row.id],
        );
        if (held.length === 0) return false;
        await insertOutbound(tx, tenantId, { conversationId: turn.conversationId, row: notice.row });
        await appendLeaf(tx, tenantId, notice.leaf);
        return true;
      }),

    /** The sealed body of one message, in one conversation if that is named. */
    bodyOf: async (tenantId: string, messageId: string, conversationId?: string): Promise<Buffer | null> =>
      ((
        await one(
          tenantId,
          'SELECT body FROM parley.message WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR conversation_id = $3)',
          [tenantId, messageId, conversationId ?? null],
        )
      )[0]?.['body'] as Buffer | null | undefined) ?? null,

    /**
     * Before the platform is called: so that a crash leaves `sending`, not a message that looks unsent. No: it may not be sent any
     * more, because its consent was withdrawn, it was cancelled, or the person is restricted. Look: something came that nobody has seen.
     */
    markSending: async (
      tenantId: string,
      messageId: string,
      turn: Pick<TurnRef, 'conversationId' | 'seen'>,
    ): Promise<'yes' | 'no' | 'look'> =>
      (
        await db.quick<{ may: 'yes' | 'no' | 'look' }>({
          name: 'mark-sending',
          text: `SELECT parley.mark_sending($1, $2, $3, ${RANK.sending}, $4) AS may`,
          values: [tenantId, turn.conversationId, messageId, turn.seen ?? []],
        })
      )[0]?.may ?? 'no',

    /**
     * After the platform answered. Binds the platform's ids, so that statuses and replies find the message, and takes
     * the best of the statuses that arrived before this response.
     */
    settleSent: (
      tenantId: string,
      sent: {
        messageId: string;
        conversationId: string;
        connectionId: string;
        hashes: readonly Buffer[];
        state: DeliveryState;
        code: string | null;
        /** Show it to a client that fetches for itself. */
        fed: boolean;
        /** It was the last of the turn: the conversation is given back. */
        release: string | null;
        /** When what is held there goes, from then on; null: as before. */
        due?: DueTimes | null;
      },
    ): Promise<SentSettled> =>
      db
        .surely<SentSettled & object>({
          name: 'settle-sent',
          text: 'SELECT more, lettered FROM parley.settle_sent($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
          values: [
          tenantId, sent.conversationId, sent.connectionId, sent.messageId, sent.hashes, sent.state, RANK[sent.state], sent.code, sent.fed, sent.release,
          ...timesIn(sent.due),
        ], // prettier-ignore
        })
        .then(([row]) => row ?? { more: null, lettered: false }),

    /** An error that did not settle it: back to the queue. */
    requeue: (tenantId: string, messageId: string, code: string): Promise<unknown> =>
      one(
        tenantId,
        `UPDATE parley.message SET state = 'queued', rank = 0, code = $3 WHERE tenant_id = $1 AND id = $2 AND state = 'sending'`,
        [tenantId, messageId, code],
      ),

    /** Queues a message of ours into a conversation (a bot that answers later, an operator's API call). */
    queueOutbound: (tenantId: string, conversationId: string, row: OutboundRow): Promise<boolean> =>
      db.inTenant(tenantId, (tx) => queueIn(tx, tenantId, { conversationId, row })),

    /** The message that a keyed hash of a platform id names, within its connection. */
    findByExternalId: async (tenantId: string, connectionId: string, hash: Buffer): Promise<string | null> =>
      ((
        await one(
          tenantId,
          'SELECT message_id FROM parley.external_id WHERE tenant_id = $1 AND connection_id = $2 AND hash = $3',
          [tenantId, connectionId, hash],
        )
      )[0]?.['message_id'] as string | undefined) ?? null,

    /** What was said last to the person, by a bot, by staff or by the gateway itself, but what was said to this message already. */
    lastOfOurs: async (tenantId: string, conversationId: string, messageId: string): Promise<string | null> =>
      ((
        await one(
          tenantId,
          `SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND direction = 'out'
             AND reply_to IS DISTINCT FROM $3 AND type NOT IN ('edit', 'revoke', 'reaction', 'watermark', 'profile') AND state NOT IN ('cancelled', 'failed')
           ORDER BY id DESC LIMIT 1`,
          [tenantId, conversationId, messageId],
        )
      )[0]?.['id'] as string | undefined) ?? null,

    /** Replaces what a stored message holds. */
    replaceBody: (tenantId: string, messageId: string, body: Buffer): Promise<unknown> =>
      one(tenantId, 'UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2', [
        tenantId,
        messageId,
        body,
      ]),

    /** Everything of ours up to a time was delivered or read (Messenger watermarks). */
    applyWatermark: (
      tenantId: string,
      conversationId: string,
      mark: { status: 'delivered' | 'read'; until: Date },
    ): Promise<unknown> =>
      one(
        tenantId,
        `UPDATE parley.message SET state = $3, rank = $4 WHERE tenant_id = $1 AND conversation_id = $2 AND direction = 'out' AND at <= $5 AND state <> 'failed' AND rank >= ${RANK.sent} AND rank < $4`,
        [tenantId, conversationId, mark.status, RANK[mark.status], mark.until],
      ),

    deadLetter: (
      tenantId: string,
      letter: { id: string; conversationId: string; messageId: string; stage: string; code: string },
    ): Promise<unknown> =>
      one(
        tenantId,
        `INSERT INTO parley.dead_letter (tenant_id, id, conversation_id, message_id, stage, code)
         SELECT m.tenant_id, $2, m.conversation_id, m.id, $5, $6 FROM parley.message m
         WHERE m.tenant_id = $1 AND m.conversation_id = $3 AND m.id = $4`,
        [tenantId, letter.id, letter.conversationId, letter.messageId, letter.stage, letter.code],
      ),

    /** A message on which the work failed too often: a dead letter, whichever way it goes. */
    giveUp: (tenantId: string, messageId: string): Promise<unknown> =>
      one(
        tenantId,
        `WITH given_up AS (
           UPDATE parley.message SET state = CASE direction WHEN 'in' THEN 'dead' ELSE 'failed' END, code = 'internal',
             rank = CASE direction WHEN 'in' THEN rank ELSE ${RANK.failed} END
           WHERE tenant_id = $1 AND id = $2 AND state IN ('pending', 'queued', 'sending') RETURNING tenant_id, id, conversation_id, direction)
         INSERT INTO parley.dead_letter (tenant_id, id, conversation_id, message_id, stage, code)
         SELECT tenant_id, parley.new_id(), conversation_id, id, 'route', 'internal' FROM given_up WHERE direction = 'in'`,
        [tenantId, messageId],
      ),

    /**
     * Conversations with open messages that nobody works on: what a crash or a lost wake-up left behind. Those after the one that is
     * given come first, so that whoever asks again and again meets all of them, however many stay where they are.
     */
    stranded: (limit: number, after: Stranded = NONE_BEFORE): Promise<Stranded[]> =>
      db.directory(
        `SELECT DISTINCT m.tenant_id, m.conversation_id AS id FROM parley.message m
         JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
         WHERE m.state IN ('pending', 'queued', 'sending') AND (c.lease_until IS NULL OR c.lease_until < now())
           AND (c.not_before IS NULL OR c.not_before <= now() OR c.ours_from <= now() AND m.direction = 'out' OR m.state = 'pending' AND m.unheard)
             AND (m.tenant_id, m.conversation_id) > ($2, $3)
         ORDER BY m.tenant_id, m.conversation_id LIMIT $1`,
        [limit, after.tenant_id, after.id],
      ),
  };
}
