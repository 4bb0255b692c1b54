// Under which account PostgreSQL runs: it refuses to run as root.
import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartRefused } from '../start-refused.js';

const run = promisify(execFile);

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account for the database when we are root; null when we are not, and it runs as we do. `postgres` is made if
 * it is missing; where that cannot be done (a read-only image), `nobody`.
 */
export async function databaseAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const account =
    (await lookUp('postgres')) ??
    ((await makeUser('postgres')) ? await lookUp('postgres') : null) ??
    (await lookUp('nobody'));
  if (!account)
    throw new StartRefused(
      'PostgreSQL does not run as root, and no other account was found: run as an ordinary user or set DATABASE_URL.',
    );
  return account;
}

async function lookUp(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((what) => run('id', [what, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return null;
  }
}

const MAKE_USER: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']],
  ['adduser', ['-S', '-D', '-H']], // BusyBox
];

async function makeUser(name: string): Promise<boolean> {
  for (const [command, flags] of MAKE_USER) {
    try {
      await run(command, [...flags, name]);
      return true;
    } catch {
      continue;
    }
  }
  return false;
}

/** May the account pass through every folder above this path? Access lists are not looked at. */
async function mayReach(path: string, account: Account): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Starts programs under the account. */
export type SpawnAs = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

const PASS_CLOSED_FOLDERS = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];

/**
 * Root's folders are often closed to others (/root, a temporary clone). Rather than opening them, the database is
 * then given the one capability to pass through them; `setpriv` is in util-linux.
 * @param paths what the account must reach: its data and its programs.
 */
export async function spawnerFor(account: Account | null, paths: readonly string[]): Promise<SpawnAs> {
  if (!account) return (command, args, options) => spawn(command, args, options);
  const reachable = await Promise.all(paths.map((path) => mayReach(path, account)));
  if (reachable.every(Boolean)) return (command, args, options) => spawn(command, args, { ...options, ...account });
  const asAccount = [
    '--reuid',
    String(account.uid),
    '--regid',
    String(account.gid),
    '--clear-groups',
    ...PASS_CLOSED_FOLDERS,
  ];
  try {
    await run('setpriv', [...asAccount, 'true']);
  } catch {
    throw new StartRefused(
      `The database cannot run as root in folders closed to other users (${paths[0]}): set PARLEY_DATA_DIR to an open one, run as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return (command, args, options) => spawn('setpriv', [...asAccount, '--', command, ...args], options);
}
