// The head of a ledger, opened: it is believed only if the tenant's key signed the very tree that its edge makes.
import type { HeadRow } from '#libs/store';
import { openCheckpoint, originOf, type Checkpoint } from './checkpoint.js';
import { isWellFormed, rootOf, type Edge } from './tree/edge.js';

export interface Head {
  readonly checkpoint: Checkpoint;
  readonly edge: Edge;
}

/** null: the head is not what was signed. */
export function openHead(row: HeadRow, by: { tenantId: string; publicKey: Buffer }): Head | null {
  const checkpoint = openCheckpoint(row.note, { origin: originOf(by.tenantId), publicKey: by.publicKey });
  const edge = { size: row.size, levels: row.edge };
  const fits = checkpoint?.size === row.size && isWellFormed(edge) && rootOf(edge).equals(checkpoint.root);
  return fits ? { checkpoint, edge } : null;
}
