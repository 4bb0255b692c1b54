// A webhook body of a Facebook page → events. Total: whatever the body is, the answer is events and paths.
import { personal, type ChannelEvent, type EventBody, type ParseResult, type Via } from '#libs/kernel';
import { fingerprint } from '../shared/fingerprint.js';
import { bounded, fields, instant, isFields, items, text, type Fields } from '../shared/read.js';
import { noteUndeclared } from '../shared/shape.js';
import { READERS, type Said } from './bodies.js';
import { exposed } from './exposed.js';
import { declared } from './shape.js';

const CHANNEL = 'messenger';

/** One update with what stands around it. */
interface Update {
  readonly fields: Fields;
  readonly page: string | null;
  readonly via: Via;
  /** Where it stands in the body, for reports. */
  readonly path: string;
  /** When the entry says that it was sent, or the time of receipt. */
  readonly sentAt: number;
}

/** Instagram has another object name and is not connected in this release: nothing of it is kept. */
export function parse(payload: unknown, now: number): ParseResult {
  const body = fields(payload);
  const undeclared = new Set<string>();
  noteUndeclared(body, declared, undeclared);
  if (body['object'] !== 'page') {
    return { events: [strange(payload, 'object', { page: null, at: now })], undeclared: [...undeclared] };
  }
  const entries = items(body['entry']);
  const events = entries.flatMap((entry) => entryEvents(entry, now));
  if (entries.length === 0) events.push(strange(payload, 'entry', { page: null, at: now }));
  return { events, undeclared: [...undeclared] };
}

function entryEvents(entry: unknown, now: number): readonly ChannelEvent[] {
  const { id, time, messaging, standby, changes } = fields(entry);
  const around = { page: text(id) ?? null, sentAt: instant(time) ?? now };
  const updates = (list: unknown, name: 'messaging' | 'standby', via: Via) =>
    items(list).flatMap((item) => {
      const path = `entry[].${name}[]`;
      if (!isFields(item)) return [strange(item, path, { page: around.page, at: around.sentAt })];
      return updateEvents({ ...around, fields: item, via, path });
    });
  const events = [
    ...updates(messaging, 'messaging', 'primary'),
    ...updates(standby, 'standby', 'standby'),
    ...items(changes).flatMap((change) => changeEvents(change, around)),
  ];
  return events.length > 0 ? events : [strange(entry, 'entry[]', { page: around.page, at: around.sentAt })];
}

/** Subscription fields about the page itself: no person in them. Others of the feed carry an update, or are not ours. */
const PAGE_FIELDS: ReadonlyMap<unknown, 'info' | 'warning'> = new Map([
  ['messenger_template_status_update', 'info'],
  ['message_template_status_update', 'info'],
  ['marketing_message_delivery_failed', 'warning'],
  ['messaging_integrity', 'warning'],
  ['business_integrity', 'warning'],
]);

function changeEvents(change: unknown, around: Pick<Update, 'page' | 'sentAt'>): readonly ChannelEvent[] {
  const { field, value } = fields(change);
  const at = around.sentAt;
  const severity = PAGE_FIELDS.get(field);
  if (severity) {
    const body: EventBody = { type: 'account', field: String(field), severity };
    return [bare(change, body, { page: around.page, at })];
  }
  if (!isFields(value)) return [strange(change, 'entry[].changes[]', { page: around.page, at })];
  return updateEvents({ ...around, fields: value, via: 'primary', path: 'entry[].changes[].value' });
}

function updateEvents(update: Update): readonly ChannelEvent[] {
  const own = isOwn(update);
  const side = text(fields(update.fields[own ? 'sender' : 'recipient'])['id']);
  const common = {
    channel: CHANNEL,
    account: side ?? update.page,
    via: own ? ('echo' as const) : update.via,
    ...(own ? { own: true as const } : {}),
    at: instant(update.fields['timestamp']) ?? update.sentAt,
    identifiers: exposed(update.fields, own),
  };
  return said(update).map(({ body, mid, key }) => ({
    ...common,
    messageId: mid === undefined ? null : personal(mid),
    dedupe: personal(key),
    body,
  }));
}

/** Echoes say so; reactions and edits of the page are known by their sender. */
function isOwn({ fields: update, page }: Update): boolean {
  const sender = text(fields(update['sender'])['id']);
  return fields(update['message'])['is_echo'] === true || (sender !== undefined && sender === page);
}

/** With what makes it the same as its redelivery. */
interface Told extends Said {
  readonly key: string;
}

/** What the update says: one thing as a rule, `unknown` when it is nothing that we know; its fields are then undeclared ones. */
function said(update: Update): readonly Told[] {
  const known = Object.keys(READERS).filter((name) => Object.hasOwn(update.fields, name));
  if (known.length === 0) return [told({ body: { type: 'unknown', path: update.path } }, 'unknown', update)];
  return known.flatMap((name) => {
    const object = update.fields[name];
    const read = isFields(object) ? (READERS[name]?.(object) ?? []) : [];
    const all: readonly Said[] =
      read.length > 0 ? read : [{ body: { type: 'unknown', path: `${update.path}.${name}` } }];
    return all.map((one) => told(one, name, update));
  });
}

const told = (one: Said, name: string, update: Update): Told => ({
  ...one,
  key: one.key ?? `${name}:${sameness(update.fields)}`,
});

interface Known {
  readonly page: string | null;
  readonly at: number;
}

const strange = (item: unknown, path: string, known: Known): ChannelEvent =>
  bare(item, { type: 'unknown', path }, known);

/** An event without a person. */
const bare = (item: unknown, body: EventBody, { page, at }: Known): ChannelEvent => ({
  channel: CHANNEL,
  account: page,
  via: 'primary',
  at,
  messageId: null,
  dedupe: personal(`${body.type}:${sameness(item)}`),
  identifiers: [],
  body,
});

/** Nothing that Meta sends is nested deeply: what is costs no time. */
const sameness = (value: unknown): string => fingerprint(bounded(value));
