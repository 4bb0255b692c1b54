// Rights requests: opened once, decided once, carried out by one process at a time.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { rectify, type Rectification } from './corrections.js';
import { appendLeaf } from './leaf.js';
import { alone } from './lifting-lock.js';
import { insertNotices, type NewNotice } from './notices.js';
import { namedBefore, nameRequest, type OpenDsrName } from './opendsr.js';
import { release } from './parts.js';
import { lockSubjects } from './persons.js';
import { wholePersons } from './same-person.js';
import type { Db, Tx } from './pool.js';
import { lookAgain } from './retention-lock.js';
import { sayOf, type Said } from './said.js';
import { joinRequest, sameByPerson } from './same-request.js';

export interface RightsRequestRow {
  readonly id: string;
  readonly exercised: string;
  readonly state: string;
  readonly source: string;
  readonly hashes: readonly Buffer[];
  readonly subject_ids: readonly string[];
  readonly conversation_id: string | null;
  /** Another app had the conversation when it was asked there: nothing of it is said in it. */
  readonly aside: boolean;
  /** Of an erasure that was begun. */
  readonly conversations: readonly string[];
  /** What the platform called the person, sealed under the tenant's key. */
  readonly reference: Buffer | null;
  readonly purpose: string | null;
  readonly code: string;
  readonly instruction_version: number | null;
  readonly clause: string;
  readonly received_at: Date;
  readonly due_at: Date;
  readonly extended_because: string | null;
  readonly alerted: number;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly justification: string | null;
  readonly completed_at: Date | null;
  readonly lifted_at: Date | null;
  /** When it is deleted; null: it is not over. */
  readonly kept_until: Date | null;
  readonly evidence: Readonly<Record<string, unknown>> | null;
  /** Oldest first. */
  readonly history: readonly { readonly state: string; readonly at: string }[];
  readonly attempts: number;
}

export interface NewRightsRequest {
  readonly id: string;
  readonly exercised: string;
  readonly state: string;
  readonly source: string;
  readonly hashes: readonly Buffer[];
  readonly subjectIds: readonly string[];
  readonly conversationId: string | null;
  readonly aside?: boolean;
  readonly reference: Buffer | null;
  readonly purpose: string | null;
  readonly code: string;
  readonly version: number | null;
  readonly clause: string;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly notBefore: Date;
  /** How the controller's own system calls it. */
  readonly openDsr?: OpenDsrName;
}

/** Of an erasure that is done again. */
interface ReopenedErasure extends Pick<
  NewRightsRequest,
  'id' | 'state' | 'subjectIds' | 'code' | 'version' | 'clause' | 'receivedAt' | 'dueAt'
> {
  readonly state: 'in-progress' | 'awaiting-approval';
}

/** What a decision or a step of the clock changes. */
export interface RequestChange {
  readonly from: readonly string[];
  readonly state: string;
  readonly by?: string;
  readonly justification?: string;
  readonly evidence?: object;
  /** What the controller puts right with it. */
  readonly rectification?: Rectification;
  /** It ends here, and what a platform called somebody unknown has served its purpose. `forget`: nothing in it leads to a person any longer. */
  readonly end?: 'keep' | 'forget';
  /** With these it was carried out: where it has others by now, it does not end. */
  readonly hashes?: readonly Buffer[];
  /** About these: the same. */
  readonly subjects?: readonly string[];
  /** Those of whom a legal hold kept something are restricted by it no longer. */
  readonly release?: true;
  /** Of which recipients are told. */
  readonly notices?: readonly NewNotice[];
  /** What the person is told of it. */
  readonly said?: Said;
}

export const REQUEST_COLUMNS = `id, exercised, state, source, hashes, subject_ids, conversation_id, aside, conversations, reference, purpose, code, instruction_version, clause,
  received_at, due_at, extended_because, alerted, decided_at, decided_by, justification, completed_at, lifted_at, kept_until, evidence, history, attempts`;
const OPEN = "state NOT IN ('completed', 'refused')";
/** Waits to be carried out, or is. */
const IN_HAND = "state IN ('received', 'in-progress')";
/** The history once it is in this state, too. */
const into = (state: string): string => `jsonb_build_array(jsonb_build_object('state', ${state}::text, 'at', now()))`;
/** How long a process that carries one out may be silent before another tries, in seconds. */
const CLAIM_SECONDS = 10;

const hashOf = (evidence: object): string => createHash('sha256').update(canonicalize(evidence)!).digest('hex');

/** Every decision about a request is a leaf: its random id, never a person; and the hash of what it ended with. */
export async function requestLeaf(tx: Tx, tenantId: string, row: RightsRequestRow): Promise<void> {
  const { id: request, exercised: right, state, source, instruction_version: version, clause, justification } = row;
  await appendLeaf(tx, tenantId, {
    type: 'rights-request', request, right, state, source, version, clause, justification,
    ...(row.evidence ? { evidence: hashOf(row.evidence) } : {}),
  }); // prettier-ignore
}

