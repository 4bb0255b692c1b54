// After a restoration: whoever had been erased since the backup is erased again, in the transaction that brought them back.
import type { Deletion } from '../deletions.js';
import { eraseWholly } from '../erasure.js';
import { replayDeletion } from '../journal.js';
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

/** Whose contract has ended, who was erased, and who has no key any more. Answers how many that were. */
export async function eraseAgain(session: Tx, journal: readonly Deletion[]): Promise<number> {
  const keyless = 'SELECT t.id FROM parley.tenant t JOIN parley.tenant_key k ON k.tenant_id = t.id';
  const ended = new Set([
    ...journal.filter(({ subject }) => subject === null).map(({ tenant }) => tenant),
    ...(await idsOf(session, 'SELECT id FROM parley.ended_contract')),
    ...(await idsOf(session, `${keyless} WHERE k.wrapped = ''`)),
  ]);
  const there = new Set(await idsOf(session, 'SELECT id FROM parley.tenant'));
  const ending = [...ended].filter((id) => there.has(id));
  for (const id of ending) await endTenant(session, id);
  const known = new Set(await idsOf(session, 'SELECT id FROM parley.deletion'));
  let count = ending.length;
  for (const { subject, ...entry } of journal)
    if (subject !== null && there.has(entry.tenant) && !ended.has(entry.tenant) && !known.has(entry.id)) {
      await replayDeletion(session, { ...entry, subject });
      count += 1;
    }
  const rest = await session.query<{ tenant_id: string; ids: string[] }>(
    `SELECT s.tenant_id, array_agg(s.id) AS ids FROM parley.subject s WHERE NOT EXISTS (
       SELECT FROM parley.subject_key k WHERE k.tenant_id = s.tenant_id AND k.subject_id = s.id AND k.wrapped_key <> '') GROUP BY 1`,
  );
  for (const { tenant_id: tenantId, ids } of rest) {
    await eraseWholly(session, tenantId, ids);
    count += ids.length;
  }
  return count;
}
