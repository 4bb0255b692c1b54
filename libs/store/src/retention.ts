// Retention in bounded, set-based steps: ids are times, so each rule looks at each message once, when its time has come.
import { NIL_UUID } from '#libs/kernel';
import { holding, NOTHING, restricted, type Holding, type Keeping } from './holding.js';
import type { Db, Tx } from './pool.js';
import { alone } from './retention-lock.js';
import { UNLINK, UNLINK_HASHES } from './unlink.js';

/** One rule at one moment. */
export interface Due {
  readonly tenantId: string;
  readonly rule: string;
  readonly start: 'ingest' | 'last-activity' | 'withdrawal' | 'question';
  /** What started before is due. */
  readonly cutoff: Date;
  /** Only what was kept under these versions. */
  readonly under: readonly number[];
  /** Of what counts from consents. */
  readonly purposes?: readonly string[];
  /** What legal holds keep of it: passed over, and looked at again under another name of the rule. */
  readonly kept?: readonly Keeping[];
}

/** A statement, and what of its rows is kept. */
type Statement = (held: Holding) => string;

export interface Swept {
  /** Rows that went. */
  readonly count: number;
  /** There is more than one step takes. */
  readonly more: boolean;
  /** When the oldest of them had started; null: nothing went. */
  readonly oldest: Date | null;
}

const BATCH = 5_000;
/** A message may be committed this long after its id was made: the mark stays behind by as much. */
const IN_FLIGHT = '1 minute';
/** So long a state may come before the answer to the sending of its message: longer than any answer is waited for. */
const UNBOUND = '1 minute';

/**
 * The messages that one step looks at: after the mark, up to the cutoff, oldest first. Those of a conversation in which something newer
 * was said are not due by its last activity; the newer message will lead here again.
 */
const looked = (still: string, held: Holding): string => `
  looked AS MATERIALIZED (
    SELECT m.id, m.conversation_id, m.instruction_version FROM parley.message m
    WHERE m.tenant_id = $1 AND m.id > $2 AND m.id < parley.uuid_at($3) ${still} ORDER BY m.id LIMIT ${BATCH}),
  due AS MATERIALIZED (
    SELECT l.* FROM looked l WHERE l.instruction_version = ANY ($4) AND NOT ${restricted.conversation('l.conversation_id')} AND ($5 = 'ingest' AND NOT ${held.message('l.id')} OR $5 <> 'ingest' AND NOT EXISTS (
      SELECT FROM parley.message n WHERE n.tenant_id = $1 AND n.conversation_id = l.conversation_id AND n.id >= parley.uuid_at($3))))`;

const END = `(SELECT count(*)::int FROM looked) AS looked, (SELECT max(id::text) FROM looked)::uuid AS last`;

/** All that a step takes: what it looked at, or of a conversation that is over everything, also what it passed over while that went on. */
const taken = (held: Holding): string => `taken AS MATERIALIZED (
    SELECT id FROM due WHERE $5 = 'ingest'
    UNION ALL
    SELECT o.id FROM (SELECT DISTINCT conversation_id FROM due WHERE $5 <> 'ingest') c
    JOIN parley.message o ON o.tenant_id = $1 AND o.conversation_id = c.conversation_id AND o.id < parley.uuid_at($3) AND o.instruction_version = ANY ($4)
      AND NOT ${held.message('o.id')})`;

/**
 * When the time of the oldest that went began to count: with its own arrival, or with the last message of its conversation. `gone`: the
 * conversations of what went; what was only looked at once more is not late.
 */
const oldestOf = (
  gone: string,
): string => `CASE WHEN $5 = 'ingest' THEN parley.made_at((SELECT min(id::text) FROM due)::uuid) ELSE parley.made_at((SELECT min(last) FROM (
    SELECT max(o.id::text) AS last FROM (SELECT DISTINCT conversation_id FROM (${gone}) w) c
    JOIN parley.message o ON o.tenant_id = $1 AND o.conversation_id = c.conversation_id GROUP BY c.conversation_id) l)::uuid) END AS oldest`;

// Rows to be changed are named by arrays, never by joins: without statistics a join of large tables is a nested loop or reads all of one.

