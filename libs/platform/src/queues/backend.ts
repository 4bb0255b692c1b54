// Where the queues live: Redis or Valkey when one is given, PostgreSQL otherwise. Decision 0001.
import {
  createPostgresBackend,
  createRedisBackend,
  MIGRATION_ADVISORY_LOCK_KEY,
  runMigrations,
  withBackend,
  type JobsOptions,
} from 'bullmq';
import pg from 'pg';
import type { Logger } from '../logging/logger.js';
import { connectRedis } from '../redis.js';
import type { QueueName } from './names.js';

/** As much of a BullMQ queue as is used, whatever it is stored in. */
export interface JobQueue<Data> {
  add(name: string, data: Data, opts?: JobsOptions): Promise<unknown>;
  upsertJobScheduler(id: string, repeat: { every: number }, template: { name: string; data: Data }): Promise<unknown>;
  /** Undefined: there is none of that id. */
  getJobScheduler(id: string): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'delayed' | 'active')[]): Promise<Readonly<Record<string, number>>>;
  close(): Promise<unknown>;
}

export interface JobWorker {
  /** Takes no further job; `true`: without waiting for those in hand. */
  pause(doNotWaitActive: boolean): Promise<unknown>;
  /** Resolves when the jobs in hand are done. */
  close(): Promise<unknown>;
}

export interface GivenJob<Data> {
  readonly name: string;
  readonly data: Data;
}

export type Process<Data> = (job: GivenJob<Data>) => Promise<void>;

export interface QueueBackend {
  readonly name: 'redis' | 'postgresql';
  queue<Data>(name: QueueName): JobQueue<Data>;
  worker<Data>(name: QueueName, process: Process<Data>, concurrency: number): JobWorker;
  /** After all queues and workers are closed. */
  close(): Promise<void>;
}

/** Nothing of a job stays behind, and little of the record of events, which nobody reads. */
const QUEUE_OPTIONS = {
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  streams: { events: { maxLen: 256 } },
} as const;

const WORKER_OPTIONS = {
  // A job whose worker was killed is found after these two; the sweep is quicker.
  lockDuration: 15_000,
  stalledInterval: 10_000,
  // Being found so is no fault of the job.
  maxStalledCount: 100,
  // How soon a worker asks again after the server was away.
  runRetryDelay: 500,
} as const;

export function openBackend(redisUrl: string | null, databaseUrl: string, log: Logger): QueueBackend {
  return redisUrl ? openRedis(redisUrl, log) : openPostgres(databaseUrl, log);
}

function openRedis(url: string, log: Logger): QueueBackend {
  // null: a command waits for Redis to come back instead of failing; BullMQ asks for it.
  const connection = connectRedis({ url, maxRetriesPerRequest: null }, log);
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    name: 'redis',
    queue: <Data>(name: QueueName): JobQueue<Data> => logErrors(new Queue(name, { connection, ...QUEUE_OPTIONS }), log),
    worker: (name, process, concurrency) =>
      logErrors(new Worker(name, process, { connection, concurrency, ...WORKER_OPTIONS }), log),
    close: async () => void (await connection.quit().catch(() => connection.disconnect())),
  };
}

const SCHEMA = 'bullmq';

/** Each time, since a later version may bring tables; one process at a time, as the migrations themselves. */
const grantsTo = (role: string): string => `
SELECT pg_advisory_xact_lock(${MIGRATION_ADVISORY_LOCK_KEY}, hashtext('${SCHEMA}'));
GRANT USAGE ON SCHEMA ${SCHEMA} TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${role};
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA ${SCHEMA} TO ${role};`;

/** Brings the tables of the queues in PostgreSQL up to date as their owner, and lets `role` work with them. */
export async function migrateQueues(databaseUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
    await client.query(grantsTo(role));
  } finally {
    await client.end();
  }
}

/** Two of them listen for new jobs; a job takes one for a moment at its begin and its end. */
const CONNECTIONS = 8;

function openPostgres(connectionString: string, log: Logger): QueueBackend {
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    keepAlive: true,
    application_name: 'parley-queues',
    // A job is a wake-up, the tables are the truth: it need not wait for the disk. What a crash of the server itself
    // forgets, at most the last moments, the sweep finds.
    options: `-c search_path=${SCHEMA} -c synchronous_commit=off`,
  });
  const connection = logErrors(pool, log);
  // While it is lent, a connection that ends tells only itself.
  pool.on('connect', (client) => logErrors(client, log));
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    name: 'postgresql',
    queue: <Data>(name: QueueName): JobQueue<Data> => logErrors(new Queue(name, { connection, ...QUEUE_OPTIONS }), log),
    worker: (name, process, concurrency) =>
      logErrors(new Worker(name, process, { connection, concurrency, ...WORKER_OPTIONS }), log),
    close: () => connection.end(),
  };
}

/** An error event that nobody listens to would end the process. */
function logErrors<T extends { on(event: 'error', listener: (error: Error) => void): unknown }>(
  emitter: T,
  log: Logger,
): T {
  emitter.on('error', (error) => log.warn('queue.error', { error }));
  return emitter;
}
