// Counts a tenant's hours or days once they are over, before retention takes what they are counted from.
import { statisticsPlan, type InForce } from '#libs/instructions';
import type { Store } from '#libs/store';
import { binsDue, instructedSince, type ApprovedVersion } from './bins.js';
import { release } from './release.js';

export function createCounter({ store, now }: { readonly store: Store; readonly now: () => number }) {
  /** Answers when there is something to count again; Infinity: no statistics are instructed. */
  return async function count(tenantId: string, inForce: InForce | null, approved: readonly ApprovedVersion[]): Promise<number> {
    const plan = statisticsPlan(inForce?.document ?? null);
    if (!inForce || !plan) return Infinity;
    const since = instructedSince(approved, inForce.version).getTime();
    const until = (await store.countedUntil(tenantId))?.getTime() ?? since;
    const { bins, nextAt } = binsDue(plan.time, new Date(Math.max(since, until)), new Date(now()));
    const minimum = plan.minimumGroup;
    for (const bin of bins)
      await store.countBin(
        tenantId,
        { ...bin, instruction_version: inForce.version, minimum_group: minimum, dimensions: plan.dimensions },
        (counted) => release(counted, minimum),
      );
    return nextAt;
  }; // prettier-ignore
}

export type Counter = ReturnType<typeof createCounter>;
