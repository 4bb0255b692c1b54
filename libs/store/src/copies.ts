// Copies for access and portability, sealed: kept for some days, handed over to one holder, and for a moment longer to that one again.
import type { Db } from './pool.js';
import { REQUEST_COLUMNS, requestLeaf, type RightsRequestRow } from './requests.js';

/** A copy that waits to be fetched, and the wrapped key that opens it. */
export interface SealedCopy {
  readonly subject_id: string;
  readonly body: Buffer;
  readonly wrapped_key: Buffer;
}

/** Nobody else's, that is; $1 is the tenant, $2 the request, $3 the holder. */
const FOR_HOLDER = `r.tenant_id = $1 AND r.request_id = $2 AND r.until > now() AND (r.holder IS NULL OR r.holder = $3)`;

export function copyVerbs(db: Db) {
  return {
    keepCopy: (
      tenantId: string,
      copy: { requestId: string; subjectId: string; body: Buffer; until: Date },
    ): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO parley.rights_copy (tenant_id, request_id, subject_id, body, until) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant_id, request_id, subject_id) DO UPDATE SET body = excluded.body, until = excluded.until`,
          [tenantId, copy.requestId, copy.subjectId, copy.body, copy.until],
        ),
      ),

    /** The copies of one request that nobody was handed, sealed, each with the wrapped key that opens it. */
    copiesOf: (tenantId: string, requestId: string) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<SealedCopy>(
          `SELECT r.subject_id, r.body, s.wrapped_key FROM parley.rights_copy r
           JOIN parley.subject_key s ON s.tenant_id = r.tenant_id AND s.subject_id = r.subject_id
           WHERE r.tenant_id = $1 AND r.request_id = $2 AND r.until > now() AND r.holder IS NULL ORDER BY r.subject_id`,
          [tenantId, requestId],
        ),
      ),

    /** Whether there are copies for this holder: nobody else's, that is. */
    hasCopies: async (tenantId: string, requestId: string, holder: Buffer): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(`SELECT FROM parley.rights_copy r WHERE ${FOR_HOLDER} LIMIT 1`, [tenantId, requestId, holder]),
        )
      ).length > 0,

    /** Makes the copies of one request this holder's; whoever else comes finds none. */
    takeCopies: (tenantId: string, requestId: string, holder: Buffer) =>
      db.inTenant(tenantId, async (tx) => {
        const [row] = await tx.query<RightsRequestRow>(
          `SELECT ${REQUEST_COLUMNS} FROM parley.rights_request WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
          [tenantId, requestId],
        );
        const found = await tx.query<SealedCopy & { fresh: boolean }>(
          `SELECT r.subject_id, r.body, s.wrapped_key, r.holder IS NULL AS fresh FROM parley.rights_copy r
           JOIN parley.subject_key s ON s.tenant_id = r.tenant_id AND s.subject_id = r.subject_id
           WHERE ${FOR_HOLDER} ORDER BY r.subject_id`,
          [tenantId, requestId, holder],
        );
        if (!row || !found.some(({ fresh }) => fresh)) return found;
        await tx.query(`UPDATE parley.rights_copy r SET holder = $3 WHERE ${FOR_HOLDER}`, [
          tenantId,
          requestId,
          holder,
        ]);
        await requestLeaf(tx, tenantId, { ...row, state: 'fetched' });
        return found;
      }),

    /** All of them went out: from now on they are kept no longer than that. */
    copiesHandedOver: (tenantId: string, requestId: string, until: Date): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.rights_copy SET until = least(until, $3)
           WHERE tenant_id = $1 AND request_id = $2 AND holder IS NOT NULL`,
          [tenantId, requestId, until],
        ),
      ),

    /** Deletes the copies whose days have passed; answers how many. */
    async forgetCopies(limit: number): Promise<number> {
      const due = await db.directory<{ tenant_id: string; request_id: string }>(
        'SELECT tenant_id, request_id FROM parley.rights_copy WHERE until <= now() LIMIT $1',
        [limit],
      );
      for (const { tenant_id: tenantId, request_id } of due)
        await db.inTenant(tenantId, (tx) =>
          tx.query('DELETE FROM parley.rights_copy WHERE tenant_id = $1 AND request_id = $2', [tenantId, request_id]),
        );
      return due.length;
    },
  };
}