/** What is not yet answered or sent when its time is over is not sent any more. */
const CONTENT: Statement = (
  held,
) => `WITH ${looked("AND ($5 <> 'ingest' OR m.body IS NOT NULL)", held)}, ${taken(held)}, gone AS (
    UPDATE parley.message m SET body = NULL, waiting = NULL, held_until = NULL,
      state = CASE WHEN m.state IN ('pending', 'held', 'restricted') THEN 'expired' WHEN m.state IN ('queued', 'sending') THEN 'failed' ELSE m.state END,
      code = CASE WHEN m.state IN ('queued', 'sending') THEN 'expired' ELSE m.code END
    WHERE m.tenant_id = $1 AND m.id = ANY (ARRAY(SELECT id FROM taken)) AND m.body IS NOT NULL RETURNING m.id, m.conversation_id)
  SELECT (SELECT count(*)::int FROM gone) AS count, ${oldestOf('SELECT conversation_id FROM gone')}, ${END}`;

const WITH_FILE = 'EXISTS (SELECT FROM parley.attachment a WHERE a.tenant_id = $1 AND a.message_id = m.id)';
const ATTACHMENTS: Statement = (
  held,
) => `WITH ${looked(`AND ($5 <> 'ingest' OR ${WITH_FILE})`, held)}, ${taken(held)}, gone AS (
    DELETE FROM parley.attachment a WHERE a.tenant_id = $1 AND a.message_id = ANY (ARRAY(SELECT id FROM taken)) RETURNING a.message_id)
  SELECT (SELECT count(*)::int FROM gone) AS count,
    ${oldestOf('SELECT m.conversation_id FROM parley.message m WHERE m.tenant_id = $1 AND m.id = ANY (ARRAY(SELECT message_id FROM gone))')}, ${END}`;

/** The identifiers of persons who have been silent for so long, where what they wrote may stay longer. */
const IDENTIFIERS: Statement = (held) => `WITH ${looked('', NOTHING)}, gone AS (
    DELETE FROM parley.identity i USING (SELECT DISTINCT c.subject_id FROM due JOIN parley.conversation c ON c.tenant_id = $1 AND c.id = due.conversation_id) s
    WHERE i.tenant_id = $1 AND i.subject_id = s.subject_id AND NOT ${held.subject('i.subject_id')} AND NOT EXISTS (
      SELECT FROM parley.conversation o JOIN parley.message n ON n.tenant_id = $1 AND n.conversation_id = o.id AND n.id >= parley.uuid_at($3)
      WHERE o.tenant_id = $1 AND o.subject_id = s.subject_id) RETURNING i.subject_id)
  SELECT (SELECT count(*)::int FROM gone) AS count,
    ${oldestOf('SELECT c.id AS conversation_id FROM parley.conversation c WHERE c.tenant_id = $1 AND c.subject_id = ANY (ARRAY(SELECT subject_id FROM gone))')}, ${END}`;

/** Events of consents that one step looks at; each is a time, like a message. */
const consents = `looked AS MATERIALIZED (
    SELECT e.id, e.subject_id, e.purpose, e.state, e.instruction_version FROM parley.consent_event e
    WHERE e.tenant_id = $1 AND e.id > $2 AND e.id < parley.uuid_at($3) ORDER BY e.id LIMIT ${BATCH})`;

/** How a consent ends. A question changes nothing of that: what is asked anew is not given. */
const ENDED = `('withdrawn', 'refused', 'expired', 'invalidated')`;

/** Persons whose consents to all purposes that the data was kept for had ended by then; nothing given since. $6 purposes. */
const OVER = `${consents}, due AS MATERIALIZED (
    SELECT l.subject_id, max(l.id::text)::uuid AS until FROM looked l
    WHERE l.state IN ${ENDED} AND l.purpose = ANY ($6) AND l.instruction_version = ANY ($4) AND $5 = 'withdrawal' AND NOT ${restricted.subject('l.subject_id')} AND NOT EXISTS (
      SELECT FROM unnest($6::text[]) AS p, LATERAL (
        SELECT n.state, n.id FROM parley.consent_event n WHERE n.tenant_id = $1 AND n.subject_id = l.subject_id AND n.purpose = p AND n.state <> 'requested' ORDER BY n.id DESC LIMIT 1) latest
      WHERE latest.state NOT IN ${ENDED} OR latest.id >= parley.uuid_at($3))
    GROUP BY 1)`;
const ofOver = (
  held: Holding,
): string => `FROM due JOIN parley.conversation c ON c.tenant_id = $1 AND c.subject_id = due.subject_id
    JOIN parley.message o ON o.tenant_id = $1 AND o.conversation_id = c.id AND o.id < due.until AND NOT ${held.message('o.id')}`;
