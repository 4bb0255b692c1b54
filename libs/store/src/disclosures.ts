// Who is given a person's data, and who was: what Art. 15(1)(c) and 19 are answered from.
import type { Db, Tx } from './pool.js';
import type { Disclosed, TurnRef } from './turn-rows.js';

/** False: the key of the person is destroyed. */
async function record(
  tx: Tx,
  tenantId: string,
  at: { readonly subjectId: string; readonly disclosed: readonly Disclosed[] },
): Promise<boolean> {
  const { subjectId, disclosed } = at;
  const made = await tx.query(
    `INSERT INTO parley.disclosure AS d (tenant_id, subject_id, recipient, purpose, instruction_version, clause, categories, count, first_at, last_at)
     SELECT $1, s.subject_id, u.recipient, u.purpose, u.version, u.clause, ARRAY(SELECT jsonb_array_elements_text(u.categories)), 1, now(), now()
     FROM (SELECT subject_id FROM parley.subject_key WHERE tenant_id = $1 AND subject_id = $2 FOR SHARE) s,
       unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::jsonb[]) AS u(recipient, purpose, version, clause, categories)
     ON CONFLICT (tenant_id, subject_id, recipient, purpose, instruction_version)
     DO UPDATE SET count = d.count + 1, last_at = now(), categories = parley.both(d.categories, excluded.categories) RETURNING 1`,
    [
      tenantId,
      subjectId,
      disclosed.map((d) => d.recipient),
      disclosed.map((d) => d.purpose),
      disclosed.map((d) => d.version),
      disclosed.map((d) => d.clause),
      disclosed.map((d) => JSON.stringify(d.categories)),
    ],
  );
  return made.length > 0;
}

export function disclosureVerbs(db: Db) {
  return {
    /**
     * On record before a recipient is called, so that an erasure knows of it though the process is killed. The end of the step says what
     * became of it. False: the turn is somebody else's by now, or the person was restricted, and nobody may be called.
     */
    beginAsking: async (tenantId: string, turn: TurnRef, recipient: Disclosed): Promise<boolean> =>
      (
        await db.quick<{ may: boolean }>({
          name: 'begin-asking',
          text: 'SELECT parley.begin_asking($1, $2, $3, $4) AS may',
          values: [tenantId, turn.conversationId, turn.lease, JSON.stringify(recipient)],
        })
      )[0]?.may ?? false,

    /**
     * What became of those whom a step asked that settles nothing: these were sent something, whoever else was about to be was not.
     * False: the key of the person is destroyed, and nothing of them is written any more.
     */
    settleAsked: (tenantId: string, turn: TurnRef, disclosed: readonly Disclosed[]): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const isRecorded =
          disclosed.length === 0 || (await record(tx, tenantId, { subjectId: turn.subjectId, disclosed }));
        await tx.query('UPDATE parley.conversation SET asking = NULL WHERE tenant_id = $1 AND id = $2 AND lease = $3', [
          tenantId,
          turn.conversationId,
          turn.lease,
        ]);
        return isRecorded;
      }),

    /** To whom these persons' data went, or is on its way, and under which versions of the instructions. */
    recipientsOf: (tenantId: string, subjects: readonly string[]) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<{ recipient: string; subject_id: string; version: number; first_at: Date; last_at: Date }>(
          `SELECT recipient, subject_id, max(instruction_version) AS version, min(first_at) AS first_at, max(last_at) AS last_at
           FROM (
             SELECT recipient, subject_id, instruction_version, first_at, last_at FROM parley.disclosure
             WHERE tenant_id = $1 AND subject_id = ANY ($2)
             UNION ALL
             SELECT u.recipient, c.subject_id, u.version, u.at, u.at
             FROM parley.conversation c, jsonb_to_recordset(c.asking) AS u(recipient text, version int, at timestamptz)
             WHERE c.tenant_id = $1 AND c.subject_id = ANY ($2) AND c.asking IS NOT NULL) d
           GROUP BY 1, 2 ORDER BY 1, 2`,
          [tenantId, subjects],
        ),
      ),
  };
}
