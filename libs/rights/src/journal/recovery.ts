// What a backup has undone is done again, each erasure as the request that it was: rows go, recipients are told, the certificate is there.
import { randomBytes } from 'node:crypto';
import { responsePeriod, rightsRuling, type HoldScope, type InForce } from '#libs/instructions';
import type { HttpResponse } from '#libs/kernel';
import { createIsolate, type Logger } from '#libs/platform';
import type { Deletion, Store, TenantRow } from '#libs/store';
import type { TenantKeys } from '#libs/vault';
import { createActs, type ActDeps, type At } from '../acts/acts.js';
import { createNotices } from '../acts/notices.js';
import { createMentions } from '../mentions/search.js';
import { dueOf } from '../requests/clock.js';
import { createHands } from '../requests/hands.js';
import type { Journal } from './journal.js';

export interface RecoveryDeps extends Pick<ActDeps, 'backups' | 'correct' | 'now' | 'openForPerson'> {
  readonly store: Store;
  readonly journal: Journal;
  /** Ends a contract once more, as the journal says. */
  readonly endAgain: (tenant: TenantRow) => Promise<unknown>;
  readonly log: Logger;
}

type Person = Deletion & { readonly subject: string };

const isPerson = (entry: Deletion): entry is Person => entry.subject !== null;
const AT_ONCE = 8;

/** What was kept is known; by which words of the instructions may have been lost with what came after the backup. */
const holdsOf = ({ kept, at }: Person): HoldScope[] =>
  (kept ?? []).map((one) => ({
    ...(one as Omit<HoldScope, 'hold' | 'clause'>),
    hold: { scope: 'what was kept when it was erased', basis: 'the journal of deletions', from: at },
    clause: null,
  }));

/** Persons who went in one go: wholly, and but for what the same holds kept of them. */
interface Erasure {
  readonly first: Person;
  readonly whole: readonly Person[];
  readonly partly: readonly Person[];
}

function grouped<T>(entries: readonly T[], keyOf: (entry: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return [...groups.values()];
}

/** By request, oldest first; one after the other where it was one request. */
function erasuresOf(undone: readonly Person[]): Erasure[][] {
  const requests = grouped(undone, ({ tenant, request, id }) => `${tenant} ${request ?? id}`);
  return requests.map((entries) => {
    const whole = entries.filter(({ kept }) => kept === null);
    const parts = grouped(entries.filter(({ kept }) => kept !== null), ({ kept }) => JSON.stringify(kept)); // prettier-ignore
    if (parts.length === 0) return [{ first: entries[0], whole, partly: [] }];
    return parts.map((partly, n) => ({ first: entries[0], whole: n === 0 ? whole : [], partly }));
  });
}

const idsOf = (persons: readonly Person[]): string[] => persons.map(({ subject }) => subject);

const nobody = async (): Promise<HttpResponse> => ({ kind: 'failed', reason: 'network' });

export function createRecovery(deps: RecoveryDeps) {
  const { store, journal, log, now } = deps;
  // Nothing is done in rounds here.
  const isolate = createIsolate({ log, metrics: { count: () => undefined } });
  const acts = createActs({
    ...deps,
    // Queued now, told by whoever runs next.
    notices: createNotices({ store, call: nobody, isolate, log, now }),
    mentions: createMentions({ store, isolate }),
    journal: {
      noted: async (...what) => (await journal.noted(...what)).map((entry) => ({ ...entry, again: true as const })),
    },
    // Nothing is in flight.
    settleMs: 0,
    rest: async () => undefined,
  });

  /** Also where a crash came between the journal and the certificate: it goes on to the end. */
  async function endAgain(tenantId: string): Promise<void> {
    const tenant = await store.tenantById(tenantId);
    if (tenant) await deps.endAgain(tenant);
  }

  async function reopened(erasure: Erasure, keys: TenantKeys): Promise<At | null> {
    const { first: { id, request, at }, whole, partly } = erasure; // prettier-ignore
    const subjects = idsOf([...whole, ...partly]);
    const inForce = (await store.instructionsInForce(keys.tenantId)) as InForce | null;
    const receivedAt = new Date(at);
    const row = await store.reopenErasure(keys.tenantId, {
      id: request ?? id,
      // Nobody but the controller goes on with what a hold has limited.
      state: partly.length > 0 ? 'awaiting-approval' : 'in-progress',
      subjectIds: subjects,
      code: randomBytes(18).toString('base64url'),
      version: inForce?.version ?? null,
      clause: rightsRuling(inForce?.document ?? null, 'erasure').clause,
      receivedAt,
      dueAt: dueOf(receivedAt, responsePeriod(inForce?.document ?? null)),
    });
    return row && { keys, inForce, row, subjects };
  }

  /** Whatever the instructions say now: what was erased stays erased, and what was kept is kept. Answers how many entries that were. */
  async function eraseAgain(erasure: Erasure): Promise<number> {
    const { first, whole, partly } = erasure;
    const keys = await store.tenantKeys(first.tenant);
    const at = keys && (await reopened(erasure, keys));
    if (!at) return 0;
    const [limited] = partly;
    const evidence = limited
      ? await acts.eraseAround(at, holdsOf(limited), { free: idsOf(whole), held: idsOf(partly) })
      : (await acts.carryOut(at)).evidence;
    await store.changeRightsRequest(first.tenant, at.row.id, {
      from: [at.row.state],
      state: limited ? 'awaiting-approval' : 'completed',
      evidence: { ...evidence, firstErasedAt: first.at },
      ...(limited ? {} : { end: 'forget' as const }),
    });
    return at.subjects.length;
  }

  /** Answers how many entries were done again. */
  async function again(): Promise<number> {
    const undone = await journal.undone();
    const ended = new Set(undone.filter((entry) => !isPerson(entry)).map(({ tenant }) => tenant));
    for (const tenant of ended) await endAgain(tenant);
    const requests = erasuresOf(undone.filter(isPerson).filter(({ tenant }) => !ended.has(tenant)));
    const hands = createHands(AT_ONCE);
    let count = ended.size;
    const oneByOne = async (erasures: readonly Erasure[]): Promise<void> => {
      for (const erasure of erasures) count += await eraseAgain(erasure);
    };
    await Promise.all(requests.map((erasures) => hands.use(() => oneByOne(erasures))));
    return count;
  }

  return {
    again,
    /** Before traffic is taken: nothing that was erased is there. @throws StartRefused where nobody can say */
    async recover(): Promise<number> {
      await journal.compare();
      const count = await again();
      if (count > 0) log.warn('deletions.replayed', { count });
      await journal.follow();
      return count;
    },
  };
}
