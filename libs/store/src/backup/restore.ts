// Putting a backup back, all or nothing: rows, keys, and the ends of contracts. Who has been erased since is erased again by whoever calls it.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pRetry from 'p-retry';
import { DELETION_COLUMNS, deletionOf, type Deletion, type DeletionRow } from '../deletions.js';
import { TENANT_TABLES } from '../migrations/security.js';
import { passOverCounted } from '../statistics.js';
import { endAgain, idsOf } from './again.js';
import { coverage, type Span } from './coverage.js';
import { BackupUnusable, readFrames } from './frames.js';
import { idColumnsOf, keyColumnsOf, PARTS, quoted, TABLES, type Half, type Header } from './halves.js';
import { APPLICATION, inSession, schemaOf, type Session } from './session.js';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  readonly now: number;
  /** Life of each half, in days: a shorter one than when it was made counts, because what is older is forgotten by the journal. */
  readonly days: Readonly<Record<Half, number>>;
  /** From when to when each journal that there is misses nothing. */
  readonly journals: readonly Span[];
  /** Takes care of what the database that is replaced knows of deletions, and answers all that is known of them, there and elsewhere; `covered`: from when to when that is everything. */
  readonly journal: (replaced: readonly Deletion[], covered: Span) => Promise<readonly Deletion[]>;
  /** The newest checkpoint that is remembered of a tenant's ledger: the ledger says what it was set back from. */
  readonly checkpointOf: (tenantId: string) => Promise<string | null>;
}

export interface Restored {
  readonly id: string;
  readonly madeAt: string;
  readonly tenants: readonly string[];
  readonly rows: number;
  /** Contracts that had ended since the backup and have ended again, and persons of whom no journal knows more than that their key is gone. */
  readonly erasedAgain: number;
}

const DAY_MS = 86_400_000;

interface Opened {
  readonly header: Header;
  readonly frames: AsyncGenerator<Buffer>;
}

const refuse = (half: Half, why: string): BackupUnusable =>
  new BackupUnusable(`The ${half} half cannot be restored: ${why}.`);

/** Errors say which half they are about. */
async function* named(half: Half, frames: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* frames;
  } catch (error) {
    throw error instanceof BackupUnusable ? refuse(half, error.message) : error;
  }
}

const readJson = <T>(half: Half, frame: IteratorResult<Buffer>): T => {
  try {
    return JSON.parse(String(frame.value)) as T;
  } catch {
    throw refuse(half, 'it is damaged');
  }
};

async function opened(half: Half, from: Readable, options: RestoreOptions): Promise<Opened> {
  const frames = named(half, readFrames(from, options.masterKey));
  const header = readJson<Header>(half, await frames.next());
  if (header.format !== 'parley-backup/1') throw refuse(half, 'it is no backup of this version of Parley');
  if (header.half !== half) throw refuse(half, `it is the ${header.half} half`);
  const until = Math.min(Date.parse(header.until), Date.parse(header.madeAt) + options.days[half] * DAY_MS);
  if (until < options.now)
    throw refuse(half, `its time ended at ${new Date(until).toISOString()}, and people were promised so`);
  return { header, frames };
}

/** Keys may be newer than the data: whoever has none any more was erased in between. Older ones would take people's keys away. */
function fit({ data, keys }: { readonly data: Header; readonly keys: Header }, schema: string): void {
  if (keys.id !== data.id && keys.madeAt < data.madeAt)
    throw new BackupUnusable('The key half is older than the data half: take the one made with it, or a newer one.');
  for (const { half, schema: made } of [data, keys])
    if (made !== schema)
      throw new BackupUnusable(`The ${half} half is of another version of Parley (${made}; here ${schema}).`);
}

/** An empty frame ends a table. */
async function* oneTable(frames: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await frames.next(); !next.done && next.value.length > 0; next = await frames.next())
    yield next.value;
}

/** Fills tables with the frames of one half; answers the number of rows. */
async function load(session: Session, { header, frames }: Opened, nameOf: (table: string) => string): Promise<number> {
  for (const { table, columns } of PARTS[header.half]) {
    const told = readJson<{ table: string; columns: string[] }>(header.half, await frames.next());
    if (told.table !== table || told.columns.join() !== columns.join())
      throw refuse(header.half, `it is of another version of Parley (${told.table})`);
    await pipeline(Readable.from(oneTable(frames)), session.write(nameOf(table), columns)).catch((error: Error) => {
      throw (error as NodeJS.ErrnoException).code?.startsWith('22') ? refuse(header.half, 'it is damaged') : error;
    });
  }
  // Only at the end is it sure that nothing was changed or cut off.
  if (!(await frames.next()).done) throw refuse(header.half, 'it is damaged');
  let rows = 0;
  for (const { table } of PARTS[header.half])
    rows += (await session.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${nameOf(table)}`))[0]!.n;
  return rows;
}

/** A session that its client has just ended is there for a moment yet. */
const ENDING = { retries: 50, minTimeout: 50, maxTimeout: 500, maxRetryTime: 5_000 };

async function nobodyElse(session: Session): Promise<void> {
  // What is seen of others stays the same for a whole transaction otherwise.
  await session.query('SELECT pg_stat_clear_snapshot()');
  const others = await session.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'parley%'
       AND application_name <> $1 LIMIT 1`,
    [APPLICATION],
  );
  if (others.length > 0) throw new BackupUnusable('A gateway is connected to this database: stop all of them first.');
}

