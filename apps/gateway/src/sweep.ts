// What a crash or a lost wake-up left behind is found and woken; what is only kept for a moment is forgotten.
import type { Logger, Wake } from '#libs/platform';
import type { Store } from '#libs/store';

const SWEEP_MS = 2_000;
const SWEEP_LIMIT = 500;
const FORGET_MS = 60_000;
const PARTITIONS_MS = 6 * 3_600_000;

export interface SweepDeps {
  readonly store: Store;
  readonly wake: (conversations: readonly Wake[]) => void;
  readonly log: Logger;
}

export function createSweep({ store, wake, log }: SweepDeps) {
  const timers: NodeJS.Timeout[] = [];
  /** The next round does what this one could not. */
  const quietly = (work: () => Promise<unknown>) => (): void =>
    void work().catch((error: unknown) => log.warn('sweep.failed', { error }));

  let last: Awaited<ReturnType<Store['stranded']>>[number] | undefined;

  /** Goes round: some stay where they are (a tenant without instructions), and must not keep the others from being found. */
  async function wakeStranded(): Promise<void> {
    const left = await store.stranded(SWEEP_LIMIT, last);
    last = left.length < SWEEP_LIMIT ? undefined : left.at(-1);
    wake(left.map((c) => ({ tenantId: c.tenant_id, conversationId: c.id })));
    if (left.length > 0) log.debug('sweep.woke', { count: left.length });
  }

  return {
    start(): void {
      quietly(store.makePartitions)();
      timers.push(
        setInterval(quietly(wakeStranded), SWEEP_MS),
        setInterval(
          quietly(() => store.dropExpiredHolds(SWEEP_LIMIT)),
          SWEEP_MS,
        ),
        setInterval(
          quietly(() => store.sweepUnboundStates(SWEEP_LIMIT)),
          SWEEP_MS,
        ),
        setInterval(quietly(store.forgetTickets), FORGET_MS),
        setInterval(quietly(store.makePartitions), PARTITIONS_MS),
      );
    },
    stop(): void {
      for (const timer of timers.splice(0)) clearInterval(timer);
    },
  };
}
