// One round of work for many tenants: what fails for one is said and counted, the others go on, and the next round finds it again.
import { code } from './logging/fields.js';
import type { Logger } from './logging/logger.js';
import type { Metrics } from './metrics.js';

/** What is done in rounds; the label under which failures are counted. */
export type RoundName =
  | 'sequencer'
  | 'checkpoints'
  | 'notices'
  | 'silent-recipients'
  | 'mentions'
  | 'opendsr'
  | 'request-clocks'
  | 'controllers'
  | 'incidents'
  | 'retention-hourly'
  | 'retention-overdue'
  | 'connection-checks';

export interface Round {
  readonly name: RoundName;
  /** So many items at a time; one unless given. */
  readonly atOnce?: number;
}

/** Works through all items, whatever becomes of one; answers how many failed. Never rejects. */
export type Isolate = <T extends { readonly tenant_id: string }>(
  round: Round,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
) => Promise<number>;

export interface IsolateDeps {
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'count'>;
}

export function createIsolate({ log, metrics }: IsolateDeps): Isolate {
  /** Of each kind of round, the tenants that failed in the last one: what goes on failing each second is said once. */
  const failing = new Map<RoundName, ReadonlySet<string>>();

  return async ({ name, atOnce = 1 }, items, work) => {
    const before = failing.get(name);
    const now = new Set<string>();
    let failed = 0;

    function note(error: unknown, { tenant_id: tenantId }: { readonly tenant_id: string }): void {
      failed += 1;
      metrics.count('parley_rounds_failed_total', { round: name });
      if (!before?.has(tenantId) && !now.has(tenantId))
        log.error('round.failed', { name: code(name), tenantId, error });
      now.add(tenantId);
    }

    const waiting = items[Symbol.iterator]();
    async function hand(): Promise<void> {
      for (const item of waiting)
        try {
          await work(item);
        } catch (error) {
          note(error, item);
        }
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, hand));
    failing.set(name, now);
    return failed;
  };
}
