// Group commit: many webhooks share one transaction; each waits only for the transaction that holds its rows.
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Batch, Store } from '#libs/store';

const MAX_ROWS = 500;
const LANES = 8;
/** Under load, the shortest time from one transaction to the next: each has a price of its own, so fewer and larger ones take in more. */
const PACE_MS = 8;
/** So many requests in a transaction are load. */
const LOAD = 4;

interface Waiting {
  readonly batch: Batch;
  readonly resolve: (fresh: ReadonlySet<string>) => void;
  readonly reject: (error: unknown) => void;
}

export interface Committer {
  /** Resolves after commit with the ids that were new. Rejects when nothing of it was kept. */
  commit(batch: Batch): Promise<ReadonlySet<string>>;
  /** Resolves when nothing is waiting or in flight. */
  drain(): Promise<void>;
}

/** Counters are added up, so they hardly add to a transaction. */
const sizeOf = (b: Batch): number => b.messages.length + b.statuses.length;

/** Adds equal counters up, so that a batch touches each observation row once. */
function merge(batches: readonly Batch[]): Batch {
  const observations = new Map<string, Batch['observations'][number]>();
  for (const { observations: rows } of batches)
    for (const row of rows) {
      const key = `${row.connectionId}|${row.kind}|${row.path}|${row.action}`;
      const before = observations.get(key);
      observations.set(key, before ? { ...before, count: before.count + row.count } : row);
    }
  const volumes = new Map<string, { tenantId: string; leaf: { count: number } }>();
  for (const { leaves } of batches)
    for (const { tenantId, leaf } of leaves) {
      const { count, ...rest } = leaf as { count: number };
      const key = tenantId + JSON.stringify(rest);
      const before = volumes.get(key);
      if (before) before.leaf.count += count;
      else volumes.set(key, { tenantId, leaf: { ...rest, count } });
    }
  return {
    messages: batches.flatMap((b) => b.messages),
    statuses: batches.flatMap((b) => b.statuses),
    observations: [...observations.values()],
    leaves: [...volumes.values()],
  };
}

export function createCommitter(store: Pick<Store, 'ingest'>): Committer {
  /** Several processes count in rows of their own, so that they seldom wait for each other. */
  const lane = randomInt(LANES);
  let queue: Waiting[] = [];
  let running = false;
  const idle: (() => void)[] = [];

  const take = (): Waiting[] => {
    let rows = 0;
    let n = 0;
    while (n < queue.length && (n === 0 || rows + sizeOf(queue[n]!.batch) <= MAX_ROWS))
      rows += sizeOf(queue[n++]!.batch);
    const taken = queue.slice(0, n);
    queue = queue.slice(n);
    return taken;
  };

  const settle = async (taken: readonly Waiting[]): Promise<void> => {
    try {
      const fresh = await store.ingest(merge(taken.map((w) => w.batch)), lane);
      for (const w of taken) w.resolve(fresh);
    } catch (error) {
      // One bad row must not take its neighbours along: each is tried alone, and only the bad one fails.
      if (taken.length === 1) return taken[0]!.reject(error);
      for (const w of taken) await store.ingest(merge([w.batch]), lane).then(w.resolve, w.reject);
    }
  };

  /** One transaction at a time. */
  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const began = performance.now();
      const taken = take();
      await settle(taken);
      const rest = PACE_MS - (performance.now() - began);
      if (taken.length >= LOAD && rest >= 1) await pause(rest);
    }
    running = false;
    idle.splice(0).forEach((done) => done());
  };

  return {
    commit: (batch) =>
      new Promise((resolve, reject) => {
        queue.push({ batch, resolve, reject });
        if (running) return;
        running = true;
        // After this turn of the event loop, so that requests parsed together are committed together.
        setImmediate(() => void run());
      }),
    drain: () => (running ? new Promise((done) => idle.push(done)) : Promise.resolve()),
  };
}
