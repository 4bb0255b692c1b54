// One PostgreSQL process of ours: started in a session of its own, watched, and stopped.
import type { ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { DATABASE_ENV, type Cluster } from './cluster.js';
import { readPidFile } from './holder.js';
import { settingFlags } from './settings.js';

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: transactions are rolled back, sessions closed, everything written. */
  stop(): Promise<void>;
}

/** Why PostgreSQL ended instead of getting ready. */
export type Failure =
  | 'held' // another server runs on these files, or its pid file says so
  | 'lingering' // processes of a killed server are about to end
  | 'port-taken'
  | 'failed';

const REASONS: readonly (readonly [RegExp, Failure])[] = [
  [/lock file "postmaster\.pid" already exists/, 'held'],
  [/pre-existing shared memory block/, 'lingering'],
  [/could not (?:bind|create any TCP)/, 'port-taken'],
];

const POLL_MS = 10;

export async function launch(cluster: Cluster, port: number): Promise<Server | Failure> {
  const log = await openLog(cluster.logFile);
  const logStart = (await log.stat()).size;
  const child = cluster.spawnAs(cluster.binaries.postgres, ['-D', cluster.files, ...settingFlags(port)], {
    // A session of its own: Ctrl-C in the terminal reaches the gateway alone, which stops the database last.
    detached: true,
    env: DATABASE_ENV,
    stdio: ['ignore', log.fd, log.fd],
  });
  // Listened to before anything is awaited: it may end at once.
  const guard = child.pid === undefined ? null : guardOf(child.pid, cluster);
  let running = child.pid !== undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  }).then(() => {
    running = false;
    return guard?.dismiss();
  });
  await log.close();
  while (running) {
    const file = await readPidFile(cluster).catch(() => null);
    if (file?.pid === child.pid && file?.ready) return { pid: file.pid, port, ended, stop: () => stop(child, ended) };
    await pause(POLL_MS);
  }
  const said = (await readFile(cluster.logFile)).subarray(logStart).toString();
  return REASONS.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed';
}

const PATIENCE_MS = 20_000;

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const patience = new AbortController();
  const late = await Promise.race([
    ended.then(() => false),
    pause(PATIENCE_MS, true, { signal: patience.signal }).catch(() => false),
  ]);
  patience.abort();
  // Ends without a checkpoint: nothing is lost, the next start recovers.
  if (late) child.kill('SIGQUIT');
  await ended;
}

/**
 * A shell that waits on a pipe from us. When we end without having said so, killed with -9 as it may be, the pipe
 * closes and it stops the database. Where there is no shell, the next start finds the database and stops it.
 */
function guardOf(pid: number, cluster: Cluster): { dismiss(): void } | null {
  if (process.platform === 'win32') return null;
  const script = 'read -r line || kill -INT "$1"';
  const guard = cluster.spawnAs('sh', ['-c', script, 'parley-database-guard', String(pid)], {
    detached: true,
    env: DATABASE_ENV,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return { dismiss: () => guard.stdin?.end('done\n') };
}

const LARGEST_LOG = 5_000_000;

/** The log begins anew when it has grown; one former log is kept. */
async function openLog(file: string): Promise<FileHandle> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_LOG) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}

/** Ends a server whose gateway is gone. */
export function stopOrphan(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
