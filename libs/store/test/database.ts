// A real database for tests: the embedded PostgreSQL in a directory of its own, migrated.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, startDatabase } from '#libs/platform';
import { migrate } from '../src/index.js';

export interface TestDatabase {
  readonly url: string;
  readonly dir: string;
  stop(): Promise<void>;
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const database = await startDatabase({ databaseUrl: null, dataDir: dir }, log);
  await migrate(database.url);
  return {
    url: database.url,
    dir,
    stop: async () => {
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
