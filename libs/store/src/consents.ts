// Consents: every question and answer is a row; the latest per purpose is the state. And what was held until then.
import { insertAge, type AgeEventRow } from './ages.js';
import { cancelQueued } from './cancel-queued.js';
import { endConsents } from './consent-endings.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

/** States as they are recorded; their names are libs/instructions'. */
export type RecordedConsent = 'requested' | 'given' | 'renewed' | 'refused' | 'withdrawn' | 'expired' | 'invalidated';

/** The platform reported it, or a request asked for it. */
export type WishSource = 'platform' | 'request';

export interface ConsentEventRow {
  readonly id: string;
  readonly purpose: string;
  readonly state: RecordedConsent;
  readonly textId: string;
  readonly textVersion: string;
  /** SHA-256, hex, of what the person was shown. */
  readonly textHash: string;
  readonly scope: string;
  readonly language: string;
  readonly channel: string;
  /** The message by which the person answered, or ours that asked; null: nobody knows which, or it came about by itself. */
  readonly messageId: string | null;
  readonly version: number;
  readonly clause: string;
  /** Opens the person's receipt for a while; what one answer settled shares it. */
  readonly code?: string;
}

export interface ConsentListed {
  readonly id: string;
  readonly subject_id: string;
  readonly purpose: string;
  readonly state: RecordedConsent;
  readonly text_id: string;
  readonly text_version: string;
  readonly text_hash: string;
  readonly scope: string;
  readonly language: string;
  readonly channel: string;
  readonly message_id: string | null;
  /** What brought the person's wish where no message did. */
  readonly source: WishSource | null;
  readonly instruction_version: number;
  readonly clause: string;
  readonly at: Date;
}

/** The latest event of a person and a purpose, and how it came to that. */
export interface ConsentLatest extends Pick<
  ConsentListed,
  'purpose' | 'state' | 'text_id' | 'text_version' | 'text_hash' | 'scope' | 'language' | 'at'
> {
  /** The last state that was no question; null: there is none. */
  readonly before: RecordedConsent | null;
  /** Our message that asked last; null: nobody knows which. */
  readonly question: string | null;
}

/** What an answer changes beside its record. */
export interface ConsentChange {
  readonly events: readonly ConsentEventRow[];
  /** What was asked or said of the person's age. */
  readonly age?: AgeEventRow;
  /** What is held is looked at anew, and waits for these purposes no longer: what waits for none, and nobody had by right, is dropped. */
  readonly closes?: readonly string[];
  /** The person wants no marketing; false: again. */
  readonly marketingStopped?: boolean;
}

const insertEvent = (tx: Tx, whose: { tenantId: string; subjectId: string }, e: ConsentEventRow): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language,
       channel, message_id, instruction_version, clause, code)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      whose.tenantId, e.id, whose.subjectId, e.purpose, e.state, e.textId, e.textVersion, e.textHash, e.scope, e.language, e.channel,
      e.messageId, e.version, e.clause, e.code ?? null,
    ],
  ); // prettier-ignore

/**
 * What is held waits for no more than `left`. A worker sees to what may go on, to whom the person is still to be asked for, and, of what somebody
 * else had by right, to what may stay. The rest goes, with its files.
 */
const lookedAtAnew = (left: string): string => {
  const stays = `m.forwarded OR cardinality(${left}) > 0`;
  return `state = CASE WHEN ${stays} THEN 'pending' ELSE 'dropped' END,
    body = CASE WHEN ${stays} THEN m.body END, waiting = CASE WHEN ${stays} THEN ${left} END, held_until = NULL`;
};

const ENDS: ReadonlySet<RecordedConsent> = new Set(['withdrawn', 'refused']);

/** What is taken back, of whom, and how it came to us. */
export interface Withdrawal {
  readonly source: WishSource;
  readonly subjects: readonly string[];
  /** All unless given. */
  readonly purposes?: readonly string[];
  /** When it was said; what was answered since stands. Now unless given. To the second, as platforms say it. */
  readonly at?: Date | undefined;
  /** Where it was said, and the clause by which it counts; those of the consent unless given. */
  readonly under?: { readonly channel: string; readonly version: number; readonly clause: string };
}

