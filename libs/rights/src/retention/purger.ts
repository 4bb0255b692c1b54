// The purger: what has a due time of its own goes at that time, unless a legal hold keeps it: messages with something of a special category, and rights requests that are over.
import type { InForce } from '#libs/instructions';
import type { Logger } from '#libs/platform';
import type { Keeping, Store } from '#libs/store';
import { keptOf } from './holds.js';
import type { Swept } from './rules.js';

type Purged = 'special' | 'rights-request';

export interface PurgerDeps {
  readonly store: Pick<
    Store,
    | 'closedRequestsDue'
    | 'forgetClosedRequests'
    | 'purgesDue'
    | 'purgeSensitive'
    | 'sweepCorrections'
    | 'instructionsInForce'
  >;
  /** How long a backup may be kept, in days: what was erased is erased again by its request, should one be put back. */
  readonly backupDays: number;
  readonly late: (category: Purged, seconds: number) => void;
  readonly log: Logger;
  readonly now: () => number;
}

interface Kind {
  readonly name: Purged;
  /** By which of its holds a tenant's document keeps it. */
  readonly heldLike: Swept;
  readonly due: (at: Date) => Promise<string[]>;
  readonly take: (tenantId: string, at: Date, kept: readonly Keeping[]) => Promise<{ count: number; oldest: Date | null }>; // prettier-ignore
}

/** Steps of one tenant in one go, so that the others need not wait. */
const STEPS = 20;
const DAY_MS = 86_400_000;

export function createPurger({ store, backupDays, late, log, now }: PurgerDeps) {
  const purgeSpecial: Kind['take'] = async (...due) => {
    const purged = await store.purgeSensitive(...due);
    if (purged.count > 0) await store.sweepCorrections(due[0]);
    return purged;
  };
  const kinds: readonly Kind[] = [
    { name: 'special', heldLike: 'content', due: store.purgesDue, take: purgeSpecial },
    {
      name: 'rights-request',
      // What is held of a person keeps what they asked for, too.
      heldLike: 'identifiers',
      due: store.closedRequestsDue,
      take: (tenantId, at, kept) =>
        store.forgetClosedRequests(tenantId, { at, journalSince: new Date(at.getTime() - backupDays * DAY_MS), kept }),
    },
  ];

  async function purge(tenantId: string, { name, heldLike, take }: Kind): Promise<void> {
    const at = new Date(now());
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    const kept = inForce ? keptOf(inForce.document, at, heldLike) : [];
    if (kept === 'all') return;
    for (let step = 0; step < STEPS; step += 1) {
      const { count, oldest } = await take(tenantId, at, kept);
      if (count === 0 || !oldest) return;
      const seconds = Math.max(0, now() - oldest.getTime()) / 1000;
      late(name, seconds);
      log.info('retention.done', { tenantId, kind: name, count, ms: seconds * 1000 });
    }
  }

  return async function run(): Promise<void> {
    for (const kind of kinds)
      for (const tenantId of await kind.due(new Date(now())))
        await purge(tenantId, kind).catch((error: unknown) => log.error('retention.failed', { tenantId, error }));
  };
}
