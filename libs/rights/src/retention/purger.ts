// The purger: messages with something of a special category go within the time that the instructions give, unless a legal hold keeps them.
import type { InForce } from '#libs/instructions';
import type { Logger } from '#libs/platform';
import type { Store } from '#libs/store';
import { keptOf } from './holds.js';

export interface PurgerDeps {
  readonly store: Pick<Store, 'purgesDue' | 'purgeSensitive' | 'sweepCorrections' | 'instructionsInForce'>;
  readonly late: (category: 'special', seconds: number) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** Steps of one tenant in one go, so that the others need not wait. */
const STEPS = 20;

export function createPurger({ store, late, log, now }: PurgerDeps) {
  async function purge(tenantId: string): Promise<void> {
    const at = new Date(now());
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    const kept = inForce ? keptOf(inForce.document, at, 'content') : [];
    if (kept === 'all') return;
    for (let step = 0; step < STEPS; step += 1) {
      const { count, oldest } = await store.purgeSensitive(tenantId, at, kept);
      if (count === 0 || !oldest) return;
      await store.sweepCorrections(tenantId);
      const seconds = Math.max(0, now() - oldest.getTime()) / 1000;
      late('special', seconds);
      log.info('retention.done', { tenantId, kind: 'special', count, ms: seconds * 1000 });
    }
  }

  return async function run(): Promise<void> {
    for (const tenantId of await store.purgesDue(new Date(now())))
      await purge(tenantId).catch((error: unknown) => log.error('retention.failed', { tenantId, error }));
  };
}
