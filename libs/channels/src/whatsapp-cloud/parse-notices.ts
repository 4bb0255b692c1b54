// What is told about people besides messages and statuses: preferences, clicks, calls, inferences, the address book.
import { expose, type Exposures } from '../shared/exposures.js';
import { fields, isFields, text, type Fields } from '../shared/read.js';
import { PLACES } from './places.js';
import { emit, emitUnknown, exposeContact, username, type Draft, type Update } from './update.js';

type Item = (item: Fields, into: Exposures, update: Update) => void;

/** Reads one item, or reports that it is none. */
export const each =
  (list: string, read: Item) =>
  (item: unknown, update: Update): void =>
    isFields(item) ? read(item, [], update) : emitUnknown(update, `${list}[]`, { identifiers: [], item });

export const parsePreference = each('user_preferences', (item, into, update) => {
  const { preference: places } = PLACES;
  const number = expose(into, places.number, item['wa_id']);
  const user = expose(into, places.user, item['user_id']);
  expose(into, places.parent, item['parent_user_id']);
  exposeContact(update, into, [user, number]);
  const value = expose(into, places.value, item['value']);
  const draft = { identifiers: into, item, time: item['timestamp'] };
  if (item['category'] !== 'marketing_messages') return emitUnknown(update, 'user_preferences[].category', draft);
  if (value !== 'stop' && value !== 'resume') return emitUnknown(update, 'user_preferences[].value', draft);
  emit(update, { ...draft, body: { type: 'preference', topic: 'marketing', value } });
});

export const parseUserAction = each('user_actions', (item, into, update) => {
  const { action: places } = PLACES;
  const click = fields(item['marketing_messages_link_click_data']);
  expose(into, places.clickId, click['click_id']);
  expose(into, places.token, click['tracking_token']);
  expose(into, places.agent, click['client_user_agent']);
  const draft = { identifiers: into, item, time: item['timestamp'] };
  if (item['action_type'] !== 'marketing_messages_link_click') {
    return emitUnknown(update, 'user_actions[].action_type', draft);
  }
  emit(update, { ...draft, body: { type: 'click' } });
});

export const parseCall = each('calls', (item, into, update) => {
  const { call: places } = PLACES;
  const id = expose(into, places.id, item['id']);
  // Of the two ends one is the business's own number, which is no personal data here.
  const number = (value: unknown) => (text(value) === update.ownNumber ? undefined : value);
  const from = expose(into, places.from, number(item['from']));
  const to = expose(into, places.to, number(item['to']));
  const fromUser = expose(into, places.fromUser, item['from_user_id']);
  const toUser = expose(into, places.toUser, item['to_user_id']);
  expose(into, places.fromParent, item['from_parent_user_id']);
  expose(into, places.toParent, item['to_parent_user_id']);
  exposeContact(update, into, [fromUser, from, toUser, to]);
  expose(into, places.session, fields(item['session'])['sdp']);
  expose(into, places.connection, fields(fields(item['connection'])['webrtc'])['sdp']);
  expose(into, places.opaque, item['biz_opaque_callback_data']);
  const event = text(item['event']);
  const dedupe = id === undefined || event === undefined ? undefined : `c:${id}:${event}`;
  emit(update, { body: { type: 'call' }, identifiers: into, dedupe, item, time: item['timestamp'] });
});

export const parseInference = each('automatic_events', (item, into, update) => {
  const { inference: places } = PLACES;
  const id = expose(into, places.id, item['id']);
  const name = expose(into, places.name, item['event_name']);
  expose(into, places.clickId, item['ctwa_clid']);
  const dedupe = id === undefined || name === undefined ? undefined : `a:${id}:${name}`;
  emit(update, { body: { type: 'inference' }, identifiers: into, dedupe, item, time: item['timestamp'] });
});

/** Entries of the address book of staff's phone. Only contacts are known to be synchronised. */
export const parseAddressBook = each('state_sync', (item, into, update) => {
  const { addressBook: places } = PLACES;
  const contact = fields(item['contact']);
  expose(into, places.number, contact['phone_number']);
  expose(into, places.user, contact['user_id']);
  expose(into, places.parent, contact['parent_user_id']);
  expose(into, places.username, username(contact['username']));
  expose(into, places.fullName, contact['full_name']);
  expose(into, places.firstName, contact['first_name']);
  const draft: Omit<Draft, 'body'> = { identifiers: into, item, time: fields(item['metadata'])['timestamp'] };
  if (item['type'] !== 'contact') return emitUnknown(update, 'state_sync[].type', draft);
  emit(update, { ...draft, body: { type: 'address-book' } });
});
