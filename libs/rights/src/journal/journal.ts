// What was erased stays erased: written down before it is done, and done again where a backup has undone it, before traffic is taken.
import { v7 as uuid } from 'uuid';
import type { Logger } from '#libs/platform';
import { DELETIONS, type Deletion, type Store } from '#libs/store';
import type { JournalFile } from './file.js';

export interface JournalDeps {
  readonly store: Pick<
    Store,
    | 'closeDoors'
    | 'deletions'
    | 'destroyTenantKeys'
    | 'forgetDeletions'
    | 'listen'
    | 'removeTenant'
    | 'replayDeletion'
    | 'tenantsAmong'
  >;
  readonly file: JournalFile;
  /** How long the data of a backup is kept at most, in days: an entry is needed no longer. */
  readonly days: number;
  readonly log: Logger;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;

const isPerson = (entry: Deletion): entry is Deletion & { readonly subject: string } => entry.subject !== null;

export function createJournal({ store, file, days, log, now }: JournalDeps) {
  const oldest = (): Date => new Date(now() - days * DAY_MS);

  async function inDatabase(): Promise<Map<string, Deletion>> {
    const found = new Map<string, Deletion>();
    for await (const entry of store.deletions()) found.set(entry.id, entry);
    return found;
  }

  async function noted(tenant: string, subjects: readonly (string | null)[]): Promise<Deletion[]> {
    const all = [...(await file.entries()).values()];
    const entries = subjects.map(
      (subject) =>
        all.find((one) => one.tenant === tenant && one.subject === subject) ?? {
          id: uuid(), tenant, subject, at: new Date(now()).toISOString(),
        },
    ); // prettier-ignore
    await file.add(entries);
    return entries;
  }

  async function endAgain(tenant: string): Promise<void> {
    // By the journal: the version that decided it is in the ledger that the backup has not.
    await store.closeDoors(tenant, { type: 'contract-ended-replayed' });
    await store.destroyTenantKeys(tenant);
    await store.removeTenant(tenant, true);
  }

  /** Does again what the database does not know to be done; answers how many that were. */
  async function replay(): Promise<number> {
    const known = await inDatabase();
    const missing = [...(await file.entries()).values()].filter(
      ({ id, at }) => !known.has(id) && new Date(at) >= oldest(),
    );
    const tenants = await store.tenantsAmong([...new Set(missing.map(({ tenant }) => tenant))]);
    const undone = missing.filter(({ tenant }) => tenants.has(tenant));
    const ended = new Set(undone.filter((entry) => !isPerson(entry)).map(({ tenant }) => tenant));
    for (const tenant of ended) await endAgain(tenant);
    for (const entry of undone) if (isPerson(entry) && !ended.has(entry.tenant)) await store.replayDeletion(entry);
    await file.add([...known.values()]);
    return undone.length;
  }

  const take = (line: string): void =>
    void file.add([JSON.parse(line) as Deletion]).catch((error: unknown) => log.error('deletions.failed', { error }));

  return {
    /** On the disk before the keys are destroyed. The entries are to be recorded together with that. */
    noted,
    /** The same of a contract that ends. */
    notedEnd: async (tenant: string): Promise<void> => void (await noted(tenant, [null])),

    /** Before traffic is taken: nothing that was erased is there. From then on what other processes erase is written down here too. */
    async recover(): Promise<number> {
      const count = await replay();
      if (count > 0) log.warn('deletions.replayed', { count });
      await store.forgetDeletions(oldest());
      await file.forget(oldest());
      const again = (): void =>
        void inDatabase()
          .then((known) => file.add([...known.values()]))
          .catch((error: unknown) => log.error('deletions.failed', { error }));
      await store.listen(DELETIONS, { onMessage: take, onGap: again });
      return count;
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;
