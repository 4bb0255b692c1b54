// Retention of single kinds of identifiers, where instructions give one a period of its own: taken out of sealed bodies, row by row.
import { openSubjectKey, type TenantKeys } from '#libs/vault';
import { holding, NOTHING, restricted, type Holding } from './holding.js';
import type { Db } from './pool.js';
import { alone } from './retention-lock.js';
import { markOf, setMark, type Due, type Swept } from './retention.js';

/** One kind of one channel, at one moment. */
export interface KindDue extends Due {
  readonly channel: string;
  readonly key: string;
}

export interface SealedBody {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly key: Buffer;
  readonly messageId: string;
  readonly body: Buffer;
}

/** The body without the kind, sealed anew; null: the kind is not in it. */
export type Without = (sealed: SealedBody, kind: string) => Buffer | null;

interface Row {
  readonly id: string;
  readonly body: Buffer | null;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly is_due: boolean;
}

/** Each body is opened: fewer at a time than where a statement does it all. */
const BATCH = 500;

const looked = (
  held: Holding,
): string => `SELECT m.id, CASE WHEN m.direction = 'in' THEN m.body END AS body, c.subject_id, s.wrapped_key,
    m.instruction_version = ANY ($4) AND k.channel = $5 AND NOT ${restricted.subject('c.subject_id')} AND NOT ${held.message('m.id')} AS is_due
  FROM parley.message m
  JOIN parley.conversation c ON c.tenant_id = $1 AND c.id = m.conversation_id
  JOIN parley.connection k ON k.tenant_id = $1 AND k.id = c.connection_id
  JOIN parley.subject_key s ON s.tenant_id = $1 AND s.subject_id = c.subject_id
  WHERE m.tenant_id = $1 AND m.id > $2 AND m.id < parley.uuid_at($3) ORDER BY m.id LIMIT ${BATCH} FOR UPDATE OF m`;

/** By what a person is answered arrives anew with each message: it is due when none has come since. */
const handles = (
  held: Holding,
): string => `DELETE FROM parley.identity i WHERE i.tenant_id = $1 AND i.kind = $2 AND i.subject_id = ANY ($3) AND NOT ${held.subject('i.subject_id')} AND NOT EXISTS (
    SELECT FROM parley.conversation c JOIN parley.message m ON m.tenant_id = $1 AND m.conversation_id = c.id AND m.id >= parley.uuid_at($4)
    WHERE c.tenant_id = $1 AND c.subject_id = i.subject_id) RETURNING i.subject_id`;

/** What stands instead of a value of the kind: due when nothing has come since beside which it could stand. */
const corrections = (
  held: Holding,
): string => `DELETE FROM parley.correction i WHERE i.tenant_id = $1 AND i.kind = $2 AND i.subject_id = ANY ($3) AND i.channel = $5 AND i.at < $4
  AND NOT ${held.subject('i.subject_id')} AND NOT EXISTS (
    SELECT FROM parley.conversation c JOIN parley.message m ON m.tenant_id = $1 AND m.conversation_id = c.id AND m.id >= parley.uuid_at($4)
    WHERE c.tenant_id = $1 AND c.subject_id = i.subject_id)`;

const REPLACED = `UPDATE parley.message m SET body = u.body FROM unnest($2::uuid[], $3::bytea[]) AS u(id, body)
  WHERE m.tenant_id = $1 AND m.id = u.id AND m.body IS NOT NULL`;

const timeOf = (id: string | undefined): Date | null =>
  id === undefined ? null : new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

export function identifierRetentionVerbs(db: Db) {
  return {
    /** Takes one step; the keys of persons who were erased open nothing, and nothing is left of theirs to open. */
    sweepIdentifier: (due: KindDue, keys: TenantKeys, without: Without): Promise<Swept | null> =>
      alone(db, due.tenantId, async (tx) => {
        const { tenantId, cutoff, under, channel, key: kind } = due;
        const kept = due.kept && due.kept.length > 0 ? [JSON.stringify(due.kept)] : [];
        const held = (parameter: number): Holding => (kept.length > 0 ? holding(parameter) : NOTHING);
        const rows = await tx.query<Row>(looked(held(6)), [tenantId, await markOf(tx, due), cutoff, under, channel, ...kept]);
        const concerned = rows.filter((row) => row.is_due);
        const changed = concerned.flatMap(({ id, body, subject_id: subjectId, wrapped_key: wrapped }) => {
          if (body === null) return [];
          const key = openSubjectKey(keys, subjectId, wrapped);
          const left = without({ tenantId, subjectId, key, messageId: id, body }, kind);
          return left === null ? [] : [{ id, left }];
        });
        await tx.query(REPLACED, [tenantId, changed.map(({ id }) => id), changed.map(({ left }) => left)]);
        const subjects = [...new Set(concerned.map((row) => row.subject_id))];
        const forgotten = await tx.query<{ subject_id: string }>(handles(held(5)), [tenantId, kind, subjects, cutoff, ...kept]);
        if (forgotten.length > 0) await tx.query("SELECT pg_notify('parley_persons', $1)", [tenantId]);
        await tx.query(corrections(held(6)), [tenantId, kind, subjects, cutoff, channel, ...kept]);
        const isMore = rows.length === BATCH;
        await setMark(tx, due, { isMore, last: rows.at(-1)?.id ?? null });
        const oldest = changed[0]?.id ?? concerned.find((row) => forgotten.some((h) => h.subject_id === row.subject_id))?.id;
        return { count: changed.length + forgotten.length, more: isMore, oldest: timeOf(oldest) };
      }),
  };
} // prettier-ignore