const COUNTED = `SELECT (SELECT count(*)::int FROM gone) AS count, parley.made_at((SELECT min(until::text) FROM due)::uuid) AS oldest, ${END}`;

const CONTENT_WITHDRAWN: Statement = (held) => `WITH ${OVER}, gone AS (
    UPDATE parley.message m SET body = NULL, waiting = NULL, held_until = NULL,
      state = CASE WHEN m.state IN ('pending', 'held', 'restricted') THEN 'expired' ELSE m.state END
    WHERE m.tenant_id = $1 AND m.id = ANY (ARRAY(SELECT o.id ${ofOver(held)})) AND m.body IS NOT NULL RETURNING m.id) ${COUNTED}`;

const ATTACHMENTS_WITHDRAWN: Statement = (held) => `WITH ${OVER}, gone AS (
    DELETE FROM parley.attachment a WHERE a.tenant_id = $1 AND a.message_id = ANY (ARRAY(SELECT o.id ${ofOver(held)})) RETURNING a.id) ${COUNTED}`;

/** Records of consents: each by its own time, all of a purpose by the last of them, or, by the end of the consent or the last question for it, all up to that. */
const RECORDS: Statement = (held) => `WITH ${consents}, due AS MATERIALIZED (
    SELECT l.subject_id, l.purpose, l.id AS until FROM looked l
    WHERE l.purpose = ANY ($6) AND l.instruction_version = ANY ($4) AND NOT ${restricted.subject('l.subject_id')} AND NOT ${held.person('l.subject_id')} AND ($5 = 'ingest' OR NOT EXISTS (
      SELECT FROM parley.consent_event n WHERE n.tenant_id = $1 AND n.subject_id = l.subject_id AND n.purpose = l.purpose AND n.id > l.id
        AND ($5 <> 'withdrawal' OR n.state <> 'requested')))
      AND ($5 <> 'withdrawal' OR l.state IN ${ENDED}) AND ($5 <> 'question' OR l.state = 'requested')),
  gone AS (
    DELETE FROM parley.consent_event e USING due WHERE e.tenant_id = $1 AND e.subject_id = due.subject_id AND e.purpose = due.purpose
      AND (e.id = due.until OR $5 <> 'ingest' AND e.id < due.until) RETURNING e.id),
  -- What is known of an ending goes with its record, once it is carried through.
  endings AS (
    DELETE FROM parley.consent_ending d WHERE d.tenant_id = $1 AND d.id = ANY (ARRAY(SELECT id FROM gone)) AND d.finished_at IS NOT NULL) ${COUNTED}`;

/** What was said of a person's age: all by the last of it, and not while there is a record of a consent that it was asked for. */
const AGES: Statement = (held) => `WITH looked AS MATERIALIZED (
    SELECT e.id, e.subject_id, e.instruction_version FROM parley.age_event e
    WHERE e.tenant_id = $1 AND e.id > $2 AND e.id < parley.uuid_at($3) ORDER BY e.id LIMIT ${BATCH}),
  due AS MATERIALIZED (
    SELECT l.subject_id, l.id AS until FROM looked l
    WHERE l.instruction_version = ANY ($4) AND $5 = 'last-activity' AND NOT ${restricted.subject('l.subject_id')} AND NOT ${held.person('l.subject_id')}
      AND NOT EXISTS (SELECT FROM parley.age_event n WHERE n.tenant_id = $1 AND n.subject_id = l.subject_id AND n.id > l.id)
      AND NOT EXISTS (SELECT FROM parley.consent_event c WHERE c.tenant_id = $1 AND c.subject_id = l.subject_id)),
  gone AS (
    DELETE FROM parley.age_event e USING due WHERE e.tenant_id = $1 AND e.subject_id = due.subject_id AND e.id <= due.until RETURNING e.id) ${COUNTED}`;

/** Whole conversations: what leads to the person, and with it all that hangs on it. */
const CONVERSATIONS: Statement = (held) => `WITH ${looked('', NOTHING)}
  SELECT coalesce((SELECT array_agg(DISTINCT conversation_id) FROM due WHERE NOT ${held.conversation('due.conversation_id')}), '{}') AS conversations,
    ${oldestOf('SELECT conversation_id FROM due')}, ${END}`;

