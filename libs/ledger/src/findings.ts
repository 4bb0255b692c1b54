// What can be wrong with a ledger. A finding names places in the tree, never what a leaf says.

export interface Finding {
  readonly kind:
    | 'altered' // a leaf is not what was hashed, or stands in another's place
    | 'missing' // a position has no leaf
    | 'added' // a leaf has a position that is taken or outside of the tree
    | 'tile' // a stored hash is missing or is not what the leaves make
    | 'head' // the head is missing, not signed by the tenant's key, or not the root of the leaves
    | 'checkpoint' // an earlier checkpoint is not signed, or is not of these leaves
    | 'rolled-back' // the ledger ends before a checkpoint that was kept outside of the database
    | 'forked' // the ledger does not begin with the leaves of a checkpoint that was kept outside of the database
    | 'key'; // the key is not the pinned one, or its two halves do not fit
  /** Position of a leaf, or size of a checkpoint. */
  readonly at: number | null;
}

export const finding = (kind: Finding['kind'], at: number | null = null): Finding => ({ kind, at });

/** null: the ledger is broken there. */
export const unlessBroken = <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: unknown) => {
    if (error instanceof LedgerBroken) return null;
    throw error;
  });

/** Nothing is signed on top of a broken ledger. */
export class LedgerBroken extends Error {
  constructor(readonly finding: Finding) {
    super(`the ledger is broken: ${finding.kind}`);
    this.name = 'LedgerBroken';
  }
}
