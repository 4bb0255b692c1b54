// OpenDSR: a controller's own ids of requests, each good once; the addresses that are told of changes; the certificate of its calls.
import { Problem } from '#libs/kernel';
import type { Db, Tx } from './pool.js';

/** As a controller's system names a request, and where it wants to hear of it. */
export interface OpenDsrName {
  readonly id: string;
  readonly callbacks: readonly string[];
}

/** A request as the controller's system sees it. */
export interface OpenDsrRow {
  readonly id: string;
  readonly request_id: string;
  readonly received_at: Date;
  readonly cancelled_at: Date | null;
  readonly exercised: string;
  readonly state: string;
  readonly source: string;
  readonly due_at: Date;
}

export interface OpenDsrCallback {
  readonly url: string;
  readonly told: string | null;
  readonly attempts: number;
  readonly slug: string;
  readonly state: string;
  readonly due_at: Date;
  readonly request_id: string;
}

const ROW = `SELECT o.id, o.request_id, o.received_at, o.cancelled_at, r.exercised, r.state, r.source, r.due_at
  FROM parley.opendsr_request o JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id
  WHERE o.tenant_id = $1 AND o.id = $2`;
/** Of a callback's request: what is to be told. */
const STATE = "CASE WHEN o.cancelled_at IS NULL THEN r.state ELSE 'cancelled' END";
const OF_CALLBACK = `JOIN parley.opendsr_request o ON o.tenant_id = c.tenant_id AND o.id = c.id
  JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id`;
const CLAIM_SECONDS = 30;
/** Nobody listens there any more. */
const PATIENCE = '30 days';

/**
 * The request that this id named before; null: it is new. The same id for another right or another person, or for a request that
 * is over, is refused: it would be answered and not carried out. @throws Problem conflict
 */
export async function namedBefore(
  tx: Tx,
  tenantId: string,
  {
    made,
    name,
  }: { readonly made: { readonly exercised: string; readonly hashes: readonly Buffer[] }; readonly name: OpenDsrName },
): Promise<string | null> {
  const [before] = await tx.query<{ request_id: string; same: boolean }>(
    `SELECT o.request_id, o.cancelled_at IS NULL AND r.state NOT IN ('completed', 'refused') AND r.exercised = $3 AND r.hashes @> $4::bytea[] AS same
     FROM parley.opendsr_request o JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id
     WHERE o.tenant_id = $1 AND o.id = $2`,
    [tenantId, name.id, made.exercised, made.hashes],
  );
  if (before && !before.same) throw new Problem('conflict', 'This subject_request_id was used before.');
  return before?.request_id ?? null;
}

export async function nameRequest(
  tx: Tx,
  tenantId: string,
  { requestId, name }: { readonly requestId: string; readonly name: OpenDsrName },
): Promise<void> {
  await tx.query('INSERT INTO parley.opendsr_request (tenant_id, id, request_id) VALUES ($1, $2, $3)', [
    tenantId,
    name.id,
    requestId,
  ]);
  for (const [n, url] of name.callbacks.entries())
    await tx.query('INSERT INTO parley.opendsr_callback (tenant_id, id, n, url) VALUES ($1, $2, $3, $4)', [
      tenantId,
      name.id,
      n,
      url,
    ]);
}

