// The journal of deletions in the data directory: what a restored database has forgotten, and must be told.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deletionLine, type Deletion } from '#libs/store';

const FILE = 'deletions.jsonl';

/** What a file of it says. */
export interface Written {
  /** From when on no entry is missing; null: nobody can say. */
  readonly since: Date | null;
  readonly entries: readonly Deletion[];
}

export interface JournalFile {
  /** From when on no entry is missing; null: nobody can say. */
  since(): Promise<Date | null>;
  /** Everything that was written down, by entry. */
  entries(): Promise<ReadonlyMap<string, Deletion>>;
  /** Returns when it is on the disk. What is there already is not written again. */
  add(entries: readonly Deletion[]): Promise<void>;
  /** Says from when on it is complete, and leaves out what is older than `oldest`. */
  keep(from: { readonly since: Date; readonly oldest: Date }): Promise<void>;
}

export const journalPath = (dataDir: string): string => join(dataDir, FILE);

const sinceLine = (since: Date): string => JSON.stringify({ since: since.toISOString() });

/** A line that a crash cut short was never relied on. */
function parsed(line: string): (Deletion | { readonly since: string })[] {
  try {
    const { since, id, tenant, subject, at, request, kept } = JSON.parse(line) as Deletion & {
      readonly since?: string;
    };
    return since === undefined ? [{ id, tenant, subject, at, request, kept }] : [{ since }];
  } catch {
    return [];
  }
}

/** A journal, as written by any process. */
export async function readJournal(file: string): Promise<Written> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : parsed(line)));
  const [since] = lines.flatMap((line) => ('since' in line ? [new Date(line.since)] : []));
  return { since: since ?? null, entries: lines.flatMap((line) => ('since' in line ? [] : [line])) };
}

async function written(path: string, flags: 'a' | 'wx', text: string): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function journalFile(dataDir: string): JournalFile {
  const path = journalPath(dataDir);
  let known: Promise<{ since: Date | null; all: Map<string, Deletion> }> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const load = () =>
    (known ??= readJournal(path).then(({ since, entries }) => ({ since, all: new Map(entries.map((one) => [one.id, one])) }))); // prettier-ignore
  /** One writer at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    since: async () => (await load()).since,
    entries: async () => (await load()).all,
    add: (entries) =>
      inTurn(async () => {
        const { all } = await load();
        const fresh = entries.filter(({ id }) => !all.has(id));
        if (fresh.length === 0) return;
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        // A line break first: the line before may have been cut short.
        await written(path, 'a', `\n${fresh.map(deletionLine).join('\n')}\n`);
        for (const entry of fresh) all.set(entry.id, entry);
      }),
    keep: ({ since, oldest }) =>
      inTurn(async () => {
        const { all } = await load();
        const kept = [...all.values()].filter(({ at }) => new Date(at) >= oldest);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const draft = `${path}.${randomBytes(6).toString('hex')}`;
        try {
          await written(draft, 'wx', [sinceLine(since), ...kept.map(deletionLine), ''].join('\n'));
          await rename(draft, path);
        } finally {
          await rm(draft, { force: true });
        }
        known = null;
      }),
  };
}
