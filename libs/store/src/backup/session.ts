// One connection of the owner for a backup or a restoration: a transaction, and COPY in both directions.
import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Tx } from '../pool.js';

export interface Session extends Tx {
  /** Rows of a query, as PostgreSQL's binary COPY. */
  read(select: string): Readable;
  write(table: string, columns: readonly string[]): Writable;
}

export const APPLICATION = 'parley-backup';

/** Commits when `work` is done, and otherwise leaves everything as it was. */
export async function inSession<T>(
  databaseUrl: string,
  begin: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: APPLICATION });
  // A connection that is lost fails the statement in hand, which says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(begin);
    const result = await work({
      query: async (text, values) => (await client.query(text, values as unknown[])).rows,
      read: (select) => client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`)),
      write: (table, columns) =>
        client.query(copyFrom(`COPY ${table} (${columns.map((c) => `"${c}"`).join(', ')}) FROM STDIN (FORMAT binary)`)),
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function schemaOf(session: Tx): Promise<string> {
  const rows = await session.query<{ name: string }>(
    'SELECT name FROM parley.migration ORDER BY timestamp DESC LIMIT 1',
  );
  return rows[0]!.name;
}
