// Codes by which a person shows that a request is theirs: few, soon over, tried a few times only.
import type { Db } from './pool.js';

const MOST_CODES = 3;
const MOST_TRIES = 5;
const PAUSE = '1 minute';

export function identityCodeVerbs(db: Db) {
  return {
    /** Makes this code the one that counts; false when the request waits for none, or had one just now or too many. */
    setIdentityCode: async (tenantId: string, id: string, code: { hash: Buffer; until: Date }): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            `UPDATE parley.rights_request SET identity_code = $3, identity_until = $4, identity_tries = 0, identity_codes = identity_codes + 1,
               identity_sent_at = now()
             WHERE tenant_id = $1 AND id = $2 AND state = 'verifying' AND identity_codes < ${MOST_CODES}
               AND (identity_sent_at IS NULL OR identity_sent_at < now() - interval '${PAUSE}') RETURNING id`,
            [tenantId, id, code.hash, code.until],
          ),
        )
      ).length > 0,

    /** Uses one try up, and answers what the code has to hash to; null: there is none, it is over, or was tried too often. */
    tryIdentityCode: async (tenantId: string, id: string): Promise<Buffer | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ identity_code: Buffer }>(
            `UPDATE parley.rights_request SET identity_tries = identity_tries + 1
             WHERE tenant_id = $1 AND id = $2 AND state = 'verifying' AND identity_code IS NOT NULL AND identity_until > now()
               AND identity_tries < ${MOST_TRIES} RETURNING identity_code`,
            [tenantId, id],
          ),
        )
      )[0]?.identity_code ?? null,

    forgetIdentityCode: (tenantId: string, id: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.rights_request SET identity_code = NULL, identity_until = NULL WHERE tenant_id = $1 AND id = $2',
          [tenantId, id],
        ),
      ),
  };
}
