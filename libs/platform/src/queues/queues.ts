// The queues of one process, opened and closed together.
import type { Config } from '../config/config.js';
import type { Logger } from '../logging/logger.js';
import { answerWithin } from '../patience.js';
import { openBackend } from './backend.js';
import { openConversationQueue, type Begin, type Wake } from './conversations.js';
import { openSchedules, type Scheduled } from './schedules.js';

export interface Queues {
  readonly backend: 'redis' | 'postgresql';
  /**
   * Wakes conversations. Returns at once; wakes of the same moment share a job. A wake that cannot be delivered is tried
   * again, and then left to the sweep.
   * @throws TypeError when an id is not a uuid.
   */
  wake(items: readonly Wake[]): void;
  /** Has woken conversations begun here. Another process may be given the same one: the lease of a turn keeps them apart. */
  work(begin: Begin): void;
  /** Takes no further conversations, and does not wait for those in hand. */
  rest(): Promise<void>;
  /** Runs something every so many ms, each time in one of the processes that have scheduled it; the first time at once. */
  schedule(name: string, everyMs: number, run: Scheduled): Promise<void>;
  /** How many jobs wait, run, or are for later: for health and metrics. Rejects when the server is away. */
  waiting(): Promise<number>;
  /** Takes no new job, ends those in hand, sends what was gathered. A server that does not answer is not waited for: the sweep finds what it was not told. */
  close(): Promise<void>;
}

const CLOSE_MS = 5_000;

/** `databaseUrl`: as the role that was let work with them; not used with Redis. */
export function openQueues(config: Pick<Config, 'redisUrl'>, databaseUrl: string, log: Logger): Queues {
  const backend = openBackend(config.redisUrl, databaseUrl, log);
  const conversations = openConversationQueue(backend, log);
  const schedules = openSchedules(backend, log);
  log.info('queue.ready', { backend: backend.name });
  return {
    backend: backend.name,
    wake: conversations.wake,
    work: conversations.work,
    rest: conversations.rest,
    schedule: schedules.schedule,
    waiting: conversations.waiting,
    async close() {
      await schedules.rest();
      // The process ends after this: whatever is left open of a server that is away goes with it.
      await answerWithin(CLOSE_MS, async () => {
        await schedules.close();
        await conversations.close();
        await backend.close();
      });
      log.info('queue.stopped');
    },
  };
}
