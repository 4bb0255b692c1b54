// parley backup: everything in the database, in two files that are kept apart, whether or not the gateway runs.
import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { backup as makeBackup } from '#libs/store';
import { atDatabase } from '../at-database.js';
import { Failure, type Io } from '../io.js';
import { withJournal } from '../with-journal.js';

interface Files {
  readonly data: string;
  readonly keys: string;
}

const HALVES = ['data', 'keys'] as const;
const draftOf = (file: string): string => `${file}.part`;

async function refuseExisting(files: Files): Promise<void> {
  if (files.data === files.keys)
    throw new Failure('The two halves are two files: name them apart, and keep them apart.');
  for (const half of HALVES)
    await access(files[half]).then(
      () => {
        throw new Failure(`${files[half]} is there already.`);
      },
      () => undefined,
    );
}

export function backup(parent: Command, io: Io): void {
  parent
    .command('backup')
    .description('write a backup: the data into one file, the keys into another, to be kept apart and less long')
    .requiredOption('--data <file>', 'where the data goes: ciphertext, keyed hashes, configuration')
    .requiredOption('--keys <file>', 'where the keys go, wrapped by the master key, which is in neither')
    .action(async (files: Files) => {
      await refuseExisting(files);
      const open = (file: string) => createWriteStream(draftOf(file), { mode: 0o600 });
      const remove = () => Promise.all(HALVES.map((half) => rm(draftOf(files[half]), { force: true })));
      const made = await atDatabase(io, { alone: false }, async (at) => {
        const { url, masterKey, config } = at;
        const now = io.now();
        // Journals say that they go on after it; one that was copied before does not.
        await withJournal(at, io.now, ({ journal }) => journal.beat(new Date(now)));
        return makeBackup(
          { databaseUrl: url, masterKey, now, days: { data: config.backupDays, keys: config.backupKeyDays } },
          { data: open(files.data), keys: open(files.keys) },
        );
      }).catch(async (error: NodeJS.ErrnoException) => {
        await remove();
        throw error.syscall === 'open' ? new Failure(`The files cannot be written: ${error.code}.`) : error;
      });
      for (const half of HALVES) await rename(draftOf(files[half]), files[half]);
      io.line(`Backup ${made.id} of ${made.madeAt}.`);
      for (const half of HALVES) io.line(`${half}: ${files[half]}, destroy it by ${made.until[half]}`);
    });
}
