// Waits for something to become true.
import { setTimeout as pause } from 'node:timers/promises';

export async function until(what: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('timed out');
    await pause(10);
  }
}
