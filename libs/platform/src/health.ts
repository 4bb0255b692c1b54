// Is all there that the gateway needs? Each part is asked, and none for long.
import { answerWithin } from './patience.js';

export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
}

export interface Health {
  /** Asks all parts at once. A part that fails, or does not answer in time, is not ready. Never rejects. */
  check(): Promise<Readiness>;
}

const PATIENCE_MS = 2_000;

/** @param parts by name how to ask: rejecting means away. Redis, for one, makes commands wait instead of failing. */
export function createHealth(
  parts: Readonly<Record<string, () => Promise<unknown>>>,
  patienceMs: number = PATIENCE_MS,
): Health {
  return {
    async check() {
      const asked = Object.entries(parts).map(
        async ([name, ask]) => [name, (await answerWithin(patienceMs, ask)) !== null] as const,
      );
      const found = Object.fromEntries(await Promise.all(asked));
      return { ready: Object.values(found).every(Boolean), parts: found };
    },
  };
}
