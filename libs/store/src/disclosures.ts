// Who is given a person's data, and who was: what Art. 15(1)(c) and 19 are answered from.
import type { Db } from './pool.js';
import type { Disclosed, TurnRef } from './turn-rows.js';

export function disclosureVerbs(db: Db) {
  return {
    /** Is it still ours, and may others be given its person's data? Whoever erases the person takes it. */
    mayStillAsk: async (tenantId: string, turn: TurnRef): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            `SELECT FROM parley.conversation c JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
           WHERE c.tenant_id = $1 AND c.id = $2 AND c.lease = $3 AND NOT s.restricted`,
            [tenantId, turn.conversationId, turn.lease],
          ),
        )
      ).length > 0,

    /** Data of a person went out in a turn that settles nothing. False: the key is destroyed, and nothing of the person is written any more. */
    recordDisclosures: async (
      tenantId: string,
      subjectId: string,
      disclosed: readonly Disclosed[],
    ): Promise<boolean> => {
      const made = await db.inTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO parley.disclosure AS d (tenant_id, subject_id, recipient, purpose, instruction_version, clause, categories, count, first_at, last_at)
           SELECT $1, s.subject_id, u.recipient, u.purpose, u.version, u.clause, ARRAY(SELECT jsonb_array_elements_text(u.categories)), 1, now(), now()
           FROM (SELECT subject_id FROM parley.subject_key WHERE tenant_id = $1 AND subject_id = $2 FOR SHARE) s,
             unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::jsonb[]) AS u(recipient, purpose, version, clause, categories)
           ON CONFLICT (tenant_id, subject_id, recipient, purpose, instruction_version)
           DO UPDATE SET count = d.count + 1, last_at = now(), categories = excluded.categories RETURNING 1`,
          [
            tenantId,
            subjectId,
            disclosed.map((d) => d.recipient),
            disclosed.map((d) => d.purpose),
            disclosed.map((d) => d.version),
            disclosed.map((d) => d.clause),
            disclosed.map((d) => JSON.stringify(d.categories)),
          ],
        ),
      );
      return made.length > 0;
    },

    /** To whom these persons' data went, and under which versions of the instructions. */
    recipientsOf: (tenantId: string, subjects: readonly string[]) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<{ recipient: string; subject_id: string; version: number; first_at: Date; last_at: Date }>(
          `SELECT recipient, subject_id, max(instruction_version) AS version, min(first_at) AS first_at, max(last_at) AS last_at
           FROM parley.disclosure WHERE tenant_id = $1 AND subject_id = ANY ($2) GROUP BY 1, 2 ORDER BY 1, 2`,
          [tenantId, subjects],
        ),
      ),
  };
}
