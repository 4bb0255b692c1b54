// The queue of conversations: a job says "look at these conversations"; what there is to do stands in the tables.
import { createHash, randomUUID } from 'node:crypto';
import type { JobsOptions } from 'bullmq';
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

/** Resolves when the conversation has been begun or will be: until then the next one waits. */
export type Begin = (wake: Wake) => Promise<void>;

interface WakeData {
  /** Tenant and conversation, in turns. */
  readonly ids: readonly string[];
}

const NAME = 'conversations';
/** A wake after a quiet moment goes at once, what comes within so many ms after it goes together. */
const GATHER_MS = 40;
/** A job costs the database more than a message does; more conversations in one could not be shared out among workers. */
const MOST_PER_JOB = 128;
/** Later wakes of one conversation that fall due within the same so many ms are one. */
const LATER_GRAIN_MS = 100;
/** Jobs that a process takes at a time: their conversations wait in line for a free hand. */
const JOBS_AT_A_TIME = 2;

export interface ConversationQueue {
  wake(items: readonly Wake[]): void;
  work(begin: Begin): void;
  rest(): Promise<void>;
  waiting(): Promise<number>;
  close(): Promise<void>;
}

export function openConversationQueue(backend: QueueBackend, log: Logger): ConversationQueue {
  const queue = backend.queue<Ids<WakeData>>(NAME);
  const workers: JobWorker[] = [];
  let resting = false;
  const gatherer = createGatherer<Later | Ids<WakeData>>({
    everyMs: GATHER_MS,
    // One by one: adding in bulk makes and drops tables on PostgreSQL, which takes longer than many single ones.
    send: async (gathered) => {
      for (const { name, data, opts } of jobsOf(gathered)) await queue.add(name, data, opts);
    },
    onFailure: (error, count, dropped) => log.warn('queue.wake-failed', { error, count, failed: dropped }),
  });

  async function process({ data: { ids } }: GivenJob<WakeData>, begin: Begin): Promise<void> {
    for (let n = 0; n < ids.length; n += 2) {
      const wake = { tenantId: ids[n]!, conversationId: ids[n + 1]! };
      // A rest does not call back what was asked for before it: what that brings is for others.
      if (resting) {
        add(wake);
        continue;
      }
      // Not thrown on: BullMQ keeps messages and stacks of errors, which may quote what was worked on.
      await begin(wake).catch((error: unknown) => log.error('job.failed', { ...wake, error }));
    }
  }

  function add({ tenantId, conversationId, delayMs = 0 }: Wake): void {
    const data: Ids<WakeData> = idsOnly({ ids: [tenantId, conversationId] });
    const later = delayMs > 0 ? laterOf(data, delayMs) : null;
    gatherer.add(later ? later.opts.deduplication.id : conversationId, later ?? data);
  }

  return {
    wake: (items) => items.forEach(add),
    work: (begin) => void workers.push(backend.worker<WakeData>(NAME, (job) => process(job, begin), JOBS_AT_A_TIME)),
    async rest() {
      resting = true;
      await Promise.all(workers.map((worker) => worker.pause(true)));
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

interface WakeJob {
  readonly name: 'now' | 'later';
  readonly data: Ids<WakeData>;
  readonly opts: JobsOptions;
}

type Later = WakeJob & { readonly opts: { readonly deduplication: { readonly id: string } } };

function laterOf(data: Ids<WakeData>, delayMs: number): Later {
  const now = Date.now();
  const due = Math.ceil((now + delayMs) / LATER_GRAIN_MS) * LATER_GRAIN_MS;
  // Not by its name: the record of events keeps it for a while, and the conversation may be erased.
  const deduplication = { id: createHash('sha256').update(`${data.ids[1]}@${due}`).digest('base64url') };
  return { name: 'later', data, opts: { jobId: randomUUID(), delay: due - now, deduplication } };
}

/** Conversations to look at now share jobs. */
function jobsOf(gathered: readonly (Later | Ids<WakeData>)[]): WakeJob[] {
  const jobs: WakeJob[] = gathered.filter((one) => 'opts' in one);
  const ids = gathered.flatMap((one) => ('ids' in one ? one.ids : []));
  for (let n = 0; n < ids.length; n += 2 * MOST_PER_JOB)
    // An id of our own: otherwise the server counts, and all that add wait for one row.
    jobs.push({
      name: 'now',
      data: idsOnly({ ids: ids.slice(n, n + 2 * MOST_PER_JOB) }),
      opts: { jobId: randomUUID() },
    });
  return jobs;
}
