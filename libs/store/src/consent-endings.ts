// Consents that ended, carried through what was kept on them: which are due, how far each has come, and one locked batch at a time.
import { cancelQueued } from './cancel-queued.js';
import { changeHeld, HELD_BATCH, type HeldBatch, type HeldChanges } from './held.js';
import { holding, NOTHING, type Keeping } from './holding.js';
import { appendLeaf, type Leaf } from './leaf.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

/** `on-hold`: a legal hold keeps some of it. `settling`: looked at once; what was in a worker's hand is looked for soon. */
export type EndingState = 'waiting' | 'running' | 'settling' | 'on-hold' | 'done';

export interface ConsentEnding {
  /** Of the event by which the consent ended. */
  readonly id: string;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly purpose: string;
  /** `invalidated`: the person is a minor. */
  readonly cause: 'withdrawn' | 'refused' | 'expired' | 'invalidated';
  readonly state: EndingState;
  readonly round: number;
  readonly skipped: number;
  readonly total: number;
  readonly examined: number;
  readonly changed: number;
  readonly files: number;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

interface Marks {
  readonly id: string;
  readonly subject_id: string;
  readonly purpose: string;
  readonly conversation_mark: string;
  readonly message_mark: string;
}

const COLUMNS = `e.id, e.subject_id, s.wrapped_key, e.purpose, e.cause, e.state, e.round, e.skipped, e.total, e.examined, e.changed, e.files,
  e.started_at, e.finished_at`;

/** Whoever works on an open message settles it by what is open then. */
const SETTLED = `m.state NOT IN ('pending', 'held', 'restricted', 'queued', 'sending') AND m.body IS NOT NULL`;

/**
 * $2 conversations; $3 until when. What came after the next that happened to this consent was settled by that: what is kept on a consent
 * that was given again stays, and what was kept before does not.
 */
const OF_PERSON = `m.tenant_id = $1 AND m.conversation_id = ANY ($2) AND ($3::uuid IS NULL OR m.id < $3) AND ${SETTLED}`;

/** What the event by which a consent expires has from the one by which it was given. */
export const CARRIED_OVER = `purpose, text_id, text_version, text_hash, scope, language, channel`;

/** What was kept on consents that end here is to go. Of a consent that was never given nothing was kept. */
export const endConsents = (tx: Tx, tenantId: string, events: readonly string[]): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.consent_ending (tenant_id, id, subject_id, purpose, cause)
     SELECT e.tenant_id, e.id, e.subject_id, e.purpose, e.state FROM parley.consent_event e
     WHERE e.tenant_id = $1 AND e.id = ANY ($2) AND EXISTS (
       SELECT FROM parley.consent_event g WHERE g.tenant_id = $1 AND g.subject_id = e.subject_id AND g.purpose = e.purpose
         AND g.state IN ('given', 'renewed'))`,
    [tenantId, events],
  );

/**
 * Who is not of age gave no consent that counts (Art. 8): what stands, or waits to be asked anew, is invalid from here on, as a refusal or a
 * withdrawal would end it. The clause is the one by which the age was asked for.
 */
export async function invalidateOfMinor(
  tx: Tx,
  tenantId: string,
  by: { readonly subjects: readonly string[]; readonly messageId: string | null; readonly version: number; readonly clause: string },
): Promise<void> {
  const { subjects, messageId, version, clause } = by;
  const events = await tx.query<{ id: string; purpose: string }>(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, state, message_id, instruction_version, clause, ${CARRIED_OVER})
     SELECT e.tenant_id, parley.new_id(), e.subject_id, 'invalidated', $3, $4, $5, ${CARRIED_OVER.replace(/(\w+)/g, 'e.$1')}
     FROM (SELECT DISTINCT ON (subject_id, purpose) * FROM parley.consent_event
           WHERE tenant_id = $1 AND subject_id = ANY ($2) AND state <> 'requested' ORDER BY subject_id, purpose, id DESC) e
     WHERE e.state IN ('given', 'renewed') OR e.state = 'invalidated' AND NOT EXISTS (
       SELECT FROM parley.consent_ending d WHERE d.tenant_id = $1 AND d.id = e.id)
     RETURNING id, purpose`,
    [tenantId, subjects, messageId, version, clause],
  );
  await cancelQueued(tx, tenantId, subjects);
  await endConsents(tx, tenantId, events.map(({ id }) => id));
} // prettier-ignore

/** Whose messages are looked at, and up to which. */
async function reachOf(tx: Tx, tenantId: string, of: Marks): Promise<readonly [string[], string | null]> {
  const subjects = await wholePersons(tx, tenantId, [of.subject_id]);
  const conversations = await tx.query<{ id: string }>(
    'SELECT id FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2)',
    [tenantId, subjects],
  );
  const [next] = await tx.query<{ id: string }>(
    'SELECT id FROM parley.consent_event WHERE tenant_id = $1 AND subject_id = ANY ($2) AND purpose = $3 AND id > $4 ORDER BY id LIMIT 1',
    [tenantId, subjects, of.purpose, of.id],
  );
  return [conversations.map((one) => one.id), next?.id ?? null];
}

