// Group commit: many webhooks share one transaction; each waits only for the transaction that holds its rows.
import { randomInt } from 'node:crypto';
import type { Batch, LeafRow, ObservationRow, Store } from '#libs/store';

const MAX_ROWS = 500;
const LANES = 8;
/** Under load, the shortest time from one transaction to the next: each has a price of its own, so fewer and larger ones take in more. */
const PACE_MS = 8;
/** With so many the next one begins, however soon: it will not get much cheaper. */
const ENOUGH = 10;
/** So many requests in a transaction are load. */
const LOAD = 4;

/** A leaf that tells how many. */
export interface Volume extends LeafRow {
  /** The same for leaves that differ in their count alone: such leaves of one commit become one. */
  readonly key: string;
  readonly leaf: { count: number } & LeafRow['leaf'];
}

/** What one request changes. */
export type Changes = Omit<Batch, 'leaves'> & { readonly leaves: readonly Volume[] };

interface Waiting {
  readonly batch: Changes;
  readonly resolve: (fresh: ReadonlySet<string>) => void;
  readonly reject: (error: unknown) => void;
}

export interface Committer {
  /** Resolves after commit with the ids that were new. Rejects when nothing of it was kept. */
  commit(batch: Changes): Promise<ReadonlySet<string>>;
  /** Resolves when nothing is waiting or in flight. */
  drain(): Promise<void>;
}

/** Counters are added up, so they hardly add to a transaction. */
const sizeOf = (b: Changes): number => b.messages.length + b.statuses.length;

/** Adds equal counters up, so that a batch touches each row once. */
function addUp(batches: readonly Changes[]): ObservationRow[] {
  const rows = new Map<string, ObservationRow & { count: number }>();
  for (const { observations } of batches)
    for (const row of observations) {
      const key = row.connectionId + row.exposure.id;
      const before = rows.get(key);
      if (before) before.count += row.count;
      else rows.set(key, { ...row });
    }
  return [...rows.values()];
}

/** A leaf tells how many, not of each. */
function volumesOf(batches: readonly Changes[]): Volume[] {
  const volumes = new Map<string, Volume>();
  for (const { leaves } of batches)
    for (const row of leaves) {
      const before = volumes.get(row.key);
      if (before) before.leaf.count += row.leaf.count;
      else volumes.set(row.key, { ...row, leaf: { ...row.leaf } });
    }
  return [...volumes.values()];
}

const merge = (batches: readonly Changes[]): Batch => ({
  messages: batches.flatMap((b) => b.messages),
  statuses: batches.flatMap((b) => b.statuses),
  observations: addUp(batches),
  leaves: volumesOf(batches),
});

/** `gaveUp` is told how many messages of ours became dead letters by a status. */
export function createCommitter(store: Pick<Store, 'ingest'>, gaveUp?: (messages: number) => void): Committer {
  /** Several processes count in rows of their own, so that they seldom wait for each other. */
  const lane = randomInt(LANES);
  let queue: Waiting[] = [];
  let running = false;
  let enough: (() => void) | null = null;
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
      const fresh = await store.ingest(merge(taken.map((w) => w.batch)), lane, gaveUp);
      for (const w of taken) w.resolve(fresh);
    } catch (error) {
      // One bad row must not take its neighbours along: each is tried alone, and only the bad one fails.
      if (taken.length === 1) return taken[0]!.reject(error);
      for (const w of taken) await store.ingest(merge([w.batch]), lane, gaveUp).then(w.resolve, w.reject);
    }
  };

  /** Waits for enough to be there, or so long. */
  const gather = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        enough = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (queue.length >= ENOUGH) done();
      else enough = done;
    });

  /** One transaction at a time. */
  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const began = performance.now();
      const taken = take();
      await settle(taken);
      const rest = PACE_MS - (performance.now() - began);
      if (taken.length >= LOAD && rest >= 1) await gather(rest);
    }
    running = false;
    idle.splice(0).forEach((done) => done());
  };

  return {
    commit: (batch) =>
      new Promise((resolve, reject) => {
        queue.push({ batch, resolve, reject });
        if (queue.length >= ENOUGH) enough?.();
        if (running) return;
        running = true;
        // After this turn of the event loop, so that requests parsed together are committed together.
        setImmediate(() => void run());
      }),
    drain: () => (running ? new Promise((done) => idle.push(done)) : Promise.resolve()),
  };
}
