// What a controller put right of a person (Art. 16): recorded with the decision, applied to what is held, known to every turn.
import { v7 as uuid } from 'uuid';
import { Problem, type Mandate, type Personal } from '#libs/kernel';
import { contextOf, openSubjectKey, seal, sealPersonal, suppressionHash, unseal, type Place, type TenantKeys } from '#libs/vault'; // prettier-ignore
import { PERSONS } from './erasure.js';
import { attach, lockHandles } from './handles.js';
import { appendLeaf } from './leaf.js';
import { besides } from './lifting-lock.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

/** What a value is, where it is not the value itself. */
export type CorrectedForm = 'truncate' | 'pseudonymise';

/** A value as it may be held under the instructions in force. */
export interface CorrectedValue {
  readonly channel: string;
  readonly kind: string;
  readonly value: Personal<string>;
  readonly form: CorrectedForm | null;
  readonly clause: string;
  /** The person is found and answered by it, under this look-up hash. */
  readonly hash?: Buffer;
  /** It says in which language the person is spoken to; null: in none that there is. */
  readonly locale?: string | null;
}

/** What completes what is held: said of a message, or of the person's record. */
export interface Supplement {
  readonly messageId: string | null;
  readonly text: Personal<string>;
}

export interface Rectification {
  readonly mandate: Mandate;
  readonly keys: TenantKeys;
  readonly values: readonly CorrectedValue[];
  readonly supplements: readonly Supplement[];
}

/** A value that stands instead of those exposed; sealed. */
export interface SealedCorrection {
  readonly channel: string;
  readonly kind: string;
  readonly form: CorrectedForm | null;
  readonly value: Buffer;
  readonly replaces: readonly Buffer[];
  readonly settled: boolean;
}

/** The same, opened. */
export interface Correction extends Omit<SealedCorrection, 'value'> {
  readonly value: string;
}

/** A wrong value that was found, by its keyed hash. */
export interface Replaced {
  readonly kind: string;
  readonly hash: Buffer;
}

export interface CorrectedBody {
  readonly body: Buffer;
  readonly replaced: readonly Replaced[];
}

/** A sealed body with what was put right in it, sealed anew; null: there is nothing wrong in it. */
export type CorrectBody = (
  keys: TenantKeys,
  sealed: { readonly subjectId: string; readonly key: Buffer; readonly messageId: string; readonly body: Buffer },
  corrections: readonly Correction[],
) => CorrectedBody | null;

/** Which values were put right, and in what form they are held. */
export interface CorrectedKind {
  readonly channel: string;
  readonly kind: string;
  readonly form: CorrectedForm | null;
}

interface Whose {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly key: Buffer;
}

const BATCH = 500;
const placeOf = ({ tenantId, subjectId }: Omit<Whose, 'key'>, row: string): Place => ({ tenantId, subjectId, table: 'correction', row, field: 'value' }); // prettier-ignore
const rowOf = ({ id, channel, kind }: { readonly id: string; readonly channel: string | null; readonly kind: string | null }): string =>
  kind === null ? id : `${channel}/${kind}`; // prettier-ignore

/** What a row says, in clear. */
export const openCorrection = (
  whose: Whose,
  row: { readonly id: string; readonly channel: string | null; readonly kind: string | null; readonly value: Buffer },
): string => unseal(whose.key, row.value, contextOf(placeOf(whose, rowOf(row)))).toString();

export const openCorrections = (whose: Whose, rows: readonly SealedCorrection[]): readonly Correction[] =>
  rows.map((row) => ({ ...row, value: openCorrection(whose, { id: '', ...row }) }));

interface At extends Rectification {
  readonly request: { readonly id: string; readonly hashes: readonly Buffer[] };
  readonly subjects: readonly { readonly id: string; readonly key: Buffer }[];
}

/** The one identifier of this kind that is wrong: the one by which the person was named, else the only one. */
async function wrongHandle(tx: Tx, at: At, kind: string): Promise<{ hash: Buffer; subject_id: string }> {
  const current = await tx.query<{ hash: Buffer; subject_id: string }>(
    'SELECT hash, subject_id FROM parley.identity WHERE tenant_id = $1 AND subject_id = ANY ($2) AND kind = $3 AND valid_to IS NULL',
    [at.keys.tenantId, at.subjects.map(({ id }) => id), kind],
  );
  const named = current.filter(({ hash }) => at.request.hashes.some((one) => one.equals(hash)));
  const [wrong, other] = named.length > 0 ? named : current;
  if (!wrong) throw new Problem('conflict', 'The person is not reached by an identifier of that kind.');
  if (other) throw new Problem('conflict', 'The person is reached by several of that kind: name the person by the wrong one.'); // prettier-ignore
  return wrong;
}

