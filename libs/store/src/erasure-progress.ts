// How far an erasure has come, written with each of its steps: whoever carries it on after a crash certifies all that was done.
import type { Db, Tx } from './pool.js';

export interface ErasureProgress {
  /** By what the certificate calls it. */
  readonly deleted: Readonly<Record<string, number>>;
  /** ISO 8601; null: no key was destroyed yet. */
  readonly keysDestroyedAt: string | null;
  /** Look-up hashes by which an objection is remembered. */
  readonly suppressed: number;
  /** Who has data and cannot be told. */
  readonly untold: readonly string[];
}

/** What one step adds. */
export interface ErasureDone {
  readonly deleted?: Readonly<Record<string, number>>;
  /** Of these the ones that touch the same rows each time. */
  readonly repeated?: readonly string[];
  /** The keys went by then; of an attempt that destroyed none, only where none did before. */
  readonly keysDestroyedAt?: string;
  readonly suppressed?: number;
  readonly untold?: readonly string[];
}

const NOTHING: ErasureProgress = { deleted: {}, keysDestroyedAt: null, suppressed: 0, untold: [] };

function merged(before: ErasureProgress, done: ErasureDone): ErasureProgress {
  const deleted: Record<string, number> = { ...before.deleted };
  for (const [what, count] of Object.entries(done.deleted ?? {})) {
    const earlier = deleted[what] ?? 0;
    deleted[what] = done.repeated?.includes(what) ? Math.max(earlier, count) : earlier + count;
  }
  return {
    deleted,
    keysDestroyedAt: done.keysDestroyedAt ?? before.keysDestroyedAt,
    suppressed: Math.max(before.suppressed, done.suppressed ?? 0),
    untold: [...new Set([...before.untold, ...(done.untold ?? [])])],
  };
}

const PROGRESS = 'SELECT progress FROM parley.rights_request WHERE tenant_id = $1 AND id = $2';

/** In the transaction of the step: either both are there or neither. */
export async function noteProgress(
  tx: Tx,
  tenantId: string,
  at: { readonly requestId: string; readonly done: (before: ErasureProgress) => ErasureDone },
): Promise<void> {
  const [row] = await tx.query<{ progress: ErasureProgress | null }>(`${PROGRESS} FOR UPDATE`, [
    tenantId,
    at.requestId,
  ]);
  if (!row) return;
  const before = row.progress ?? NOTHING;
  await tx.query('UPDATE parley.rights_request SET progress = $3 WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    at.requestId,
    JSON.stringify(merged(before, at.done(before))),
  ]);
}

export function erasureProgressVerbs(db: Db) {
  return {
    noteErasure: (tenantId: string, requestId: string, done: ErasureDone): Promise<void> =>
      db.inTenant(tenantId, (tx) => noteProgress(tx, tenantId, { requestId, done: () => done })),

    erasureProgress: async (tenantId: string, requestId: string): Promise<ErasureProgress> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ progress: ErasureProgress | null }>(PROGRESS, [tenantId, requestId]),
        )
      )[0]?.progress ?? NOTHING,
  };
}
