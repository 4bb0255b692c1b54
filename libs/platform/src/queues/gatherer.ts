// Sends what comes after a quiet moment at once, and what comes while it is busy together: one round trip at a time.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

export interface Gatherer<T> {
  /** Of items with the same key the last one is sent. While nothing can be sent, no more than so many are kept. */
  add(key: string, item: T): void;
  /** Sends what is gathered, as far as that goes. */
  close(): Promise<void>;
}

export interface GathererOptions<T> {
  /** The shortest time from the end of one round trip to the next. */
  readonly everyMs: number;
  readonly send: (items: readonly T[]) => Promise<void>;
  /** @param dropped how many were given up, because more than enough are waiting or the gatherer is closing. */
  readonly onFailure: (error: unknown, count: number, dropped: number) => void;
}

const LARGEST_BATCH = 500;
const MOST_WAITING = 50_000;
const RETRY_MS = 500;

export function createGatherer<T>({ everyMs, send, onFailure }: GathererOptions<T>): Gatherer<T> {
  const waiting = new Map<string, T>();
  let running: Promise<void> | null = null;
  let closing = false;

  async function sendNext(): Promise<void> {
    const batch = [...waiting].slice(0, LARGEST_BATCH);
    for (const [key] of batch) waiting.delete(key);
    try {
      await send(batch.map(([, item]) => item));
    } catch (error) {
      const kept = closing ? [] : batch.slice(0, MOST_WAITING - waiting.size);
      // What came meanwhile is newer and stays.
      for (const [key, item] of kept) if (!waiting.has(key)) waiting.set(key, item);
      onFailure(error, batch.length, batch.length - kept.length);
      if (!closing) await pause(RETRY_MS);
    }
  }

  async function run(): Promise<void> {
    await nextTurn();
    while (waiting.size > 0) {
      await sendNext();
      if (!closing && waiting.size < LARGEST_BATCH) await pause(everyMs);
    }
    running = null;
  }

  return {
    add(key, item) {
      if (waiting.size >= MOST_WAITING && !waiting.has(key)) return;
      waiting.set(key, item);
      running ??= run();
    },
    async close() {
      closing = true;
      await running;
    },
  };
}
