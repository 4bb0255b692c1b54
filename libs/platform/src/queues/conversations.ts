// The queue of conversations: a job says "look at this conversation"; what there is to do stands in the tables.
import { randomUUID } from 'node:crypto';
import type { BulkJobOptions } from 'bullmq';
import type { Logger } from '../logging/logger.js';
import type { GivenJob, JobWorker, QueueBackend } from './backend.js';
import { createGatherer } from './gatherer.js';
import { idsOnly, type Ids } from './ids.js';

/** Conversation to look at: now, or not before so many ms. */
export interface Wake {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly delayMs?: number;
}

export type ConversationHandler = (tenantId: string, conversationId: string) => Promise<void>;

interface WakeData {
  readonly tenantId: string;
  readonly conversationId: string;
  /** How often in a row the handler has failed. */
  readonly failures: number;
}

const NAME = 'conversations';
/** How long wakes are gathered: many messages of one moment become one job per conversation. */
const GATHER_MS = 2;
/** Later wakes of one conversation that fall due within the same so many ms are one. */
const LATER_GRAIN_MS = 100;
const MOST_FAILURES = 8;

export interface ConversationQueue {
  wake(items: readonly Wake[]): void;
  work(handler: ConversationHandler, concurrency: number): void;
  waiting(): Promise<number>;
  close(): Promise<void>;
}

export function openConversationQueue(backend: QueueBackend, log: Logger): ConversationQueue {
  const queue = backend.queue<Ids<WakeData>>(NAME);
  const workers: JobWorker[] = [];
  const gatherer = createGatherer<BulkJob>({
    everyMs: GATHER_MS,
    send: async (jobs) => void (await queue.addBulk([...jobs])),
    onFailure: (error, count, dropped) => log.warn('queue.wake-failed', { error, count, failed: dropped }),
  });
  const add = (items: readonly (Wake & { readonly failures?: number })[]): void => {
    for (const item of items) gatherer.add(...jobOf(item));
  };

  async function process(job: GivenJob<WakeData>, handler: ConversationHandler): Promise<void> {
    const { tenantId, conversationId, failures } = job.data;
    // A later wake only becomes one of now: so no two jobs of a conversation run at the same time.
    if (job.name === 'later') return add([{ tenantId, conversationId, failures }]);
    try {
      await handler(tenantId, conversationId);
    } catch (error) {
      // Not thrown on: BullMQ keeps messages and stacks of errors, which may quote what was worked on.
      log.error('job.failed', { tenantId, conversationId, attempt: failures + 1, error });
      if (failures < MOST_FAILURES)
        add([{ tenantId, conversationId, delayMs: 1_000 * 2 ** failures, failures: failures + 1 }]);
    }
  }

  return {
    wake: add,
    work(handler, concurrency) {
      workers.push(backend.worker<WakeData>(NAME, (job) => process(job, handler), concurrency));
    },
    async waiting() {
      const counts = await queue.getJobCounts('waiting', 'delayed', 'active');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await gatherer.close();
      await queue.close();
    },
  };
}

interface BulkJob {
  readonly name: 'now' | 'later';
  readonly data: Ids<WakeData>;
  readonly opts: BulkJobOptions;
}

/** The job, and the key under which it is the same as another. @throws TypeError when an id is none. */
function jobOf({
  tenantId,
  conversationId,
  delayMs = 0,
  failures = 0,
}: Wake & { readonly failures?: number }): [string, BulkJob] {
  const data: Ids<WakeData> = idsOnly({ tenantId, conversationId, failures });
  // An id of our own: otherwise the server counts, and all that add wait for one row.
  const jobId = randomUUID();
  if (delayMs <= 0) {
    // One job waits at most; a wake while it runs makes it run once more afterwards.
    const deduplication = { id: conversationId, keepLastIfActive: true };
    return [conversationId, { name: 'now', data, opts: { jobId, deduplication } }];
  }
  const now = Date.now();
  const due = Math.ceil((now + delayMs) / LATER_GRAIN_MS) * LATER_GRAIN_MS;
  const id = `${conversationId}@${due}`;
  return [id, { name: 'later', data, opts: { jobId, delay: due - now, deduplication: { id } } }];
}
