// parley restore: puts a backup back, and erases again whoever was erased since, before a gateway can start on it.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { fileAnchors, setAnchorsAside } from '#libs/ledger';
import { correctBody, openForPerson } from '#libs/pipeline';
import { createRecovery, journalFile, readJournal, type JournalFile } from '#libs/rights';
import { BackupUnusable, migrate, restore as putBack, type Covered, type Restored } from '#libs/store';
import { atDatabase, type AtDatabase } from '../at-database.js';
import { withJournal } from '../with-journal.js';
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
function eraseAgain(at: AtDatabase, now: () => number): Promise<number> {
  return withJournal(at, now, async ({ store, journal, log }) => {
    const backups = { keyDays: at.config.backupKeyDays, dataDays: at.config.backupDays };
    // Putting the backup back has ended their contracts already.
    const endAgain = (): Promise<void> => Promise.resolve();
    const count = await createRecovery({ store, journal, backups, openForPerson, correct: correctBody, endAgain, log, now }).again(); // prettier-ignore
    // From here on the database is as the journal has it, for whoever starts first.
    await journal.beat();
    return count;
  });
}

/** All that is known of deletions, in one file; answers from when to when each of them misses nothing. */
async function gathered(own: JournalFile, files: readonly string[]): Promise<Covered[]> {
  const spans = [await own.span()];
  for (const file of files) {
    const { entries, ...span } = await readJournal(file);
    await own.add(entries);
    spans.push(span);
  }
  return spans.flatMap(({ since, until }) => (since ? [{ since, until: until ?? since }] : []));
}

async function restoreInto(at: AtDatabase, options: Options, io: Io): Promise<Restored> {
  const { url, masterKey, dataDir, config } = at;
  await migrate(url);
  const own = journalFile(dataDir);
  const journals = await gathered(own, options.journal);
  const anchors = fileAnchors(dataDir);
  const restored = await putBack(
    {
      databaseUrl: url,
      masterKey,
      now: io.now(),
      days: { data: config.backupDays, keys: config.backupKeyDays },
      journals,
      // On the disk before the database that knows it is replaced.
      journal: async (replaced, { since, until }) => {
        await own.add(replaced);
        await own.reach(until);
        await own.keep({ since, oldest: new Date(0) });
        return [...(await own.entries()).values()];
      },
      checkpointOf: async (tenantId) => (await anchors.last(tenantId))?.note ?? null,
    },
    { data: createReadStream(options.data), keys: createReadStream(options.keys) },
  );
  await setAnchorsAside(dataDir, new Date(io.now()));
  return { ...restored, erasedAgain: restored.erasedAgain + (await eraseAgain(at, io.now)) };
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
