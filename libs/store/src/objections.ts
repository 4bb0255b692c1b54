// Objections (Art. 21): purposes that are closed to a person, and keyed hashes by which that is remembered of whoever is not here, or not any more.
import { suppressionHash, type TenantKeys } from '#libs/vault';
import { cancelQueued } from './cancel-queued.js';
import { besides } from './lifting-lock.js';
import type { Db, Tx } from './pool.js';
import { personsNamed, type Named } from './same-person.js';

/** What an objection closes, and by which instruction it is carried out. */
export interface Objection {
  readonly purposes: readonly string[];
  readonly by: { readonly version: number | null; readonly clause: string };
  /** By which it is carried out, and lifted; a signal has none. */
  readonly request?: string;
}

/** Any of them, whoever made the request. */
const NAMED = 'SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = ANY ($2)';

/** Of the request. */
interface ObjectedRow {
  readonly hashes: readonly Buffer[];
  readonly subject_ids: readonly string[];
  readonly evidence: Readonly<Record<string, unknown>> | null;
}

/** An objection that stands and closes the purpose, too; what one that is being carried out has closed is in its evidence already. */
const ANOTHER = `SELECT FROM parley.rights_request r WHERE r.tenant_id = $1 AND r.exercised = 'objection' AND r.state IN ('in-progress', 'completed')
  AND r.lifted_at IS NULL AND r.evidence->'purposes' ?`;

/** Who objected under one of these, and was erased or not known, has objected: from now on it binds whom they lead to. */
export async function rememberObjections(
  tx: Tx,
  keys: TenantKeys,
  at: { readonly subjectId: string; readonly hashes: readonly Buffer[] },
): Promise<void> {
  await tx.query(
    // Whoever lifts it has ended before, or finds whom it binds from here on.
    `WITH standing AS MATERIALIZED (
       SELECT purpose, instruction_version, clause, since FROM parley.suppression WHERE tenant_id = $1 AND hash = ANY ($3) FOR KEY SHARE),
     suppressed AS (
       INSERT INTO parley.objection (tenant_id, subject_id, purpose, instruction_version, clause, at)
       SELECT DISTINCT ON (purpose) $1, $2::uuid, purpose, instruction_version, clause, since FROM standing ORDER BY purpose, since
       ON CONFLICT DO NOTHING RETURNING at)
     UPDATE parley.subject SET marketing_stopped_at = coalesce(marketing_stopped_at, (SELECT min(at) FROM suppressed))
     WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM suppressed)`,
    [keys.tenantId, at.subjectId, at.hashes.map((hash) => suppressionHash(keys, hash))],
  );
}

/** Lifts one: what no other closes is open again, and marketing where nothing else has stopped it. Of a request that is about nobody in particular by its hashes. */
export async function withdrawObjection(
  tx: Tx,
  keys: TenantKeys,
  { hashes, subject_ids, evidence }: ObjectedRow,
): Promise<void> {
  const { tenantId } = keys;
  const purposes = evidence?.['purposes'];
  const concerned = (): Promise<string[]> =>
    personsNamed(tx, tenantId, { subjects: subject_ids, hashes: subject_ids.length > 0 ? [] : hashes });
  const named = await tx.query<{ hash: Buffer; purpose: string }>(
    `SELECT n.hash, p AS purpose
     FROM (SELECT h.hash, i.subject_id FROM (${NAMED} UNION SELECT u FROM unnest($3::bytea[]) AS u) AS h
           LEFT JOIN parley.identity i ON i.tenant_id = $1 AND i.hash = h.hash) AS n, unnest($4::text[]) AS p
     WHERE NOT EXISTS (${ANOTHER} p AND (r.hashes @> ARRAY[n.hash] OR r.subject_ids @> ARRAY[n.subject_id]))`,
    [tenantId, await concerned(), hashes, purposes],
  );
  await tx.query(
    `DELETE FROM parley.suppression s USING unnest($2::bytea[], $3::text[]) AS n(hash, purpose)
     WHERE s.tenant_id = $1 AND s.hash = n.hash AND s.purpose = n.purpose`,
    [tenantId, named.map(({ hash }) => suppressionHash(keys, hash)), named.map(({ purpose }) => purpose)],
  );
  // Who was not known then may be somebody by now, also since a moment ago. It stopped marketing if it did so in the moment in which it
  // closed it; of two subjects that are one person the later moment counts.
  await tx.query(
    `WITH lifted AS (
       DELETE FROM parley.objection o WHERE o.tenant_id = $1 AND o.subject_id = ANY ($2) AND o.purpose = ANY ($3)
         AND NOT EXISTS (${ANOTHER} o.purpose AND r.subject_ids @> ARRAY[o.subject_id]) RETURNING subject_id, purpose, at)
     UPDATE parley.subject s SET marketing_stopped_at = NULL
     WHERE s.tenant_id = $1 AND s.id IN (SELECT subject_id FROM lifted WHERE purpose = 'marketing')
       AND s.marketing_stopped_at IN (SELECT at FROM lifted WHERE purpose = 'marketing')`,
    [tenantId, await concerned(), purposes],
  );
}

export function objectionVerbs(db: Db) {
  return {
    /** For these purposes nothing more, and no marketing; remembered beyond an erasure, and of whoever is not known. */
    recordObjection: (
      keys: TenantKeys,
      { subjects, hashes }: Named,
      { purposes, by, request }: Objection,
    ): Promise<{ suppressed: number }> =>
      db.inTenant(keys.tenantId, async (tx) => {
        await besides(tx, keys.tenantId);
        if (request)
          await tx.query(
            "UPDATE parley.rights_request SET evidence = jsonb_build_object('purposes', $3::text[]) WHERE tenant_id = $1 AND id = $2 AND state = 'in-progress'",
            [keys.tenantId, request, purposes],
          );
        await tx.query(
          `INSERT INTO parley.objection (tenant_id, subject_id, purpose, instruction_version, clause)
           SELECT $1, s, p, $4, $5 FROM unnest($2::uuid[]) AS s, unnest($3::text[]) AS p ON CONFLICT DO NOTHING`,
          [keys.tenantId, subjects, purposes, by.version, by.clause],
        );
        await tx.query(
          'UPDATE parley.subject SET marketing_stopped_at = coalesce(marketing_stopped_at, now()) WHERE tenant_id = $1 AND id = ANY ($2)',
          [keys.tenantId, subjects],
        );
        await cancelQueued(tx, keys.tenantId, subjects);
        const known = await tx.query<{ hash: Buffer }>(
          `${NAMED} AND valid_to IS NULL UNION SELECT h FROM unnest($3::bytea[]) AS h`,
          [keys.tenantId, subjects, hashes],
        );
        await tx.query(
          `INSERT INTO parley.suppression (tenant_id, hash, purpose, instruction_version, clause)
           SELECT $1, h, p, $4, $5 FROM unnest($2::bytea[]) AS h, unnest($3::text[]) AS p ON CONFLICT DO NOTHING`,
          [keys.tenantId, known.map(({ hash }) => suppressionHash(keys, hash)), purposes, by.version, by.clause],
        );
        return { suppressed: known.length };
      }),

    /** Purposes that a person objected to: they are closed, whatever else would open them. */
    objectionsOf: async (tenantId: string, subjectId: string): Promise<string[]> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ purpose: string }>(
            'SELECT purpose FROM parley.objection WHERE tenant_id = $1 AND subject_id = $2',
            [tenantId, subjectId],
          ),
        )
      ).map((row) => row.purpose),
  };
}
