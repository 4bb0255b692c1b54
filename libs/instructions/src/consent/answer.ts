// What counts as a yes or no to the question for consent, and what it makes of a consent as it stands. Pure.
import { createHash } from 'node:crypto';
import { OWN_CHOICES } from '#libs/kernel';
import { sealedChoice, type ChoiceSeal } from '../choices.js';
import type { FilledText } from '../decision.js';
import { isOneOf } from '../intent/normalise.js';
import type { CompiledConsent } from './consent.js';
import { standingOf } from './gate.js';
import { after, stateOf, type ConsentRecord, type ConsentState } from './states.js';

type Answer = 'yes' | 'no';

/** Which question it was, as a button of it says: what was asked, and how it read. */
const keyOf = (scope: string, textHash: string): string =>
  createHash('sha256').update(`${scope} ${textHash}`).digest('base64url').slice(0, 12);

const saying = (text: string, key: string, answer: Answer): string => `${OWN_CHOICES.consent}${text}:${key}:${answer}`;

/** What looks like one: those from before they named their question or had a seal, and what others made. Whose it is says the seal alone. */
const BUTTON = new RegExp(`^${OWN_CHOICES.consent}([^:]+):(?:([^:]+):)?(yes|no)(?::[^:]*)?$`);

/** The buttons under the question as it is shown to one person; their ids come back as choices. */
export function answersTo(
  consent: CompiledConsent,
  shown: FilledText,
  seal: ChoiceSeal,
): readonly { id: string; title: string }[] {
  const key = keyOf(consent.scope, shown.hash);
  const button = (answer: Answer, words: readonly string[] | undefined) =>
    words?.[0] === undefined
      ? []
      : [{ id: sealedChoice(saying(consent.text, key, answer), seal), title: capital(words[0]) }];
  return [...button('yes', consent.accept[shown.language]), ...button('no', consent.refuse[shown.language])];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the person said, as far as it can be an answer. */
export interface Said {
  readonly text: string | null;
  readonly choice: string | null;
}

/**
 * Can it be a yes or no to this question? Only its buttons and its words can, in any of its languages: not silence, not writing on, not
 * a thumb, nor a button of somebody else's, whatever is written on it (Art. 4(11), Recital 32). Words do not name their question, so
 * whoever asks has to know that they were said to it; and of a button, whether its seal is the person's.
 */
export function answerOf(consent: CompiledConsent, { text, choice }: Said): Answer | null {
  if (choice !== null) {
    const [, of, , answer] = BUTTON.exec(choice) ?? [];
    return of === consent.text ? (answer as Answer) : null;
  }
  if (text === null) return null;
  if (isOneOf(text, Object.values(consent.accept).flat())) return 'yes';
  return isOneOf(text, Object.values(consent.refuse).flat()) ? 'no' : null;
}

/** Of a button for no, the text of the question that it stands under; null: it is none. It counts whether or not that text is there still. */
export function refusedBy(choice: string | null): string | null {
  const [, text, , answer] = BUTTON.exec(choice ?? '') ?? [];
  return answer === 'no' ? text! : null;
}

/** Can it be a no to any question for consent? */
export const mayRefuse = (consents: readonly CompiledConsent[], said: Said): boolean =>
  refusedBy(said.choice) !== null || consents.some((consent) => answerOf(consent, said) === 'no');

export interface ConsentAnswer {
  readonly consent: CompiledConsent;
  readonly yes: boolean;
  /** The button's id; null: words, said to the question that was asked last. */
  readonly button: string | null;
}

/** A button says yes to the question under which it stood, not to one that was asked since. */
const isTo = ({ button }: ConsentAnswer, record: ConsentRecord | undefined): boolean =>
  button === null || (record?.text_hash != null && BUTTON.exec(button)?.[2] === keyOf(record.scope, record.text_hash));

/**
 * The states that purposes have after the answer; those of which it changes nothing are left out. A yes counts while its question stands; a
 * no counts always, and takes back as well what was given (Art. 7(3)).
 */
export function answeredStates(
  answer: ConsentAnswer,
  records: readonly ConsentRecord[],
  now: Date,
): ReadonlyMap<string, ConsentState> {
  const { consent, yes } = answer;
  const states = consent.purposes.map((purpose) => {
    const record = records.find((one) => one.purpose === purpose);
    const state = stateOf(consent, record, now);
    if (!yes) return [purpose, after(state, 'refuse') ?? after(state, 'withdraw')] as const;
    const awaited = isTo(answer, record) && ['waiting', 'ignored'].includes(standingOf(consent, record, now));
    return [purpose, awaited ? after(state, 'agree', record?.before ?? 'unknown') : null] as const;
  });
  return new Map(states.flatMap(([purpose, state]) => (state === null ? [] : [[purpose, state]])));
}