/** The person is found and answered under another value from here on. @throws Problem conflict, where that is somebody else's */
async function moveHandle(tx: Tx, at: At, value: CorrectedValue & { readonly hash: Buffer }): Promise<void> {
  const { tenantId } = at.keys;
  if (at.subjects.length === 0) return;
  await lockHandles(tx, [value]);
  await besides(tx, tenantId);
  const wrong = await wrongHandle(tx, at, value.kind);
  if (wrong.hash.equals(value.hash)) return;
  const [owner] = await tx.query<{ subject_id: string }>(
    'SELECT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = $2 AND valid_to IS NULL',
    [tenantId, value.hash],
  );
  if (owner) throw new Problem('conflict', 'That identifier leads to a person already.');
  const { key } = at.subjects.find(({ id }) => id === wrong.subject_id)!;
  await tx.query('DELETE FROM parley.identity WHERE tenant_id = $1 AND hash = $2', [tenantId, wrong.hash]);
  await attach(tx, at.mandate, { keys: at.keys, subjectId: wrong.subject_id, key, handles: [value] });
  const [before, after] = [wrong.hash, value.hash].map((hash) => suppressionHash(at.keys, hash));
  await tx.query(
    `WITH gone AS (DELETE FROM parley.suppression WHERE tenant_id = $1 AND hash = $2 RETURNING purpose, instruction_version, clause, since)
     INSERT INTO parley.suppression (tenant_id, hash, purpose, instruction_version, clause, since)
     SELECT $1, $3, purpose, instruction_version, clause, since FROM gone ON CONFLICT DO NOTHING`,
    [tenantId, before, after],
  );
  await tx.query(
    'UPDATE parley.rights_request SET hashes = array_replace(hashes, $2, $3) WHERE tenant_id = $1 AND hashes @> ARRAY[$2::bytea]',
    [tenantId, wrong.hash, value.hash],
  );
  await tx.query('SELECT pg_notify($1, $2)', [PERSONS, tenantId]);
}

const ON_CHANNEL = `SELECT c.id FROM parley.conversation c
  JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
  WHERE c.tenant_id = $1 AND c.subject_id = $2 AND k.channel = $3`;

/** What stands instead of a value of this kind, for each subject that the channel knows. */
async function putRight(tx: Tx, at: At, given: CorrectedValue): Promise<void> {
  const { tenantId } = at.keys;
  const { version } = at.mandate.instruction;
  for (const { id: subjectId, key } of at.subjects) {
    const talks = await tx.query<{ id: string }>(ON_CHANNEL, [tenantId, subjectId, given.channel]);
    if (talks.length === 0) continue;
    const place = placeOf({ tenantId, subjectId }, rowOf({ id: '', ...given }));
    const value = sealPersonal(at.mandate, 'profile', { key, value: given.value, place });
    await tx.query(
      `INSERT INTO parley.correction (tenant_id, id, subject_id, request_id, channel, kind, form, value, instruction_version, clause)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (tenant_id, subject_id, channel, kind) WHERE kind IS NOT NULL DO UPDATE
       SET request_id = excluded.request_id, form = excluded.form, value = excluded.value, settled_at = NULL,
         instruction_version = excluded.instruction_version, clause = excluded.clause, at = now()`,
      [tenantId, uuid(), subjectId, at.request.id, given.channel, given.kind, given.form, value, version, given.clause],
    );
    if (given.locale !== undefined)
      await tx.query('UPDATE parley.conversation SET locale = $3 WHERE tenant_id = $1 AND id = ANY ($2)', [
        tenantId,
        talks.map(({ id }) => id),
        given.locale,
      ]);
  }
}

/** Beside what was written, which stays as it is. @throws Problem invalid-input, where the message is not one of the person's */
async function supplement(tx: Tx, at: At, { messageId, text }: Supplement): Promise<boolean> {
  const { tenantId } = at.keys;
  const [owner] = await tx.query<{ id: string }>(
    `SELECT s.id FROM parley.subject s WHERE s.tenant_id = $1 AND s.id = ANY ($2) AND ($3::uuid IS NULL OR EXISTS (
       SELECT FROM parley.conversation c JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
       WHERE c.tenant_id = $1 AND c.subject_id = s.id AND m.id = $3 AND m.body IS NOT NULL)) ORDER BY s.created_at DESC LIMIT 1`,
    [tenantId, at.subjects.map(({ id }) => id), messageId],
  );
  if (!owner) return messageId === null;
  const { key } = at.subjects.find(({ id }) => id === owner.id)!;
  const id = uuid();
  const value = sealPersonal(at.mandate, 'content', { key, value: text, place: placeOf({ tenantId, subjectId: owner.id }, id) }); // prettier-ignore
  const { version, clause } = at.mandate.instruction;
  await tx.query(
    `INSERT INTO parley.correction (tenant_id, id, subject_id, request_id, message_id, value, settled_at, instruction_version, clause)
     VALUES ($1, $2, $3, $4, $5, $6, now(), $7, $8)`,
    [tenantId, id, owner.id, at.request.id, messageId, value, version, clause],
  );
  return true;
}

