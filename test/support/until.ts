// Waiting for what comes in its own time.
import { setTimeout as pause } from 'node:timers/promises';

/** What `look` finds, as soon as it finds something. @throws when it did not in time */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`it did not happen within ${ms} ms: ${what}`);
    await pause(20);
  }
}
