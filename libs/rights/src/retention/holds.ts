// Which legal holds keep what a rule would take (Art. 17(3)). Pure.
import { holdsAt, type InstructionsDocument, type LegalHold } from '#libs/instructions';
import type { Swept } from './rules.js';

/** A hold on anything of a person keeps the person, and what leads to them. */
export const holdsOn = (document: InstructionsDocument, at: Date, category: Swept): readonly LegalHold[] =>
  category === 'identifier' || category === 'identifiers' || category === 'routing'
    ? holdsAt(document, at)
    : holdsAt(document, at, category);
