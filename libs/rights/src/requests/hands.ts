// So many requests are carried out at a time in one process; whoever only waits for time to pass lends the hand to another.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Hands {
  /** As soon as a hand is free, in the order in which it was asked for. */
  use<T>(work: () => Promise<T>): Promise<T>;
  /** Within such work: waits without a hand. */
  rest(ms: number): Promise<void>;
}

export function createHands(count: number): Hands {
  const waiting: (() => void)[] = [];
  let free = count;
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((given) => waiting.push(given));
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    async use(work) {
      await take();
      try {
        return await work();
      } finally {
        give();
      }
    },
    async rest(ms) {
      give();
      try {
        await sleep(ms);
      } finally {
        await take();
      }
    },
  };
}
