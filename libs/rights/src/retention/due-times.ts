// Due times stand with each conversation. A turn writes them when it ends; here they are written after whatever else may change them, and
// it is found out whether the sweeper kept to them: by the conversations themselves, not by how far it believes to have looked.
import type { InForce } from '#libs/instructions';
import { succession, type ConversationTimes, type Store } from '#libs/store';
import { rulingOf, type ConversationDue, type Ruling } from './due.js';
import { keptOf } from './holds.js';
import { begunUntil, type Version } from './rules.js';

type DueStore = Pick<
  Store,
  'instructionsAt' | 'instructionVersions' | 'stampDue' | 'setDue' | 'conversationsDueBefore'
>;

export interface DueTimesDeps {
  readonly store: DueStore;
  readonly now: () => number;
}

/**
 * Something is overdue when it ought to have gone so long ago, by what was instructed then: a plan may be an hour old when a hold ends by
 * its date, and what a stricter version makes due all at once takes its time.
 */
const OVERDUE_AFTER_MS = 90 * 60_000;

/** In one go, so that one tenant does not keep the others waiting. */
const PAGES = 20;

const NEVER: ConversationDue = { content: null, conversation: null };

/** What decided at that time, and its document; null: nothing did. */
async function standingAt(store: DueStore, tenantId: string, at?: Date) {
  const inForce = (await store.instructionsAt(tenantId, at)).version as InForce | null;
  if (!inForce) return null;
  const begun = begunUntil(succession(await store.instructionVersions(tenantId)), inForce.version);
  return { document: inForce.document, ruling: rulingOf(inForce.document, begun as unknown as Version[]) };
}

/** For whoever ends turns: what decides now. */
export const rulingNow = async (store: DueStore, tenantId: string): Promise<Ruling | null> =>
  (await standingAt(store, tenantId))?.ruling ?? null;

const isPast = (due: Date | null, at: Date): boolean => due !== null && due <= at;

export function createDueTimes({ store, now }: DueTimesDeps) {
  const timesBy =
    (ruling: Ruling, at: Date) =>
    ({ last }: ConversationTimes): ConversationDue =>
      last ? ruling.dueOf(last, at) : NEVER;

  /** By tenant, under which ruling all was written. */
  const written = new Map<string, string>();

  /** Writes the times of conversations, once under each ruling; false: there are more. */
  async function stamp(tenantId: string, ruling: Ruling): Promise<boolean> {
    const at = new Date(now());
    const name = ruling.nameAt(at);
    for (let page = 0; page < PAGES && written.get(tenantId) !== name; page += 1) {
      const more = await store.stampDue(tenantId, { name, at, dueOf: timesBy(ruling, at) });
      if (more === null) return false;
      if (!more) written.set(tenantId, name);
    }
    return written.get(tenantId) === name;
  }

  /** How many conversations of a tenant have something that ought to be gone. Times that stand there and are not true any more are put right. */
  async function overdue(tenantId: string): Promise<number> {
    const at = new Date(now() - OVERDUE_AFTER_MS);
    const [then, current] = [await standingAt(store, tenantId, at), await standingAt(store, tenantId)];
    const [content, routing] = (['content', 'routing'] as const).map((c) => (then ? keptOf(then.document, at, c) : 'all'));
    let found = 0;
    for (let after: string | null = null; ;) {
      const page = await store.conversationsDueBefore(tenantId, { before: at, after, kept: { content: content!, routing: routing! } });
      for (const one of page) {
        const was = then ? timesBy(then.ruling, at)(one) : NEVER;
        if ((isPast(was.content, at) && one.hasContent) || (isPast(was.conversation, at) && !one.isKept)) found += 1;
      }
      const dueOf = current ? timesBy(current.ruling, new Date(now())) : () => NEVER;
      await store.setDue(tenantId, page.map((one) => {
        const due = dueOf(one);
        return { ...one, due: one.hasContent || !isPast(due.content, at) ? due : { ...due, content: null } };
      }));
      const last = page.at(-1);
      if (!last) return found;
      after = last.id;
    }
  } // prettier-ignore

  return {
    stamp,
    overdue,
    /** Marks were forgotten: all is written once more. */
    again: (): void => written.clear(),
  };
}
