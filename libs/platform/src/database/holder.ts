// Who holds the database's files when PostgreSQL refuses to start on them.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { readIfThere } from '../data-dir.js';
import type { Cluster } from './cluster.js';
import { MAINTENANCE_DATABASE, SUPERUSER } from './settings.js';

export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const pidFileOf = (cluster: Cluster): string => join(cluster.files, 'postmaster.pid');

/** PostgreSQL's own record of who runs on these files: line 1 pid, line 4 port, line 8 state. */
export async function readPidFile(cluster: Cluster): Promise<PidFile | null> {
  const lines = (await readIfThere(pidFileOf(cluster)))?.split('\n');
  if (!lines) return null;
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * `gateway`: another gateway is alive and owns it. `orphan`: its gateway is gone. `busy`: it starts or stops, no telling
 * yet. `stranger`: the pid is of another program, the file is a leftover. `nobody`: gone meanwhile.
 */
export type Holder = 'gateway' | 'orphan' | 'busy' | 'stranger' | 'nobody';

export async function whoHolds(cluster: Cluster): Promise<Holder> {
  const file = await readPidFile(cluster);
  if (!file) return 'nobody';
  const command = await commandOf(file.pid);
  if (command === null) return 'nobody';
  if (!command.includes(cluster.files)) return 'stranger';
  const owner = await openOwnerSession(cluster, file.port).catch(() => null);
  if (!owner) return 'busy';
  const owned = await owner.own(0).catch(() => null);
  await owner.end();
  return owned === null ? 'busy' : owned ? 'orphan' : 'gateway';
}

/** The command line of a process; null when there is none of that pid. */
async function commandOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return null;
  }
}

/**
 * Makes a leftover record harmless. The file is not deleted: PostgreSQL finds in it the shared memory of the former
 * server, and goes on refusing while processes of that are left. It ignores a pid that is its own parent's: ours.
 */
export async function disown(cluster: Cluster): Promise<void> {
  const text = await readFile(pidFileOf(cluster), 'utf8');
  await writeFile(pidFileOf(cluster), text.replace(/^\d+/, String(process.pid)));
}

/** Spells PRLY: the lock that a living gateway holds on its embedded database. */
const OWNER_LOCK = 0x50524c59;

export interface OwnerSession {
  /** Takes the lock that says "a gateway is alive", waiting at most so many ms. Ends with the session, however that ends. */
  own(waitMs: number): Promise<boolean>;
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  end(): Promise<void>;
}

export async function openOwnerSession(
  cluster: Cluster,
  port: number,
  database: string = MAINTENANCE_DATABASE,
): Promise<OwnerSession> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: cluster.password,
    database,
    application_name: 'parley-owner',
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
  });
  // The server's end is seen by its process; the session has nothing to add.
  client.on('error', () => undefined);
  await client.connect();
  return {
    async own(waitMs) {
      const deadline = Date.now() + waitMs;
      for (;;) {
        const { rows } = await client.query<{ owned: boolean }>('SELECT pg_try_advisory_lock($1) AS owned', [
          OWNER_LOCK,
        ]);
        if (rows[0]?.owned) return true;
        if (Date.now() >= deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async query(sql, values = []) {
      const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    },
    end: () => client.end().catch(() => undefined),
  };
}
