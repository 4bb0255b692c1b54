// Groups: their life, settings and members. One event per member, so that no two people's ids are in one event.
import { expose, type Exposures } from '../shared/exposures.js';
import { fingerprint } from '../shared/fingerprint.js';
import { isUserId } from './address.js';
import { fields, isFields, items, text, type Fields } from '../shared/read.js';
import { each } from './parse-notices.js';
import { PLACES } from './places.js';
import { emit, exposeContact, type Update } from './update.js';

const LISTS = ['added_participants', 'removed_participants', 'failed_participants'] as const;

export const parseGroup = each('groups', (item, _, update) => {
  let members = 0;
  let whole: string | undefined;
  for (const list of LISTS) {
    for (const member of items(item[list])) {
      if (!isFields(member)) continue;
      members++;
      // The member is part of what makes the event unique: all members of one change share everything else, which is hashed once.
      whole ??= fingerprint(item);
      emitGroup(update, { item, person: member, places: PLACES.group.members[list], what: [whole, list, member] });
    }
  }
  if (members === 0) emitGroup(update, { item, person: item, places: PLACES.group.asker, what: item });
});

interface GroupEvent {
  readonly item: Fields;
  /** Who it is about: a member, or whoever asks to join. */
  readonly person: Fields;
  readonly places: typeof PLACES.group.asker;
  readonly what: unknown;
}

function emitGroup(update: Update, { item, person, places, what }: GroupEvent): void {
  const into: Exposures = [];
  expose(into, PLACES.group.id, item['group_id']);
  expose(into, PLACES.group.invite, item['invite_link']);
  const number = expose(into, places.number, person['wa_id']);
  const user = expose(into, places.user, person['user_id']);
  const asked = text(person['input']);
  expose(into, isUserId(asked) ? places.askedUser : places.askedNumber, asked);
  expose(into, places.parent, person['parent_user_id']);
  if (number !== undefined || user !== undefined) exposeContact(update, into, [user, number]);
  emit(update, { body: { type: 'group' }, identifiers: into, item: what, time: fields(item)['timestamp'] });
}
