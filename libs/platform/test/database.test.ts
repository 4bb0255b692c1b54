// The embedded database: kept between starts, owned by one gateway, recovered after every kind of crash.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readFile, readdir, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { databaseUrl, startDatabase, StartRefused, type Database } from '#libs/platform';
import { collectingLogger } from './collecting-logger.js';
import { until } from '../../../test/support/until.js';

const { log, lines } = collectingLogger();
const folders: string[] = [];

async function folder(mode = 0o755): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-db-'));
  await chmod(path, mode);
  folders.push(path);
  return path;
}

async function query(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

const pidOf = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const start = (dataDir: string): Promise<Database> => startDatabase({ dataDir, databaseUrl: null }, log);

afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

describe('one gateway', () => {
  let dataDir: string;
  let database: Database;
  beforeAll(async () => {
    dataDir = await folder();
    database = await start(dataDir);
  });
  afterAll(() => database.stop());

  it('keeps data between starts, under an address that the command line finds', async () => {
    await query(database.url, 'CREATE TABLE kept (n int)');
    await query(database.url, 'INSERT INTO kept VALUES (42)');
    await database.stop();
    database = await start(dataDir);
    expect(await query(await databaseUrl({ dataDir, databaseUrl: null }), 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
  });

  it('is durable, and listens on this machine only', async () => {
    const [settings] = await query(
      database.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
              current_setting('listen_addresses') AS hosts, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(settings).toEqual({ fsync: 'on', commits: 'on', hosts: '127.0.0.1', sockets: '' });
  });

  it('asks for a password, which nobody else can read', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'database.password'))).mode & 0o077).toBe(0);
  });

  it('refuses a second gateway on the same directory in one line, and goes on', async () => {
    const second = start(dataDir);
    await expect(second).rejects.toBeInstanceOf(StartRefused);
    await expect(second).rejects.toThrow(/^Another Parley is running on [^\n]+$/);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('writes no value, detail or statement into its log', async () => {
    await query(database.url, 'CREATE TABLE person (name text PRIMARY KEY, n int)');
    const insert = 'INSERT INTO person (name) VALUES ($1)';
    await query(database.url, insert, ['Quentin Canary']);
    await expect(query(database.url, insert, ['Quentin Canary'])).rejects.toMatchObject({ code: '23505' });
    await expect(query(database.url, `SELECT 'Canary literal'::int`)).rejects.toMatchObject({ code: '22P02' });
    await expect(query(database.url, `SELECT * FROM canary_table`)).rejects.toMatchObject({ code: '42P01' });
    await expect(query(database.url, `DO $$ BEGIN RAISE WARNING 'Canary warning'; END $$`)).resolves.toEqual([]);
    const text = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(text).toContain('ready to accept connections');
    expect(text.toLowerCase()).not.toContain('canary');
  });

  it('starts it again on the same port when it dies', async () => {
    const pid = await pidOf(dataDir);
    process.kill(pid, 'SIGKILL');
    await until('another runs', async () => (await pidOf(dataDir).catch(() => pid)) !== pid);
    await until('it answers', () =>
      query(database.url, 'SELECT 1').then(
        () => true,
        () => false,
      ),
    );
    expect(lines()).toContain('database.lost');
    expect(await query(database.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
  });

  it('leaves no process when stopped', async () => {
    const pid = await pidOf(dataDir);
    await database.stop();
    expect(isAlive(pid)).toBe(false);
    database = await start(dataDir);
  });
});

describe('leftovers', () => {
  it('does not take a half-made directory for a database', async () => {
    const dataDir = await folder();
    await mkdir(join(dataDir, 'postgres.draft-0000'));
    await writeFile(join(dataDir, 'postgres.draft-0000', 'PG_VERSION'), '18\n');
    const database = await start(dataDir);
    await database.stop();
    expect(await readdir(join(dataDir, 'postgres'))).toContain('PG_VERSION');
  });

  it('starts although the pid of a former server is now of another program', async () => {
    const dataDir = await folder();
    const database = await start(dataDir);
    await database.stop();
    const { uid, gid } = await stat(join(dataDir, 'postgres'));
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
    await writeFile(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${stranger.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const again = await start(dataDir);
    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await again.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  it('runs in a directory that is closed to all others', async () => {
    const dataDir = await folder(0o700);
    const database = await start(dataDir);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.stop();
  });

  it('says in one line that files are of another version', async () => {
    const dataDir = await folder();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(dataDir)).rejects.toThrow(/was made by PostgreSQL 17/);
  });

  it('says in one line that a given server does not accept us', async () => {
    const dataDir = await folder();
    const database = await start(dataDir);
    const url = new URL(database.url);
    url.password = 'wrong';
    const refused = startDatabase({ dataDir, databaseUrl: url.href }, log);
    await expect(refused).rejects.toThrow('The database of DATABASE_URL cannot be used: 28P01.');
    const given = await startDatabase({ dataDir, databaseUrl: database.url }, log);
    await given.stop();
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.stop();
  });
});

describe('a gateway that is killed', () => {
  /** A process that runs the database as a gateway does, writes a row again and again, and says each that was committed. */
  async function gateway(dataDir: string, as: object = {}): Promise<{ child: ChildProcess; committed(): number }> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'gateway-process.mjs'), dataDir], {
      ...as,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await until('a row is committed', () => text.includes('\n'));
    return { child, committed: () => Math.max(0, ...text.trim().split('\n').map(Number)) };
  }

  const killGroup = async (child: ChildProcess): Promise<void> => {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
  };

  it('alone: the database stops by itself, and nothing committed is lost', async () => {
    const dataDir = await folder();
    const { child, committed } = await gateway(dataDir);
    await until('rows are committed', () => committed() > 20);
    const pid = await pidOf(dataDir);
    await killGroup(child);
    await until('it has ended', () => !isAlive(pid));
    const database = await start(dataDir);
    const [row] = await query(database.url, 'SELECT max(n) AS n FROM row_of_gateway');
    expect(Number(row?.['n'])).toBeGreaterThanOrEqual(committed());
    await database.stop();
  });

  it('alone, and started again at once', async () => {
    const dataDir = await folder();
    const { child, committed } = await gateway(dataDir);
    await killGroup(child);
    const database = await start(dataDir);
    const [row] = await query(database.url, 'SELECT max(n) AS n FROM row_of_gateway');
    expect(Number(row?.['n'])).toBeGreaterThanOrEqual(committed());
    await database.stop();
  });

  it('together with its database and guard', async () => {
    const dataDir = await folder();
    const { child, committed } = await gateway(dataDir);
    await until('rows are committed', () => committed() > 20);
    const pid = await pidOf(dataDir);
    await killGroup(child);
    process.kill(pid, 'SIGKILL');
    const database = await start(dataDir);
    const [row] = await query(database.url, 'SELECT max(n) AS n FROM row_of_gateway');
    expect(Number(row?.['n'])).toBeGreaterThanOrEqual(committed());
    await database.stop();
  });

  it('together with its guard alone: the next start ends the orphan', async () => {
    const dataDir = await folder();
    const { child } = await gateway(dataDir);
    const pid = await pidOf(dataDir);
    const guards = await guardsOf(pid);
    guards.forEach((guard) => process.kill(guard, 'SIGKILL'));
    await killGroup(child);
    expect(guards.length).toBe(process.platform === 'linux' ? 1 : 0);
    const database = await start(dataDir);
    await until('it has ended', () => !isAlive(pid));
    await database.stop();
  });

  it('by Ctrl-C, which a terminal sends to all: it ends cleanly', async () => {
    const dataDir = await folder();
    const { child } = await gateway(dataDir);
    const pid = await pidOf(dataDir);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [status] = (await once(child, 'exit')) as [number | null];
    expect(status).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/);
  });

  it('as an ordinary user: the database runs as that user too, and Ctrl-C leaves none', async () => {
    const dataDir = await folder(0o700);
    // Whoever is no ordinary user makes one of itself, where such a one may read the program.
    const account =
      process.getuid?.() === 0 && (await isOpen(import.meta.dirname)) ? { uid: 65_534, gid: 65_534 } : null;
    if (account) await chown(dataDir, account.uid, account.gid);
    const { child, committed } = await gateway(dataDir, account ?? {});
    await until('rows are committed', () => committed() > 20);
    const pid = await pidOf(dataDir);
    const owner = (await stat(join(dataDir, 'postgres', 'postmaster.pid'))).uid;
    expect(owner).toBe((await stat(dataDir)).uid);
    if (account) expect(owner).toBe(account.uid);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [status] = (await once(child, 'exit')) as [number | null];
    expect(status).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  /** May everybody pass through to this folder? */
  async function isOpen(path: string): Promise<boolean> {
    if (((await stat(path)).mode & 0o001) === 0) return false;
    return path === dirname(path) || isOpen(dirname(path));
  }

  async function guardsOf(pid: number): Promise<readonly number[]> {
    if (process.platform !== 'linux') return [];
    const found: number[] = [];
    for (const name of await readdir('/proc')) {
      const command = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
      if (command.includes(`parley-database-guard\0${pid}\0`)) found.push(Number(name));
    }
    return found;
  }
});
