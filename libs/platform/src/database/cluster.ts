// The files of the embedded database: made whole or not at all, and found again.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logging/logger.js';
import { readIfThere, writeOnce } from '../data-dir.js';
import { StartRefused } from '../start-refused.js';
import { databaseAccount, spawnerFor, type Account, type SpawnAs } from './account.js';
import { findBinaries, type Binaries } from './binaries.js';
import { INITDB_FLAGS, SUPERUSER } from './settings.js';

/** Everything that starting the database takes. */
export interface Cluster {
  /** The data directory of PostgreSQL itself. */
  readonly files: string;
  readonly logFile: string;
  readonly portFile: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly spawnAs: SpawnAs;
}

/** Without what the gateway was given in its environment: the database needs no secrets of ours. */
export const DATABASE_ENV = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

const MAJOR = '18';
const FOLDER = 'postgres';
const PASSWORD_FILE = 'database.password';
export const portFileOf = (dataDir: string): string => join(dataDir, 'database.port');
export const passwordFileOf = (dataDir: string): string => join(dataDir, PASSWORD_FILE);

/** Finds the database's files, or makes them. Files left by an interrupted making are removed. */
export async function openCluster(dataDir: string, log: Logger): Promise<Cluster> {
  const account = await databaseAccount();
  const binaries = findBinaries();
  const files = join(dataDir, FOLDER);
  const cluster: Cluster = {
    files,
    logFile: join(dataDir, 'postgres.log'),
    portFile: portFileOf(dataDir),
    password:
      (await readIfThere(passwordFileOf(dataDir))) ??
      (await writeOnce(passwordFileOf(dataDir), randomBytes(24).toString('base64url'))),
    binaries,
    spawnAs: await spawnerFor(account, [files, binaries.postgres]),
  };
  const major = await readIfThere(join(files, 'PG_VERSION'));
  if (major === null) {
    await initialise(cluster, dataDir, account);
    log.info('database.initialised');
  } else if (major !== MAJOR) {
    throw new StartRefused(
      `${files} was made by PostgreSQL ${major}; this Parley brings ${MAJOR}: dump it with the Parley that made it, and restore.`,
    );
  }
  await checkOwner(files, account);
  return cluster;
}

const DRAFT = `${FOLDER}.draft-`;

/** PostgreSQL's files appear under their name only when complete: a half-made directory is never mistaken for one. */
async function initialise(cluster: Cluster, dataDir: string, account: Account | null): Promise<void> {
  for (const name of await readdir(dataDir))
    if (name.startsWith(DRAFT) && (await isAbandoned(join(dataDir, name))))
      await rm(join(dataDir, name), { recursive: true, force: true });
  const draft = join(dataDir, DRAFT + randomBytes(4).toString('hex'));
  const passwordFile = `${draft}.pw`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, cluster.password, { mode: 0o600, flag: 'wx' });
    if (account) for (const path of [draft, passwordFile]) await chown(path, account.uid, account.gid);
    await runInitdb(cluster, [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      ...INITDB_FLAGS,
    ]);
    await rename(draft, cluster.files);
  } catch (error) {
    // Another process may have been quicker with the same password: then its files are ours too.
    if ((await readIfThere(join(cluster.files, 'PG_VERSION'))) === null) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

const LONGEST_INIT_MS = 60_000;

/** Not one that another process is making just now. */
async function isAbandoned(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path);
  return Date.now() - mtimeMs > LONGEST_INIT_MS;
}

async function runInitdb(cluster: Cluster, args: readonly string[]): Promise<void> {
  const initdb = cluster.spawnAs(cluster.binaries.initdb, args, {
    env: DATABASE_ENV,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  initdb.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const [status] = (await once(initdb, 'close')) as [number | null];
  if (status === 0) return;
  const line =
    said
      .join('')
      .trim()
      .split('\n')
      .find((text) => /error|fatal/i.test(text)) ?? `status ${status}`;
  throw new StartRefused(`The embedded database could not be made: ${line}`);
}

async function checkOwner(files: string, account: Account | null): Promise<void> {
  const expected = account?.uid ?? process.getuid?.();
  const { uid } = await stat(files);
  if (expected !== undefined && uid !== expected)
    throw new StartRefused(
      `${files} belongs to another user (uid ${uid}; needed: ${expected}): start as the user who made it, or chown it.`,
    );
}
