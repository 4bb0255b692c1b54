// A consent that ended, on what is held: which purposes are closed by it, and what the others still permit to hold. Pure.
import type { CompiledConsent } from '../consent/consent.js';
import { permits, stateOf, type ConsentRecord } from '../consent/states.js';
import type { CompiledInstructions } from '../decision.js';
import type { ContentRules } from '../keep-content.js';
import { heldRules, type HeldRules } from './reduce.js';

/**
 * Where what was agreed to is done otherwise now, the person is asked again, and what was kept before waits for the answer. A minor is not
 * asked, and nothing waits.
 */
function stands(
  consent: CompiledConsent | null,
  record: ConsentRecord | undefined,
  { now, ofMinor }: EndedConsent,
): boolean {
  const found = stateOf(consent, record, now);
  const state = found === 'requested' ? (record?.before ?? 'unknown') : found;
  return permits(state) || (state === 'invalidated' && !ofMinor);
}

export interface EndedConsent {
  readonly purpose: string;
  /** Of the person, the latest per purpose. */
  readonly records: readonly ConsentRecord[];
  readonly now: Date;
  /** It ended because its person is a minor: every other one did, too. */
  readonly ofMinor: boolean;
}

/**
 * Purposes for which nothing stays: the one whose consent ended, also where it was given again since, and those whose consent does not
 * stand. A purpose that rests on consent in either version needs it: another basis is one for new data only.
 * @param under the version under which something was kept; `now` the one in force
 */
export function closedBy(
  ended: EndedConsent,
  under: CompiledInstructions,
  inForce: CompiledInstructions,
): ReadonlySet<string> {
  const { purpose, records } = ended;
  const isClosed = (one: string): boolean => {
    if (one === purpose) return true;
    if (under.purposes[one]?.consent !== true && inForce.purposes[one]?.consent !== true) return false;
    const consent = inForce.consents.find(({ purposes }) => purposes.includes(one)) ?? null;
    return !stands(consent, records.find((record) => record.purpose === one), ended);
  }; // prettier-ignore
  return new Set(Object.keys(under.purposes).filter(isClosed));
}

/** @param later what retention takes at its own time after a withdrawal, as instructed */
export function heldWithout(
  compiled: CompiledInstructions,
  channel: string,
  { closed, later }: { readonly closed: ReadonlySet<string>; readonly later: readonly ('content' | 'attachments')[] },
): HeldRules {
  const open = new Set(Object.keys(compiled.purposes).filter((one) => !closed.has(one)));
  const rules = heldRules(compiled, channel, open);
  const whole = heldRules(compiled, channel);
  const from = (one: ContentRules) => Object.fromEntries(later.map((category) => [category, one[category]]));
  return { ...rules, ...from(whole), delivered: { ...rules.delivered, ...from(whole.delivered) } };
}
