// The gateway's database for a command of its own: the running one, or the embedded one started for as long as the command takes.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, databaseUrl, loadConfig, openDataDir, startDatabase, type Config } from '#libs/platform';
import { openStore } from '#libs/store';
import { Failure, type Io } from './io.js';

export interface AtDatabase {
  readonly config: Config;
  readonly url: string;
  readonly masterKey: Buffer;
  readonly dataDir: string;
}

async function isRunning(url: string): Promise<boolean> {
  const store = openStore({ databaseUrl: url, masterKey: Buffer.alloc(0), poolSize: 1, onError: () => undefined });
  try {
    await store.ping();
    return true;
  } catch {
    return false;
  } finally {
    await store.close();
  }
}

/** A new master key would open nothing of what there is. */
async function needsMasterKey(config: Config): Promise<void> {
  if (config.masterKey) return;
  await access(join(config.dataDir, 'master.key')).catch(() => {
    throw new Failure(
      `The master key is missing: put master.key into ${config.dataDir}, or set PARLEY_MASTER_KEY, as it was when the data was written.`,
    );
  });
}

/** `alone`: no gateway may be running on it. */
export async function atDatabase<T>(
  io: Io,
  { alone }: { readonly alone: boolean },
  work: (at: AtDatabase) => Promise<T>,
): Promise<T> {
  const config = loadConfig(io.env);
  await needsMasterKey(config);
  const { masterKey, path: dataDir } = await openDataDir(config);
  const running = alone ? null : await databaseUrl(config);
  if (running && (config.databaseUrl || (await isRunning(running))))
    return work({ config, url: running, masterKey, dataDir });
  const database = await startDatabase(config, createLogger({ logLevel: 'silent', logFormat: 'json' }));
  try {
    return await work({ config, url: database.url, masterKey, dataDir });
  } finally {
    await database.stop();
  }
}
