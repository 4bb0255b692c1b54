// A backup: all tables as of one moment, keys and data apart, read as the role that may read everything and change nothing.
import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { PARTS, type Half, type Header } from './halves.js';
import { writeFrames } from './frames.js';
import { inSession, schemaOf, type Session } from './session.js';

/** Both halves see the same snapshot, however long that takes; whoever writes meanwhile is not held up. */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE parley_backup';
const DAY_MS = 86_400_000;

export interface BackupOptions {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  readonly now: number;
  /** Life of each half, in days. */
  readonly days: Readonly<Record<Half, number>>;
}

export interface Made {
  readonly id: string;
  readonly madeAt: string;
  readonly until: Readonly<Record<Half, string>>;
}

const MONTHS = `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'parley.message'::regclass AND c.relname ~ '^message_[0-9]{4}_[0-9]{2}$' ORDER BY 1`;

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

async function* framesOf(session: Session, header: Header): AsyncGenerator<Buffer> {
  yield json(header);
  for (const { table, columns, select } of PARTS[header.half]) {
    yield json({ table, columns });
    for await (const chunk of session.read(select)) if ((chunk as Buffer).length > 0) yield chunk as Buffer;
    // An empty frame ends a table.
    yield Buffer.alloc(0);
  }
}

/** Writes both halves. What is written holds ciphertext, keyed hashes and wrapped keys only, like the database. */
export function backup(options: BackupOptions, to: Readonly<Record<Half, Writable>>): Promise<Made> {
  const { masterKey, now, days } = options;
  return inSession(options.databaseUrl, BEGIN, async (session) => {
    const until = (half: Half): string => new Date(now + days[half] * DAY_MS).toISOString();
    const shared = {
      format: 'parley-backup/1',
      id: randomUUID(),
      madeAt: new Date(now).toISOString(),
      schema: await schemaOf(session),
      months: (await session.query<{ name: string }>(MONTHS)).map(({ name }) => name.slice('message_'.length)),
    } as const;
    for (const half of ['data', 'keys'] as const)
      await writeFrames(framesOf(session, { ...shared, half, until: until(half) }), masterKey, to[half]);
    return { id: shared.id, madeAt: shared.madeAt, until: { data: until('data'), keys: until('keys') } };
  });
}
