// One way into the ledger: a leaf names version, hash and clause by which something was done, or is one of the few that no instruction decides.
import type { Tx } from './pool.js';

/** Leaves that no instruction decides, and why. */
export const UNINSTRUCTED = {
  restored: 'the operator has put a backup back',
  incident: 'Art. 33(2): the processor owes it whatever is instructed',
  'incident-notice': 'the same',
  'deletion-replayed': 'an erasure that a backup had undone is done again, as the journal of deletions says',
  'contract-ended-replayed': 'the same of a tenant whose contract has ended',
} as const satisfies Readonly<Record<string, string>>;

interface Instructed {
  readonly type: string;
  /** Null: nothing was in force, and `clause` is the default that says so. */
  readonly version: number | null;
  /** JSON pointer into that version (`''` is the whole of it), or of the default. */
  readonly clause: string;
}

/** Without personal data: types, counts, versions and random ids. */
export type Leaf = (Instructed | { readonly type: keyof typeof UNINSTRUCTED }) & Readonly<Record<string, unknown>>;

/** A leaf of the hot paths, whose statements add nothing: it brings its hash. Null: nothing was in force. */
export type WholeLeaf = Instructed & { readonly hash: string | null } & Readonly<Record<string, unknown>>;

/** In the transaction of what it tells of. The hash of the version is added here where it is not there yet. */
export const appendLeaf = (tx: Tx, tenantId: string, leaf: Leaf): Promise<unknown> =>
  tx.query(
    `INSERT INTO parley.ledger_leaf (tenant_id, leaf) SELECT $1, CASE WHEN $2::jsonb ? 'hash' OR NOT $2 ? 'version' THEN $2
       ELSE $2 || jsonb_build_object('hash',
         (SELECT v.hash FROM parley.instruction_version v WHERE v.tenant_id = $1 AND v.version = ($2->>'version')::int)) END`,
    [tenantId, JSON.stringify(leaf)],
  );
