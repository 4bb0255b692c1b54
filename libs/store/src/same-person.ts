// Who is the same person as whom: subjects that were joined keep their keys and their rows, and answer to every right together.
import type { Db, Tx } from './pool.js';

/** These subjects, also those of whom nothing is left, and whoever was found to be the same person as one of them. */
export async function wholePersons(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ id: string }>(
    `SELECT s.id FROM parley.subject s WHERE s.tenant_id = $1 AND s.person IN (
       SELECT p.person FROM parley.subject p WHERE p.tenant_id = $1 AND p.id = ANY ($2) AND p.person IS NOT NULL)`,
    [tenantId, subjects],
  );
  return [...new Set([...subjects, ...found.map(({ id }) => id)])];
}

export interface Named {
  readonly hashes: readonly Buffer[];
  readonly subjects: readonly string[];
}

/** All subjects of whom it is. An id of the platform is looked for on each connection, and leads to nobody on most. */
export async function personsNamed(tx: Tx, tenantId: string, { hashes, subjects }: Named): Promise<string[]> {
  const found = await tx.query<{ subject_id: string }>(
    'SELECT DISTINCT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = ANY ($2)',
    [tenantId, hashes],
  );
  return wholePersons(tx, tenantId, [...subjects, ...found.map((one) => one.subject_id)]);
}

export function samePersonVerbs(db: Db) {
  return {
    wholePersons: (tenantId: string, subjects: readonly string[]): Promise<string[]> =>
      db.inTenant(tenantId, (tx) => wholePersons(tx, tenantId, subjects)),

    /** Where a conversation goes on: with its person's ids at another subject, it does so there. */
    goesOnIn: (tenantId: string, conversationId: string): Promise<string> =>
      db.inTenant(tenantId, async (tx) => {
        const [live] = await tx.query<{ id: string }>(
          `SELECT l.id FROM parley.conversation c
           JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
           JOIN parley.subject p ON p.tenant_id = s.tenant_id AND p.person = s.person
           JOIN parley.conversation l ON l.tenant_id = c.tenant_id AND l.connection_id = c.connection_id AND l.subject_id = p.id AND l.thread = c.thread
           WHERE c.tenant_id = $1 AND c.id = $2 AND EXISTS (
             SELECT FROM parley.identity i WHERE i.tenant_id = p.tenant_id AND i.subject_id = p.id AND i.valid_to IS NULL) LIMIT 1`,
          [tenantId, conversationId],
        );
        return live?.id ?? conversationId;
      }),
  };
}
