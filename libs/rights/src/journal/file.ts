// The journal of deletions in the data directory: what a restored database has forgotten, and must be told.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deletionLine, untilLine, type Deletion } from '#libs/store';

const FILE = 'deletions.jsonl';

/** No entry is missing from then on, and none until then; null: nobody can say. */
export interface Span {
  readonly since: Date | null;
  readonly until: Date | null;
}

/** What a file of it says. */
export interface Written extends Span {
  readonly entries: readonly Deletion[];
}

export interface JournalFile {
  readonly path: string;
  span(): Promise<Span>;
  /** Everything that was written down, by entry. */
  entries(): Promise<ReadonlyMap<string, Deletion>>;
  /** Returns when it is on the disk. What is there already is not written again. */
  add(entries: readonly Deletion[]): Promise<void>;
  /** Says until when it is complete. */
  reach(until: Date): Promise<void>;
  /** Says from when on it is complete, and leaves out what is older than `oldest`. */
  keep(from: { readonly since: Date; readonly oldest: Date }): Promise<void>;
}

export const journalPath = (dataDir: string): string => join(dataDir, FILE);

const sinceLine = (since: Date): string => JSON.stringify({ since: since.toISOString() });

type Line = Partial<Deletion> & { readonly since?: string; readonly until?: string };

/** A line that a crash cut short was never relied on. */
function parsed(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [];
  }
}

const inOrder = (times: readonly (string | undefined)[]): Date[] =>
  times.flatMap((time) => (time === undefined ? [] : [new Date(time)])).toSorted((a, b) => a.getTime() - b.getTime());

/** A journal, as written by any process. */
export async function readJournal(file: string): Promise<Written> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : parsed(line)));
  const entries = lines.flatMap(({ id, tenant, subject, at, request, kept }) =>
    id === undefined ? [] : [{ id, tenant, subject, at, request, kept } as Deletion],
  );
  return {
    since: inOrder(lines.map(({ since }) => since))[0] ?? null,
    until: inOrder(lines.map(({ until }) => until)).at(-1) ?? null,
    entries,
  };
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
  let known: Promise<{ since: Date | null; until: Date | null; all: Map<string, Deletion> }> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const load = () =>
    (known ??= readJournal(path).then(({ entries, ...span }) => ({ ...span, all: new Map(entries.map((one) => [one.id, one])) }))); // prettier-ignore
  /** A line break first: the line before may have been cut short. */
  const append = async (lines: readonly string[]): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await written(path, 'a', `\n${lines.join('\n')}\n`);
  };
  /** One writer at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    path,
    span: async () => {
      const { since, until } = await load();
      return { since, until };
    },
    entries: async () => (await load()).all,
    add: (entries) =>
      inTurn(async () => {
        const { all } = await load();
        const fresh = entries.filter(({ id }) => !all.has(id));
        if (fresh.length === 0) return;
        await append(fresh.map(deletionLine));
        for (const entry of fresh) all.set(entry.id, entry);
      }),
    reach: (until) =>
      inTurn(async () => {
        const loaded = await load();
        if (loaded.until && loaded.until >= until) return;
        await append([untilLine(until)]);
        loaded.until = until;
      }),
    keep: ({ since, oldest }) =>
      inTurn(async () => {
        const { until, all } = await load();
        const kept = [...all.values()].filter(({ at }) => new Date(at) >= oldest);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const draft = `${path}.${randomBytes(6).toString('hex')}`;
        try {
          const lines = [sinceLine(since), ...(until ? [untilLine(until)] : []), ...kept.map(deletionLine), ''];
          await written(draft, 'wx', lines.join('\n'));
          await rename(draft, path);
        } finally {
          await rm(draft, { force: true });
        }
        known = null;
      }),
  };
}
