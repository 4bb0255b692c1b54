// What the business is told of its rights requests: which of them it does not know as they are now, and how far it was told.
import type { Db } from './pool.js';
import { REQUEST_COLUMNS, type RightsRequestRow } from './requests.js';

export interface UntoldRequest extends RightsRequestRow {
  readonly slug: string;
  /** Of the request: grows with each state, alert, extension and lifting, and never comes again. */
  readonly revision: number;
  /** Of telling this revision, this one included. */
  readonly tell_attempts: number;
}

/** So many requests of one business at a time: one that is away holds up no other. */
const AT_ONCE = 5;
/** While one process tells, no other does. */
const CLAIM_SECONDS = 30;

export function requestTellingVerbs(db: Db) {
  return {
    /** Requests of all tenants that have changed since their business was last told. */
    untoldRequests: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM (
           SELECT tenant_id, id, tell_at, row_number() OVER (PARTITION BY tenant_id ORDER BY tell_at) AS n
           FROM parley.rights_request WHERE told_revision < revision AND tell_at <= now()) due
         WHERE n <= ${AT_ONCE} ORDER BY n, tell_at LIMIT $1`,
        [limit],
      ),

    /** null: it was told meanwhile, or another process tells it. */
    claimUntoldRequest: async (tenantId: string, id: string): Promise<UntoldRequest | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<UntoldRequest & object>(
            `UPDATE parley.rights_request SET tell_attempts = tell_attempts + 1, tell_at = now() + make_interval(secs => ${CLAIM_SECONDS})
             WHERE tenant_id = $1 AND id = $2 AND told_revision < revision AND tell_at <= now()
             RETURNING ${REQUEST_COLUMNS}, revision::float8 AS revision, tell_attempts, (SELECT slug FROM parley.tenant t WHERE t.id = $1) AS slug`,
            [tenantId, id],
          ),
        )
      )[0] ?? null,

    /** The business knows it as it was then, or will not be told. */
    toldRequest: (tenantId: string, id: string, revision: number): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.rights_request SET told_revision = $3 WHERE tenant_id = $1 AND id = $2 AND told_revision < $3',
          [tenantId, id, revision],
        ),
      ),

    /** It did not take that revision: again after a while. A newer one does not wait for it. */
    retryUntoldRequest: (
      tenantId: string,
      id: string,
      next: { readonly revision: number; readonly afterMs: number },
    ): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.rights_request SET tell_at = now() + make_interval(secs => $4 / 1000.0)
           WHERE tenant_id = $1 AND id = $2 AND revision = $3`,
          [tenantId, id, next.revision, next.afterMs],
        ),
      ),

    /** Nobody wants to be told: what there is now is passed over. */
    passOverUntold: (tenantId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.rights_request SET told_revision = revision WHERE tenant_id = $1 AND told_revision < revision',
          [tenantId],
        ),
      ),
  };
}
