// Rights requests that are over: deleted when their time is, with what hangs on them, but for what is still owed or has to be kept.
import { holding, NOTHING, restricted, type Keeping } from './holding.js';
import type { Db, Tx } from './pool.js';
import { REQUEST_COLUMNS, requestLeaf, type RightsRequestRow } from './requests.js';

const BATCH = 500;

/** What of it waits to be told or found; and the entries by which a backup that is put back is corrected. $3: since when these are needed. */
const OWED = `EXISTS (SELECT FROM parley.recipient_notice n WHERE n.tenant_id = $1 AND n.request_id = r.id AND n.state = 'queued')
  OR EXISTS (SELECT FROM parley.mention_search q WHERE q.tenant_id = $1 AND q.request_id = r.id AND q.finished_at IS NULL)
  OR EXISTS (SELECT FROM parley.opendsr_request o JOIN parley.opendsr_callback c ON c.tenant_id = o.tenant_id AND c.id = o.id
             WHERE o.tenant_id = $1 AND o.request_id = r.id AND NOT c.closed)
  OR EXISTS (SELECT FROM parley.deletion d WHERE d.tenant_id = $1 AND d.request_id = r.id AND d.at > $3)`;

/** In this order; $1 the tenant, $2 requests. What is deleted last is what the others refer to. */
const STEPS: readonly string[] = [
  `DELETE FROM parley.opendsr_callback c USING parley.opendsr_request o WHERE c.tenant_id = $1 AND o.tenant_id = $1 AND c.id = o.id AND o.request_id = ANY ($2)`,
  ...['opendsr_request', 'mention', 'mention_search', 'recipient_notice', 'rights_copy'].map(
    (table) => `DELETE FROM parley.${table} WHERE tenant_id = $1 AND request_id = ANY ($2)`,
  ),
  'DELETE FROM parley.rights_request WHERE tenant_id = $1 AND id = ANY ($2)',
];

export interface ClosedRequestsDue {
  readonly at: Date;
  /** Entries of the journal of deletions from then on are needed: a backup may be older. */
  readonly journalSince: Date;
  /** What legal holds keep: the requests of whose messages. */
  readonly kept: readonly Keeping[];
}

async function due(tx: Tx, tenantId: string, by: ClosedRequestsDue): Promise<RightsRequestRow[]> {
  const held = by.kept.length > 0 ? holding(4) : NOTHING;
  return tx.query<RightsRequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM parley.rights_request r WHERE r.tenant_id = $1 AND r.kept_until <= $2 AND NOT (${OWED})
       AND NOT EXISTS (SELECT FROM unnest(r.subject_ids) AS s(id) WHERE ${restricted.subject('s.id')} OR ${held.subject('s.id')})
     ORDER BY r.kept_until LIMIT ${BATCH} FOR UPDATE OF r`,
    [tenantId, by.at, by.journalSince, ...(by.kept.length > 0 ? [JSON.stringify(by.kept)] : [])],
  );
}

export function closedRequestVerbs(db: Db) {
  return {
    /** Tenants with requests whose time is over. */
    closedRequestsDue: async (at: Date): Promise<string[]> =>
      (
        await db.directory<{ tenant_id: string }>(
          'SELECT DISTINCT tenant_id FROM parley.rights_request WHERE kept_until <= $1',
          [at],
        )
      ).map((row) => row.tenant_id),

    /** Deletes what is due, and says so in the ledger, whose former leaves stay; answers how many, and the earliest time that was due. */
    forgetClosedRequests: (tenantId: string, by: ClosedRequestsDue): Promise<{ count: number; oldest: Date | null }> =>
      db.inTenant(tenantId, async (tx) => {
        const rows = await due(tx, tenantId, by);
        const ids = rows.map(({ id }) => id);
        for (const step of rows.length > 0 ? STEPS : []) await tx.query(step, [tenantId, ids]);
        for (const row of rows) await requestLeaf(tx, tenantId, { ...row, state: 'forgotten', evidence: null });
        return { count: rows.length, oldest: rows[0]?.kept_until ?? null };
      }),
  };
}