const force = async (session: Session, how: 'FORCE' | 'NO FORCE'): Promise<void> => {
  for (const table of ['tenant', 'ended_contract', ...TENANT_TABLES])
    await session.query(`ALTER TABLE parley.${table} ${how} ROW LEVEL SECURITY`);
};

async function makeMonths(session: Session, months: readonly string[]): Promise<void> {
  for (const month of months.filter((one) => /^\d{4}_\d{2}$/.test(one))) {
    const [there] = await session.query<{ it: string | null }>('SELECT to_regclass($1)::text AS it', [
      `parley.message_${month}`,
    ]);
    if (there?.it) continue;
    const from = `${month.replace('_', '-')}-01T00:00:00Z`;
    const [range] = await session.query<{ low: string; high: string }>(
      `SELECT parley.uuid_at($1::timestamptz) AS low,
         parley.uuid_at(($1::timestamptz AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC') AS high`,
      [from],
    );
    await session.query(
      `CREATE TABLE parley.message_${month} PARTITION OF parley.message FOR VALUES FROM ('${range!.low}') TO ('${range!.high}')`,
    );
  }
}

async function putKeysBack(session: Session): Promise<void> {
  for (const { table } of PARTS.keys) {
    const set = keyColumnsOf(table).map((c) => `${quoted(c)} = k.${quoted(c)}`);
    const same = idColumnsOf(table).map((c) => `t.${quoted(c)} = k.${quoted(c)}`);
    await session.query(
      `UPDATE parley.${table} t SET ${set.join(', ')} FROM pg_temp.keys_${table} k WHERE ${same.join(' AND ')}`,
    );
  }
}

/** What counts by itself goes on behind the highest number. */
async function advance(session: Session): Promise<void> {
  const counters = await session.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'parley' AND is_identity = 'YES'`,
  );
  for (const { table_name: table, column_name: column } of counters)
    await session.query(
      `SELECT setval(pg_get_serial_sequence('parley.${table}', '${column}'), greatest(1, (SELECT max("${column}") FROM parley.${table})))`,
    );
}

async function journalIn(session: Session): Promise<Deletion[]> {
  return (await session.query<DeletionRow>(`SELECT ${DELETION_COLUMNS} FROM parley.deletion`)).map(deletionOf);
}

/** The ledger says that it was set back, to when, and from where. */
async function explain(session: Session, header: Header, options: RestoreOptions): Promise<string[]> {
  const tenants = await idsOf(session, 'SELECT id FROM parley.tenant ORDER BY id');
  for (const id of tenants)
    await session.query('INSERT INTO parley.ledger_leaf (tenant_id, leaf) VALUES ($1, $2)', [
      id,
      JSON.stringify({
        type: 'restored',
        backup: header.id,
        madeAt: header.madeAt,
        checkpoint: await options.checkpointOf(id),
      }),
    ]);
  return tenants;
}

/** Replaces all that is in the database. @throws BackupUnusable, and then nothing was changed */
export async function restore(options: RestoreOptions, from: Readonly<Record<Half, Readable>>): Promise<Restored> {
  const data = await opened('data', from.data, options);
  const keys = await opened('keys', from.keys, options);
  const covered = coverage(options.journals, data.header);
  return inSession(options.databaseUrl, 'BEGIN', async (session) => {
    fit({ data: data.header, keys: keys.header }, await schemaOf(session));
    await pRetry(() => nobodyElse(session), { ...ENDING, shouldRetry: ({ error }) => error instanceof BackupUnusable });
    await force(session, 'NO FORCE');
    const journal = await options.journal(await journalIn(session), covered);
    // That a contract ended is not undone by going back.
    await session.query('CREATE TEMP TABLE endings ON COMMIT DROP AS SELECT * FROM parley.ended_contract');
    await session.query(`TRUNCATE ${TABLES.map((table) => `parley.${table}`).join(', ')}`);
    await makeMonths(session, data.header.months);
    const rows = await load(session, data, (table) => `parley.${table}`);
    for (const { table, columns } of PARTS.keys)
      await session.query(
        `CREATE TEMP TABLE keys_${table} ON COMMIT DROP AS SELECT ${columns.map(quoted).join(', ')} FROM parley.${table} WITH NO DATA`,
      );
    await load(session, keys, (table) => `pg_temp.keys_${table}`);
    await session.query('INSERT INTO parley.ended_contract SELECT * FROM pg_temp.endings ON CONFLICT DO NOTHING');
    await putKeysBack(session);
    await advance(session);
    const erasedAgain = await endAgain(session, journal);
    const tenants = await explain(session, data.header, options);
    await passOverCounted(session, { madeAt: data.header.madeAt, now: new Date(options.now) });
    // Truncating fires no trigger, and takes the marks of what was destroyed just before: the files still have those keys.
    await session.query('INSERT INTO parley.destroyed_key DEFAULT VALUES');
    await force(session, 'FORCE');
    const { id, madeAt } = data.header;
    return { id, madeAt, tenants, rows, erasedAgain };
  });
}
