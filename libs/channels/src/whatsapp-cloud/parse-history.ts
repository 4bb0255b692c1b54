// Old chats of a number that is also used in the WhatsApp Business app, delivered in pieces before anybody wrote to us.
import { expose, type Exposures } from '../shared/exposures.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, isFields, items, text, type Fields } from '../shared/read.js';
import { parseMessage } from './parse-message.js';
import { each } from './parse-notices.js';
import { PLACES } from './places.js';
import { isUserId } from './address.js';
import { emit, emitUnknown, username, type Update } from './update.js';

/** A piece carries threads, or the error that says why there are none (sharing declined). */
export const parseHistory = each('history', (piece, _, update) => {
  const errors = platformErrors(piece['errors']);
  if (items(piece['errors']).length > 0) {
    const body = { type: 'account', field: 'history', severity: 'warning', errors } as const;
    emit(update, { body, identifiers: [], item: piece });
  }
  for (const thread of items(piece['threads'])) {
    if (isFields(thread)) parseThread(thread, update);
    else emitUnknown(update, 'history[].threads[]', { identifiers: [], item: thread });
  }
});

function parseThread(thread: Fields, update: Update): void {
  const { thread: places } = PLACES;
  const context = fields(thread['context']);
  const person: Exposures = [];
  // A thread is named by the number, or by the user id of somebody without one.
  const id = text(thread['id']);
  const number = expose(person, isUserId(id) ? places.idOfUser : places.number, id);
  const user = expose(person, places.user, context['user_id']);
  expose(person, places.parent, context['parent_user_id']);
  expose(person, places.username, username(context['username']));
  const ids = [number, user].filter((id) => id !== undefined);
  for (const message of items(thread['messages'])) {
    const identifiers = [...person];
    expose(identifiers, places.message, text(fields(message)['type']));
    parseMessage(message, { update, places: PLACES.old, thread: { ids, identifiers } });
  }
}