/** With the decision, in its transaction. @throws Problem conflict, invalid-input */
export async function rectify(
  tx: Tx,
  request: { readonly id: string; readonly hashes: readonly Buffer[]; readonly subject_ids: readonly string[] },
  given: Rectification,
): Promise<void> {
  const { keys, mandate } = given;
  const { tenantId } = keys;
  const found = await tx.query<{ subject_id: string }>(
    'SELECT DISTINCT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = ANY ($2)',
    [tenantId, request.hashes],
  );
  const named = request.subject_ids.length > 0 ? request.subject_ids : found.map((row) => row.subject_id);
  const rows = await tx.query<{ id: string; wrapped_key: Buffer }>(
    `SELECT s.id, k.wrapped_key FROM parley.subject s JOIN parley.subject_key k ON k.tenant_id = s.tenant_id AND k.subject_id = s.id
     WHERE s.tenant_id = $1 AND s.id = ANY ($2) ORDER BY s.id FOR UPDATE`,
    [tenantId, await wholePersons(tx, tenantId, named)],
  );
  const subjects = rows.map((row) => ({ id: row.id, key: openSubjectKey(keys, row.id, row.wrapped_key) }));
  const at: At = { ...given, request, subjects };
  for (const { hash, ...value } of given.values)
    await (hash ? moveHandle(tx, at, { ...value, hash }) : putRight(tx, at, value));
  const errors: { path: string; detail: string }[] = [];
  for (const [n, one] of given.supplements.entries())
    if (!(await supplement(tx, at, one)))
      errors.push({ path: `/statements/${n}/message`, detail: 'The person has no such message with a content.' });
  if (errors.length > 0) throw new Problem('invalid-input', undefined, { errors });
  const { version, clause } = mandate.instruction;
  const leaf = {
    type: 'rectified',
    request: request.id,
    values: given.values.map(({ channel, kind }) => `${channel}/${kind}`),
    statements: given.supplements.length,
    version,
    clause,
  };
  await appendLeaf(tx, tenantId, leaf);
}

/** Two subjects are one person: what was put right of the earlier one stands for the later one, unless that has its own. */
export async function moveCorrections(
  tx: Tx,
  tenantId: string,
  of: { readonly earlier: Omit<Whose, 'tenantId'>; readonly later: Omit<Whose, 'tenantId'> },
): Promise<void> {
  const [earlier, later] = [of.earlier, of.later].map((one) => ({ ...one, tenantId })) as [Whose, Whose];
  const rows = await tx.query<{ id: string; channel: string; kind: string; value: Buffer }>(
    'SELECT id, channel, kind, value FROM parley.correction WHERE tenant_id = $1 AND subject_id = $2 AND kind IS NOT NULL',
    [tenantId, earlier.subjectId],
  );
  for (const row of rows)
    await tx.query(
      `INSERT INTO parley.correction (tenant_id, id, subject_id, request_id, channel, kind, form, value, replaces, settled_at, instruction_version, clause, at)
       SELECT tenant_id, $4, $3, request_id, channel, kind, form, $5, replaces, settled_at, instruction_version, clause, at
       FROM parley.correction WHERE tenant_id = $1 AND id = $2 ON CONFLICT DO NOTHING`,
      [tenantId, row.id, later.subjectId, uuid(), seal(later.key, openCorrection(earlier, row), contextOf(placeOf(later, rowOf(row))))],
    );
} // prettier-ignore

/** Wrong values that were found: known again when they come again. */
async function noteReplaced(tx: Tx, at: { tenantId: string; subjectId: string; channel: string }, found: readonly Replaced[]): Promise<void> {
  for (const kind of new Set(found.map((one) => one.kind)))
    await tx.query(
      `UPDATE parley.correction SET replaces = ARRAY(SELECT DISTINCT unnest(replaces || $5::bytea[]))
       WHERE tenant_id = $1 AND subject_id = $2 AND channel = $3 AND kind = $4`,
      [at.tenantId, at.subjectId, at.channel, kind, found.filter((one) => one.kind === kind).map(({ hash }) => hash)],
    );
} // prettier-ignore

const REPLACE = 'UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2 AND body = $4 RETURNING id';

interface Standing extends SealedCorrection {
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
}

