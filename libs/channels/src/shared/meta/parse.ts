// A webhook body of one of Meta's messengers → events. Total: whatever the body is, the answer is events and paths.
import {
  personal,
  type ChannelEvent,
  type EventBody,
  type ExposedIdentifier,
  type ParseResult,
  type Via,
} from '#libs/kernel';
import { fingerprint } from '../fingerprint.js';
import { bounded, fields, instant, isFields, items, text, type Fields } from '../read.js';
import { noteUndeclared, type Declared } from '../shape.js';
import type { Readers, Said } from './readers.js';

/** A change that carries no update of a conversation: a fact about the account, or something public. */
export interface Noted {
  readonly body: EventBody;
  readonly identifiers?: readonly ExposedIdentifier[];
  readonly own?: true;
}

/** What one messenger sends. */
export interface Dialect {
  readonly channel: string;
  /** The body's `object`. */
  readonly object: string;
  readonly declared: Declared;
  readonly readers: Readers;
  /** Every identifier of an update; `own`: the business wrote it, so that the person is the recipient. */
  readonly exposed: (update: Fields, own: boolean) => readonly ExposedIdentifier[];
  /** Null: the change carries an update like those of `messaging[]`. */
  readonly noted: (field: unknown, value: unknown, account: string | null) => Noted | null;
}

/** What stands around an update. */
interface Around {
  readonly account: string | null;
  /** When the entry says that it was sent, or the time of receipt. */
  readonly sentAt: number;
  readonly now: number;
  /** Where it stands in the body, for reports. */
  readonly path: string;
  readonly via: Via;
}

interface Update extends Around {
  readonly fields: Fields;
}

export const parserOf =
  (dialect: Dialect) =>
  (payload: unknown, now: number): ParseResult => {
    const body = fields(payload);
    const paths = new Set<string>();
    noteUndeclared(body, dialect.declared, paths);
    const strange = (path: string) => [
      unknown(dialect, payload, { account: null, sentAt: now, now, path, via: 'primary' }),
    ];
    const entries = body['object'] === dialect.object ? items(body['entry']) : [];
    const found = entries.flatMap((entry) => entryEvents(dialect, entry, now));
    const missing = body['object'] === dialect.object ? 'entry' : 'object';
    return { events: entries.length === 0 ? strange(missing) : found, undeclared: [...paths] };
  };

function entryEvents(dialect: Dialect, entry: unknown, now: number): readonly ChannelEvent[] {
  const { id, time, messaging, standby, changes, field, value } = fields(entry);
  const at = (path: string, via: Via = 'primary'): Around => {
    return { account: text(id) ?? null, sentAt: instant(time, now) ?? now, now, path, via };
  };
  const updates = (list: unknown, around: Around) =>
    items(list).flatMap((item) =>
      isFields(item) ? updateEvents(dialect, { ...around, fields: item }) : [unknown(dialect, item, around)],
    );
  const events = [
    ...updates(messaging, at('entry[].messaging[]')),
    ...updates(standby, at('entry[].standby[]', 'standby')),
    ...items(changes).flatMap((change) => changeEvents(dialect, change, at('entry[].changes[]'))),
    // Instagram with Business Login puts the change into the entry itself.
    ...(field === undefined ? [] : changeEvents(dialect, { field, value }, at('entry[]'))),
  ];
  return events.length > 0 ? events : [unknown(dialect, entry, at('entry[]'))];
}

function changeEvents(dialect: Dialect, change: unknown, around: Around): readonly ChannelEvent[] {
  const { field, value } = fields(change);
  const noted = dialect.noted(field, value, around.account);
  if (noted) return [bare(dialect, change, { ...around, ...noted })];
  if (!isFields(value)) return [unknown(dialect, change, around)];
  return updateEvents(dialect, { ...around, fields: value, path: `${around.path}.value` });
}

function updateEvents(dialect: Dialect, update: Update): readonly ChannelEvent[] {
  const own = isOwn(update);
  const side = text(fields(update.fields[own ? 'sender' : 'recipient'])['id']);
  const common = {
    channel: dialect.channel,
    account: side ?? update.account,
    via: own ? ('echo' as const) : update.via,
    ...(own ? { own: true as const } : {}),
    at: instant(update.fields['timestamp'], update.now) ?? update.sentAt,
    identifiers: dialect.exposed(update.fields, own),
  };
  return said(dialect.readers, update).map(({ body, mid, key }) => ({
    ...common,
    messageId: mid === undefined ? null : personal(mid),
    dedupe: personal(key),
    body,
  }));
}

/** Echoes say so; reactions and edits of the business are known by their sender. */
function isOwn({ fields: update, account }: Update): boolean {
  const sender = text(fields(update['sender'])['id']);
  return fields(update['message'])['is_echo'] === true || (sender !== undefined && sender === account);
}

/** With what makes it the same as its redelivery. */
interface Told extends Said {
  readonly key: string;
}

/** What the update says: one thing as a rule, `unknown` when it is nothing that we know; its fields are then undeclared ones. */
function said(readers: Readers, update: Update): readonly Told[] {
  const known = Object.keys(readers).filter((name) => Object.hasOwn(update.fields, name));
  if (known.length === 0) return [told({ body: { type: 'unknown', path: update.path } }, 'unknown', update)];
  return known.flatMap((name) => {
    const object = update.fields[name];
    const read = isFields(object) ? (readers[name]?.(object, update.now) ?? []) : [];
    const all: readonly Said[] =
      read.length > 0 ? read : [{ body: { type: 'unknown', path: `${update.path}.${name}` } }];
    return all.map((one) => told(one, name, update));
  });
}

const told = (one: Said, name: string, update: Update): Told => ({
  ...one,
  key: one.key ?? `${name}:${sameness(update.fields)}`,
});

const unknown = (dialect: Dialect, item: unknown, around: Around): ChannelEvent =>
  bare(dialect, item, { ...around, body: { type: 'unknown', path: around.path } });

/** An event that belongs to no conversation. */
const bare = (dialect: Dialect, item: unknown, noted: Noted & Around): ChannelEvent => ({
  channel: dialect.channel,
  account: noted.account,
  via: noted.own ? 'echo' : noted.via,
  ...(noted.own ? { own: true as const } : {}),
  at: noted.sentAt,
  messageId: null,
  dedupe: personal(`${noted.body.type}:${sameness(item)}`),
  identifiers: noted.identifiers ?? [],
  body: noted.body,
});

/** Nothing that Meta sends is nested deeply: what is costs no time. */
const sameness = (value: unknown): string => fingerprint(bounded(value));
