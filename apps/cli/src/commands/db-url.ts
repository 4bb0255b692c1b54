// parley db url: where the gateway's database is, for psql and for backups.
import type { Command } from 'commander';
import { databaseUrl, loadConfig } from '#libs/platform';
import type { Io } from '../io.js';

export function dbUrl(parent: Command, io: Io): void {
  parent
    .command('url')
    .description('print the URL of the database: DATABASE_URL, or the embedded one of PARLEY_DATA_DIR')
    .action(async () => io.line(await databaseUrl(loadConfig(io.env))));
}
