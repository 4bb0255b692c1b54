// Requests in step: every one goes through every stage in order, and none has to do with another's failure or waiting.
import fc from 'fast-check';
import { inStep } from '../src/in-step.js';

it('those that came in one turn are together in each stage, in the order in which they came', async () => {
  const told: string[] = [];
  const stage = (name: string) => (n: number) => (told.push(`${name}${n}`), n);
  const line = inStep(stage('a')).through(stage('b')).open();
  expect(await Promise.all([line(1), line(2), line(3)])).toEqual([1, 2, 3]);
  expect(told).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
});

it('what waits lets the others go ahead, and goes on by itself', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const told: number[] = [];
  const line = inStep((n: number) => (n === 1 ? gate.then(() => n) : n))
    .through((n) => (told.push(n), n * 10))
    .open();
  const slow = line(1);
  expect(await line(2)).toBe(20);
  release();
  expect(await slow).toBe(10);
  expect(told).toEqual([2, 1]);
});

it('stages of their own can follow', async () => {
  const rest = inStep((n: number) => n + 1).through((n) => `${n}!`);
  expect(
    await inStep((text: string) => text.length)
      .followedBy(rest)
      .open()('four'),
  ).toBe('5!');
});

it('whatever is thrown or waits, and wherever, each request ends as it would alone', async () => {
  type Do = 'go' | 'throw' | 'wait' | 'wait and throw';
  const does = fc.constantFrom<Do>('go', 'go', 'go', 'throw', 'wait', 'wait and throw');
  const stage = (at: number) => (one: { readonly plan: readonly Do[]; readonly sum: number }) => {
    const next = { ...one, sum: one.sum * 2 + at };
    const what = one.plan[at];
    if (what === 'throw') throw new Error(`${at}`);
    if (what === 'wait') return new Promise<typeof next>((resolve) => setImmediate(resolve, next));
    if (what === 'wait and throw') return Promise.reject(new Error(`${at}`));
    return next;
  };
  const line = inStep(stage(0)).through(stage(1)).through(stage(2)).open();
  const end = (plan: readonly Do[]): string => {
    const stop = plan.findIndex((one) => one.endsWith('throw'));
    return stop < 0 ? 'sum 4' : `failed ${stop}`;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(does, { minLength: 3, maxLength: 3 }), { maxLength: 150 }), async (plans) => {
      const ended = plans.map((plan) =>
        line({ plan, sum: 0 }).then(
          ({ sum }) => `sum ${sum}`,
          (error: Error) => `failed ${error.message}`,
        ),
      );
      expect(await Promise.all(ended)).toEqual(plans.map(end));
    }),
    { numRuns: 100 },
  );
});
