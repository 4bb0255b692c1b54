// enforce, of age (Art. 8): what is known of a person, what they are asked, and what their answer changes. Not a number of it is kept.
import { createHash } from 'node:crypto';
import {
  AGE_BUTTONS,
  ageAnswerOf,
  ageChoices,
  ageFor,
  regionOfNumber,
  standingOfAge,
  toldOf,
  type AgeStanding,
  type CompiledInstructions,
  type Said,
} from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import type { AgeEventRow, OpenMessage, Store } from '#libs/store';
import { newMessageId } from './message-id.js';
import { isOwnButton, sealFor } from './own-buttons.js';
import { saidTo, type SaidToReads } from './said-to.js';
import type { TurnInHand } from './turn.js';

export interface AgeInHand {
  readonly standing: AgeStanding;
  /** The threshold, in years. */
  readonly age: number;
  /** Our message that asked last; null: nobody knows which. */
  readonly question: string | null;
}

const NOT_ASKED: AgeInHand = { standing: 'of-age', age: 0, question: null };

interface Whom {
  readonly subjectId: string;
  /** By which the person can be answered; null: not at hand. Then the threshold is no lower than the one that they were asked for. */
  readonly address: TurnInHand['address'] | null;
}

/** Nobody is asked where no purpose rests on consent: then age changes nothing. */
export async function ageOf(
  { tenantId, minors, consents, country }: CompiledInstructions,
  { subjectId, address }: Whom,
  { store, now }: { readonly store: Pick<Store, 'agesOf'>; readonly now: Date },
): Promise<AgeInHand> {
  const [first] = consents;
  if (minors.mode === 'not-directed' || !first) return NOT_ASKED;
  const records = await store.agesOf(tenantId, subjectId);
  const countries = [...(address?.() ?? []).map(({ value }) => regionOfNumber(value)), country].filter(
    (one) => one != null,
  );
  const asked = records.findLast(({ state }) => state === 'asked');
  const age = Math.max(ageFor(minors, countries), (address ? undefined : asked?.age) ?? 0);
  return {
    standing: standingOfAge(records, { age, holdFor: first.holdFor, now }),
    age,
    question: asked?.message_id ?? null,
  };
}

export const isUnknown = ({ standing }: AgeInHand): boolean => standing === 'ask' || standing === 'asked';

const languageOf = (hand: TurnInHand): string => {
  const base = hand.turn.locale?.toLowerCase().split('-')[0] ?? 'en';
  return Object.hasOwn(AGE_BUTTONS, base) ? base : 'en';
};

const questionText = (hand: TurnInHand, age: number): string =>
  toldOf(hand.instructions, 'age-question', hand.turn.locale).replace('{age}', String(age));

export function ageQuestion(hand: TurnInHand, { age }: AgeInHand): OutboundContent {
  const [yes, no] = AGE_BUTTONS[languageOf(hand)]!;
  const ids = ageChoices(age, sealFor(hand));
  const choices = [
    { id: ids.yes, title: yes },
    { id: ids.no, title: no },
  ];
  return { type: 'text', text: questionText(hand, age), choices };
}

export const minorTold = (hand: TurnInHand): OutboundContent => ({
  type: 'text',
  text: toldOf(
    hand.instructions,
    hand.instructions.minors.mode === 'guardian' ? 'guardian-needed' : 'minor-refused',
    hand.turn.locale,
  ),
});

export const ageEvent = (
  hand: TurnInHand,
  state: AgeEventRow['state'],
  { age, message }: { readonly age: number; readonly message: OpenMessage | null },
): AgeEventRow => ({
  id: newMessageId(),
  state,
  age,
  source: 'person',
  textHash: createHash('sha256').update(questionText(hand, age)).digest('hex'),
  language: languageOf(hand),
  channel: hand.connection.channel,
  messageId: message?.id ?? null,
  version: hand.instructions.version,
  clause: hand.instructions.minors.clause,
});

/**
 * The answer to our question; null: none was asked, or this is none. `elsewhere`: words that may be one, said to something else ("no" to
 * "Anything else?" makes nobody a minor).
 */
export async function answerToAge(
  hand: TurnInHand,
  { said, message, standing, age, question }: AgeInHand & { readonly said: Said; readonly message: OpenMessage },
  { store, now }: { readonly store: SaidToReads & Pick<Store, 'wholePersons'>; readonly now: Date },
): Promise<'adult' | 'minor' | 'elsewhere' | null> {
  const answer = standing === 'asked' ? ageAnswerOf(said, { age, now }) : null;
  if (answer === null) return null;
  if (said.choice !== null) return (await isOwnButton(hand, said.choice, store)) ? answer : null;
  const to = await saidTo(hand, message, store);
  return to !== null && to === question ? answer : 'elsewhere';
}