/** Takes back every consent that stands or is asked for: what waits for these, or was written under them, goes (Art. 7(3)). */
export async function withdrawStanding(tx: Tx, tenantId: string, given: Withdrawal): Promise<void> {
  const { subjects, purposes = null, at = null, under } = given;
  const rows = await tx.query<{ id: string; purpose: string }>(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language,
       channel, source, instruction_version, clause)
     SELECT tenant_id, parley.new_id(), subject_id, purpose, 'withdrawn', text_id, text_version, text_hash, scope, language,
       coalesce($5, channel), $6, coalesce($7, instruction_version), coalesce($8, clause)
     FROM (SELECT DISTINCT ON (subject_id, purpose) * FROM parley.consent_event
           WHERE tenant_id = $1 AND subject_id = ANY ($2) ORDER BY subject_id, purpose, id DESC) latest
     WHERE state IN ('given', 'renewed', 'requested', 'expired', 'invalidated') AND ($3::text[] IS NULL OR purpose = ANY ($3))
       AND ($4::timestamptz IS NULL OR date_trunc('second', at) <= $4)
     ORDER BY purpose RETURNING id, purpose`,
    [tenantId, subjects, purposes, at, under?.channel ?? null, given.source, under?.version ?? null, under?.clause ?? null],
  );
  if (rows.length === 0) return;
  const ended = [...new Set(rows.map((row) => row.purpose))];
  await cancelQueued(tx, tenantId, subjects);
  await endConsents(tx, tenantId, rows.map(({ id }) => id));
  await lookAnew(tx, tenantId, { subjects, closed: ended });
} // prettier-ignore

async function lookAnew(
  tx: Tx,
  tenantId: string,
  of: { readonly subjects: readonly string[]; readonly closed: readonly string[] },
): Promise<void> {
  const looked = await tx.query<{ id: string; state: string }>(
    `UPDATE parley.message m SET ${lookedAtAnew('ARRAY(SELECT p FROM unnest(m.waiting) AS p WHERE p <> ALL ($3::text[]))')}
     WHERE m.tenant_id = $1 AND m.state = 'held' AND m.conversation_id IN (SELECT id FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2))
     RETURNING m.id, m.state`,
    [tenantId, of.subjects, of.closed],
  );
  await dropFiles(tx, tenantId, goneOf(looked));
}

export async function applyConsent(
  tx: Tx,
  whose: { readonly tenantId: string; readonly subjectId: string },
  change: ConsentChange,
): Promise<void> {
  const { tenantId } = whose;
  const subjects = await wholePersons(tx, tenantId, [whose.subjectId]);
  for (const event of change.events) await insertEvent(tx, whose, event);
  const lapsed = change.events.filter(({ state }) => state === 'expired');
  if (lapsed.length > 0)
    await endConsents(
      tx,
      tenantId,
      lapsed.map(({ id }) => id),
    );
  if (change.age) await insertAge(tx, whose, change.age);
  const ended = change.events.filter(({ state }) => ENDS.has(state));
  if (ended.length > 0) {
    await cancelQueued(tx, tenantId, subjects);
    await endConsents(
      tx,
      tenantId,
      ended.map(({ id }) => id),
    );
  }
  if (change.closes) await lookAnew(tx, tenantId, { subjects, closed: change.closes });
  if (change.marketingStopped !== undefined)
    await tx.query(
      'UPDATE parley.subject SET marketing_stopped_at = CASE WHEN $3 THEN now() END WHERE tenant_id = $1 AND id = ANY ($2)',
      [tenantId, subjects, change.marketingStopped],
    );
}

const goneOf = (messages: readonly { readonly id: string; readonly state: string }[]): string[] =>
  messages.filter(({ state }) => state === 'dropped').map(({ id }) => id);

export const dropFiles = (tx: Tx, tenantId: string, messages: readonly string[]): Promise<unknown> =>
  tx.query('DELETE FROM parley.attachment WHERE tenant_id = $1 AND message_id = ANY ($2)', [tenantId, messages]);

const LISTED = `e.id, e.subject_id, e.purpose, e.state, e.text_id, e.text_version, e.text_hash, e.scope, e.language, e.channel, e.message_id,
  e.source, e.instruction_version, e.clause, e.at`;

/** All that happened to the consents, one per person and purpose, to which these events belong, oldest first. */
const history = (tx: Tx, tenantId: string, which: { readonly by: 'id' | 'code'; readonly value: string }) =>
  tx.query<ConsentListed & object>(
    `SELECT ${LISTED} FROM parley.consent_event e
     WHERE e.tenant_id = $1 AND (e.subject_id, e.purpose) IN
       (SELECT subject_id, purpose FROM parley.consent_event WHERE tenant_id = $1 AND ${which.by} = $2)
     ORDER BY e.purpose, e.id`,
    [tenantId, which.value],
  );

export function consentVerbs(db: Db) {
  return {
    /** One per purpose. */
    consentsOf: (tenantId: string, subjectId: string): Promise<ConsentLatest[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT DISTINCT ON (e.purpose) e.purpose, e.state, e.text_id, e.text_version, e.text_hash, e.scope, e.language, e.at,
             (SELECT b.state FROM parley.consent_event b WHERE b.tenant_id = $1 AND b.subject_id = $2 AND b.purpose = e.purpose
                AND b.state <> 'requested' ORDER BY b.id DESC LIMIT 1) AS before,
             (SELECT q.message_id FROM parley.consent_event q WHERE q.tenant_id = $1 AND q.subject_id = $2 AND q.purpose = e.purpose
                AND q.state = 'requested' ORDER BY q.id DESC LIMIT 1) AS question
           FROM parley.consent_event e WHERE e.tenant_id = $1 AND e.subject_id = $2 ORDER BY e.purpose, e.id DESC`,
          [tenantId, subjectId],
        ),
      ), // prettier-ignore

    /** For which purposes a person was ever asked by one text, or by one message of ours. */
    purposesAsked: async (
      tenantId: string,
      subjectId: string,
      by: { readonly text: string } | { readonly message: string },
    ): Promise<string[]> => {
      const [column, value] = 'text' in by ? (['text_id', by.text] as const) : (['message_id', by.message] as const);
      const rows = await db.inTenant(tenantId, (tx) =>
        tx.query<{ purpose: string }>(
          `SELECT DISTINCT purpose FROM parley.consent_event WHERE tenant_id = $1 AND subject_id = $2 AND state = 'requested' AND ${column} = $3`,
          [tenantId, subjectId, value],
        ),
      );
      return rows.map(({ purpose }) => purpose);
    },

    /** As whom somebody consents, and since when they want no marketing; null: they were erased. */
    consentsAs: async (tenantId: string, subjectId: string) =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ subject_id: string; marketing_stopped_at: Date | null }>(
            'SELECT parley.living($1, s.id) AS subject_id, s.marketing_stopped_at FROM parley.subject s WHERE s.tenant_id = $1 AND s.id = $2',
            [tenantId, subjectId],
          ),
        )
      )[0] ?? null,

    /** The whole history of the consent that one event is part of; empty when there is no such event. */
    consentHistory: (tenantId: string, eventId: string): Promise<ConsentListed[]> =>
      db.inTenant(tenantId, (tx) => history(tx, tenantId, { by: 'id', value: eventId })),

    /** The histories that a receipt's code opens, and how long ago it was handed out; null: nobody was given this code. */
    async consentsByCode(code: string): Promise<{ tenantId: string; ageMs: number; events: ConsentListed[] } | null> {
      const [found] = await db.directory<{ tenant_id: string; age_ms: number }>(
        `SELECT tenant_id, extract(epoch FROM now() - at)::float8 * 1000 AS age_ms FROM parley.consent_event WHERE code = $1 LIMIT 1`,
        [code],
      );
      if (!found) return null;
      const tenantId = found.tenant_id;
      const events = await db.inTenant(tenantId, (tx) => history(tx, tenantId, { by: 'code', value: code }));
      return { tenantId, ageMs: found.age_ms, events };
    },

    consentEvents: (tenantId: string, after: string | null, limit: number): Promise<ConsentListed[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT ${LISTED} FROM parley.consent_event e WHERE e.tenant_id = $1 AND ($2::uuid IS NULL OR e.id > $2) ORDER BY e.id LIMIT $3`,
          [tenantId, after, limit],
        ),
      ),

    /** Drops what was held for too long; answers how much. */
    async dropExpiredHolds(limit: number): Promise<number> {
      const due = await db.directory<{ tenant_id: string; id: string }>(
        "SELECT tenant_id, id FROM parley.message WHERE state = 'held' AND held_until < now() LIMIT $1",
        [limit],
      );
      for (const tenantId of new Set(due.map((row) => row.tenant_id)))
        await db.inTenant(tenantId, async (tx) => {
          const ids = due.filter((row) => row.tenant_id === tenantId).map(({ id }) => id);
          const dropped = await tx.query<{ id: string; state: string }>(
            `UPDATE parley.message m SET ${lookedAtAnew(`'{}'::text[]`)} WHERE m.tenant_id = $1 AND m.id = ANY ($2) AND m.state = 'held' AND m.held_until < now()
             RETURNING m.id, m.state`,
            [tenantId, ids],
          );
          await dropFiles(tx, tenantId, goneOf(dropped));
        });
      return due.length;
    },
  };
}
