// What was erased stays erased: written down before it is done, so that it can be done again where a backup has undone it.
import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import { StartRefused, type Logger } from '#libs/platform';
import { DELETIONS, type Deletion, type Kept, type Store } from '#libs/store';
import type { JournalFile, Span } from './file.js';

export interface JournalDeps {
  readonly store: Pick<Store, 'beat' | 'deletions' | 'forgetDeletions' | 'lastBeat' | 'listen' | 'tenantsAmong'>;
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
/** As often a running gateway finds its journal in order; where nobody did for twice as long, none runs. */
export const BEAT_MS = 3_600_000;

/** Why it does not tell of what was deleted after that moment; null: it does. */
function lacks({ since, until }: Span, moment: Date): string | null {
  if (since === null) return 'is not there';
  if (since > moment) return `is complete only since ${since.toISOString()}`;
  return until && until >= moment ? null : `ends at ${(until ?? since).toISOString()}`;
}

export function createJournal({ store, file, days, log, now }: JournalDeps) {
  const oldest = (): Date => new Date(now() - days * DAY_MS);

  async function inDatabase(): Promise<Map<string, Deletion>> {
    const found = new Map<string, Deletion>();
    for await (const entry of store.deletions()) found.set(entry.id, entry);
    return found;
  }

  /** A new one knows what was erased while it was there; what is older than any backup is forgotten, whoever has it. */
  async function keepInTime(at: Date): Promise<void> {
    const [since, from] = [(await file.span()).since ?? at, oldest()];
    await file.keep({ since: since > from ? since : from, oldest: from });
    await store.forgetDeletions(from);
  }

  /** Everything that the database has, and until when that is everything. */
  async function copy(): Promise<void> {
    const until = await store.lastBeat();
    await file.add([...(await inDatabase()).values()]);
    if (until) await file.reach(until);
  }

  /** What the database has is here, too: whoever sets it back to now has all that comes after in a journal. Here first, for a crash in between. */
  async function beat(at = new Date(now())): Promise<void> {
    await copy();
    await file.reach(at);
    await store.beat(at);
  }

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

  async function took(line: string): Promise<void> {
    if (line === '') return copy();
    const { until, ...entry } = JSON.parse(line) as Deletion & { readonly until?: string };
    await (until === undefined ? file.add([entry]) : file.reach(new Date(until)));
  }
  const failed = (error: unknown): void => log.error('deletions.failed', { error });

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

    /**
     * Was the database set back, by whatever means, to before what the journal tells of? One that is in use was not, or the journal of whoever
     * uses it has told already: who was not there so far joins them.
     */
    async compare(): Promise<void> {
      const last = await store.lastBeat();
      const span = await file.span();
      const why = last && lacks(span, last);
      const isInUse = last && now() - last.getTime() <= 2 * BEAT_MS;
      const isBehind = span.since === null || (last && span.since <= last);
      if (!last || !why || (isInUse && isBehind)) return;
      const at = last.toISOString();
      throw new StartRefused(
        `The database was last in use at ${at}, and the journal of deletions, ${file.path}, ${why}: if the database was put back, people who were erased since would be back. Start the gateway first whose journal goes on from then, or copy that here; where none is left, the line {"since":"${at}","until":"${at}"} in it is your word that nobody was erased.`,
      );
    },
    beat,

    /** From now on what other processes erase is written down here too, and forgotten when no backup can contradict it. */
    async follow(): Promise<void> {
      const at = new Date(now());
      // Before the file says from when on it is complete: no database that is in use is older than that.
      await beat(at);
      await keepInTime(at);
      await store.listen(DELETIONS, {
        onMessage: (line) => void took(line).catch(failed),
        onGap: () => void copy().catch(failed),
      });
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;
