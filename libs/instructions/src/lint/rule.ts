// What a rule of the linter is, and what all rules read.
import type { Facts, Finding } from '../decision.js';
import type { Draft } from '../document.js';

/** What a rule may look at: the document, which may lack anything, the channels' registries, and the day. */
export interface Reading {
  readonly document: Draft;
  readonly facts: Facts;
  readonly now: Date;
}

/** One place that a rule objects to: JSON pointer, a sentence that a data protection officer understands, how to mend it. */
export interface Objection {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export interface Rule {
  readonly rule: string;
  /** `error` keeps a document from being approved; `warning` has to be acknowledged by name. */
  readonly severity: Finding['severity'];
  readonly article: string;
  readonly find: (reading: Reading) => Iterable<Objection>;
}
