// enforce, of consent: the question for it, and the rows by which it is on record.
import { randomBytes } from 'node:crypto';
import {
  answersTo,
  lapseOf,
  notice,
  toldOf,
  type CompiledConsent,
  type ConsentRecord,
  type Told,
} from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import type { ConsentChange, ConsentEventRow, OpenMessage, OutboundRow } from '#libs/store';
import { newMessageId } from './message-id.js';
import type { TurnInHand } from './turn.js';

export const text = (body: string): OutboundContent => ({ type: 'text', text: body });

/** @param more put behind it: the address of a receipt */
export const told = (hand: TurnInHand, name: Told, ...more: readonly string[]): OutboundContent =>
  text([toldOf(hand.instructions, name, hand.turn.locale), ...more].join(' '));

/** Opens the receipt of what one answer settled. */
export const newCode = (): string => randomBytes(16).toString('base64url');

type Asked = {
  readonly consent: CompiledConsent;
  readonly message: OpenMessage | null;
  /** All of the consent's unless given. */
  readonly purposes?: readonly string[];
  readonly code?: string;
};

type StateOf = ConsentEventRow['state'] | ((purpose: string) => ConsentEventRow['state']);

/** Rows that say of each purpose of a consent what happened to it. */
export function eventsOf(
  hand: TurnInHand,
  state: StateOf,
  { consent, message, purposes, code }: Asked,
): ConsentEventRow[] {
  const shown = notice(hand.instructions, consent.text, hand.turn.locale);
  return (purposes ?? consent.purposes).map((purpose) => ({
    id: newMessageId(),
    purpose,
    state: typeof state === 'function' ? state(purpose) : state,
    textId: consent.text,
    textVersion: consent.version,
    textHash: shown?.hash ?? '',
    scope: consent.scope,
    language: shown?.language ?? '',
    channel: hand.connection.channel,
    messageId: message?.id ?? null,
    version: hand.instructions.version,
    clause: consent.clause,
    ...(code === undefined ? {} : { code }),
  }));
}

/** That it is asked, on record; and before it, that what stood has ended by itself. */
export function askedOf(hand: TurnInHand, consent: CompiledConsent, at: { records: readonly ConsentRecord[]; now: Date }) {
  const lapsed = (act: 'expire' | 'invalidate') =>
    at.records.filter((r) => consent.purposes.includes(r.purpose) && lapseOf(consent, r, at.now) === act).map((r) => r.purpose);
  return [
    ...eventsOf(hand, 'expired', { consent, message: null, purposes: lapsed('expire') }),
    ...eventsOf(hand, 'invalidated', { consent, message: null, purposes: lapsed('invalidate') }),
    ...eventsOf(hand, 'requested', { consent, message: null }),
  ];
} // prettier-ignore

export function question(hand: TurnInHand, consent: CompiledConsent): OutboundContent[] {
  const shown = notice(hand.instructions, consent.text, hand.turn.locale);
  if (!shown) return [];
  const choices = answersTo(consent, shown.language);
  return [{ type: 'text', text: shown.body, ...(choices.length === 0 ? {} : { choices }) }];
}

/** The question goes out last of what is said with it: by that message it is known what was asked, and what quotes it. */
export function askedBy(change: ConsentChange, said: readonly OutboundRow[]): ConsentChange {
  const messageId = said.at(-1)?.id ?? null;
  return {
    ...change,
    events: change.events.map((event) => (event.state === 'requested' ? { ...event, messageId } : event)),
  };
}