/** In this order; $1 the tenant, $2 conversations. What is deleted last is what the others refer to. */
const THEIR_MESSAGES = 'ARRAY(SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = ANY ($2))';
const CONVERSATION_STEPS: readonly string[] = [
  `DELETE FROM parley.delivery_status d WHERE d.tenant_id = $1 AND d.ctid = ANY (ARRAY(
     SELECT s.ctid FROM unnest(${THEIR_MESSAGES}) AS m(id)
     CROSS JOIN LATERAL (SELECT e.connection_id, e.hash FROM parley.external_id e WHERE e.tenant_id = $1 AND e.message_id = m.id OFFSET 0) e
     CROSS JOIN LATERAL (SELECT o.ctid FROM parley.delivery_status o
       WHERE o.tenant_id = $1 AND o.connection_id = e.connection_id AND o.hash = e.hash OFFSET 0) s))`,
  `DELETE FROM parley.external_id WHERE tenant_id = $1 AND message_id = ANY (${THEIR_MESSAGES})`,
  `DELETE FROM parley.attachment WHERE tenant_id = $1 AND message_id = ANY (${THEIR_MESSAGES})`,
  `DELETE FROM parley.mention WHERE tenant_id = $1 AND message_id = ANY (${THEIR_MESSAGES})`,
  'DELETE FROM parley.dead_letter WHERE tenant_id = $1 AND conversation_id = ANY ($2)',
  'DELETE FROM parley.sensitive_event WHERE tenant_id = $1 AND conversation_id = ANY ($2)',
  'DELETE FROM parley.stale_tokens WHERE tenant_id = $1 AND conversation_id = ANY ($2)',
  'DELETE FROM parley.message WHERE tenant_id = $1 AND conversation_id = ANY ($2)',
];

const LOST_STATES = `DELETE FROM parley.delivery_status d WHERE d.tenant_id = $1 AND d.unbound_since IS NULL AND NOT EXISTS (
  SELECT FROM parley.external_id e WHERE e.tenant_id = $1 AND e.connection_id = d.connection_id AND e.hash = d.hash)`;

/** Persons of whom nothing is left but themselves: their identifiers and their keys go. $2 subjects. */
const ORPHANED = `SELECT s.id FROM parley.subject s WHERE s.tenant_id = $1 AND s.id = ANY ($2) AND NOT s.restricted
  AND NOT EXISTS (SELECT FROM parley.conversation c WHERE c.tenant_id = $1 AND c.subject_id = s.id)
  AND NOT EXISTS (SELECT FROM parley.rights_request r WHERE r.tenant_id = $1 AND r.state NOT IN ('completed', 'refused') AND s.id = ANY (r.subject_ids))`;
const SUBJECT_TABLES = [
  'subject_key',
  'identity',
  'attachment',
  'disclosure',
  'consent_ending',
  'consent_event',
  'age_event',
  'objection',
  'rights_copy',
  'incident_person',
  'correction',
] as const;

/** A statement goes with the content of its message, a value with the last content that it could stand beside. */
const CORRECTIONS = `DELETE FROM parley.correction k WHERE k.tenant_id = $1 AND CASE
  WHEN k.message_id IS NOT NULL THEN NOT EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.id = k.message_id AND m.body IS NOT NULL)
  WHEN k.kind IS NOT NULL THEN NOT EXISTS (
    SELECT FROM parley.conversation c JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
    WHERE c.tenant_id = $1 AND c.subject_id = k.subject_id AND m.body IS NOT NULL)
  ELSE false END`;

interface Looked {
  readonly count: number;
  readonly oldest: Date | null;
  readonly looked: number;
  readonly last: string | null;
}

export async function markOf(tx: Tx, { tenantId, rule }: Pick<Due, 'tenantId' | 'rule'>): Promise<string> {
  const text = 'SELECT mark FROM parley.retention_mark WHERE tenant_id = $1 AND rule = $2';
  return (await tx.query<{ mark: string }>(text, [tenantId, rule]))[0]?.mark ?? NIL_UUID;
}

