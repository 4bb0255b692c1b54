// The test of deletion: does anything lead to a person who is no longer there? Asked of every table that the data map names.
import type { TableEntry } from './data-map-entry.js';
import { DATA_MAP } from './data-map.js';
import type { Db } from './pool.js';

export interface Leftover {
  readonly table: string;
  readonly rows: number;
  /** Rows that lead to nobody: none, unless a deletion was not complete. */
  readonly leftovers: number;
}

const GONE = (id: string): string =>
  `NOT EXISTS (SELECT FROM parley.subject_key s WHERE s.tenant_id = t.tenant_id AND s.subject_id = ${id})`;

/** When a row of a table leads to nobody, by the column that leads to the person; a hash leads by another table, or on purpose to nobody. */
const LEADS_TO_NOBODY: Readonly<Record<NonNullable<TableEntry['person']>, string | null>> = {
  id: GONE('t.id'),
  subject_id: GONE('t.subject_id'),
  subject_ids: `EXISTS (SELECT FROM unnest(t.subject_ids) AS u(id) WHERE ${GONE('u.id')})`,
  conversation_id: `t.conversation_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM parley.conversation c WHERE c.tenant_id = t.tenant_id AND c.id = t.conversation_id)`,
  message_id: `t.message_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM parley.message m WHERE m.tenant_id = t.tenant_id AND m.id = t.message_id)`,
  request_id: `NOT EXISTS (SELECT FROM parley.rights_request r WHERE r.tenant_id = t.tenant_id AND r.id = t.request_id)`,
  hash: null,
};

export function leftoverVerbs(db: Db) {
  return {
    /** Looks through all tables about persons, at this moment. */
    async leftovers(tenantId: string): Promise<Leftover[]> {
      const found: Leftover[] = [];
      for (const [table, { person, retention }] of Object.entries(DATA_MAP)) {
        // The journal of deletions names by random ids who is gone, so that no backup brings them back.
        const condition = retention !== 'backup' && person && LEADS_TO_NOBODY[person];
        if (!condition) continue;
        const [row] = await db.inTenant(tenantId, (tx) =>
          tx.query<{ rows: number; leftovers: number }>(
            `SELECT count(*)::int AS rows, count(*) FILTER (WHERE ${condition})::int AS leftovers
             FROM parley.${table} t WHERE t.tenant_id = $1`,
            [tenantId],
          ),
        );
        found.push({ table, ...row! });
      }
      return found;
    },
  };
}
