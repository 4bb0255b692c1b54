// parley restore: puts a backup back, and erases again whoever was erased since, before a gateway can start on it.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { fileAnchors, setAnchorsAside } from '#libs/ledger';
import { correctBody, openForPerson } from '#libs/pipeline';
import { createLogger } from '#libs/platform';
import { createJournal, createRecovery, journalFile, readJournal, type JournalFile } from '#libs/rights';
import { BackupUnusable, migrate, openStore, restore as putBack, type Restored } from '#libs/store';
import { atDatabase, type AtDatabase } from '../at-database.js';
import { Failure, type Io } from '../io.js';

interface Options {
  readonly data: string;
  readonly keys: string;
  readonly journal: readonly string[];
}

const there = (file: string): Promise<void> =>
  access(file).catch(() => {
    throw new Failure(`${file} cannot be read.`);
  });

/** As a gateway does at its start; where this is cut short, the next one goes on with it. */
async function eraseAgain({ url, masterKey, config }: AtDatabase, file: JournalFile, now: () => number) {
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const store = openStore({ databaseUrl: url, masterKey, poolSize: config.databasePool, onError: () => undefined });
  const backups = { keyDays: config.backupKeyDays, dataDays: config.backupDays };
  const days = Math.max(backups.keyDays, backups.dataDays);
  const journal = createJournal({ store, file, days, log, now });
  try {
    // Putting the backup back has ended their contracts already.
    const endAgain = (): Promise<void> => Promise.resolve();
    const count = await createRecovery({ store, journal, backups, openForPerson, correct: correctBody, endAgain, log, now }).again(); // prettier-ignore
    // From here on the database is as the journal has it, for whoever starts first.
    await journal.beat();
    return count;
  } finally {
    await store.close();
  }
}

/** All that is known of deletions, in one file. Each journal misses nothing from its time on, and so does the whole from the earliest. */
async function gathered(own: JournalFile, files: readonly string[]): Promise<Date | null> {
  const times = [(await own.span()).since];
  for (const file of files) {
    const { since, entries } = await readJournal(file);
    await own.add(entries);
    times.push(since);
  }
  const since = times.flatMap((one) => (one ? [one] : [])).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
  if (since) await own.keep({ since, oldest: new Date(0) });
  return since;
}

async function restoreInto(at: AtDatabase, options: Options, io: Io): Promise<Restored> {
  const { url, masterKey, dataDir, config } = at;
  await migrate(url);
  const own = journalFile(dataDir);
  const journalSince = await gathered(own, options.journal);
  const anchors = fileAnchors(dataDir);
  const restored = await putBack(
    {
      databaseUrl: url,
      masterKey,
      now: io.now(),
      days: { data: config.backupDays, keys: config.backupKeyDays },
      journalSince,
      // On the disk before the database that knows it is replaced.
      journal: async (replaced) => (await own.add(replaced), [...(await own.entries()).values()]),
      checkpointOf: async (tenantId) => (await anchors.last(tenantId))?.note ?? null,
    },
    { data: createReadStream(options.data), keys: createReadStream(options.keys) },
  );
  await setAnchorsAside(dataDir, new Date(io.now()));
  return { ...restored, erasedAgain: restored.erasedAgain + (await eraseAgain(at, own, io.now)) };
}

export function restore(parent: Command, io: Io): void {
  parent
    .command('restore')
    .description('replace everything in the database by a backup; the gateway must be stopped')
    .requiredOption('--data <file>', 'the data half')
    .requiredOption('--keys <file>', 'the key half made with it, or a newer one')
    .option('--journal <file...>', "journals of deletions of other processes, beside this data directory's", [])
    .action(async (options: Options) => {
      for (const file of [options.data, options.keys, ...options.journal]) await there(file);
      try {
        const restored = await atDatabase(io, { alone: true }, (at) => restoreInto(at, options, io));
        io.line(`Restored ${restored.rows} rows of ${restored.tenants.length} tenants, as of ${restored.madeAt}.`);
        io.line(`Erased again, because they had been erased since: ${restored.erasedAgain}.`);
        io.line(
          'Former checkpoints of the ledgers are in ledger/before-restoring of the data directory; each ledger says so.',
        );
      } catch (error) {
        if (error instanceof BackupUnusable) throw new Failure(error.message);
        throw error;
      }
    });
}
