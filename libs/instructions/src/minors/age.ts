// The age gate (Art. 8): whether a person may be asked for consent at all. Pure; keeps the answer, never a date of birth.
import type { CompiledConsent } from '../consent/consent.js';
import type { Gate } from '../consent/gate.js';
import { endOf } from '../period.js';

/** What was said of a person, oldest first. */
export interface AgeRecord {
  readonly state: 'asked' | 'declared-adult' | 'declared-minor' | 'guardian-confirmed';
  readonly age: number;
  readonly source: 'person' | 'controller';
  readonly at: Date;
}

/** `ask`: nothing is known. `asked`: an answer is awaited. `minor`: no consent may be asked for. */
export type AgeStanding = 'of-age' | 'ask' | 'asked' | 'minor';

/**
 * A minor cannot become of age by saying so anew, later or elsewhere: only the controller, who may know more, says otherwise. Somebody who
 * said to be of a lower age than is asked for now is asked again.
 */
export function standingOfAge(
  records: readonly AgeRecord[],
  at: { readonly age: number; readonly holdFor: string; readonly now: Date },
): AgeStanding {
  const said = records.filter(({ state }) => state !== 'asked');
  const known = said.findLast(({ source }) => source === 'controller');
  const since = known ? said.slice(said.indexOf(known) + 1) : said;
  if (since.some(({ state }) => state === 'declared-minor')) return 'minor';
  if (known?.state === 'guardian-confirmed' || known?.state === 'declared-adult') return 'of-age';
  if (known?.state === 'declared-minor') return 'minor';
  if (since.some(({ state, age }) => state === 'declared-adult' && age >= at.age)) return 'of-age';
  const asked = records.findLast(({ state }) => state === 'asked');
  if (!asked || asked.age < at.age) return 'ask';
  const end = endOf(asked.at, at.holdFor);
  return end === null || end > at.now ? 'asked' : 'ask';
}

/** The gate as it stands for somebody of whom this is known: purposes that rest on consent wait for the age, or are closed. */
export function withAge(gate: Gate, consents: readonly CompiledConsent[], standing: AgeStanding): Gate {
  if (standing === 'of-age') return gate;
  const consented = new Set(consents.flatMap(({ purposes }) => purposes));
  const open = new Set([...gate.open].filter((purpose) => !consented.has(purpose)));
  if (standing === 'minor') return { open, waiting: new Set(), ask: null, asked: null };
  const waiting = new Set([...gate.waiting, ...[...gate.open].filter((purpose) => consented.has(purpose))]);
  return { open, waiting, ask: null, asked: null };
}
