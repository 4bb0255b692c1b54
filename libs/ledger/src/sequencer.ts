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

  async function round(pause: AbortSignal): Promise<void> {
    try {
      const waiting = (await store.pendingLedgers(TENANTS_AT_ONCE)).map((tenant_id) => ({ tenant_id }));
      await isolate({ name: 'sequencer' }, waiting, async ({ tenant_id }) => {
        if (!pause.aborted) await sequenceOne(tenant_id);
      });
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
