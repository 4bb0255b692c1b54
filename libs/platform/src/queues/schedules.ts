// Things done again and again: each time by one of the processes, however many there are.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logging/logger.js';
import { code } from '../logging/fields.js';
import type { JobWorker, QueueBackend } from './backend.js';

export type Scheduled = () => Promise<void>;

export interface Schedules {
  /** `name` is the same in all processes. A run that is not over when the next is due is not joined by it. Tried until the server takes it. */
  schedule(name: string, everyMs: number, run: Scheduled): Promise<void>;
  /** Begins nothing more, and waits for what runs. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'schedules';
const CONCURRENCY = 4;
const RETRY_MS = 1_000;
/** A server that lost what it had, as a Redis does that keeps nothing on disk, forgets the schedules, too. */
const LOOK_MS = 60_000;

export function openSchedules(backend: QueueBackend, log: Logger, lookMs: number = LOOK_MS): Schedules {
  const queue = backend.queue<Record<string, never>>(NAME);
  const tasks = new Map<string, { readonly everyMs: number; readonly run: Scheduled }>();
  const running = new Map<string, Promise<void>>();
  let worker: JobWorker | null = null;
  let closing = false;

  async function process(name: string): Promise<void> {
    const task = tasks.get(name);
    if (!task || running.has(name)) return;
    // Kept from BullMQ, which would store its message.
    const failed = (error: unknown): void => log.error('schedule.failed', { name: code(name), error });
    const run = task.run().catch(failed).finally(() => void running.delete(name)); // prettier-ignore
    running.set(name, run);
    await run;
  }

  const enter = (name: string, everyMs: number): Promise<unknown> =>
    queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {} });

  /** Not entered anew where it is: that would begin its time again. */
  async function enterMissing(): Promise<void> {
    for (const [name, { everyMs }] of tasks)
      if (!closing && (await queue.getJobScheduler(name)) === undefined) await enter(name, everyMs);
  }
  let looking: Promise<void> | null = null;
  const look = setInterval(() => {
    const failed = (error: unknown): void => log.warn('queue.error', { error });
    looking ??= enterMissing().catch(failed).finally(() => void (looking = null)); // prettier-ignore
  }, lookMs).unref();

  return {
    async schedule(name, everyMs, run) {
      tasks.set(name, { everyMs, run });
      while (!closing)
        try {
          await enter(name, everyMs);
          break;
        } catch (error) {
          log.warn('schedule.failed', { name: code(name), error });
          await pause(RETRY_MS, undefined, { ref: false });
        }
      if (!closing) worker ??= backend.worker(NAME, (job) => process(job.name), CONCURRENCY);
    },
    async rest() {
      closing = true;
      clearInterval(look);
      await worker?.pause(true);
      await Promise.all(running.values());
    },
    async close() {
      await worker?.close();
      await queue.close();
    },
  };
}
