// When conversations are due: the times that stand with them, which of them have passed, and what is there all the same.
import { NIL_UUID } from '#libs/kernel';
import { holding, NOTHING, type Holding, type Keeping } from './holding.js';
import type { Db, Tx } from './pool.js';
import { markOf } from './retention.js';
import { alone } from './retention-lock.js';

export interface DueTimes {
  readonly content: Date | null;
  readonly conversation: Date | null;
}

export interface ConversationTimes {
  readonly id: string;
  /** As they stand there. */
  readonly stands: DueTimes;
  /** null: nothing was ever said there. */
  readonly last: { readonly at: Date; readonly version: number } | null;
}

/** One of which a time has passed. */
export interface ConversationPast extends ConversationTimes {
  /** Some that no hold keeps. */
  readonly hasContent: boolean;
  /** By a hold. */
  readonly isKept: boolean;
}

type Kept = 'all' | readonly Keeping[];

interface Row {
  readonly id: string;
  readonly content_due_at: Date | null;
  readonly due_at: Date | null;
  readonly last_at: Date | null;
  readonly last_version: number | null;
}

const PAGE = 500;
const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const COLUMNS =
  'c.id, c.content_due_at, c.due_at, parley.made_at(l.id) AS last_at, l.instruction_version AS last_version';
const WITH_LAST = `parley.conversation c LEFT JOIN LATERAL (SELECT m.id, m.instruction_version FROM parley.message m
  WHERE m.tenant_id = $1 AND m.conversation_id = c.id ORDER BY m.id DESC LIMIT 1) l ON true`;
const hasContent = (held: Holding): string =>
  `EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.body IS NOT NULL AND NOT ${held.message('m.id')})`;

const timesOf = ({ id, content_due_at, due_at, last_at, last_version }: Row): ConversationTimes => ({
  id,
  stands: { content: content_due_at, conversation: due_at },
  last: last_at && last_version !== null ? { at: last_at, version: last_version } : null,
});

const isSame = (a: DueTimes, b: DueTimes): boolean =>
  a.content?.getTime() === b.content?.getTime() && a.conversation?.getTime() === b.conversation?.getTime();

type Corrected = Pick<ConversationTimes, 'id' | 'stands'> & { readonly due: DueTimes };

/** Not where a turn has ended meanwhile: it knows better. */
async function setTimes(tx: Tx, tenantId: string, all: readonly Corrected[]): Promise<void> {
  const other = all.filter(({ stands, due }) => !isSame(stands, due));
  if (other.length === 0) return;
  await tx.query(
    `UPDATE parley.conversation v SET content_due_at = u.content, due_at = u.due
     FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[]) AS u(id, content, due, was_content, was_due)
     WHERE v.tenant_id = $1 AND v.id = ANY ($2) AND v.id = u.id
       AND v.content_due_at IS NOT DISTINCT FROM u.was_content AND v.due_at IS NOT DISTINCT FROM u.was_due`,
    [
      tenantId,
      other.map(({ id }) => id),
      other.map(({ due }) => due.content),
      other.map(({ due }) => due.conversation),
      other.map(({ stands }) => stands.content),
      other.map(({ stands }) => stands.conversation),
    ],
  );
}

export function dueTimesVerbs(db: Db) {
  return {
    setDue: (tenantId: string, all: readonly Corrected[]): Promise<void> =>
      db.inTenant(tenantId, (tx) => setTimes(tx, tenantId, all)),

    /**
     * Writes the times of the next page of conversations; true: there are more; null: another process is at it. Under one name each
     * conversation is looked at once, until the marks are forgotten. Of content that is gone nothing is due.
     */
    stampDue: async (
      tenantId: string,
      by: { readonly name: string; readonly at: Date; readonly dueOf: (of: ConversationTimes) => DueTimes },
    ): Promise<boolean | null> =>
      alone(db, tenantId, async (tx) => {
        const mark = await markOf(tx, { tenantId, rule: by.name });
        if (mark === END) return false;
        const page = (
          await tx.query<Row>(
            `SELECT ${COLUMNS} FROM ${WITH_LAST} WHERE c.tenant_id = $1 AND c.id > $2 ORDER BY c.id LIMIT ${PAGE}`,
            [tenantId, mark],
          )
        ).map(timesOf);
        const due = page.map((one) => ({ ...one, due: by.dueOf(one) }));
        const past = due.filter((one) => one.due.content !== null && one.due.content <= by.at).map(({ id }) => id);
        const filled = await tx.query<{ id: string }>(
          `SELECT c.id FROM unnest($2::uuid[]) AS c(id) WHERE ${hasContent(NOTHING)}`,
          [tenantId, past],
        );
        const there = new Set(filled.map(({ id }) => id));
        const empty = new Set(past.filter((id) => !there.has(id)));
        await setTimes(tx, tenantId, due.map((one) => (empty.has(one.id) ? { ...one, due: { ...one.due, content: null } } : one))); // prettier-ignore
        const isMore = page.length === PAGE;
        // A ruling that comes back, as when a hold has ended by its date, is another one.
        await tx.query(
          `WITH former AS (DELETE FROM parley.retention_mark WHERE tenant_id = $1 AND rule LIKE 'due %' AND rule <> $2)
           INSERT INTO parley.retention_mark (tenant_id, rule, mark) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, rule) DO UPDATE SET mark = excluded.mark`,
          [tenantId, by.name, isMore ? page.at(-1)!.id : END],
        );
        return isMore;
      }),

    /** Conversations of which a time that stands there has passed by then, in the order of their ids; what is restricted is due at no time. */
    conversationsDueBefore: (
      tenantId: string,
      of: { readonly before: Date; readonly after: string | null; readonly kept: { content: Kept; routing: Kept } },
    ): Promise<ConversationPast[]> =>
      db.inTenant(tenantId, async (tx) => {
        const { content, routing } = of.kept;
        // What is kept as a whole is due at no time, and so nobody asks what of it is there.
        const holdingOf = (kept: Kept, parameter: number): Holding =>
          kept === 'all' || kept.length === 0 ? NOTHING : holding(parameter);
        const rows = await tx.query<Row & { has_content: boolean; is_kept: boolean }>(
          `SELECT ${COLUMNS}, ${hasContent(holdingOf(content, 4))} AS has_content, ${holdingOf(routing, 5).conversation('c.id')} AS is_kept
           FROM ${WITH_LAST} WHERE c.tenant_id = $1 AND (c.content_due_at <= $2 OR c.due_at <= $2) AND c.id > $3
             AND NOT EXISTS (SELECT FROM parley.subject s WHERE s.tenant_id = $1 AND s.id = c.subject_id AND s.restricted)
             AND $4::jsonb IS NOT NULL AND $5::jsonb IS NOT NULL ORDER BY c.id LIMIT ${PAGE}`,
          [tenantId, of.before, of.after ?? NIL_UUID, ...[content, routing].map((k) => JSON.stringify(k === 'all' ? [] : k))],
        );
        return rows.map((row) => ({ ...timesOf(row), hasContent: row.has_content, isKept: row.is_kept }));
      }), // prettier-ignore
  };
}
