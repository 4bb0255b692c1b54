// A restriction or an objection ends, whole or not at all; what closes the same anew at that moment does not end with it.
import type { TenantKeys } from '#libs/vault';
import { alone } from './lifting-lock.js';
import { insertNotices, type NewNotice } from './notices.js';
import { withdrawObjection } from './objections.js';
import { release } from './parts.js';
import type { Db } from './pool.js';
import { REQUEST_COLUMNS, requestLeaf, type RightsRequestRow } from './requests.js';
import { lookAgain } from './retention-lock.js';

/** `goOn`: the conversations that go on with what was kept. `isOver`: of a restriction, nothing else restricts anybody of it. */
interface Lifted {
  readonly row: RightsRequestRow;
  readonly goOn: readonly string[];
  readonly isOver: boolean;
}

export function liftingVerbs(db: Db) {
  return {
    /** Ends it, and what it restricts or closes, and has recipients told; null: it is not there to be ended. */
    liftRightsRequest: (
      keys: TenantKeys,
      { id, exercised }: Pick<RightsRequestRow, 'id' | 'exercised'>,
      { resume, notices = [] }: { readonly resume: boolean; readonly notices?: readonly NewNotice[] },
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
          return { row, goOn: [], isOver: true };
        }
        const { subjects, conversations } = await release(tx, tenantId, { ...row, resume });
        return { row, goOn: conversations, isOver: subjects.length === row.subject_ids.length };
      }),
  };
}
