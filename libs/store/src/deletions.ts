// The journal of deletions: who must not come back. Kept in the database, in the ledger by digest, and by each process outside of both.
import { createHash } from 'node:crypto';
import { appendLeaf } from './leaf.js';
import type { Tx } from './pool.js';

/** NOTIFY channel on which processes are given new entries, to keep them outside of the database too; the payload is the line. */
export const DELETIONS = 'parley_deletions';

/** Random ids only. */
export interface Deletion {
  readonly id: string;
  readonly tenant: string;
  /** null: the whole tenant, whose contract ended. */
  readonly subject: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** As it is written down and hashed. */
export const deletionLine = ({ id, tenant, subject, at }: Deletion): string =>
  JSON.stringify({ id, tenant, subject, at });

const digestOf = (deletion: Deletion): string =>
  createHash('sha256').update(deletionLine(deletion)).digest('base64url');

type Cause =
  | { readonly type: 'deletion'; readonly version: number; readonly clause: string }
  | { readonly type: 'deletion-replayed' };

/** Records an entry, once per person, and in the ledger by its digest: whoever loses a line of the journal can be asked for it. */
export async function recordDeletion(
  tx: Tx,
  by: Cause,
  entry: Deletion & { readonly request?: string },
): Promise<void> {
  const made = await tx.query(
    `INSERT INTO parley.deletion (tenant_id, id, subject_id, at, request_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id`,
    [entry.tenant, entry.id, entry.subject, entry.at, entry.request ?? null],
  );
  if (made.length === 0) return;
  await appendLeaf(tx, entry.tenant, { ...by, entry: entry.id, digest: digestOf(entry) });
  await tx.query('SELECT pg_notify($1, $2)', [DELETIONS, deletionLine(entry)]);
}
