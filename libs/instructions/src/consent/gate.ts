// The consent gate: which purposes are open for a person now, which wait for an answer, and what is to be asked. Pure.
import type { CompiledInstructions } from '../decision.js';
import { isOneOf } from '../intent/normalise.js';
import { endOf } from '../period.js';
import type { CompiledConsent } from './consent.js';

/** Named after DPV 2.3: ConsentRequested, ConsentGiven, ConsentRefused, ConsentWithdrawn. */
export type ConsentState = 'requested' | 'given' | 'refused' | 'withdrawn';

/** What was last recorded of a person and a purpose. */
export interface ConsentRecord {
  readonly purpose: string;
  readonly state: ConsentState;
  readonly scope: string;
  readonly at: Date;
}

export interface Gate {
  /** Purposes for which data may be used now: all that need no consent, and those whose consent stands. */
  readonly open: ReadonlySet<string>;
  /** Purposes for which an answer is awaited, or that are about to be asked. */
  readonly waiting: ReadonlySet<string>;
  /** To be asked now; one question at a time. */
  readonly ask: CompiledConsent | null;
  /** Asked before and not yet answered. */
  readonly asked: CompiledConsent | null;
}

type Standing = 'open' | 'ask' | 'waiting' | 'closed';

function standingOf(consent: CompiledConsent, record: ConsentRecord | undefined, now: Date): Standing {
  if (!record) return 'ask';
  const over = (period: string): boolean => endOf(record.at, period) <= now;
  const changed = record.scope !== consent.scope;
  switch (record.state) {
    case 'given':
      return changed || (consent.expires !== null && over(consent.expires)) ? 'ask' : 'open';
    case 'requested':
      return changed || over(consent.holdFor) ? 'ask' : 'waiting';
    case 'refused':
    case 'withdrawn':
      return over(consent.askAgainAfter) ? 'ask' : 'closed';
    default:
      return record.state satisfies never;
  }
}

export function gateOf(compiled: CompiledInstructions, records: readonly ConsentRecord[], now: Date): Gate {
  const consented = new Set(compiled.consents.flatMap(({ purposes }) => purposes));
  const open = new Set(Object.keys(compiled.purposes).filter((purpose) => !consented.has(purpose)));
  const waiting = new Set<string>();
  let ask: CompiledConsent | null = null;
  let asked: CompiledConsent | null = null;
  for (const consent of compiled.consents)
    for (const purpose of consent.purposes) {
      const standing = standingOf(consent, records.find((record) => record.purpose === purpose), now);
      if (standing === 'open') open.add(purpose);
      if (standing === 'ask' || standing === 'waiting') waiting.add(purpose);
      if (standing === 'ask') ask ??= consent;
      if (standing === 'waiting') asked ??= consent;
    } // prettier-ignore
  return { open, waiting, ask: asked ? null : ask, asked };
}

const ID = 'consent';

/** The buttons under the question; their ids come back as choices. */
export function answersTo(consent: CompiledConsent, language: string): readonly { id: string; title: string }[] {
  const button = (answer: 'yes' | 'no', words: readonly string[] | undefined) =>
    words?.[0] === undefined ? [] : [{ id: `${ID}:${consent.text}:${answer}`, title: capital(words[0]) }];
  return [...button('yes', consent.accept[language]), ...button('no', consent.refuse[language])];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the person said, as far as it can be an answer. */
export interface Said {
  readonly text: string | null;
  readonly choice: string | null;
}

/**
 * Is it a clear yes or no to this question? Only its buttons and its words count, in any of its languages: not silence, not writing
 * on, not a thumb (Art. 4(11), Recital 32).
 */
export function answerOf(consent: CompiledConsent, { text, choice }: Said): 'yes' | 'no' | null {
  if (choice === `${ID}:${consent.text}:yes`) return 'yes';
  if (choice === `${ID}:${consent.text}:no`) return 'no';
  if (text === null) return null;
  if (isOneOf(text, Object.values(consent.accept).flat())) return 'yes';
  return isOneOf(text, Object.values(consent.refuse).flat()) ? 'no' : null;
}
