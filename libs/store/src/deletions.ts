// The journal of deletions: who must not come back. Kept in the database, in the ledger by digest, and by each process outside of both.
import { createHash } from 'node:crypto';
import type { Kept } from './holding.js';
import { appendLeaf } from './leaf.js';
import type { Tx } from './pool.js';

/** NOTIFY channel on which processes are given new entries, to keep them outside of the database too; the payload is a line of theirs, or empty where it is too long for one. */
export const DELETIONS = 'parley_deletions';

/** Random ids, and what a hold says of its scope. */
export interface Deletion {
  readonly id: string;
  readonly tenant: string;
  /** null: the whole tenant, whose contract ended. */
  readonly subject: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** By which request. null: the whole tenant. */
  readonly request: string | null;
  /** What legal holds kept of them; null: nothing was. */
  readonly kept: readonly Kept[] | null;
}

/** As the database has it. */
export interface DeletionRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly subject_id: string;
  readonly at: Date;
  readonly request_id: string | null;
  readonly kept: readonly Kept[] | null;
}

export const DELETION_COLUMNS = 'id, tenant_id, subject_id, at, request_id, kept';
export const deletionOf = (row: DeletionRow): Deletion => ({
  id: row.id,
  tenant: row.tenant_id,
  subject: row.subject_id,
  at: row.at.toISOString(),
  request: row.request_id,
  kept: row.kept,
});

/** As it is written down and hashed. */
export const deletionLine = ({ id, tenant, subject, at, request, kept }: Deletion): string =>
  JSON.stringify({ id, tenant, subject, at, request, kept });

/** That nothing is missing until then. */
export const untilLine = (until: Date): string => JSON.stringify({ until: until.toISOString() });

const digestOf = (deletion: Deletion): string =>
  createHash('sha256').update(deletionLine(deletion)).digest('base64url');

/** Bytes of a notification. */
const LONGEST_PAYLOAD = 7_999;

/** What is being done, by which instruction; `again`: a backup had undone it. */
export type NewDeletion = Deletion & { readonly again?: true };
type By = { readonly version: number; readonly clause: string };

/** Records an entry, once per person, and in the ledger by its digest: whoever loses a line of the journal can be asked for it. */
export async function recordDeletion(tx: Tx, { version, clause }: By, { again, ...entry }: NewDeletion): Promise<void> {
  const line = deletionLine(entry);
  const made = await tx.query(
    `INSERT INTO parley.deletion (tenant_id, id, subject_id, at, request_id, kept) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
    [entry.tenant, entry.id, entry.subject, entry.at, entry.request, entry.kept && JSON.stringify(entry.kept)],
  );
  if (made.length === 0) return;
  const by = again ? ({ type: 'deletion-replayed' } as const) : ({ type: 'deletion', version, clause } as const);
  await appendLeaf(tx, entry.tenant, { ...by, entry: entry.id, digest: digestOf(entry) });
  await tx.query('SELECT pg_notify($1, $2)', [DELETIONS, Buffer.byteLength(line) > LONGEST_PAYLOAD ? '' : line]);
}
