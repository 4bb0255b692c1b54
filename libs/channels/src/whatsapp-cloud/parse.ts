// The body of a webhook → events. Total: whatever it is, each item is read for itself and nothing throws.
import { personal, type ChannelEvent, type ParseResult, type Via } from '#libs/kernel';
import type { Exposures } from '../shared/exposures.js';
import { fingerprint } from '../shared/fingerprint.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, instant, isFields, items, text, type Fields } from '../shared/read.js';
import { noteUndeclared, values } from '../shared/shape.js';
import { accountBody, accountShape, errorBody, exposeStaff } from './account.js';
import { manifest } from './manifest.js';
import { parseGroup } from './parse-group.js';
import { parseHistory } from './parse-history.js';
import { parseMessage } from './parse-message.js';
import { parseAddressBook, parseCall, parseInference, parsePreference, parseUserAction } from './parse-notices.js';
import { parseStatus } from './parse-status.js';
import { parseUserIdUpdate } from './parse-system.js';
import { PLACES } from './places.js';
import { declareValue, ENVELOPE, MESSAGING_VALUE, UNKNOWN_VALUE } from './shape.js';
import { emit, emitUnknown, exposeProfile, MOST_NOISE, readContacts, type Noise, type Update } from './update.js';

type ReadItem = (item: unknown, update: Update) => void;

/** Lists of a value → how their items are read. Any field may carry any of them: Meta moves them about. */
const LISTS: readonly (readonly [string, ReadItem])[] = [
  ['messages', (item, update) => parseMessage(item, { update, places: PLACES.messages })],
  ['statuses', parseStatus],
  ['message_echoes', (item, update) => parseMessage(item, { update: asEcho(update), places: PLACES.echoes })],
  ['history', parseHistory],
  ['user_preferences', parsePreference],
  ['user_id_update', parseUserIdUpdate],
  ['user_actions', parseUserAction],
  ['calls', parseCall],
  ['groups', parseGroup],
  ['automatic_events', parseInference],
  ['state_sync', parseAddressBook],
];

/** How the update reached us, where its field says so. */
const WAYS: Readonly<Record<string, Via>> = {
  smb_message_echoes: 'echo',
  message_echoes: 'echo',
  history: 'history',
  standby: 'standby',
};

/** Fields that are about people; their values share one shape. */
const MESSAGING_FIELDS: Readonly<Record<string, true>> = values(
  'messages standby message_echoes smb_message_echoes history smb_app_state_sync user_preferences user_id_update calls automatic_events ' +
    'group_lifecycle_update group_participants_update group_settings_update group_status_update',
);

const MESSAGING = declareValue(MESSAGING_VALUE);

/** Echoes seen in standby stay standby: the business's app is not the one that is asked. */
const asEcho = (update: Update): Update => (update.via === 'primary' ? { ...update, via: 'echo' } : update);

export function parse(payload: unknown, now: number): ParseResult {
  const output: Output = { events: [], undeclared: new Set(), noise: { left: MOST_NOISE }, now };
  // Meta posts one object; some of its printed examples are lists of one.
  for (const body of Array.isArray(payload) ? (payload as readonly unknown[]) : [payload]) {
    noteUndeclared(body, ENVELOPE, output.undeclared);
    const object = text(fields(body)['object']);
    // Pages and Instagram accounts post in the same envelope: their ids are no WABA's.
    if (object !== undefined && object !== 'whatsapp_business_account') {
      reportStrange('object', body, output);
      continue;
    }
    const entries = fields(body)['entry'];
    if (!Array.isArray(entries)) reportStrange('entry', body, output);
    for (const entry of items(entries)) {
      if (isFields(entry)) parseEntry(entry, output);
      else reportStrange('entry[]', entry, output);
    }
  }
  return { events: output.events, undeclared: [...output.undeclared] };
}

interface Output {
  readonly events: ChannelEvent[];
  readonly undeclared: Set<string>;
  readonly noise: Noise;
  readonly now: number;
}

function parseEntry(entry: Fields, output: Output): void {
  const { changes } = entry;
  if (!Array.isArray(changes)) reportStrange('entry[].changes', entry, output);
  for (const change of items(changes)) {
    if (isFields(change)) parseChange(entry, change, output);
    else reportStrange('entry[].changes[]', change, output);
  }
}

function parseChange(entry: Fields, change: Fields, { events, undeclared, noise, now }: Output): void {
  const field = text(change['field']) ?? '';
  const value = fields(change['value']);
  const metadata = fields(value['metadata']);
  const update: Update = {
    field,
    account: text(metadata['phone_number_id']) ?? null,
    ownNumber: text(metadata['display_phone_number']),
    portfolio: text(entry['id']),
    via: Object.hasOwn(WAYS, field) ? (WAYS[field] ?? 'primary') : 'primary',
    at: instant(entry['time'], now) ?? now,
    now,
    sentAt: entry['time'] ?? null,
    value,
    contacts: readContacts(value),
    errors: platformErrors(value['errors']),
    events,
    noise,
  };
  const before = events.length;
  const account = accountShape(field);
  if (account) emitAccount(update, change);
  else readLists(update);
  const familiar = Object.hasOwn(MESSAGING_FIELDS, field) || events.length > before;
  noteUndeclared(change['value'], account ?? (familiar ? MESSAGING : UNKNOWN_VALUE), undeclared);
  if (events.length === before) emitUnknown(update, '', { identifiers: [], item: [update.sentAt, change] });
}

function readLists(update: Update): void {
  const { value, events, errors } = update;
  const before = events.length;
  for (const [name, read] of LISTS) {
    if (value[name] !== undefined) for (const item of items(value[name])) read(item, update);
  }
  if (items(value['errors']).length > 0 && !tookErrors(update, before)) {
    emit(update, { body: errorBody(update.field, errors), identifiers: [], item: [update.sentAt, value['errors']] });
  }
  // A contact that fits no item was exposed all the same.
  const unused = update.contacts.all.filter(({ used }) => !used);
  if (unused.length === 0) return;
  const beside = fingerprint(value);
  for (const contact of unused) {
    const into: Exposures = [];
    exposeProfile(contact, into);
    emitUnknown(update, 'contacts[]', { identifiers: into, item: [contact.fields, beside] });
  }
}

/** Did a message that came without its body take the errors beside it for its own? */
const tookErrors = ({ events, errors }: Update, from: number): boolean =>
  events.slice(from).some(({ body }) => body.type === 'message' && body.errors === errors);

function emitAccount(update: Update, change: Fields): void {
  const into: Exposures = [];
  exposeStaff(update.value, into);
  emit(update, { body: accountBody(update.field, update.value), identifiers: into, item: [update.sentAt, change] });
}

/** Something in the envelope that is not what it should be. */
function reportStrange(path: string, item: unknown, { events, noise, now }: Output): void {
  if (noise.left-- <= 0) return;
  events.push({
    channel: manifest.channel,
    account: null,
    via: 'primary',
    at: now,
    messageId: null,
    dedupe: personal(`x:${fingerprint([path, item])}`),
    identifiers: [],
    body: { type: 'unknown', path },
  });
}
