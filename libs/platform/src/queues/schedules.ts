// Things done again and again: each time by one of the processes, however many there are.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logging/logger.js';
import { code } from '../logging/fields.js';
import type { JobWorker, QueueBackend } from './backend.js';

export type Scheduled = () => Promise<void>;

export interface Schedules {
  /** `name` is the same in all processes. A run that is not over when the next is due is not joined by it. Tried until the server takes it. */
  schedule(name: string, everyMs: number, run: Scheduled): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'schedules';
const CONCURRENCY = 4;
const RETRY_MS = 1_000;

export function openSchedules(backend: QueueBackend, log: Logger): Schedules {
  const queue = backend.queue<Record<string, never>>(NAME);
  const tasks = new Map<string, Scheduled>();
  const running = new Set<string>();
  let worker: JobWorker | null = null;
  let closing = false;

  async function process(name: string): Promise<void> {
    const task = tasks.get(name);
    if (!task || running.has(name)) return;
    running.add(name);
    try {
      await task();
    } catch (error) {
      // Kept from BullMQ, which would store its message.
      log.error('schedule.failed', { name: code(name), error });
    } finally {
      running.delete(name);
    }
  }

  return {
    async schedule(name, everyMs, run) {
      tasks.set(name, run);
      while (!closing)
        try {
          await queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {} });
          break;
        } catch (error) {
          log.warn('schedule.failed', { name: code(name), error });
          await pause(RETRY_MS, undefined, { ref: false });
        }
      if (!closing) worker ??= backend.worker(NAME, (job) => process(job.name), CONCURRENCY);
    },
    async close() {
      closing = true;
      await worker?.close();
      await queue.close();
    },
  };
}