export function consentEndingVerbs(db: Db) {
  /** One process at a time per person; null: another is at it, or it is finished. */
  const alone = <T>(tenantId: string, id: string, work: (tx: Tx, marks: Marks) => Promise<T>): Promise<T | null> =>
    db.inTenant(tenantId, async (tx) => {
      const [row] = await tx.query<Marks>(
        `SELECT id, subject_id, purpose, conversation_mark, message_mark FROM parley.consent_ending
         WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`,
        [tenantId, id],
      );
      return row ? work(tx, row) : null;
    }); // prettier-ignore

  return {
    /** What is to be carried on now, whatever has waited longest first. */
    dueEndings: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM parley.consent_ending WHERE finished_at IS NULL AND not_before <= now() ORDER BY not_before LIMIT $1`,
        [limit],
      ),

    /** null: there is none, for nothing was kept on this consent, or its person was erased. */
    consentEnding: async (tenantId: string, id: string): Promise<ConsentEnding | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<ConsentEnding & object>(
            `SELECT ${COLUMNS} FROM parley.consent_ending e JOIN parley.subject_key s ON s.tenant_id = e.tenant_id AND s.subject_id = e.subject_id
             WHERE e.tenant_id = $1 AND e.id = $2`,
            [tenantId, id],
          ),
        )
      )[0] ?? null,

    beginEnding: (tenantId: string, id: string): Promise<unknown> =>
      alone(tenantId, id, async (tx, of) =>
        tx.query(
          `UPDATE parley.consent_ending SET state = 'running', started_at = coalesce(started_at, clock_timestamp()), examined = 0,
             total = (SELECT count(*) FROM parley.message m WHERE ${OF_PERSON}) WHERE tenant_id = $1 AND id = $4`,
          [tenantId, ...(await reachOf(tx, tenantId, of)), id],
        ),
      ),

    /** From the beginning, after so many ms: once more, or because a legal hold keeps something. */
    againEnding: (
      tenantId: string,
      id: string,
      to: { readonly state: 'settling' | 'on-hold'; readonly inMs: number },
    ): Promise<unknown> =>
      alone(tenantId, id, (tx) =>
        tx.query(
          `UPDATE parley.consent_ending SET state = $3, round = CASE WHEN $3 = 'settling' THEN round + 1 ELSE 1 END, skipped = 0,
             conversation_mark = DEFAULT, message_mark = DEFAULT, not_before = clock_timestamp() + make_interval(secs => $4 / 1000.0)
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, to.state, to.inMs],
        ),
      ),

    /** It failed: again after so many ms, from where it stands. */
    restEnding: (tenantId: string, id: string, inMs: number): Promise<unknown> =>
      alone(tenantId, id, (tx) =>
        tx.query(
          `UPDATE parley.consent_ending SET not_before = clock_timestamp() + make_interval(secs => $3 / 1000.0)
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, inMs],
        ),
      ),

    /** With its leaf in the ledger. */
    finishEnding: (tenantId: string, id: string, leaf: Leaf): Promise<unknown> =>
      alone(tenantId, id, async (tx) => {
        await tx.query(
          `UPDATE parley.consent_ending SET state = 'done', finished_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id],
        );
        await appendLeaf(tx, tenantId, leaf);
      }),

    /** Is something of it kept by these legal holds? */
    keepsOfEnding: (tenantId: string, id: string, kept: readonly Keeping[]): Promise<boolean | null> =>
      alone(tenantId, id, async (tx, of) => {
        const [conversations, until] = await reachOf(tx, tenantId, of);
        const found = await tx.query(
          `SELECT FROM parley.message m WHERE ${OF_PERSON} AND ${holding(4).message('m.id')} LIMIT 1`,
          [tenantId, conversations, until, JSON.stringify(kept)],
        );
        return found.length > 0;
      }),

    /** The next messages of the person: read, handed over, changed, and the mark moved, in one transaction. */
    applyEnding: (
      tenantId: string,
      id: string,
      given: {
        /** What legal holds keep: it is passed over. */
        readonly kept: readonly Keeping[];
        readonly work: (batch: HeldBatch) => Promise<HeldChanges>;
      },
    ): Promise<{ readonly more: boolean } | null> =>
      alone(tenantId, id, async (tx, of) => {
        const { kept, work } = given;
        const [conversations, until] = await reachOf(tx, tenantId, of);
        const held = kept.length > 0 ? holding(6) : NOTHING;
        const found = await tx.query<{ id: string; conversation_id: string }>(
          `SELECT m.id, m.conversation_id FROM parley.message m
           WHERE ${OF_PERSON} AND (m.conversation_id, m.id) > ($4, $5) AND NOT ${held.message('m.id')}
           ORDER BY m.conversation_id, m.id LIMIT ${HELD_BATCH}`,
          [tenantId, conversations, until, of.conversation_mark, of.message_mark, ...(kept.length > 0 ? [JSON.stringify(kept)] : [])],
        );
        const last = found.at(-1);
        if (!last) return { more: false };
        const { free, changes } = await changeHeld(tx, tenantId, { found, withBytes: false, work });
        await tx.query(
          `UPDATE parley.consent_ending SET state = 'running', conversation_mark = $3, message_mark = $4, skipped = skipped + $5,
             examined = CASE WHEN round = 1 THEN examined + $6 ELSE examined END, changed = changed + $7, files = files + $8
           WHERE tenant_id = $1 AND id = $2`,
          [
            tenantId, id, last.conversation_id, last.id, found.length - free, found.length,
            changes.bodies.length, changes.filesGone.length,
          ],
        );
        return { more: found.length === HELD_BATCH };
      }), // prettier-ignore
  };
}
