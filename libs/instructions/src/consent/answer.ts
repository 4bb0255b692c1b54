// What counts as a yes or no to the question for consent, and what it makes of a consent as it stands. Pure.
import { isOneOf } from '../intent/normalise.js';
import type { CompiledConsent } from './consent.js';
import { standingOf } from './gate.js';
import { after, stateOf, type ConsentRecord, type ConsentState } from './states.js';

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
 * Can it be a yes or no to this question? Only its buttons and its words can, in any of its languages: not silence, not writing on, not
 * a thumb, nor a button of somebody else's, whatever is written on it (Art. 4(11), Recital 32). A button names its question; words do
 * not, so whoever asks has to know that they were said to it.
 */
export function answerOf(consent: CompiledConsent, { text, choice }: Said): 'yes' | 'no' | null {
  if (choice === `${ID}:${consent.text}:yes`) return 'yes';
  if (choice === `${ID}:${consent.text}:no`) return 'no';
  if (text === null || choice !== null) return null;
  if (isOneOf(text, Object.values(consent.accept).flat())) return 'yes';
  return isOneOf(text, Object.values(consent.refuse).flat()) ? 'no' : null;
}

export interface ConsentAnswer {
  readonly consent: CompiledConsent;
  readonly yes: boolean;
}

/**
 * The states that purposes have after the answer; those of which it changes nothing are left out. A yes counts while its question stands; a
 * no takes back as well what was given (Art. 7(3)).
 */
export function answeredStates(
  { consent, yes }: ConsentAnswer,
  records: readonly ConsentRecord[],
  now: Date,
): ReadonlyMap<string, ConsentState> {
  const states = consent.purposes.map((purpose) => {
    const record = records.find((one) => one.purpose === purpose);
    const state = stateOf(consent, record, now);
    if (!yes) return [purpose, after(state, 'refuse') ?? after(state, 'withdraw')] as const;
    const awaited = ['waiting', 'ignored'].includes(standingOf(consent, record, now));
    return [purpose, awaited ? after(state, 'agree', record?.before ?? 'unknown') : null] as const;
  });
  return new Map(states.flatMap(([purpose, state]) => (state === null ? [] : [[purpose, state]])));
}
