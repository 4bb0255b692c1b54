// Which legal holds keep what a rule would take (Art. 17(3)): all of it, or messages of some connections and times. Pure.
import { holdScopesAt, holdsAt, type HoldScope, type InstructionsDocument, type LegalHold } from '#libs/instructions';
import type { Category } from '#libs/kernel';
import type { Keeping } from '#libs/store';
import type { Rule, Swept } from './rules.js';

/** The category that a hold names; null: a hold on anything of a person keeps the person, and what leads to them. */
const NAMED: Readonly<Record<Swept, Category | null>> = {
  content: 'content',
  attachments: 'attachments',
  identifier: null,
  identifiers: null,
  routing: null,
  'consent-record': 'consent-record',
  'age-record': 'consent-record',
};

export const holdsOn = (document: InstructionsDocument, at: Date, category: Swept): readonly LegalHold[] =>
  holdsAt(document, at, NAMED[category] ?? undefined);

const keepsAll = ({ connections, from, until }: HoldScope): boolean =>
  connections === null && from === null && until === null;

const keeping = ({ connections, from, until }: HoldScope): Keeping => ({ connections, from, until });

/** What holds keep of a category: everything, or that of messages of these connections and times, and of their persons; none where the list is empty. */
export function keptOf(document: InstructionsDocument, at: Date, category: Swept): 'all' | readonly Keeping[] {
  const named = NAMED[category];
  const scopes = holdScopesAt(document, at).filter(({ categories }) => named === null || categories.includes(named));
  return scopes.some(keepsAll) ? 'all' : scopes.map(keeping);
}

/** The same of a person's messages, whatever is in them. */
export const keptByHolds = (document: InstructionsDocument, at: Date): 'all' | readonly Keeping[] =>
  keptOf(document, at, 'identifiers');

/** The rule as holds leave it; null: they keep all that it is about. */
export function underHolds(rule: Rule, document: InstructionsDocument, at: Date): Rule | null {
  const kept = keptOf(document, at, rule.category);
  if (kept === 'all') return null;
  return kept.length > 0 ? { ...rule, kept } : rule;
}
