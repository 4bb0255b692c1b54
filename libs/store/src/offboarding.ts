// End of contract: the doors are closed, then the keys destroyed, so that nothing can be read; then every row goes, table by table.
import { appendLeaf, type Leaf } from './leaf.js';
import { TENANT_TABLES } from './migrations/security.js';
import { PERSONS } from './erasure.js';
import type { Db, Tx } from './pool.js';

export interface EndedContract {
  readonly id: string;
  readonly slug: string;
  readonly ended_at: Date;
  /** As a signed note; unsigned where a crash came between the keys and the certificate. */
  readonly certificate: string;
  /** The last of the ledger. */
  readonly checkpoint: string | null;
  /** C2SP verifier key. */
  readonly key: string | null;
}

/** Without these rows nobody is let in, and nothing comes in. */
const DOORS = ['api_key', 'connection'] as const;
/** Without these nothing is read. */
const KEYS = ['tenant_key', 'recipient_secret'] as const;
const FIRST: ReadonlySet<string> = new Set([...DOORS, ...KEYS]);
/** Deleted by a function of the owner, because the application role may not. */
const LAST: ReadonlySet<string> = new Set([
  'instruction_version', 'instruction_statement', 'ledger_leaf', 'ledger_tile', 'ledger_head', 'ledger_checkpoint', 'ledger_key',
]); // prettier-ignore

/** A table that others refer to comes after them. */
const REST: readonly string[] = [
  ...TENANT_TABLES.filter((t) => t !== 'subject' && !LAST.has(t) && !FIRST.has(t)),
  'subject',
];

const BATCH = 5_000;
/** How long a process that ends a contract may be silent before another goes on. */
const CLAIM_SECONDS = 15;
const CLAIMED = `ending_until = now() + make_interval(secs => ${CLAIM_SECONDS})`;

const ENDED = 'SELECT id, slug, ended_at, certificate, checkpoint, key FROM parley.ended_contract';

/** From how many rows of which table went with the last step. */
type Certify = (counts: Readonly<Record<string, number>>) => Omit<EndedContract, 'ended_at'>;

const keepEnding = (tx: Tx, ended: ReturnType<Certify>): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.ended_contract (id, slug, certificate, checkpoint, key) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [ended.id, ended.slug, ended.certificate, ended.checkpoint, ended.key],
  );

export function offboardingVerbs(db: Db) {
  const remove = async (tenantId: string, table: string): Promise<number> => {
    for (let total = 0; ;) {
      const [row] = await db.inTenant(tenantId, (tx) =>
        tx.query<{ n: number }>(
          `WITH gone AS (DELETE FROM parley.${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM parley.${table} WHERE tenant_id = $1 LIMIT ${BATCH})) AND tenant_id = $1 RETURNING 1)
           SELECT count(*)::int AS n FROM gone`,
          [tenantId],
        ),
      );
      total += row!.n;
      if (row!.n < BATCH) return total;
    }
  };

  const empty = async (tx: Tx, tenantId: string, tables: readonly string[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const rows = await tx.query(`DELETE FROM parley.${table} WHERE tenant_id = $1 RETURNING 1`, [tenantId]);
      counts[table] = rows.length;
    }
    return counts;
  };

  const ending = async (tenantId: string, set: string, where = 'true'): Promise<boolean> =>
    (await db.inTenant(tenantId, (tx) => tx.query(`UPDATE parley.tenant SET ${set} WHERE id = $1 AND ${where} RETURNING 1`, [tenantId]))).length > 0; // prettier-ignore

  return {
    /** One process at a time ends a contract. False: another is at it, or it has ended. */
    claimEnding: (tenantId: string): Promise<boolean> =>
      ending(tenantId, CLAIMED, '(ending_until IS NULL OR ending_until < now())'),

    /** Whoever ends it is still at it. */
    renewEnding: (tenantId: string): Promise<boolean> => ending(tenantId, CLAIMED),

    /** It was not ended: whoever comes next goes on at once. */
    leaveEnding: (tenantId: string): Promise<boolean> => ending(tenantId, 'ending_until = NULL'),

    /** Lets nobody in any longer, and says so in the ledger; what is held can still be read. */
    closeDoors: (tenantId: string, leaf: Leaf): Promise<Record<string, number>> =>
      db.inTenant(tenantId, async (tx) => {
        const counts = await empty(tx, tenantId, DOORS);
        await tx.query('UPDATE parley.connection_term SET ended_at = coalesce(ended_at, now()) WHERE tenant_id = $1', [
          tenantId,
        ]);
        await appendLeaf(tx, tenantId, leaf);
        return counts;
      }),

    /** Destroys the tenant's keys. */
    destroyTenantKeys: (tenantId: string): Promise<Record<string, number>> =>
      db.inTenant(tenantId, async (tx) => {
        const counts = await empty(tx, tenantId, KEYS);
        await tx.query('SELECT pg_notify($1, $2)', [PERSONS, tenantId]);
        return counts;
      }),

    endedContract: async (tenantId: string): Promise<EndedContract | null> =>
      (await db.directory<EndedContract & object>(`${ENDED} WHERE id = $1`, [tenantId]))[0] ?? null,

    endedContracts: (after: string | null, limit: number): Promise<EndedContract[]> =>
      db.directory(`${ENDED} WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`, [after, limit]),

    /** Persons of a tenant, page by page. */
    subjectIds: async (tenantId: string, after: string, limit: number): Promise<string[]> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ id: string }>(
            'SELECT id FROM parley.subject WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3',
            [tenantId, after, limit],
          ),
        )
      ).map(({ id }) => id),

    /**
     * Deletes what is left. Repeating it is harmless, and goes on where a crash interrupted it. What `certify` makes of what was deleted
     * stays of the contract: there together with the end of the last row, or neither is.
     */
    async removeTenant(tenantId: string, last: boolean, certify?: Certify): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      for (const table of REST) counts[table] = await remove(tenantId, table);
      if (!last) return counts;
      return db.inTenant(tenantId, async (tx) => {
        const text = 'SELECT parley.end_tenant($1) AS counts';
        const [row] = await tx.query<{ counts: Record<string, number> }>(text, [tenantId]);
        const all = { ...counts, ...row!.counts };
        if (certify) await keepEnding(tx, certify(all));
        return all;
      });
    },
  };
}