export function correctionVerbs(db: Db) {
  return {
    /** What the channel exposed wrongly once more is put right in the row; nothing happens where that has changed or lost its content. */
    replaceWrong: (
      tenantId: string,
      at: { readonly messageId: string; readonly subjectId: string; readonly channel: string },
      of: { readonly before: Buffer; readonly after: CorrectedBody },
    ): Promise<void> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query(REPLACE, [tenantId, at.messageId, of.after.body, of.before]);
        await noteReplaced(tx, { tenantId, ...at }, of.after.replaced);
      }),

    /** Turns that somebody has in hand now: they may not know of what was put right. */
    turnsInHand: async (tenantId: string, subjects: readonly string[]): Promise<string[]> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ lease: string }>(
            'SELECT lease FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2) AND lease IS NOT NULL AND lease_until > now()',
            [tenantId, subjects],
          ),
        )
      ).map(({ lease }) => lease),

    /** Puts right what is held, some hundred messages at a time, after one of them; answers how many were changed, and the last; null: there is nothing. */
    correctHeld: (
      keys: TenantKeys,
      of: { readonly requestId: string; readonly after: string },
      correct: CorrectBody,
    ): Promise<{ changed: number; last: string | null } | null> =>
      db.inTenant(keys.tenantId, async (tx) => {
        const { tenantId } = keys;
        const standing = await tx.query<Standing>(
          `SELECT k.subject_id, s.wrapped_key, k.channel, k.kind, k.form, k.value, k.replaces, false AS settled FROM parley.correction k
           JOIN parley.subject_key s ON s.tenant_id = k.tenant_id AND s.subject_id = k.subject_id
           WHERE k.tenant_id = $1 AND k.request_id = $2 AND k.kind IS NOT NULL AND k.settled_at IS NULL`,
          [tenantId, of.requestId],
        );
        if (standing.length === 0) return null;
        const whoseOf = new Map(
          standing.map((one) => [one.subject_id, { tenantId, subjectId: one.subject_id, key: openSubjectKey(keys, one.subject_id, one.wrapped_key) }]),
        );
        const opened = standing.map((one) => ({ subjectId: one.subject_id, correction: openCorrections(whoseOf.get(one.subject_id)!, [one])[0]! }));
        const rows = await tx.query<{ id: string; body: Buffer; subject_id: string; channel: string }>(
          `SELECT m.id, m.body, c.subject_id, k.channel FROM parley.conversation c
           JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
           JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
           WHERE c.tenant_id = $1 AND c.subject_id = ANY ($2) AND k.channel = ANY ($3) AND m.id > $4 AND m.direction = 'in' AND m.body IS NOT NULL
           ORDER BY m.id LIMIT ${BATCH} FOR UPDATE OF m`,
          [tenantId, [...whoseOf.keys()], [...new Set(standing.map(({ channel }) => channel))], of.after],
        );
        let changed = 0;
        for (const { id: messageId, body, subject_id: subjectId, channel } of rows) {
          const theirs = opened.filter((one) => one.subjectId === subjectId && one.correction.channel === channel).map((one) => one.correction);
          const after = correct(keys, { ...whoseOf.get(subjectId)!, messageId, body }, theirs);
          if (after === null) continue;
          await tx.query(REPLACE, [tenantId, messageId, after.body, body]);
          await noteReplaced(tx, { tenantId, subjectId, channel }, after.replaced);
          changed += 1;
        }
        return { changed, last: rows.length < BATCH ? null : rows.at(-1)!.id };
      }),

    /** Everything that is held was looked through: from here on only what is known to be wrong is replaced. */
    settleCorrections: (tenantId: string, requestId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.correction SET settled_at = now() WHERE tenant_id = $1 AND request_id = $2 AND settled_at IS NULL',
          [tenantId, requestId],
        ),
      ),

    /** What a request put right: which kinds, and how many statements. */
    correctedBy: (tenantId: string, requestId: string): Promise<{ channel: string | null; kind: string | null; n: number }[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'SELECT channel, kind, count(*)::int AS n FROM parley.correction WHERE tenant_id = $1 AND request_id = $2 GROUP BY 1, 2 ORDER BY 1, 2',
          [tenantId, requestId],
        ),
      ),

    /** Of which kinds, and in which form, something stands: of these persons, or of anybody. */
    correctedKinds: (tenantId: string, persons: readonly string[] | null = null): Promise<CorrectedKind[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT DISTINCT channel, kind, form FROM parley.correction
           WHERE tenant_id = $1 AND kind IS NOT NULL AND ($2::uuid[] IS NULL OR subject_id = ANY ($2))`,
          [tenantId, persons],
        ),
      ),

    dropCorrections: (tenantId: string, of: CorrectedKind, persons: readonly string[] | null = null): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `DELETE FROM parley.correction WHERE tenant_id = $1 AND channel = $2 AND kind = $3 AND form IS NOT DISTINCT FROM $4
             AND ($5::uuid[] IS NULL OR subject_id = ANY ($5))`,
          [tenantId, of.channel, of.kind, of.form, persons],
        ),
      ),
  };
} // prettier-ignore
