// Waiting for what comes in its own time.
import { setTimeout as pause } from 'node:timers/promises';

/** Nobody waits for so long where all is well, on however slow a machine. */
const MOST_MS = 180_000;

type Found<T> = T | null | undefined | false;

/** What `look` finds, as soon as it finds something. @throws when it did not in time */
export async function until<T>(what: string, look: () => Found<T> | Promise<Found<T>>): Promise<T> {
  const deadline = Date.now() + MOST_MS;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`it did not happen within ${MOST_MS} ms: ${what}`);
    await pause(20);
  }
}
