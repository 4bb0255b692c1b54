// The states of a consent for one purpose, and what leads from one to the next. The names are those of DPV 2.3.
import { endOf } from '../period.js';
import type { CompiledConsent } from './consent.js';

export const CONSENT_STATES = {
  unknown: 'ConsentUnknown',
  requested: 'ConsentRequested',
  given: 'ConsentGiven',
  renewed: 'RenewedConsentGiven',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
  expired: 'ConsentExpired',
  invalidated: 'ConsentInvalidated',
} as const;

export type ConsentState = keyof typeof CONSENT_STATES;

/** What happens to a consent: people ask, agree, refuse and withdraw; time passes; what was agreed to changes, or the person is a minor. */
export type ConsentAct = 'ask' | 'agree' | 'refuse' | 'withdraw' | 'expire' | 'invalidate';

const LAPSED: ReadonlySet<ConsentState> = new Set(['expired', 'invalidated']);
const STANDING: ReadonlySet<ConsentState> = new Set(['given', 'renewed']);

/** Only these permit processing (DPV: ConsentStatusValidForProcessing). */
export const permits = (state: ConsentState): boolean => STANDING.has(state);

/** What may happen in a state. Nobody can agree to what was not asked, and nobody is asked for what stands. */
const MAY: Readonly<Record<ConsentState, readonly ConsentAct[]>> = {
  unknown: ['ask'],
  requested: ['ask', 'agree', 'refuse', 'withdraw', 'invalidate'],
  given: ['withdraw', 'expire', 'invalidate'],
  renewed: ['withdraw', 'expire', 'invalidate'],
  refused: ['ask'],
  withdrawn: ['ask'],
  expired: ['ask', 'withdraw'],
  invalidated: ['ask', 'withdraw'],
};

const LEADS_TO: Readonly<Record<Exclude<ConsentAct, 'agree'>, ConsentState>> = {
  ask: 'requested',
  refuse: 'refused',
  withdraw: 'withdrawn',
  expire: 'expired',
  invalidate: 'invalidated',
};

/** The state after an act; null where the act means nothing. `before`, the state before the question, makes a yes a first one or a renewal. */
export function after(state: ConsentState, act: ConsentAct, before: ConsentState = 'unknown'): ConsentState | null {
  if (!MAY[state].includes(act)) return null;
  if (act === 'agree') return LAPSED.has(before) ? 'renewed' : 'given';
  return LEADS_TO[act];
}

/** What was last recorded of a person and a purpose. */
export interface ConsentRecord {
  readonly purpose: string;
  readonly state: ConsentState;
  readonly scope: string;
  /** Of what the person was shown; absent: nobody knows how it read. */
  readonly text_hash?: string;
  readonly at: Date;
  /** The last state that was no question; null or absent: there is none. */
  readonly before?: ConsentState | null;
  /** Our message that asked last; null or absent: nobody knows which. */
  readonly question?: string | null;
}

/** Did a consent that stood end by itself: by time, or because what was agreed to is no longer what is done? */
export function lapseOf(consent: CompiledConsent, record: ConsentRecord, now: Date): 'expire' | 'invalidate' | null {
  if (!permits(record.state)) return null;
  if (record.scope !== consent.scope) return 'invalidate';
  if (consent.expires === null) return null;
  const end = endOf(record.at, consent.expires);
  return end === null || end <= now ? 'expire' : null;
}

/** The state now. `consent` is what the instructions in force ask; null: they ask for this purpose no longer, so that nothing stands. */
export function stateOf(consent: CompiledConsent | null, record: ConsentRecord | undefined, now: Date): ConsentState {
  if (!record) return 'unknown';
  if (consent === null) return permits(record.state) ? 'invalidated' : record.state;
  const lapse = lapseOf(consent, record, now);
  return lapse === null ? record.state : after(record.state, lapse)!;
}
