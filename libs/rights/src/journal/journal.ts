// What was erased stays erased: written down before it is done, so that it can be done again where a backup has undone it.
import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import type { Logger } from '#libs/platform';
import { DELETIONS, type Deletion, type Kept, type Store } from '#libs/store';
import type { JournalFile } from './file.js';

export interface JournalDeps {
  readonly store: Pick<Store, 'deletions' | 'forgetDeletions' | 'listen' | 'tenantsAmong'>;
  readonly file: JournalFile;
  /** How long the data of a backup is kept at most, in days: an entry is needed no longer. */
  readonly days: number;
  readonly log: Logger;
  readonly now: () => number;
}

/** By which request; and what of the persons stays, because of which holds. */
export interface ErasedBy {
  readonly request: string | null;
  readonly kept: readonly Kept[] | null;
}

const DAY_MS = 86_400_000;

export function createJournal({ store, file, days, log, now }: JournalDeps) {
  const oldest = (): Date => new Date(now() - days * DAY_MS);

  async function inDatabase(): Promise<Map<string, Deletion>> {
    const found = new Map<string, Deletion>();
    for await (const entry of store.deletions()) found.set(entry.id, entry);
    return found;
  }

  /** A new one knows what was erased while it was there; what is older than any backup is forgotten, whoever has it. */
  async function keepInTime(): Promise<void> {
    const [since, from] = [(await file.since()) ?? new Date(now()), oldest()];
    await file.keep({ since: since > from ? since : from, oldest: from });
    await store.forgetDeletions(from);
  }

  const copy = async (): Promise<void> => file.add([...(await inDatabase()).values()]);

  async function noted(
    tenant: string,
    subjects: readonly (string | null)[],
    { request, kept }: ErasedBy,
  ): Promise<Deletion[]> {
    const all = [...(await file.entries()).values()];
    // Of one request again where something is kept: another time it may be something else.
    const isSame = (one: Deletion): boolean =>
      kept ? one.request === request && isDeepStrictEqual(one.kept, kept) : one.kept === null;
    const entries = subjects.map(
      (subject) =>
        all.find((one) => one.tenant === tenant && one.subject === subject && isSame(one)) ?? {
          id: uuid(), tenant, subject, at: new Date(now()).toISOString(), request, kept,
        },
    ); // prettier-ignore
    await file.add(entries);
    return entries;
  }

  const take = (line: string): void =>
    void (line === '' ? copy() : file.add([JSON.parse(line) as Deletion])).catch((error: unknown) =>
      log.error('deletions.failed', { error }),
    );

  return {
    /** On the disk before anything is destroyed. The entries are to be recorded together with that. */
    noted,
    /** The same of a contract that ends. */
    notedEnd: async (tenant: string): Promise<void> =>
      void (await noted(tenant, [null], { request: null, kept: null })),

    /** What a backup has undone: what the database does not know to be done, oldest first. */
    async undone(): Promise<Deletion[]> {
      const known = await inDatabase();
      const all = [...(await file.entries()).values()];
      // Of whom went wholly in the end nothing was kept.
      const wholly = new Set(all.flatMap(({ subject, kept }) => (subject !== null && kept === null ? [subject] : [])));
      const missing = all.filter(
        ({ id, at, subject, kept }) =>
          !known.has(id) && new Date(at) >= oldest() && (kept === null || !wholly.has(subject!)),
      );
      const tenants = await store.tenantsAmong([...new Set(missing.map(({ tenant }) => tenant))]);
      return missing.filter(({ tenant }) => tenants.has(tenant)).toSorted((a, b) => a.at.localeCompare(b.at));
    },

    /** From now on what other processes erase is written down here too, and forgotten when no backup can contradict it. */
    async follow(): Promise<void> {
      await copy();
      await keepInTime();
      const again = (): void => void copy().catch((error: unknown) => log.error('deletions.failed', { error }));
      await store.listen(DELETIONS, { onMessage: take, onGap: again });
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;
