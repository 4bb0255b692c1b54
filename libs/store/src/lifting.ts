// A restriction or an objection ends, whole or not at all; what closes the same anew at that moment does not end with it.
import type { TenantKeys } from '#libs/vault';
import { alone } from './lifting-lock.js';
import { insertNotices, type NewNotice } from './notices.js';
import { withdrawObjection } from './objections.js';
import { release } from './parts.js';
import type { Db } from './pool.js';
import { REQUEST_COLUMNS, requestLeaf, type RightsRequestRow } from './requests.js';
import { lookAgain } from './retention-lock.js';
import { sayOf, type Said } from './said.js';

interface Lifting {
  readonly resume: boolean;
  /** Of which recipients are told. */
  readonly notices?: readonly NewNotice[];
  /** What the person is told before anything goes on (Art. 18(3)); whom something else restricts is told when that ends. */
  readonly said?: Said;
}

/** `goOn`: the conversations that go on with what was kept. */
interface Lifted {
  readonly row: RightsRequestRow;
  readonly goOn: readonly string[];
}

export function liftingVerbs(db: Db) {
  return {
    /** Ends it, and what it restricts or closes, and has recipients told; null: it is not there to be ended. @throws AskedElsewhere */
    liftRightsRequest: (
      keys: TenantKeys,
      { id, exercised }: Pick<RightsRequestRow, 'id' | 'exercised'>,
      { resume, notices = [], said }: Lifting,
    ): Promise<Lifted | null> =>
      db.inTenant(keys.tenantId, async (tx) => {
        const { tenantId } = keys;
        if (exercised === 'restriction') await lookAgain(tx, tenantId);
        await alone(tx, tenantId);
        const [row] = await tx.query<RightsRequestRow>(
          `UPDATE parley.rights_request SET lifted_at = now() WHERE tenant_id = $1 AND id = $2 AND state = 'completed'
             AND lifted_at IS NULL RETURNING ${REQUEST_COLUMNS}`,
          [tenantId, id],
        );
        if (!row) return null;
        await requestLeaf(tx, tenantId, { ...row, state: 'lifted' });
        await insertNotices(tx, tenantId, notices);
        if (row.exercised !== 'restriction') {
          await withdrawObjection(tx, keys, row);
          await sayOf(tx, tenantId, { row, said });
          return { row, goOn: [] };
        }
        const { subjects, conversations } = await release(tx, tenantId, { ...row, resume });
        if (subjects.length === row.subject_ids.length) await sayOf(tx, tenantId, { row, said });
        return { row, goOn: conversations };
      }),
  };
}
