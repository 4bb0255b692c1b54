// How much of a value may be held: the whole, a coarser form, a pseudonym, nothing. Versions meet at what all of them permit.
import type { IdentifierAction } from '#libs/kernel';

/** A coarser form and a pseudonym have nothing in common: what may only be one of them is nothing once it may only be the other. */
export type Level = 'whole' | 'truncated' | 'pseudonymised' | 'nothing';

const OF: Readonly<Record<IdentifierAction, Level>> = {
  keep: 'whole',
  truncate: 'truncated',
  pseudonymise: 'pseudonymised',
  pass: 'nothing',
  drop: 'nothing',
  block: 'nothing',
};

export const levelOf = (action: IdentifierAction): Level => OF[action];

export const narrowest = (a: Level, b: Level): Level => {
  if (a === b || b === 'whole') return a;
  return a === 'whole' ? b : 'nothing';
};
