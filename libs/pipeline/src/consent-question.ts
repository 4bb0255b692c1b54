// enforce, of consent: the question for it, and the rows by which it is on record.
import { randomBytes } from 'node:crypto';
import { answersTo, lapseOf, notice, toldOf, type CompiledConsent, type Told } from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import type { ConsentChange, ConsentEventRow, ConsentLatest, OpenMessage, OutboundRow } from '#libs/store';
import { newMessageId } from './message-id.js';
import { sealFor } from './own-buttons.js';
import type { TurnInHand } from './turn.js';

export const text = (body: string): OutboundContent => ({ type: 'text', text: body });

/** @param more put behind it: the address of a receipt */
export const told = (hand: TurnInHand, name: Told, ...more: readonly string[]): OutboundContent =>
  text([toldOf(hand.instructions, name, hand.turn.locale), ...more].join(' '));

/** Opens the receipt of what one answer settled. */
export const newCode = (): string => randomBytes(16).toString('base64url');

/** Of a person, the latest event per purpose. */
export type Records = readonly ConsentLatest[];

interface Happened {
  readonly consent: CompiledConsent;
  readonly message: OpenMessage | null;
  readonly records: Records;
  /** All of the consent's unless given. */
  readonly purposes?: readonly string[];
  readonly code?: string;
}

type Wording = Pick<ConsentEventRow, 'textId' | 'textVersion' | 'textHash' | 'scope' | 'language'>;
type StateOf = ConsentEventRow['state'] | ((purpose: string) => ConsentEventRow['state']);

/** As it reads now. */
function shownBy(hand: TurnInHand, { text: textId, version, scope }: CompiledConsent): Wording {
  const shown = notice(hand.instructions, textId, hand.turn.locale);
  return { textId, textVersion: version, textHash: shown?.hash ?? '', scope, language: shown?.language ?? '' };
}

/** As it was asked: the wording of an event goes over to whatever follows it, until it is asked anew (Art. 7(1)). */
const askedWith = (latest: ConsentLatest): Wording => ({
  textId: latest.text_id,
  textVersion: latest.text_version,
  textHash: latest.text_hash,
  scope: latest.scope,
  language: latest.language,
});

/** Rows that say of each purpose of a consent what happened to it. */
export function eventsOf(
  hand: TurnInHand,
  state: StateOf,
  { consent, message, records, purposes, code }: Happened,
): ConsentEventRow[] {
  const now = shownBy(hand, consent);
  return (purposes ?? consent.purposes).map((purpose) => {
    const to = typeof state === 'function' ? state(purpose) : state;
    const latest = records.find((one) => one.purpose === purpose);
    return {
      id: newMessageId(),
      purpose,
      state: to,
      ...(to === 'requested' || !latest ? now : askedWith(latest)),
      channel: hand.connection.channel,
      messageId: message?.id ?? null,
      version: hand.instructions.version,
      clause: consent.clause,
      ...(code === undefined ? {} : { code }),
    };
  });
}

/** That it is asked, on record; and before it, that what stood has ended by itself. */
export function askedOf(hand: TurnInHand, consent: CompiledConsent, at: { records: Records; now: Date }) {
  const { records } = at;
  const lapsed = (act: 'expire' | 'invalidate') =>
    records.filter((r) => consent.purposes.includes(r.purpose) && lapseOf(consent, r, at.now) === act).map((r) => r.purpose);
  return [
    ...eventsOf(hand, 'expired', { consent, message: null, records, purposes: lapsed('expire') }),
    ...eventsOf(hand, 'invalidated', { consent, message: null, records, purposes: lapsed('invalidate') }),
    ...eventsOf(hand, 'requested', { consent, message: null, records }),
  ];
} // prettier-ignore

export function question(hand: TurnInHand, consent: CompiledConsent): OutboundContent[] {
  const shown = notice(hand.instructions, consent.text, hand.turn.locale);
  if (!shown) return [];
  const choices = answersTo(consent, shown, sealFor(hand));
  return [{ type: 'text', text: shown.body, ...(choices.length === 0 ? {} : { choices }) }];
}

/** The question goes out last of what is said with it: by that message it is known what was asked, and what quotes it. */
export function askedBy(change: ConsentChange, said: readonly OutboundRow[]): ConsentChange {
  const messageId = said.at(-1)?.id ?? null;
  const { age } = change;
  return {
    ...change,
    events: change.events.map((event) => (event.state === 'requested' ? { ...event, messageId } : event)),
    ...(age?.state === 'asked' ? { age: { ...age, messageId } } : {}),
  };
}
