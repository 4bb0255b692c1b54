// After a restoration, in its transaction: contracts that had ended since the backup end again, and whose key is gone is gone.
import type { Deletion } from '../deletions.js';
import { eraseWholly } from '../erasure.js';
import { TENANT_TABLES } from '../migrations/security.js';
import type { Tx } from '../pool.js';
import { TABLES } from './halves.js';

async function endTenant(session: Tx, tenantId: string): Promise<void> {
  for (const table of TABLES.toReversed())
    if (TENANT_TABLES.some((one) => one === table))
      await session.query(`DELETE FROM parley.${table} WHERE tenant_id = $1`, [tenantId]);
  await session.query('DELETE FROM parley.tenant WHERE id = $1', [tenantId]);
}

export const idsOf = async (session: Tx, text: string): Promise<string[]> =>
  (await session.query<{ id: string }>(text)).map(({ id }) => id);

/** Those whom the journal names are left to whoever does again what it says: they have recipients to be told. */
async function endKeyless(session: Tx, journal: readonly Deletion[]): Promise<number> {
  await session.query("DELETE FROM parley.subject_key WHERE wrapped_key = ''");
  const named = journal.flatMap(({ subject, kept }) => (subject !== null && kept === null ? [subject] : []));
  const rest = await session.query<{ tenant_id: string; ids: string[] }>(
    `SELECT s.tenant_id, array_agg(s.id) AS ids FROM parley.subject s WHERE NOT s.id = ANY ($1) AND NOT EXISTS (
       SELECT FROM parley.subject_key k WHERE k.tenant_id = s.tenant_id AND k.subject_id = s.id) GROUP BY 1`,
    [named],
  );
  for (const { tenant_id: tenantId, ids } of rest) await eraseWholly(session, tenantId, ids);
  return rest.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** Whose contract has ended, and who has no key any more. Answers how many that were. */
export async function endAgain(session: Tx, journal: readonly Deletion[]): Promise<number> {
  const keyless = 'SELECT t.id FROM parley.tenant t JOIN parley.tenant_key k ON k.tenant_id = t.id';
  const ended = new Set([
    ...journal.filter(({ subject }) => subject === null).map(({ tenant }) => tenant),
    ...(await idsOf(session, 'SELECT id FROM parley.ended_contract')),
    ...(await idsOf(session, `${keyless} WHERE k.wrapped = ''`)),
  ]);
  const ending = (await idsOf(session, 'SELECT id FROM parley.tenant')).filter((id) => ended.has(id));
  for (const id of ending) await endTenant(session, id);
  return ending.length + (await endKeyless(session, journal));
}