/** The open one of the same person, named otherwise, of which this is one from here on; null: there is none. */
async function joined(tx: Tx, tenantId: string, made: NewRightsRequest): Promise<RightsRequestRow | null> {
  const before = await sameByPerson(tx, tenantId, made);
  if (!before) return null;
  const { id } = before;
  await joinRequest(tx, tenantId, { id, made });
  const text = `SELECT ${REQUEST_COLUMNS} FROM parley.rights_request WHERE tenant_id = $1 AND id = $2`;
  const [row] = await tx.query<RightsRequestRow>(text, [tenantId, id]);
  if (row!.state !== before.state) await requestLeaf(tx, tenantId, row!);
  return row!;
}

/**
 * Asked for once more: a platform's call is known when it comes again, the clock runs from the first time, unless it was put off since, and
 * who asks where we can answer is told there from here on.
 */
async function askedAgain(
  tx: Tx,
  tenantId: string,
  at: { id: string; made: NewRightsRequest },
): Promise<RightsRequestRow> {
  const { id, made } = at;
  const earlier = (column: string, value: string): string =>
    `${column} = CASE WHEN extended_because IS NULL THEN least(${column}, ${value}) ELSE ${column} END`;
  const [row] = await tx.query<RightsRequestRow>(
    `UPDATE parley.rights_request SET calls = calls || $3::text[], ${earlier('received_at', '$4')}, ${earlier('due_at', '$5')}, aside = aside AND $6
     WHERE tenant_id = $1 AND id = $2 RETURNING ${REQUEST_COLUMNS}`,
    [
      tenantId, id, made.source === 'platform' ? [made.code] : [], made.receivedAt, made.dueAt,
      made.aside === true || made.conversationId === null,
    ],
  ); // prettier-ignore
  return row!;
}

