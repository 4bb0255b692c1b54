// An erasure that legal holds limit: of whom they keep something waits until they end, restricted; all others go at once (Art. 17(3), 18).
import { holdScopesAt, type HoldScope, type InForce } from '#libs/instructions';
import type { Parts, RightsRequestRow, Store } from '#libs/store';
import type { Acts, At } from '../acts/acts.js';

export interface HeldDeps {
  readonly store: Store;
  readonly acts: Acts;
  readonly now: () => number;
}

/** Something of it was kept back. */
export const isHeldBack = ({ exercised, evidence }: RightsRequestRow): boolean =>
  exercised === 'erasure' && evidence?.['heldBack'] !== undefined;

export function createHeld({ store, acts, now }: HeldDeps) {
  /** The holds that stand now, and of whom they keep something; null: of nobody. */
  async function holdsOver(
    tenantId: string,
    inForce: InForce | null,
    subjects: readonly string[],
  ): Promise<{ holds: readonly HoldScope[]; parts: Parts } | null> {
    const holds = holdScopesAt(inForce?.document ?? null, new Date(now()));
    if (holds.length === 0) return null;
    const { subjects: held } = await store.heldBack(tenantId, subjects, holds);
    if (held.length === 0) return null;
    return { holds, parts: { held, free: subjects.filter((id) => !held.includes(id)) } };
  }

  return {
    holdsOver,

    /** A legal hold wins within its scope: what it keeps stays, and the controller decides once it ends. False: none keeps anything. */
    async heldBack(at: At): Promise<boolean> {
      const { keys, inForce, row, subjects } = at;
      const over = row.exercised === 'erasure' ? await holdsOver(keys.tenantId, inForce, subjects) : null;
      if (!over) return false;
      const evidence = await acts.eraseAround(at, over.holds, over.parts);
      // With somebody who was found to be the same person meanwhile it is carried out once more.
      const change = { from: ['in-progress'], state: 'awaiting-approval', evidence, subjects };
      await store.changeRightsRequest(keys.tenantId, row.id, change);
      return true;
    },
  };
}
