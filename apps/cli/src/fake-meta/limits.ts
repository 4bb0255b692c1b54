// Rate limits as the generic cell rate algorithm: one number per key says when the next free slot is.

export interface Rate {
  /** How many at once. */
  readonly burst: number;
  /** Then one per so many ms. */
  readonly everyMs: number;
}

export interface Limiter {
  /** Takes one slot of the key if there is one. `now` in ms. */
  take(key: string, rate: Rate, now: number): boolean;
  clear(): void;
}

export function limiter(): Limiter {
  const next = new Map<string, number>();
  return {
    take(key, rate, now) {
      const free = Math.max(next.get(key) ?? 0, now);
      if (free - now > (rate.burst - 1) * rate.everyMs) return false;
      next.set(key, free + rate.everyMs);
      return true;
    },
    clear: () => next.clear(),
  };
}
