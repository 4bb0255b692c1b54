// An erasure in two parts: a legal hold keeps something of some of its persons, and the others go at once (Art. 17(3)).
import type { TenantKeys } from '#libs/vault';
import { passIdentities } from './joining.js';
import { lockSubjects, setRestricted } from './persons.js';
import type { Db, Tx } from './pool.js';
import { UNLINK } from './unlink.js';

export interface Parts {
  /** Of whom nothing is kept. */
  readonly free: readonly string[];
  /** Of whom something is. */
  readonly held: readonly string[];
}

/** Of $3 those whom no other request than $2 restricts. */
const RESTRICTED_BY_NO_OTHER = `SELECT u AS id FROM unnest($3::uuid[]) AS u WHERE NOT EXISTS (
  SELECT FROM parley.rights_request r WHERE r.tenant_id = $1 AND r.id <> $2
    AND (u = ANY (r.subject_ids) OR EXISTS (SELECT FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = u AND i.hash = ANY (r.hashes))) AND (
    r.exercised = 'restriction' AND r.state IN ('in-progress', 'completed') AND r.lifted_at IS NULL
    OR r.exercised = 'erasure' AND (r.state = 'in-progress' OR r.state = 'awaiting-approval' AND r.evidence ? 'heldBack')))`;

/** What this request restricts goes on, unless another restricts it: who is free from now on, and the conversations that go on with what was kept. */
export async function release(
  tx: Tx,
  tenantId: string,
  {
    id,
    subject_ids,
    resume,
  }: { readonly id: string; readonly subject_ids: readonly string[]; readonly resume: boolean },
): Promise<{ readonly subjects: readonly string[]; readonly conversations: readonly string[] }> {
  // Whoever restricts one of them anew at this moment is seen here, or waits and does so afterwards.
  await lockSubjects(tx, tenantId, subject_ids);
  const free = await tx.query<{ id: string }>(RESTRICTED_BY_NO_OTHER, [tenantId, id, subject_ids]);
  const subjects = free.map((one) => one.id);
  return { subjects, conversations: await setRestricted(tx, tenantId, { subjects, restricted: false, resume }) };
}

export function partVerbs(db: Db) {
  return {
    /** Before the free ones go: what says whom the kept messages concern stays with them. */
    passIdentities: (keys: TenantKeys, { free, held }: Parts): Promise<void> =>
      db.inTenant(keys.tenantId, (tx) => passIdentities(tx, keys, { from: free, to: held })),

    /** The request forgets who went, and goes on being about the others. */
    forgetInRequest: (tenantId: string, requestId: string, gone: readonly string[]): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(`${UNLINK} WHERE r.tenant_id = $1 AND r.id = $3`, [tenantId, gone, requestId]),
      ),
  };
}