export function requestVerbs(db: Db) {
  const read = (tenantId: string, where: string, values: readonly unknown[]): Promise<RightsRequestRow[]> =>
    db.inTenant(tenantId, (tx) =>
      tx.query(`SELECT ${REQUEST_COLUMNS} FROM parley.rights_request WHERE tenant_id = $1 AND ${where}`, [
        tenantId,
        ...values,
      ]),
    );

  return {
    /** Opens a request, or answers the open one of the same person for the same right: asking twice is harmless. */
    openRightsRequest: (tenantId: string, made: NewRightsRequest): Promise<{ row: RightsRequestRow; fresh: boolean }> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('request ' || $1, 0))", [tenantId]);
        const name = made.openDsr;
        const before = name ? await namedBefore(tx, tenantId, { made, name }) : null;
        // The open one has to be about all of whom this one names.
        const [alike] = await tx.query<RightsRequestRow>(
          `SELECT ${REQUEST_COLUMNS} FROM parley.rights_request WHERE tenant_id = $1 AND ($6::uuid = id OR $6 IS NULL AND exercised = $2
             AND purpose IS NOT DISTINCT FROM $3 AND ${OPEN} AND (cardinality($4::bytea[]) > 0 AND hashes @> $4 OR subject_ids && $5::uuid[])) LIMIT 1`,
          [tenantId, made.exercised, made.purpose, made.hashes, made.subjectIds, before],
        );
        if (alike && before) return { row: alike, fresh: false };
        // Whoever asks in a chat hears there what becomes of it, also where it is carried out already and knows its persons.
        const isHeardOf = made.conversationId === null || alike?.conversation_id != null;
        const same = (isHeardOf ? alike : null) ?? (await joined(tx, tenantId, made)) ?? alike;
        if (same && name) await nameRequest(tx, tenantId, { requestId: same.id, name });
        if (same) return { row: await askedAgain(tx, tenantId, { id: same.id, made }), fresh: false };
        const [row] = await tx.query<RightsRequestRow>(
          `INSERT INTO parley.rights_request (tenant_id, id, exercised, state, source, hashes, subject_ids, conversation_id, reference,
             purpose, code, instruction_version, clause, received_at, due_at, not_before, aside, history)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, ${into('$4')}) RETURNING ${REQUEST_COLUMNS}`,
          [
            tenantId, made.id, made.exercised, made.state, made.source, made.hashes, made.subjectIds, made.conversationId,
            made.reference, made.purpose, made.code, made.version, made.clause, made.receivedAt, made.dueAt, made.notBefore,
            made.aside ?? false,
          ],
        ); // prettier-ignore
        if (name) await nameRequest(tx, tenantId, { requestId: made.id, name });
        await requestLeaf(tx, tenantId, row!);
        return { row: row!, fresh: true };
      }),

    /**
     * An erasure that a backup has undone goes on as the request that it was, made anew where the backup has none; whom it is about is
     * restricted from here on. Null: it is in hand, and whoever carries it on does what was undone.
     */
    reopenErasure: (tenantId: string, made: ReopenedErasure): Promise<RightsRequestRow | null> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query('UPDATE parley.subject SET restricted = true WHERE tenant_id = $1 AND id = ANY ($2)', [
          tenantId,
          made.subjectIds,
        ]);
        const [row] = await tx.query<RightsRequestRow>(
          `INSERT INTO parley.rights_request AS r (tenant_id, id, exercised, state, source, subject_ids, code, instruction_version, clause,
             received_at, due_at, not_before, history)
           VALUES ($1, $2, 'erasure', $3, 'journal', $4, $5, $6, $7, $8, $9, now() + interval '1 minute', ${into('$3')})
           ON CONFLICT (tenant_id, id) DO UPDATE SET state = excluded.state, not_before = excluded.not_before,
             subject_ids = ARRAY(SELECT unnest(r.subject_ids) UNION SELECT unnest(excluded.subject_ids)), history = r.history || excluded.history
           WHERE NOT r.${IN_HAND} RETURNING ${REQUEST_COLUMNS}`,
          [
            tenantId, made.id, made.state, made.subjectIds, made.code, made.version, made.clause, made.receivedAt, made.dueAt,
          ],
        ); // prettier-ignore
        if (row) await requestLeaf(tx, tenantId, row);
        return row ?? null;
      }),

    rightsRequest: async (tenantId: string, id: string): Promise<RightsRequestRow | null> =>
      (await read(tenantId, 'id = $2', [id]))[0] ?? null,

    rightsRequests: (tenantId: string, after: string | null, limit: number): Promise<RightsRequestRow[]> =>
      read(tenantId, '($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3', [after, limit]),

    /** Of a platform's call that came before, by the code that stands for it. */
    rightsRequestOfCall: async (tenantId: string, code: string): Promise<RightsRequestRow | null> =>
      (await read(tenantId, '(code = $2 OR calls @> ARRAY[$2::text])', [code]))[0] ?? null,

    /** By the code that a person or a platform was given. */
    async rightsRequestByCode(code: string): Promise<{ tenantId: string; row: RightsRequestRow } | null> {
      const [at] = await db.directory<{ tenant_id: string; id: string }>(
        'SELECT tenant_id, id FROM parley.rights_request WHERE code = $1',
        [code],
      );
      const row = at && (await read(at.tenant_id, 'id = $2', [at.id]))[0];
      return at && row ? { tenantId: at.tenant_id, row } : null;
    },

    /** Changes the state if it is one of `from`; null when it is another by now: a decision is made once. @throws Problem, of what is put right; AskedElsewhere */
    changeRightsRequest: (tenantId: string, id: string, change: RequestChange): Promise<RightsRequestRow | null> =>
      db.inTenant(tenantId, async (tx) => {
        if (change.release) {
          await lookAgain(tx, tenantId);
          await alone(tx, tenantId);
        }
        const [row] = await tx.query<RightsRequestRow>(
          `UPDATE parley.rights_request SET state = $3, history = history || ${into('$3')},
             decided_at = CASE WHEN $4::text IS NULL THEN decided_at ELSE now() END, decided_by = coalesce($4, decided_by),
             justification = coalesce($5, justification), evidence = coalesce($6, evidence),
             completed_at = CASE WHEN $7::text IS NULL THEN completed_at ELSE now() END,
             hashes = CASE WHEN $7 = 'forget' OR $7 IS NOT NULL AND reference IS NOT NULL THEN '{}' ELSE hashes END,
             subject_ids = CASE WHEN $7 = 'forget' THEN '{}' ELSE subject_ids END,
             conversation_id = CASE WHEN $7 = 'forget' THEN NULL ELSE conversation_id END,
             conversations = CASE WHEN $7 = 'forget' THEN '{}' ELSE conversations END,
             reference = CASE WHEN $7::text IS NULL THEN reference END,
             progress = CASE WHEN $7::text IS NULL THEN progress END,
             not_before = now()
           WHERE tenant_id = $1 AND id = $2 AND state = ANY ($8) AND ($9::bytea[] IS NULL OR hashes <@ $9)
             AND ($10::uuid[] IS NULL OR subject_ids <@ $10) RETURNING ${REQUEST_COLUMNS}`,
          [
            tenantId, id, change.state, change.by ?? null, change.justification ?? null,
            change.evidence ? JSON.stringify(change.evidence) : null, change.end ?? null, change.from, change.hashes ?? null,
            change.subjects ?? null,
          ],
        ); // prettier-ignore
        if (!row) return null;
        await requestLeaf(tx, tenantId, row);
        if (change.release) await release(tx, tenantId, { ...row, resume: true });
        await insertNotices(tx, tenantId, change.notices ?? []);
        if (change.rectification) await rectify(tx, row, change.rectification);
        await sayOf(tx, tenantId, { row, said: change.said });
        return row;
      }),

    /** Takes a request that is to be carried out; null when another process has it, or it rests. */
    claimRightsRequest: async (tenantId: string, id: string): Promise<RightsRequestRow | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<RightsRequestRow>(
            `UPDATE parley.rights_request SET attempts = attempts + 1, not_before = now() + make_interval(secs => ${CLAIM_SECONDS}),
               state = 'in-progress', history = CASE state WHEN 'received' THEN history || ${into("'in-progress'")} ELSE history END
             WHERE tenant_id = $1 AND id = $2 AND ${IN_HAND} AND not_before <= now() RETURNING ${REQUEST_COLUMNS}`,
            [tenantId, id],
          ),
        )
      )[0] ?? null,

    /** Whoever carries it out is still at it. */
    renewRightsRequest: (tenantId: string, id: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.rights_request SET not_before = now() + make_interval(secs => ${CLAIM_SECONDS}) WHERE tenant_id = $1 AND id = $2 AND state = 'in-progress'`,
          [tenantId, id],
        ),
      ),

    /** Not now: again after a while. */
    postponeRightsRequest: (tenantId: string, id: string, afterMs: number): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.rights_request SET not_before = now() + make_interval(secs => $3 / 1000.0) WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, afterMs],
        ),
      ),

    /**
     * Remembers whom it was found to be about, as all that they are, and their conversations: those of an earlier attempt too. Whoever is
     * found to be one person with them from here on is added.
     */
    nameRightsRequest: (
      tenantId: string,
      id: string,
      subjectIds: readonly string[],
    ): Promise<{ readonly subjects: readonly string[]; readonly conversations: readonly string[] }> =>
      db.inTenant(tenantId, async (tx) => {
        await lockSubjects(tx, tenantId, subjectIds);
        const whole = await wholePersons(tx, tenantId, subjectIds);
        const [row] = await tx.query<{ subject_ids: string[]; conversations: string[] }>(
          `UPDATE parley.rights_request SET subject_ids = ARRAY(SELECT unnest(subject_ids) UNION SELECT unnest($3::uuid[])), conversations = ARRAY(
             SELECT unnest(conversations) UNION SELECT c.id FROM parley.conversation c WHERE c.tenant_id = $1 AND c.subject_id = ANY ($3))
           WHERE tenant_id = $1 AND id = $2 RETURNING subject_ids, conversations`,
          [tenantId, id, whole],
        );
        return { subjects: row?.subject_ids ?? whole, conversations: row?.conversations ?? [] };
      }),

    /** Two more months, once, before the first has ended (Art. 12(3)); null otherwise. @throws AskedElsewhere */
    extendRightsRequest: async (
      tenantId: string,
      id: string,
      to: { dueAt: Date; because: string; said?: Said },
    ): Promise<RightsRequestRow | null> =>
      db.inTenant(tenantId, async (tx) => {
        const [row] = await tx.query<RightsRequestRow>(
          `UPDATE parley.rights_request SET due_at = $3, extended_because = $4, alerted = 0
           WHERE tenant_id = $1 AND id = $2 AND ${OPEN} AND extended_because IS NULL AND due_at > now() RETURNING ${REQUEST_COLUMNS}`,
          [tenantId, id, to.dueAt, to.because],
        );
        if (!row) return null;
        await requestLeaf(tx, tenantId, { ...row, state: 'extended' });
        await sayOf(tx, tenantId, { row, said: to.said });
        return row;
      }),

    /** Requests of all tenants that may be carried out now, who waits longest first. */
    waitingRightsRequests: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM parley.rights_request WHERE ${IN_HAND} AND not_before <= now() ORDER BY not_before LIMIT $1`,
        [limit],
      ),

    /** Open requests with their clocks. */
    clocksOfRightsRequests: (limit: number) =>
      db.directory<{ tenant_id: string; id: string; received_at: Date; due_at: Date; alerted: number }>(
        `SELECT tenant_id, id, received_at, due_at, alerted FROM parley.rights_request
         WHERE ${OPEN} AND alerted < 90 AND now() > received_at + (due_at - received_at) * (CASE alerted WHEN 0 THEN 0.5 WHEN 50 THEN 0.75 ELSE 0.9 END)
         LIMIT $1`,
        [limit],
      ),

    /** False when another process was quicker. */
    alertedRightsRequest: async (tenantId: string, id: string, percent: number): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            'UPDATE parley.rights_request SET alerted = $3 WHERE tenant_id = $1 AND id = $2 AND alerted < $3 RETURNING id',
            [tenantId, id, percent],
          ),
        )
      ).length > 0,
  };
}
