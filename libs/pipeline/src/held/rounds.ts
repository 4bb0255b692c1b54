// Jobs whose rows are their queue: whatever is due is carried on, and what fails rests, each time for longer. One round at a time.
import { repeating } from './repeating.js';

export interface Rounds<Job> {
  readonly due: () => Promise<readonly Job[]>;
  /** What rests together when one of it fails. */
  readonly keyOf: (job: Job) => string;
  /** True: there was nothing to do, so that what comes next may begin. */
  readonly advance: (job: Job) => Promise<boolean>;
  readonly rest: (job: Job, inMs: number) => Promise<unknown>;
  readonly failed: (error: unknown, job?: Job) => void;
}

const EVERY_MS = 1_000;
const LONGEST_REST_MS = 300_000;

export function createRounds<Job>({ due, keyOf, advance, rest, failed }: Rounds<Job>) {
  /** How often in a row it failed. */
  const failures = new Map<string, number>();

  /** Everything that is due, once. */
  async function run(): Promise<void> {
    let goesOn = false;
    for (const job of await due())
      try {
        goesOn = (await advance(job)) || goesOn;
        failures.delete(keyOf(job));
      } catch (error) {
        failed(error, job);
        const times = failures.get(keyOf(job)) ?? 0;
        failures.set(keyOf(job), times + 1);
        // What keeps it from being done may keep this from being written, too; then it is tried again at once.
        await rest(job, Math.min(EVERY_MS * 2 ** times, LONGEST_REST_MS)).catch(() => undefined);
      }
    if (goesOn) await run();
  }

  return repeating(run, { everyMs: EVERY_MS, failed });
}
