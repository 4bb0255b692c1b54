// The journal of deletions in the data directory: what a restored database has forgotten, and must be told.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deletionLine, type Deletion } from '#libs/store';

const FILE = 'deletions.jsonl';

export interface JournalFile {
  /** Everything that was written down, by entry. */
  entries(): Promise<ReadonlyMap<string, Deletion>>;
  /** Returns when it is on the disk. What is there already is not written again. */
  add(entries: readonly Deletion[]): Promise<void>;
  /** Leaves out what is older. */
  forget(before: Date): Promise<void>;
}

export const journalPath = (dataDir: string): string => join(dataDir, FILE);

/** A line that a crash cut short was never relied on. */
function parsed(line: string): Deletion[] {
  try {
    const { id, tenant, subject, at, request, kept } = JSON.parse(line) as Deletion;
    return [{ id, tenant, subject, at, request, kept }];
  } catch {
    return [];
  }
}

/** Entries of a journal, as written by any process. */
export async function readJournal(file: string): Promise<Deletion[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => (line === '' ? [] : parsed(line)));
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
  let known: Promise<Map<string, Deletion>> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const load = () => (known ??= readJournal(path).then((all) => new Map(all.map((one) => [one.id, one]))));
  /** One writer at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    entries: load,
    add: (entries) =>
      inTurn(async () => {
        const all = await load();
        const fresh = entries.filter(({ id }) => !all.has(id));
        if (fresh.length === 0) return;
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        // A line break first: the line before may have been cut short.
        await written(path, 'a', `\n${fresh.map(deletionLine).join('\n')}\n`);
        for (const entry of fresh) all.set(entry.id, entry);
      }),
    forget: (before) =>
      inTurn(async () => {
        const all = await load();
        const kept = [...all.values()].filter(({ at }) => new Date(at) >= before);
        if (kept.length === all.size) return;
        const draft = `${path}.${randomBytes(6).toString('hex')}`;
        try {
          await written(draft, 'wx', kept.map((one) => `${deletionLine(one)}\n`).join(''));
          await rename(draft, path);
        } finally {
          await rm(draft, { force: true });
        }
        known = null;
      }),
  };
}
