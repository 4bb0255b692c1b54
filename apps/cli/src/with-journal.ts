// The journal of deletions for a command of its own: of the data directory, beside the database as a running gateway sees it.
import { createLogger, type Logger } from '#libs/platform';
import { createJournal, journalFile, type Journal } from '#libs/rights';
import { openStore, type Store } from '#libs/store';
import type { AtDatabase } from './at-database.js';

interface AtJournal {
  readonly store: Store;
  readonly journal: Journal;
  readonly log: Logger;
}

export async function withJournal<T>(
  { url, masterKey, dataDir, config }: AtDatabase,
  now: () => number,
  work: (at: AtJournal) => Promise<T>,
): Promise<T> {
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const store = openStore({ databaseUrl: url, masterKey, poolSize: config.databasePool, onError: () => undefined });
  const days = Math.max(config.backupKeyDays, config.backupDays);
  try {
    return await work({ store, journal: createJournal({ store, file: journalFile(dataDir), days, log, now }), log });
  } finally {
    await store.close();
  }
}
