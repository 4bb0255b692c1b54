// The sequencer: every second it places what waits, tenant by tenant. The window in which a leaf is unsigned is its period.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Isolate, Logger } from '#libs/platform';
import type { Store } from '#libs/store';
import { LedgerBroken } from './findings.js';
import type { Ledger } from './ledger.js';

const EVERY_MS = 1_000;
const TENANTS_AT_ONCE = 1_000;

export interface SequencerDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly isolate: Isolate;
  readonly log: Logger;
}

export interface Sequencer {
  start(): void;
  /** Resolves when the round in hand is over. */
  stop(): Promise<void>;
}

export function createSequencer({ store, ledger, isolate, log }: SequencerDeps): Sequencer {
  /** Tenants whose ledger is broken: said once, not every second. */
  const broken = new Set<string>();
  const ending = new AbortController();
  let working: Promise<void> | null = null;

  async function sequenceOne(tenantId: string): Promise<void> {
    try {
      await ledger.sequence(tenantId);
      broken.delete(tenantId);
    } catch (error) {
      if (!(error instanceof LedgerBroken)) throw error;
      if (!broken.has(tenantId)) log.error('ledger.failed', { tenantId, error });
      broken.add(tenantId);
    }
  }

  const isDatabaseAway = (): Promise<boolean> =>
    store.ping().then(
      () => false,
      () => true,
    );

  /** What fails because the database is away fails for all: it ends the round, and is nothing of that tenant's. */
  async function eachOf(waiting: readonly string[], pause: AbortSignal): Promise<void> {
    const away: unknown[] = [];
    const items = waiting.map((tenant_id) => ({ tenant_id }));
    await isolate({ name: 'sequencer' }, items, async ({ tenant_id }) => {
      if (pause.aborted || away.length > 0) return;
      await sequenceOne(tenant_id).catch(async (error: unknown) => {
        if (!(await isDatabaseAway())) throw error;
        away.push(error);
      });
    });
    if (away.length > 0) throw away[0];
  }

  async function round(pause: AbortSignal): Promise<void> {
    try {
      await eachOf(await store.pendingLedgers(TENANTS_AT_ONCE), pause);
    } catch (error) {
      log.warn('database.pool-error', { error });
    }
  }

  async function work(pause: AbortSignal): Promise<void> {
    while (!pause.aborted) {
      await sleep(EVERY_MS, undefined, { signal: pause }).catch(() => undefined);
      if (!pause.aborted) await round(pause);
    }
  }

  return {
    start() {
      working ??= work(ending.signal);
    },
    async stop() {
      ending.abort();
      await working;
    },
  };
}
