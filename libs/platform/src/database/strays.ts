// Files that a crash left: PostgreSQL forgets what it was writing anew, and keeps the copy. Ours may hold keys of persons, which are to be destroyed one day.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';
import { openOwnerSession } from './holder.js';
import { DATABASE } from './settings.js';

/** A table or an index, its maps, and its further gigabytes. */
const FILE = /^(\d+)(?:_(?:fsm|vm|init))?(?:\.\d+)?$/;

/**
 * Removes what no table and no index is in. Looked at are only files of before this server's start: whatever was being made then is made
 * no more. Those without content are PostgreSQL's own marks of numbers that are not free yet.
 */
export async function removeStrays(cluster: Cluster, port: number): Promise<number> {
  const session = await openOwnerSession(cluster, port, DATABASE);
  try {
    const [at] = await session.query(
      'SELECT oid::text AS oid, pg_postmaster_start_time() AS began FROM pg_database WHERE datname = current_database()',
    );
    const folder = join(cluster.files, 'base', String(at!['oid']));
    const began = (at!['began'] as Date).getTime();
    const old: string[] = [];
    for (const name of await readdir(folder)) {
      const { size, mtimeMs } = await stat(join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
      if (FILE.test(name) && size > 0 && mtimeMs < began) old.push(name);
    }
    const used = await session.query('SELECT DISTINCT pg_relation_filenode(oid)::text AS node FROM pg_class');
    const nodes = new Set(used.map(({ node }) => node));
    const strays = old.filter((name) => !nodes.has(FILE.exec(name)![1]));
    for (const name of strays) await rm(join(folder, name), { force: true });
    return strays.length;
  } finally {
    await session.end();
  }
}
