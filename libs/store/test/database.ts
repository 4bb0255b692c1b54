// A real database for tests: the embedded PostgreSQL in a directory of its own, migrated. Made once in a run, and copied.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLogger, startDatabase } from '#libs/platform';
import { once } from '../../../test/support/once.js';
import { migrate } from '../src/index.js';

export interface TestDatabase {
  readonly url: string;
  /** The data directory. */
  readonly dir: string;
  stop(): Promise<void>;
}

const log = createLogger({ logLevel: 'silent', logFormat: 'json' });

async function makeDatabase(dataDir: string): Promise<void> {
  const database = await startDatabase({ databaseUrl: null, dataDir }, log);
  await migrate(database.url);
  await database.stop();
  // The copies run at the same time, each on a port of its own.
  await rm(join(dataDir, 'database.port'));
}

/** Puts a migrated database into a data directory, to be started there: no key, no token, nothing else. */
export async function putDatabase(dataDir: string): Promise<void> {
  const made = await once('database', makeDatabase);
  // Not by Node, which would forget whose the files are.
  await promisify(execFile)('cp', ['-a', join(made, 'postgres'), join(made, 'database.password'), dataDir]);
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  await putDatabase(dir);
  const database = await startDatabase({ databaseUrl: null, dataDir: dir }, log);
  return {
    url: database.url,
    dir,
    stop: async () => {
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
