// Requests that arrive together go through the stages together, one stage at a time: a processor that does the same thing to
// twenty requests in a row keeps its code and data at hand, which halves what a request costs (docs/performance.md).

/** What one stage makes of one request. What has to wait for something answers a promise, and goes on alone. */
export type Stage<I, O> = (value: I) => O | Promise<O>;

/** Takes a request through all stages. Rejects with what a stage threw, which concerns no other request. */
export type Line<I, O> = (value: I) => Promise<O>;

interface Travelling {
  value: unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** More at a time would push each other's data out of the cache, and keep everything else waiting. */
const TOGETHER = 64;

async function alone(one: Travelling, value: Promise<unknown>, rest: readonly Stage<unknown, unknown>[]) {
  try {
    let made = await value;
    for (const stage of rest) made = await stage(made);
    one.resolve(made as never);
  } catch (error) {
    one.reject(error);
  }
}

function advance(travelling: Travelling[], stages: readonly Stage<unknown, unknown>[]): void {
  let together = travelling;
  stages.forEach((stage, n) => {
    const still: Travelling[] = [];
    for (const one of together) {
      try {
        const made = stage(one.value);
        if (made instanceof Promise) void alone(one, made, stages.slice(n + 1));
        else {
          one.value = made;
          still.push(one);
        }
      } catch (error) {
        one.reject(error);
      }
    }
    together = still;
  });
  for (const one of together) one.resolve(one.value as never);
}

function open<I, O>(stages: readonly Stage<unknown, unknown>[]): Line<I, O> {
  let waiting: Travelling[] = [];
  const run = (): void => {
    const batch = waiting.slice(0, TOGETHER);
    waiting = waiting.slice(TOGETHER);
    if (waiting.length > 0) setImmediate(run);
    advance(batch, stages);
  };
  return (value) =>
    new Promise((resolve, reject) => {
      // After this turn of the event loop: all that has arrived in it is read by then.
      if (waiting.length === 0) setImmediate(run);
      waiting.push({ value, resolve, reject });
    });
}

export interface Stages<I, O> {
  readonly stages: readonly Stage<unknown, unknown>[];
  through<N>(stage: Stage<O, N>): Stages<I, N>;
  followedBy<N>(others: Stages<O, N>): Stages<I, N>;
  open(): Line<I, O>;
}

const stagesOf = <I, O>(stages: readonly Stage<unknown, unknown>[]): Stages<I, O> => ({
  stages,
  followedBy: <N>(others: Stages<O, N>) => stagesOf<I, N>([...stages, ...others.stages]),
  through: <N>(stage: Stage<O, N>) => stagesOf<I, N>([...stages, stage as Stage<unknown, unknown>]),
  open: () => open<I, O>(stages),
});

export const inStep = <I, O>(first: Stage<I, O>): Stages<I, O> => stagesOf<I, O>([first as Stage<unknown, unknown>]);
