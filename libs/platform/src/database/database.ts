// The database of the gateway: a server that is given, or the embedded one, which is ours alone and which we keep running.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../config/config.js';
import { readIfThere } from '../data-dir.js';
import { codeOf } from '../logging/failure.js';
import type { Logger } from '../logging/logger.js';
import { StartRefused } from '../start-refused.js';
import { openCluster, passwordFileOf, portFileOf, type Cluster } from './cluster.js';
import { disown, openOwnerSession, readPidFile, whoHolds, type OwnerSession } from './holder.js';
import { launch, stopOrphan, type Server } from './server.js';
import { DATABASE, SUPERUSER } from './settings.js';
import { removeStrays } from './strays.js';

export interface Database {
  readonly url: string;
  readonly embedded: boolean;
  /** Ends the embedded database; a given one is left alone. Close all pools first. */
  stop(): Promise<void>;
}

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** @throws StartRefused, with one line that says why. */
export async function startDatabase(config: DatabaseConfig, log: Logger): Promise<Database> {
  if (config.databaseUrl) {
    await checkGiven(config.databaseUrl);
    return { url: config.databaseUrl, embedded: false, stop: async () => undefined };
  }
  const cluster = await openCluster(config.dataDir, log);
  return keepRunning(cluster, log);
}

/** URL of the database that a gateway of this configuration uses: for the command line. @throws StartRefused */
export async function databaseUrl(config: DatabaseConfig): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const [port, password] = await Promise.all([
    readIfThere(portFileOf(config.dataDir)),
    readIfThere(passwordFileOf(config.dataDir)),
  ]);
  if (port === null || password === null)
    throw new StartRefused(`No database has been started in ${config.dataDir} yet.`);
  return urlFor(password, Number(port));
}

const urlFor = (password: string, port: number): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`;

async function keepRunning(cluster: Cluster, log: Logger): Promise<Database> {
  const started = Date.now();
  let { server, owner } = await startOwned(cluster, log, await formerPort(cluster));
  const { port } = server;
  log.info('database.ready', { port, pid: server.pid, ms: Date.now() - started });
  let stopping = false;

  const restartWhenLost = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      log.error('database.lost', { port });
      // The port stays, so that the pools find it again; if it is taken meanwhile, they are told by failing.
      for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5_000)) {
        const next = await startOwned(cluster, log, port).catch(() => null);
        if (next) {
          ({ server, owner } = next);
          log.info('database.restarted', { port, pid: server.pid });
          // We were told to end while it started: nobody else knows of it.
          if (stopping) await owner.end().then(() => server.stop());
          break;
        }
        await pause(wait);
      }
    }
  };
  const watching = restartWhenLost();

  return {
    url: urlFor(cluster.password, port),
    embedded: true,
    async stop() {
      stopping = true;
      await owner.end();
      await server.stop();
      await watching;
      log.info('database.stopped');
    },
  };
}

interface Owned {
  readonly server: Server;
  readonly owner: OwnerSession;
}

const LONGEST_START_MS = 60_000;
/** An orphan is stopped by its guard at once; one that has none left is stopped by us after this. */
const ORPHAN_GRACE_MS = 3_000;

/** Starts PostgreSQL on the cluster's files, whatever a former gateway left behind. */
async function startOwned(cluster: Cluster, log: Logger, wantedPort: number): Promise<Owned> {
  const deadline = Date.now() + LONGEST_START_MS;
  let port = wantedPort;
  let orphanSince: number | null = null;
  for (let wait = 50; Date.now() < deadline; wait = Math.min(wait * 1.5, 500)) {
    const server = await launch(cluster, port);
    if (typeof server === 'object') return own(cluster, server, log);
    log.debug('database.retrying', { reason: server });
    if (server === 'failed') break;
    if (server === 'port-taken') port = await freePort();
    if (server === 'held') {
      const holder = await whoHolds(cluster);
      if (holder === 'gateway') throw alreadyInUse(cluster);
      if (holder === 'stranger') await disown(cluster);
      orphanSince = holder === 'orphan' ? (orphanSince ?? Date.now()) : null;
      if (orphanSince !== null && Date.now() - orphanSince > ORPHAN_GRACE_MS) await endOrphan(cluster, log);
    }
    await pause(wait);
  }
  throw new StartRefused(`The embedded database does not start: ${await lastWords(cluster)} (see ${cluster.logFile}).`);
}

async function own(cluster: Cluster, server: Server, log: Logger): Promise<Owned> {
  const owner = await openOwnerSession(cluster, server.port);
  // Another gateway that is looking whether we live may hold the lock for a moment.
  if (!(await owner.own(5_000))) throw alreadyInUse(cluster);
  const there = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (there.length === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
  const strays = await removeStrays(cluster, server.port);
  if (strays > 0) log.info('database.strays-removed', { count: strays });
  await writeFile(cluster.portFile, `${server.port}\n`, { mode: 0o600 });
  return { server, owner };
}

async function endOrphan(cluster: Cluster, log: Logger): Promise<void> {
  const file = await readPidFile(cluster);
  if (!file) return;
  log.info('database.orphan-stopped', { pid: file.pid });
  stopOrphan(file.pid, 'SIGINT');
}

const alreadyInUse = (cluster: Cluster): StartRefused =>
  new StartRefused(
    `Another Parley is running on ${cluster.files}: stop it first, or set PARLEY_DATA_DIR to another directory.`,
  );

async function lastWords(cluster: Cluster): Promise<string> {
  const lines = (await readFile(cluster.logFile, 'utf8').catch(() => '')).trim().split('\n');
  return lines.findLast((line) => line.includes('FATAL'))?.replace(/^.*FATAL:\s*/, '') ?? 'PostgreSQL says nothing';
}

async function formerPort(cluster: Cluster): Promise<number> {
  const former = Number(await readIfThere(cluster.portFile));
  return former > 0 && (await isFree(former)) ? former : freePort();
}

const listenOn = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });

const isFree = async (port: number): Promise<boolean> => (await listenOn(port)) !== null;

async function freePort(): Promise<number> {
  const port = await listenOn(0);
  if (port === null) throw new StartRefused('No free port was found on 127.0.0.1 for the embedded database.');
  return port;
}

const OLDEST_SERVER = 150_000;
const WAIT_FOR_GIVEN_MS = 30_000;

/** A given server may still be starting, as in a compose file. */
async function checkGiven(connectionString: string): Promise<void> {
  const deadline = Date.now() + WAIT_FOR_GIVEN_MS;
  for (;;) {
    const version = await serverVersion(connectionString).catch((error: unknown) =>
      Date.now() < deadline && isAway(error) ? null : Promise.reject(refusal(error)),
    );
    if (version !== null && version < OLDEST_SERVER)
      throw new StartRefused('DATABASE_URL names a PostgreSQL older than 15.');
    if (version !== null) return;
    await pause(500);
  }
}

async function serverVersion(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
    return Number(rows[0]?.version);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Refused, unknown name, timed out, or "the database system is starting up". */
const isAway = (error: unknown): boolean => !/^(28|3D)/.test(codeOf(error) ?? '');

const refusal = (error: unknown): StartRefused =>
  new StartRefused(`The database of DATABASE_URL cannot be used: ${codeOf(error) ?? 'no answer'}.`);
