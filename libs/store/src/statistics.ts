// What statistics are counted from, and the bins that they end in. Persons are counted in the rows that are there anyway; none is noted.
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';

export interface CountedTime {
  readonly starts: Date;
  readonly ends: Date;
}

/** How many persons wrote or were written to, how many messages that is, and how many of them one person has. */
export interface Figure {
  readonly persons: number;
  readonly messages: number;
  readonly largest: number;
}

export interface CellFigure extends Figure {
  /** The values of the dimensions in their order, as a JSON array. */
  readonly key: string;
}

export interface BinRow extends CountedTime {
  readonly instruction_version: number;
  readonly minimum_group: number;
  readonly dimensions: readonly string[];
  readonly persons: number | null;
  readonly messages: number | null;
  readonly cells: readonly { readonly key: string; readonly messages: number }[];
}

/** From a closed list: nothing of a document gets into a statement. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  channel: 'k.channel',
  connection: 'k.id::text',
  direction: 'm.direction',
  content: "coalesce(m.content_type, 'none')",
  language: "coalesce(substring(lower(c.locale) FROM '^[a-z]{2,3}(?![a-z])'), 'unknown')",
};

/**
 * Per person, under whatever ids they wrote, and cell the number of messages. Whoever is restricted or objected is left out (Art. 18, 21), as
 * is what was not kept or waits for consent.
 */
const contributions = (dimensions: readonly string[]): string => `contribution AS MATERIALIZED (
  SELECT coalesce(s.person, s.id) AS person, array_to_json(ARRAY[${dimensions.map((one) => EXPRESSIONS[one] ?? 'NULL').join(', ')}]::text[])::text AS key, count(*)::int AS n
  FROM parley.message m
  JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
  JOIN parley.subject s ON s.tenant_id = m.tenant_id AND s.id = c.subject_id
  JOIN parley.connection k ON k.tenant_id = m.tenant_id AND k.id = c.connection_id
  WHERE m.tenant_id = $1 AND m.id >= parley.uuid_at($2) AND m.id < parley.uuid_at($3) AND m.type = 'message'
    AND m.state NOT IN ('held', 'dropped', 'restricted', 'cancelled') AND NOT s.restricted
    AND NOT EXISTS (SELECT FROM parley.objection o WHERE o.tenant_id = m.tenant_id AND o.subject_id = s.id)
  GROUP BY 1, 2)`;

const CELLS = `SELECT key, count(*)::int AS persons, sum(n)::int AS messages, max(n)::int AS largest FROM contribution GROUP BY key`;
/** Each person once, over several cells; $4 the cells, NULL: all. */
const TOGETHER = `SELECT count(*)::int AS persons, coalesce(sum(n), 0)::int AS messages, coalesce(max(n), 0)::int AS largest FROM (
  SELECT sum(n) AS n FROM contribution WHERE $4::text[] IS NULL OR key = ANY ($4) GROUP BY person) p`;

/** What is counted of one time; the figures are for whoever decides what may be told, and are kept nowhere. */
export interface Counting {
  readonly cells: readonly CellFigure[];
  readonly together: (keys: readonly string[] | null) => Promise<Figure>;
}

/**
 * After a backup was put back: what was over by then may have been counted since it was made, with persons who are erased again now. A second
 * figure beside the first would tell of them, so of all that time nothing is told. $1 when the backup was made, $2 now.
 */
const UNTOLD = `INSERT INTO parley.statistic_bin
  SELECT v.tenant_id, t.starts, t.ends, v.version, 10, '{}', NULL, NULL, '[]'
  FROM (SELECT tenant_id, max(version) AS version FROM parley.instruction_version
    WHERE approved_at IS NOT NULL AND document #> '{statistics,enabled}' = 'true' GROUP BY 1) v,
  LATERAL (SELECT date_trunc('hour', $2::timestamptz, 'UTC') AS ends, coalesce(
    (SELECT max(b.ends) FROM parley.statistic_bin b WHERE b.tenant_id = v.tenant_id), date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour') AS starts) t
  WHERE t.starts < t.ends`;

export const passOverCounted = (tx: Tx, at: { readonly madeAt: string; readonly now: Date }): Promise<unknown> =>
  tx.query(UNTOLD, [at.madeAt, at.now]);

export function statisticVerbs(db: Db) {
  const counting = async (tx: Tx, tenantId: string, at: CountedTime & { readonly dimensions: readonly string[] }): Promise<Counting> => {
    const base = contributions(at.dimensions);
    const values = [tenantId, at.starts, at.ends];
    return {
      cells: await tx.query<CellFigure>(`WITH ${base} ${CELLS}`, values),
      together: async (keys) => (await tx.query<Figure>(`WITH ${base} ${TOGETHER}`, [...values, keys]))[0]!,
    };
  }; // prettier-ignore

  return {
    /** When the last time that was counted ended; null: none was. */
    countedUntil: async (tenantId: string): Promise<Date | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ until: Date | null }>('SELECT max(ends) AS until FROM parley.statistic_bin WHERE tenant_id = $1', [
            tenantId,
          ]),
        )
      )[0]!.until,

    /** Counts one time, once: `release` says what may be told of it. False: it was counted before, or overlaps what was. */
    countBin: (
      tenantId: string,
      bin: Omit<BinRow, 'persons' | 'messages' | 'cells'>,
      release: (counted: Counting) => Promise<Pick<BinRow, 'persons' | 'messages' | 'cells'>>,
    ): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('statistics ' || $1, 0))", [tenantId]);
        const there = await tx.query('SELECT FROM parley.statistic_bin WHERE tenant_id = $1 AND ends > $2 LIMIT 1', [
          tenantId,
          bin.starts,
        ]);
        if (there.length > 0) return false;
        const told = await release(await counting(tx, tenantId, bin));
        await tx.query('INSERT INTO parley.statistic_bin VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
          tenantId, bin.starts, bin.ends, bin.instruction_version, bin.minimum_group, bin.dimensions,
          told.persons, told.messages, JSON.stringify(told.cells),
        ]); // prettier-ignore
        const { starts: from, ends: to, instruction_version: version } = bin;
        await appendLeaf(tx, tenantId, {
          type: 'statistics', from, to, version, clause: '/statistics', cells: told.cells.length,
        }); // prettier-ignore
        return true;
      }),

    statisticBins: (tenantId: string, after: Date | null, limit: number): Promise<BinRow[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query<BinRow>(
          `SELECT starts, ends, instruction_version, minimum_group, dimensions, persons, messages::float8 AS messages, cells
           FROM parley.statistic_bin WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR starts > $2) ORDER BY starts LIMIT $3`,
          [tenantId, after, limit],
        ),
      ),
  };
}
