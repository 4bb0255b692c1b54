// Which legal holds keep what a rule would take (Art. 17(3)). Pure.
import { holdsAt, type InstructionsDocument, type LegalHold } from '#libs/instructions';
import type { Category } from '#libs/kernel';
import type { Swept } from './rules.js';

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
