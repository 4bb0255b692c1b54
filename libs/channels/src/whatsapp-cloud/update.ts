// What all items of one change share, and how an item becomes an event.
import { personal, type ChannelEvent, type EventBody, type PlatformError, type Via } from '#libs/kernel';
import { expose, type Exposures } from '../shared/exposures.js';
import { fingerprint } from '../shared/fingerprint.js';
import { fields, instant, isFields, items, text, type Fields } from '../shared/read.js';
import { manifest } from './manifest.js';
import { PLACES } from './places.js';
import { VALUE_PATH } from './shape.js';

/** One `changes[]` element while its items are read. */
export interface Update {
  /** Name of the change, as sent. */
  readonly field: string;
  /** Phone-number id, and the number as it is shown: the business's own. */
  readonly account: string | null;
  readonly ownNumber: string | undefined;
  /** WABA id. */
  readonly portfolio: string | undefined;
  readonly via: Via;
  /** For items without a time of their own, ms. */
  readonly at: number;
  readonly now: number;
  /** `entry.time` as sent: tells facts apart that have no time of their own. */
  readonly sentAt: unknown;
  readonly value: Fields;
  readonly contacts: Contacts;
  /** `value.errors`, for messages that came without their body. */
  readonly errors: readonly PlatformError[];
  readonly events: ChannelEvent[];
  readonly noise: Noise;
}

/** How many more unknown items without any identifier are reported of this body: the hundredth teaches as much as all. */
export interface Noise {
  left: number;
}

export const MOST_NOISE = 100;

/** One person of `contacts[]`; `used` once an item named the same id. */
export interface Contact {
  readonly fields: Fields;
  used: boolean;
}

export interface Contacts {
  readonly all: readonly Contact[];
  /** By wa_id and by user_id: a user id contains a dot, a number does not. */
  readonly byId: ReadonlyMap<string, Contact>;
  /** The only contact beside the only message or status: its sender or recipient, whatever ids they carry. */
  readonly sole: Contact | undefined;
}

export function readContacts(value: Fields): Contacts {
  const all: Contact[] = [];
  const byId = new Map<string, Contact>();
  for (const item of items(value['contacts'])) {
    if (!isFields(item)) continue;
    const contact: Contact = { fields: item, used: false };
    const number = text(item['wa_id']);
    const user = text(item['user_id']);
    if (number !== undefined) byId.set(number, contact);
    if (user !== undefined) byId.set(user, contact);
    if (number !== undefined || user !== undefined || isFields(item['profile'])) all.push(contact);
  }
  return { all, byId, sole: all.length === 1 && isOnlyItem(value) ? all[0] : undefined };
}

/**
 * Notes what `contacts[]` tells about the person of an item, joined by an id that both name: first the user id, then numbers.
 * Where none is named by both, the only contact of the only item is its sender, because Meta sends one contact per sender and
 * says that number and wa_id need not be the same; unless their user ids differ.
 */
export function exposeContact(update: Update, into: Exposures, ids: readonly (string | undefined)[]): void {
  const { all, byId, sole } = update.contacts;
  if (all.length === 0) return;
  for (const id of ids) {
    const contact = id === undefined ? undefined : byId.get(id);
    if (contact) return exposeProfile(contact, into);
  }
  // What told nothing yet is no message: it must not take the contact of one.
  if (!sole || into.length === 0) return;
  const [user] = ids;
  if (user === undefined || text(sole.fields['user_id']) === undefined) exposeProfile(sole, into);
}

const isOnlyItem = (value: Fields): boolean =>
  [...items(value['messages']), ...items(value['statuses'])].filter((item) => text(fields(item)['id']) !== undefined)
    .length === 1;

export function exposeProfile(contact: Contact, into: Exposures): void {
  contact.used = true;
  const { contact: places } = PLACES;
  const profile = fields(contact.fields['profile']);
  expose(into, places.number, contact.fields['wa_id']);
  expose(into, places.user, contact.fields['user_id']);
  expose(into, places.parent, contact.fields['parent_user_id']);
  expose(into, places.name, profile['name']);
  expose(into, places.username, username(profile['username']));
  expose(into, places.identityHash, contact.fields['identity_key_hash']);
}

/** Printed with a leading @ in Meta's examples, without it in production. */
export const username = (value: unknown): string | undefined => text(value)?.replace(/^@/, '');

/** An event as its item describes it; the rest comes from the update. */
export interface Draft {
  readonly body: EventBody;
  readonly identifiers: Exposures;
  readonly messageId?: string | undefined;
  /** What makes it the same as its redelivery; undefined: the item itself does. */
  readonly dedupe?: string | undefined;
  readonly item: unknown;
  readonly time?: unknown;
  readonly own?: boolean;
  readonly group?: boolean;
  readonly via?: Via;
}

export function emit(update: Update, draft: Draft): void {
  const { events, account, portfolio } = update;
  events.push({
    channel: manifest.channel,
    account,
    ...(portfolio === undefined ? {} : { portfolio }),
    via: draft.via ?? update.via,
    ...(draft.own ? { own: true } : {}),
    ...(draft.group ? { group: true } : {}),
    at: instant(draft.time, update.now) ?? update.at,
    messageId: draft.messageId === undefined ? null : personal(draft.messageId),
    dedupe: personal(draft.dedupe ?? itself(update, draft.item)),
    identifiers: draft.identifiers,
    body: draft.body,
  });
}

/** For items without an id: the item as sent, under its change. The same item sent again is a redelivery. */
const itself = ({ field, portfolio, account }: Update, item: unknown): string =>
  `x:${fingerprint([field, portfolio ?? null, account, item])}`;

/** An event for something that we do not know: what it exposed is reported, `where` is a path beneath the value. */
export function emitUnknown(update: Update, where: string, draft: Omit<Draft, 'body'>): void {
  if (draft.identifiers.length === 0 && update.noise.left-- <= 0) return;
  emit(update, { ...draft, body: { type: 'unknown', path: where === '' ? VALUE_PATH : `${VALUE_PATH}.${where}` } });
}
