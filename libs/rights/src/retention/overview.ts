// What retention will do next: rule by rule when the oldest of what it looks at is due, of a conversation when what is held goes, and what a legal hold keeps.
import type { InForce } from '#libs/instructions';
import { succession, type ConversationListed, type Store } from '#libs/store';
import { holdsOn, keptOf, underHolds } from './holds.js';
import { begunUntil, dueAt, isReadable, nameOf, rulesOf, tableOf, type Rule, type Version } from './rules.js';

export interface RetentionItem extends Rule {
  /** Since when the oldest has been there; null: nothing waits. */
  readonly oldest: Date | null;
  /** null also where the period cannot be read: then nothing goes by the rule. */
  readonly due: Date | null;
  readonly held: readonly { readonly scope: string; readonly basis: string }[];
}

/** When it goes, if nothing more is said there: the last of its content, and the conversation with all that hangs on it. null: no line decides, or a legal hold keeps all of it. */
export interface ConversationDue {
  readonly content: Date | null;
  readonly conversation: Date | null;
}

type Last = Pick<ConversationListed, 'last_at' | 'last_version'>;

export function createOverview({ store, now }: { readonly store: Store; readonly now: () => number }) {
  async function standing(tenantId: string): Promise<{ inForce: InForce; rules: Rule[] } | null> {
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    if (!inForce) return null;
    const versions = begunUntil(succession(await store.instructionVersions(tenantId)), inForce.version);
    return { inForce, rules: rulesOf(versions as unknown as Version[]) };
  }

  async function retention(tenantId: string): Promise<RetentionItem[]> {
    const { inForce, rules } = (await standing(tenantId)) ?? { inForce: null, rules: [] };
    if (!inForce) return [];
    return Promise.all(
      rules.map(async (rule) => {
        const at = new Date(now());
        const name = nameOf(underHolds(rule, inForce.document, at) ?? rule);
        const oldest = await store.nextStart(tenantId, name, tableOf(rule));
        const held = holdsOn(inForce.document, at, rule.category);
        return {
          ...rule,
          oldest,
          due: oldest && isReadable(rule) ? dueAt(oldest, rule.period) : null,
          held: held.map(({ scope, basis }) => ({ scope, basis })),
        };
      }),
    );
  }

  /** By the last message of a conversation: under each version that its own may come under, the earliest decides. */
  async function conversationDue(tenantId: string): Promise<(last: Last) => ConversationDue> {
    const current = await standing(tenantId);
    const at = new Date(now());
    const earliest = (category: 'content' | 'routing', { last_at, last_version }: Last): Date | null => {
      if (!current || !last_at || last_version === null) return null;
      if (keptOf(current.inForce.document, at, category) === 'all') return null;
      const ruling = current.rules.filter(
        (r) => r.category === category && !r.purposes && r.under.includes(last_version) && isReadable(r),
      );
      const [first] = ruling.map(({ period }) => dueAt(last_at, period).getTime()).toSorted((a, b) => a - b);
      return first === undefined ? null : new Date(first);
    };
    return (last) => ({ content: earliest('content', last), conversation: earliest('routing', last) });
  }

  return { retention, conversationDue };
}