export function openDsrVerbs(db: Db) {
  return {
    openDsrRequest: async (tenantId: string, id: string): Promise<OpenDsrRow | null> =>
      (await db.inTenant(tenantId, (tx) => tx.query<OpenDsrRow & object>(ROW, [tenantId, id])))[0] ?? null,

    /** Does somebody else want what this id named: the person in the chat, or the controller under another id? */
    isWantedElsewhere: async (tenantId: string, id: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            `SELECT FROM parley.opendsr_request o JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id
             WHERE o.tenant_id = $1 AND o.id = $2 AND (r.source <> 'opendsr' OR r.conversation_id IS NOT NULL OR EXISTS (
               SELECT FROM parley.opendsr_request other WHERE other.tenant_id = $1 AND other.request_id = r.id AND other.id <> $2
                 AND other.cancelled_at IS NULL))`,
            [tenantId, id],
          ),
        )
      ).length > 0,

    /** The controller takes this id back. */
    cancelOpenDsr: (tenantId: string, id: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.opendsr_request SET cancelled_at = now() WHERE tenant_id = $1 AND id = $2 AND cancelled_at IS NULL',
          [tenantId, id],
        ),
      ),

    /** Addresses of all tenants that do not know the present state yet. */
    dueOpenDsrCallbacks: (limit: number): Promise<{ tenant_id: string; id: string; n: number }[]> =>
      db.directory(
        `SELECT c.tenant_id, c.id, c.n FROM parley.opendsr_callback c ${OF_CALLBACK}
         WHERE NOT c.closed AND c.not_before <= now() AND c.told IS DISTINCT FROM ${STATE} LIMIT $1`,
        [limit],
      ),

    claimOpenDsrCallback: async (
      tenantId: string,
      { id, n }: { readonly id: string; readonly n: number },
    ): Promise<OpenDsrCallback | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<OpenDsrCallback & object>(
            `UPDATE parley.opendsr_callback c SET attempts = c.attempts + 1, not_before = now() + make_interval(secs => ${CLAIM_SECONDS})
             FROM parley.opendsr_request o JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id
               JOIN parley.tenant t ON t.id = o.tenant_id
             WHERE c.tenant_id = $1 AND c.id = $2 AND c.n = $3 AND NOT c.closed AND c.not_before <= now()
               AND o.tenant_id = c.tenant_id AND o.id = c.id AND c.told IS DISTINCT FROM ${STATE}
             RETURNING c.url, c.told, c.attempts, t.slug, ${STATE} AS state, r.due_at, o.request_id`,
            [tenantId, id, n],
          ),
        )
      )[0] ?? null,

    /** The address knows this state now. `last`: nothing will follow. */
    toldOpenDsr: (
      tenantId: string,
      at: { readonly id: string; readonly n: number; readonly state: string; readonly last: boolean },
    ): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.opendsr_callback SET told = $4, closed = $5, attempts = 0, code = NULL, not_before = now()
           WHERE tenant_id = $1 AND id = $2 AND n = $3`,
          [tenantId, at.id, at.n, at.state, at.last],
        ),
      ),

    /** It did not take it: again after a while, for some weeks. */
    retryOpenDsr: (
      tenantId: string,
      at: { readonly id: string; readonly n: number; readonly code: string; readonly afterMs: number },
    ): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.opendsr_callback c SET code = $4, not_before = now() + make_interval(secs => $5 / 1000.0),
             closed = EXISTS (SELECT FROM parley.opendsr_request o JOIN parley.rights_request r ON r.tenant_id = o.tenant_id AND r.id = o.request_id
               WHERE o.tenant_id = $1 AND o.id = $2 AND r.completed_at < now() - interval '${PATIENCE}')
           WHERE tenant_id = $1 AND id = $2 AND n = $3`,
          [tenantId, at.id, at.n, at.code, at.afterMs],
        ),
      ),

    /** What the controller signs its calls with; null: nothing, and its key is enough. */
    openDsrCertificate: async (tenantId: string): Promise<string | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ pem: string }>('SELECT pem FROM parley.opendsr_certificate WHERE tenant_id = $1', [tenantId]),
        )
      )[0]?.pem ?? null,

    setOpenDsrCertificate: (tenantId: string, pem: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO parley.opendsr_certificate (tenant_id, pem) VALUES ($1, $2)
           ON CONFLICT (tenant_id) DO UPDATE SET pem = excluded.pem, created_at = now()`,
          [tenantId, pem],
        ),
      ),

    removeOpenDsrCertificate: async (tenantId: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query('DELETE FROM parley.opendsr_certificate WHERE tenant_id = $1 RETURNING 1', [tenantId]),
        )
      ).length > 0,
  };
}
