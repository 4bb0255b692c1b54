// Statuses: what became of a message that we sent. A second inlet of identity, because they carry contacts as well.
import { personal, type DeliveryState, type PlatformError } from '#libs/kernel';
import { expose, type Exposures } from '../shared/exposures.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, isFields, text, type Fields } from '../shared/read.js';
import { errorBody, pauseOf } from './account.js';
import { meaningOf } from './errors.js';
import { PLACES } from './places.js';
import { emit, emitUnknown, exposeContact, type Draft, type Update } from './update.js';

const STATES: Readonly<Record<string, DeliveryState>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'played',
  failed: 'failed',
};

export function parseStatus(item: unknown, update: Update): void {
  if (!isFields(item)) return emitUnknown(update, 'statuses[]', { identifiers: [], item });
  const into: Exposures = [];
  if (update.field === 'calls' || item['type'] === 'call') return parseCallStatus(item, into, update);
  const { status: places } = PLACES;
  const id = expose(into, places.id, item['id']);
  const recipient = exposeRecipient(item, into);
  exposeContact(update, into, recipient.ids);
  expose(into, places.identityHash, item['recipient_identity_key_hash']);
  expose(into, places.state, item['status']);
  expose(into, places.time, item['timestamp']);
  const opaque = expose(into, places.opaque, item['biz_opaque_callback_data']);
  if (item['conversation'] !== undefined) expose(into, places.conversation, fields(item['conversation'])['id']);

  const name = text(item['status']) ?? '';
  const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  // In a group every member has a state of their own.
  const whose = recipient.member === undefined ? '' : `:${recipient.member}`;
  const dedupe = id === undefined ? undefined : `s:${id}:${name}${whose}`;
  const draft = { identifiers: into, dedupe, item, time: item['timestamp'] };
  if (id === undefined || state === undefined) return emitUnknown(update, 'statuses[].status', draft);
  const errors = platformErrors(item['errors']);
  emit(update, {
    ...draft,
    body: {
      type: 'status',
      target: personal(id),
      status: state,
      ...(errors.length === 0 ? {} : { errors }),
      ...(opaque === undefined ? {} : { opaque }),
    },
  });
  emitConsequences(update, errors, { ...draft, id });
}

/**
 * Some failures say more than that this message failed: that the number can send nothing any more, or nothing for a while, or that the
 * person wants no marketing. They come here because sends are accepted first and refused later.
 */
function emitConsequences(
  update: Update,
  errors: readonly PlatformError[],
  { id, identifiers, item, time }: Omit<Draft, 'body'> & { readonly id: string },
): void {
  const meanings = errors.map((error) => meaningOf(error));
  const draft = (what: string) => ({ item, time, dedupe: `s:${id}:${what}` });
  if (meanings.some((means) => means?.kind === 'stopped'))
    emit(update, { ...draft('stopped'), identifiers: [], body: errorBody(update.field, errors) });
  else if (pauseOf(errors))
    emit(update, { ...draft('paused'), identifiers: [], body: errorBody(update.field, errors) });
  if (meanings.some((means) => means?.kind === 'refused' && means.reason === 'opted-out'))
    emit(update, {
      ...draft('opted-out'),
      identifiers,
      body: { type: 'preference', topic: 'marketing', value: 'stop' },
    });
}

interface Recipient {
  readonly ids: readonly (string | undefined)[];
  /** In a group: the member whose state it is. */
  readonly member?: string | undefined;
}

function exposeRecipient(status: Fields, into: Exposures): Recipient {
  const { status: places } = PLACES;
  for (const [name, where] of places.parents) if (status[name] !== undefined) expose(into, where, status[name]);
  if (status['recipient_type'] !== 'group') {
    const number = expose(into, places.recipient, status['recipient_id']);
    const user = expose(into, places.user, status['recipient_user_id']);
    return { ids: [user, number] };
  }
  expose(into, places.group, status['recipient_id']);
  const number =
    expose(into, places.participant, status['recipient_participant_id']) ??
    expose(into, places.participantAsPrinted, status['participant_recipient_id']);
  const user = expose(into, places.participantUser, status['recipient_participant_user_id']);
  return { ids: [user, number], member: user ?? number };
}

/** Calls have statuses too (ringing, accepted, rejected), in the same list. */
function parseCallStatus(status: Fields, into: Exposures, update: Update): void {
  const { status: places } = PLACES;
  const id = expose(into, places.callId, status['id']);
  exposeContact(update, into, exposeRecipient(status, into).ids);
  expose(into, places.opaque, status['biz_opaque_callback_data']);
  const dedupe = id === undefined ? undefined : `c:${id}:${text(status['status']) ?? ''}`;
  emit(update, { body: { type: 'call' }, identifiers: into, dedupe, item: status, time: status['timestamp'] });
}
