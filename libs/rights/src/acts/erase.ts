// An erasure, step by step, in this order; and one around what legal holds keep. The lists are all there is to it: a test leaves out one step at a time, and finds what is left.
import type { HoldScope, InForce } from '#libs/instructions';
import type { Mandate } from '#libs/kernel';
import type { ErasureScope, RightsRequestRow, Store } from '#libs/store';
import type { TenantKeys } from '#libs/vault';
import type { Journal } from '../journal/journal.js';
import type { Mentions } from '../mentions/search.js';
import type { Notices } from './notices.js';

export interface EraseDeps {
  readonly store: Pick<
    Store,
    'countSuppressed' | 'erase' | 'eraseAround' | 'erasureScope' | 'identityHashes' | 'noteErasure' | 'sweepLostStates'
  >;
  readonly notices: Pick<Notices, 'queue'>;
  readonly mentions: Pick<Mentions, 'begin'>;
  readonly journal: Pick<Journal, 'noted'>;
  /** How long something may still be in flight when a key is destroyed, in ms. */
  readonly settleMs: number;
  /** Waits, and lets others be erased meanwhile. */
  readonly rest: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/** What is to be erased. What was done of it is written with each step, so that it outlives whoever carries it out. */
export interface Erasing {
  readonly keys: TenantKeys;
  readonly inForce: InForce | null;
  readonly row: Pick<RightsRequestRow, 'id' | 'attempts' | 'conversations' | 'hashes'> &
    Partial<Pick<RightsRequestRow, 'evidence'>>;
  readonly subjects: readonly string[];
  readonly mandate: Mandate;
  /** As it was at the beginning. */
  readonly before: ErasureScope;
  readonly begunAt: number;
  entries: Awaited<ReturnType<Journal['noted']>>;
  /** What they keep stays. */
  readonly holds: readonly HoldScope[];
}

export interface ErasureAct {
  readonly what: string;
  readonly run: (deps: EraseDeps, at: Erasing) => Promise<void>;
}

/** A legal hold has kept a part of what the request is about, and does no longer. */
const isSecondPart = ({ evidence }: Erasing['row']): boolean => evidence?.['heldBack'] !== undefined;

const noted = ({ now }: EraseDeps, { row }: Erasing) => ({ requestId: row.id, now });

async function deleteRows(deps: EraseDeps, at: Erasing): Promise<void> {
  const { store } = deps;
  const { before, keys } = at;
  const found = await store.erasureScope(keys.tenantId, at.subjects, before.conversations);
  // What was settled meanwhile names messages that are gone by now.
  const both = (of: 'messages' | 'platformIds'): string[] => [...new Set([...before[of], ...found[of]])];
  const scope = { ...found, messages: both('messages'), platformIds: both('platformIds') };
  await store.erase(at.mandate, scope, { phase: 'rows', noted: noted(deps, at) });
}

const STOP: ErasureAct = {
  what: 'work stopped',
  run: async (deps, at) =>
    void (await deps.store.erase(at.mandate, at.before, { phase: 'stop', noted: noted(deps, at) })),
};

const tell = (event: 'erase' | 'restrict'): ErasureAct => ({
  what: 'recipients told',
  run: async ({ store, notices }, at) => {
    const { row, before } = at;
    // Whoever was told of the first part was told of others.
    const again = event === 'erase' && isSecondPart(row) ? ({ again: true } as const) : {};
    const told = { requestId: row.id, event, ...before, ...again };
    const { untold } = await notices.queue(at.keys, at.inForce, told);
    await store.noteErasure(at.keys.tenantId, at.row.id, { untold });
  },
});

export const ERASURE: readonly ErasureAct[] = [
  STOP,
  {
    what: 'mentions sought',
    run: ({ mentions }, { keys, inForce, row, subjects }) =>
      mentions.begin(keys, { inForce, requestId: row.id, subjects, again: isSecondPart(row) }),
  },
  {
    what: 'journal written',
    run: async ({ journal }, at) => {
      at.entries = await journal.noted(at.keys.tenantId, at.subjects, { request: at.row.id, kept: null });
    },
  },
  {
    what: 'keys destroyed',
    run: async (deps, at) => {
      const { store } = deps;
      // Those whom a chat names are named by no hash of the request; and of all others there may be more.
      const hashes = [...at.row.hashes, ...(await store.identityHashes(at.keys.tenantId, at.subjects))];
      const suppressed = await store.countSuppressed(at.keys, hashes);
      const { entries: journal } = at;
      await store.erase(at.mandate, at.before, { phase: 'key', journal, noted: { ...noted(deps, at), suppressed } });
    },
  },
  // From now on nobody is recorded any more as having something: whoever has is known, or is late.
  tell('erase'),
  {
    what: 'rows deleted',
    run: async (deps, at) => {
      // Before anybody's rows go, the keys of all who wait do.
      await deps.rest(0);
      await deleteRows(deps, at);
    },
  },
  {
    what: 'what was in flight deleted',
    run: async (deps, at) => {
      await deps.rest(deps.settleMs);
      await deleteRows(deps, at);
    },
  },
  {
    // Whoever was at it before was killed, and may have known of more than can be found now.
    what: 'lost states swept',
    run: async ({ store }, { row, keys }) => {
      if (row.attempts > 1) await store.sweepLostStates(keys.tenantId);
    },
  },
];

/** The journal is read where nobody needs to know what a hold is about. */
const withoutWords = (holds: readonly HoldScope[]) => holds.map(({ hold: _words, clause: _place, ...what }) => what);

const deleteAround = ({ store }: EraseDeps, at: Erasing): Promise<void> => {
  const { mandate, subjects, row, entries: journal } = at;
  const before = new Date(at.begunAt + 1);
  return store.eraseAround(mandate, { subjects, holds: withoutWords(at.holds), requestId: row.id, journal, before });
};

/** What is kept has to be read: the key stays, the person is restricted, and recipients are told to do nothing more with theirs. */
export const ERASURE_AROUND: readonly ErasureAct[] = [
  STOP,
  tell('restrict'),
  {
    what: 'journal written',
    run: async ({ journal }, at) => {
      const { keys, subjects, row, holds } = at;
      at.entries = await journal.noted(keys.tenantId, subjects, { request: row.id, kept: withoutWords(holds) });
    },
  },
  {
    what: 'what no hold keeps deleted',
    run: deleteAround,
  },
  {
    what: 'what was in flight deleted',
    run: async (deps, at) => {
      await deps.rest(deps.settleMs);
      await deleteAround(deps, at);
    },
  },
];

export async function eraseBy(
  deps: EraseDeps,
  who: Omit<Erasing, 'before' | 'begunAt' | 'entries'>,
  steps: readonly ErasureAct[] = ERASURE,
): Promise<void> {
  const before = await deps.store.erasureScope(who.keys.tenantId, who.subjects, who.row.conversations);
  const at: Erasing = { ...who, before, begunAt: deps.now(), entries: [] };
  for (const step of steps) await step.run(deps, at);
}
