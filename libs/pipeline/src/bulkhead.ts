// A slow or dead recipient holds up only its own conversations: few calls at once, and none while it is known to be down.

interface Compartment {
  running: number;
  failures: number;
  closedUntil: number;
}

/** Calls to one recipient at a time, in one process. */
const MAX_RUNNING = 32;
const FAILURES_BEFORE_REST = 5;
const REST_MS = 5_000;
const FULL_RETRY_MS = 250;

export interface Bulkhead {
  /** Go ahead and call `done` afterwards (null: nobody was called), or wait that many ms without calling. */
  enter(recipient: string): { done: (failed: boolean | null) => void } | { waitMs: number };
}

export function createBulkhead(clock: () => number): Bulkhead {
  const compartments = new Map<string, Compartment>();
  return {
    enter(recipient) {
      const now = clock();
      const c = compartments.get(recipient) ?? { running: 0, failures: 0, closedUntil: 0 };
      compartments.set(recipient, c);
      if (now < c.closedUntil) return { waitMs: c.closedUntil - now + Math.floor(Math.random() * 500) };
      if (c.running >= MAX_RUNNING) return { waitMs: FULL_RETRY_MS + Math.floor(Math.random() * FULL_RETRY_MS) };
      c.running++;
      return {
        done(failed) {
          c.running--;
          if (failed !== null) c.failures = failed ? c.failures + 1 : 0;
          if (c.failures >= FAILURES_BEFORE_REST) c.closedUntil = clock() + REST_MS;
          if (c.running === 0 && c.failures === 0) compartments.delete(recipient);
        },
      };
    },
  };
}
