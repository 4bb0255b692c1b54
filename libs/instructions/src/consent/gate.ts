// The consent gate: which purposes are open for a person now, which wait for an answer, and what is to be asked. Pure.
import { coveringOf } from '../cover.js';
import type { CompiledInstructions } from '../decision.js';
import { endOf } from '../period.js';
import type { CompiledConsent } from './consent.js';
import { stateOf, type ConsentRecord } from './states.js';

export interface Gate {
  /** Purposes for which data may be used now: all that need no consent, and those whose consent stands. */
  readonly open: ReadonlySet<string>;
  /** Purposes for which an answer is awaited, or that are about to be asked. */
  readonly waiting: ReadonlySet<string>;
  /** To be asked now; one question at a time. */
  readonly ask: CompiledConsent | null;
  /** Asked before and not yet answered, with time left to answer. */
  readonly asked: CompiledConsent | null;
}

/** `ignored`: asked, and the time to answer is over. */
type Standing = 'open' | 'ask' | 'waiting' | 'ignored' | 'closed';

export function standingOf(consent: CompiledConsent, record: ConsentRecord | undefined, now: Date): Standing {
  // A period that cannot be read is never over: nobody is asked again by every message.
  const over = (period: string): boolean => {
    const end = record && endOf(record.at, period);
    return end instanceof Date && end <= now;
  };
  const state = stateOf(consent, record, now);
  switch (state) {
    case 'given':
    case 'renewed':
      return 'open';
    case 'unknown':
    case 'expired':
    case 'invalidated':
      return 'ask';
    case 'requested':
      if (record?.scope !== consent.scope || over(consent.askAgainAfter)) return 'ask';
      return over(consent.holdFor) ? 'ignored' : 'waiting';
    case 'refused':
    case 'withdrawn':
      return over(consent.askAgainAfter) ? 'ask' : 'closed';
    default:
      return state satisfies never;
  }
}

export function gateOf(compiled: CompiledInstructions, records: readonly ConsentRecord[], now: Date): Gate {
  // By the basis, not by the texts: a purpose that nothing asks for stays closed.
  const open = new Set(Object.keys(compiled.purposes).filter((purpose) => !compiled.purposes[purpose]!.consent));
  const waiting = new Set<string>();
  let ask: CompiledConsent | null = null;
  let asked: CompiledConsent | null = null;
  const standings = compiled.consents.flatMap((consent) =>
    consent.purposes.map((purpose) => {
      const found = standingOf(consent, records.find((record) => record.purpose === purpose), now);
      if (found === 'open') open.add(purpose);
      return { consent, purpose, found };
    })); // prettier-ignore
  // Whoever is served without it is not asked again by every message: saying nothing is an answer for a while.
  const served = compiled.recipients.some((recipient) => recipient.purposes.some((purpose) => open.has(purpose)));
  for (const { consent, purpose, found } of standings) {
    const standing = found === 'ignored' ? (served ? 'closed' : 'ask') : found;
    if (standing === 'ask' || standing === 'waiting') waiting.add(purpose);
    if (standing === 'ask') ask ??= consent;
    if (standing === 'waiting') asked ??= consent;
  }
  return { open, waiting, ask: asked ? null : ask, asked };
}

/** What must still be so when something is used that was made for purposes that are open. */
export interface Dependence {
  /** One of these has to be open; none: it depends on none. */
  readonly purposes: readonly string[];
  /** Those of them that need consent. */
  readonly underConsent: readonly string[];
  /** It is marketing and nothing else: it ends when the person wants no more of that. */
  readonly marketing: boolean;
  /** No open purpose stores what is written: it goes once it has reached the person. */
  readonly fleeting: boolean;
}

/** What the gateway says itself, and what answers somebody who wrote. */
export const INDEPENDENT: Dependence = { purposes: [], underConsent: [], marketing: false, fleeting: false };

export function dependsOn(
  compiled: CompiledInstructions,
  purposes: readonly string[],
  open: ReadonlySet<string>,
): Dependence {
  const used = purposes.filter((purpose) => open.has(purpose));
  return {
    purposes: used,
    underConsent: used.filter((purpose) => compiled.consents.some((one) => one.purposes.includes(purpose))),
    marketing: used.length > 0 && used.every((purpose) => compiled.purposes[purpose]?.marketing === true),
    fleeting: coveringOf(compiled, 'content', open) === null,
  };
}
