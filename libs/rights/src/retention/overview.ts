// What retention will do next: rule by rule when the oldest of what it looks at is due, and what a legal hold keeps.
import type { InForce } from '#libs/instructions';
import { succession, type Store } from '#libs/store';
import { holdsOn, underHolds } from './holds.js';
import { begunUntil, dueAt, isReadable, nameOf, rulesOf, tableOf, type Rule, type Version } from './rules.js';

export interface RetentionItem extends Rule {
  /** Since when the oldest has been there; null: nothing waits. */
  readonly oldest: Date | null;
  /** null also where the period cannot be read: then nothing goes by the rule. */
  readonly due: Date | null;
  readonly held: readonly { readonly scope: string; readonly basis: string }[];
  /** Persons whose data it passes over until their restriction is lifted. */
  readonly restricted: number;
}

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
    const restricted = await store.restrictedCount(tenantId);
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
          restricted,
        };
      }),
    );
  }

  return { retention };
}