/** So far was looked; but what may still be committed behind it is looked at again. */
export const setMark = (
  tx: Tx,
  { tenantId, rule, cutoff }: Pick<Due, 'tenantId' | 'rule' | 'cutoff'>,
  seen: { readonly isMore: boolean; readonly last: string | null },
): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.retention_mark (tenant_id, rule, mark)
     SELECT $1, $2, CASE WHEN seen < late THEN seen ELSE late END
     FROM (SELECT coalesce($3::uuid, parley.uuid_at($4)) AS seen, parley.uuid_at(now() - interval '${IN_FLIGHT}') AS late) l
     ON CONFLICT (tenant_id, rule) DO UPDATE SET mark = excluded.mark WHERE parley.retention_mark.mark < excluded.mark`,
    [tenantId, rule, seen.isMore ? seen.last : null, cutoff],
  );

async function forgetPersons(tx: Tx, tenantId: string, candidates: readonly string[]): Promise<number> {
  const subjects = (await tx.query<{ id: string }>(ORPHANED, [tenantId, candidates])).map((row) => row.id);
  await tx.query(UNLINK_HASHES, [tenantId, subjects]);
  for (const table of SUBJECT_TABLES)
    await tx.query(`DELETE FROM parley.${table} WHERE tenant_id = $1 AND subject_id = ANY ($2)`, [tenantId, subjects]);
  await tx.query(`${UNLINK} WHERE r.tenant_id = $1 AND r.subject_ids && $2`, [tenantId, subjects]);
  await tx.query('DELETE FROM parley.subject WHERE tenant_id = $1 AND id = ANY ($2)', [tenantId, subjects]);
  return subjects.length;
}

const seenBy = ({ looked: count, last }: Looked) => ({ isMore: count === BATCH, last });

export function retentionVerbs(db: Db) {
  const look = (tx: Tx, due: Due, statement: Statement) => async <T>(): Promise<T> => {
    const values = [due.tenantId, await markOf(tx, due), due.cutoff, due.under, due.start, ...(due.purposes ? [due.purposes] : [])];
    const kept = due.kept && due.kept.length > 0 ? JSON.stringify(due.kept) : null;
    const text = statement(kept ? holding(values.length + 1) : NOTHING);
    return (await tx.query(text, kept ? [...values, kept] : values))[0] as T;
  }; // prettier-ignore
  const sweep = (statement: Statement) => (due: Due): Promise<Swept | null> =>
    alone(db, due.tenantId, async (tx) => {
      const row = await look(tx, due, statement)<Looked>();
      await setMark(tx, due, seenBy(row));
      return { count: row.count, oldest: row.oldest, more: row.looked === BATCH };
    }); // prettier-ignore

  return {
    /** Empties messages whose content is due. */
    sweepContent: sweep(CONTENT),
    /** Deletes files that are due. */
    sweepAttachments: sweep(ATTACHMENTS),

    sweepIdentifiers: sweep(IDENTIFIERS),

    /** The same of persons who withdrew the consent that it was kept on. */
    sweepWithdrawnContent: sweep(CONTENT_WITHDRAWN),
    sweepWithdrawnAttachments: sweep(ATTACHMENTS_WITHDRAWN),
    sweepConsentRecords: sweep(RECORDS),
    sweepAgeRecords: sweep(AGES),

    /** Deletes conversations that are due, and persons of whom nothing is left. */
    sweepRouting: (due: Due): Promise<Swept | null> =>
      alone(db, due.tenantId, async (tx) => {
        const row = await look(tx, due, CONVERSATIONS)<Looked & { conversations: string[] }>();
        const { conversations, oldest } = row;
        // Mostly nothing is due.
        for (const text of conversations.length > 0 ? CONVERSATION_STEPS : [])
          await tx.query(text, [due.tenantId, conversations]);
        const gone = await tx.query<{ subject_id: string }>(
          'DELETE FROM parley.conversation WHERE tenant_id = $1 AND id = ANY ($2) RETURNING subject_id',
          [due.tenantId, conversations],
        );
        const subjects = [...new Set(gone.map((c) => c.subject_id))];
        const persons = await forgetPersons(tx, due.tenantId, subjects);
        if (persons > 0) await tx.query("SELECT pg_notify('parley_persons', $1)", [due.tenantId]);
        await setMark(tx, due, seenBy(row));
        return { count: gone.length, oldest, more: row.looked === BATCH };
      }),

    /** When the oldest message, or event of a consent or an age, that a rule has not looked at arrived; null: there is none. */
    nextStart: async (
      tenantId: string,
      rule: string,
      of: 'message' | 'consent_event' | 'age_event' = 'message',
    ): Promise<Date | null> =>
      db.inTenant(tenantId, async (tx) => {
        // The mark by itself: row-level security lets no sub-select into a condition of an index.
        const mark = await markOf(tx, { tenantId, rule });
        const [first] = await tx.query<{ at: Date }>(
          `SELECT parley.made_at(m.id) AS at FROM parley.${of} m WHERE m.tenant_id = $1 AND m.id > $2 ORDER BY m.id LIMIT 1`,
          [tenantId, mark],
        );
        return first?.at ?? null;
      }),

    /** What hangs on nothing any more: contacts that never wrote, hashes, states and files without a message. Answers how many went. */
    sweepOrphans: (tenantId: string): Promise<number | null> =>
      alone(db, tenantId, async (tx) => {
        const count = async (text: string): Promise<number> =>
          (await tx.query<{ n: number }>(`WITH gone AS (${text} RETURNING 1) SELECT count(*)::int AS n FROM gone`, [tenantId]))[0]!.n; // prettier-ignore
        const old = (id: string): string => `${id} < parley.uuid_at(now() - interval '1 hour')`;
        // Of the last hours only: what was committed while its person was being erased.
        const messages = await count(
          `DELETE FROM parley.message m WHERE m.tenant_id = $1 AND m.id > parley.uuid_at(now() - interval '4 hours') AND ${old('m.id')}
           AND NOT EXISTS (SELECT FROM parley.conversation c WHERE c.tenant_id = $1 AND c.id = m.conversation_id)`,
        );
        const hashes = await count(
          `DELETE FROM parley.external_id e WHERE e.tenant_id = $1 AND ${old('e.message_id')}
           AND NOT EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.id = e.message_id)`,
        );
        const states = await count(
          `DELETE FROM parley.delivery_status d WHERE d.tenant_id = $1 AND d.at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM parley.external_id e WHERE e.tenant_id = $1 AND e.connection_id = d.connection_id AND e.hash = d.hash)`,
        );
        const files = await count(
          `DELETE FROM parley.attachment a WHERE a.tenant_id = $1 AND ${old('a.message_id')}
           AND NOT EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.id = a.message_id)`,
        );
        const letters = await count(
          `DELETE FROM parley.dead_letter l WHERE l.tenant_id = $1 AND l.created_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM parley.conversation c WHERE c.tenant_id = $1 AND c.id = l.conversation_id)`,
        );
        const silent = await tx.query<{ subject_id: string }>(
          `DELETE FROM parley.conversation c WHERE c.tenant_id = $1 AND c.created_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.conversation_id = c.id) RETURNING subject_id`,
          [tenantId],
        );
        const lonely = await tx.query<{ id: string }>(
          `SELECT s.id FROM parley.subject s WHERE s.tenant_id = $1 AND NOT s.restricted AND s.created_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM parley.conversation c WHERE c.tenant_id = $1 AND c.subject_id = s.id) LIMIT ${BATCH}`,
          [tenantId],
        );
        const persons = await forgetPersons(tx, tenantId, [...silent.map((c) => c.subject_id), ...lonely.map((s) => s.id)]); // prettier-ignore
        if (persons > 0) await tx.query("SELECT pg_notify('parley_persons', $1)", [tenantId]);
        return messages + hashes + states + files + letters + silent.length + persons;
      }),

    /** What was put right of, or stated beside, what is there no longer. */
    sweepCorrections: (tenantId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) => tx.query(CORRECTIONS, [tenantId])),

    /** States of messages that are gone, of whatever age: for an erasure that was interrupted. Looks at all of the tenant. */
    sweepLostStates: (tenantId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) => tx.query(LOST_STATES, [tenantId])),

    /**
     * States of messages that nobody here knows go after a minute: their person was erased meanwhile. Answers how many went.
     */
    async sweepUnboundStates(limit: number): Promise<number> {
      const overdue = `unbound_since < now() - interval '${UNBOUND}'`;
      const tenants = await db.directory<{ tenant_id: string }>(
        `SELECT DISTINCT tenant_id FROM (SELECT tenant_id FROM parley.delivery_status WHERE ${overdue} LIMIT $1) d`,
        [limit],
      );
      let gone = 0;
      for (const { tenant_id: tenantId } of tenants)
        await db.inTenant(tenantId, async (tx) => {
          gone += (await tx.query(`DELETE FROM parley.delivery_status d WHERE d.tenant_id = $1 AND d.${overdue} RETURNING 1`, [tenantId])).length; // prettier-ignore
        });
      return gone;
    },

    /** Looks at everything again from the beginning: what was committed behind a mark is found. */
    forgetMarks: (tenantId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) => tx.query('DELETE FROM parley.retention_mark WHERE tenant_id = $1', [tenantId])),

    /** Drops months of messages that are over and empty; answers how many. */
    dropEmptyMonths: async (): Promise<number> =>
      (
        await db.run<{ n: number }>({
          name: 'drop-months',
          text: 'SELECT parley.drop_empty_months() AS n',
          values: [],
        })
      )[0]!.n,
  };
}
