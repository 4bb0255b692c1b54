// A person changed the number, the user id, or their devices: system messages, and a field of its own. The link from old to new is this one update.
import { personal, type EventBody, type ExposedIdentifier } from '#libs/kernel';
import { expose, type Exposures, type Place } from '../shared/exposures.js';
import { fields, text, type Fields } from '../shared/read.js';
import { each } from './parse-notices.js';
import { PLACES, type SystemPlaces } from './places.js';
import type { Reading } from './reading.js';
import { emit, emitUnknown, exposeContact } from './update.js';

/** Current names and those of older versions, by what they say. Source: changelog of 11 August 2026; libraries for the older. */
const CHANGES: Readonly<Record<string, 'ids' | 'devices'>> = {
  user_changed_number: 'ids',
  customer_changed_number: 'ids',
  user_changed_user_id: 'ids',
  user_id_update: 'ids',
  user_identity_changed: 'devices',
  customer_identity_changed: 'devices',
};

/** Undefined: a system message that we do not know. */
export function readSystem(reading: Reading): EventBody | undefined {
  const { message, places, into } = reading;
  const system = fields(message['system']);
  const type = text(system['type']) ?? '';
  const pairs = readIds(system, reading);
  readBody(text(system['body']), { places: places.system, into, numbers: numbersOf(pairs) });
  const hash = expose(into, places.system.identityHash, system['identity']);
  if (!Object.hasOwn(CHANGES, type)) return undefined;
  if (CHANGES[type] === 'devices') {
    const told = hash ?? text(fields(message['identity'])['hash']);
    const where = hash === undefined ? places.identityHash : places.system.identityHash;
    return { type: 'identity-change', previous: [], current: told === undefined ? [] : [identifier(where, told)] };
  }
  return changeOf(pairs);
}

/** Of pairs of old and new, those that changed. */
function changeOf(pairs: readonly Pair[]): EventBody {
  const changed = pairs.filter(({ before, after }) => after.value !== undefined && after.value !== before.value);
  return {
    type: 'identity-change',
    previous: changed.flatMap(({ before }) => sideOf(before)),
    current: changed.flatMap(({ after }) => sideOf(after)),
  };
}

const UPDATED = /^User id (?:for (.{1,200}) )?has been updated\b/;

/**
 * The field of this name, which Meta withdrew on 11 August 2026 in favour of the system message: apps that subscribed to it before, and
 * providers in between, may still pass it on. Of the number it says whose it is, not that it changed.
 */
export const parseUserIdUpdate = each('user_id_update', (item, into, update) => {
  const { userIdUpdate: at } = PLACES;
  const number = expose(into, at.number, item['wa_id']);
  const told = (place: Place, value: unknown): Side => ({ place, value: expose(into, place, value) });
  const [user, parent] = [fields(item['user_id']), fields(item['parent_user_id'])];
  const pairs = [
    { before: told(at.previousUser, user['previous']), after: told(at.user, user['current']) },
    { before: told(at.previousParent, parent['previous']), after: told(at.parent, parent['current']) },
  ];
  exposeContact(update, into, [...pairs.flatMap(({ before, after }) => [after.value, before.value]), number]);
  const detail = text(item['detail']);
  const sentence = detail === undefined ? null : UPDATED.exec(detail);
  // Worded otherwise, the whole of it is reported as the name that it may contain.
  expose(into, at.nameInDetail, sentence ? sentence[1] : detail);
  const draft = { identifiers: into, item, time: item['timestamp'] };
  const body = changeOf(pairs);
  if (body.type !== 'identity-change' || body.current.length === 0)
    return emitUnknown(update, 'user_id_update[].user_id', draft);
  emit(update, { ...draft, body });
});

interface Side {
  readonly place: Place;
  readonly value: string | undefined;
}

interface Pair {
  readonly before: Side;
  readonly after: Side;
}

const identifier = ({ key, path }: Place, value: string): ExposedIdentifier => ({ key, path, value: personal(value) });
const sideOf = ({ place, value }: Side): ExposedIdentifier[] => (value === undefined ? [] : [identifier(place, value)]);

/** Notes every id of the message and pairs old with new, kind by kind. */
function readIds(system: Fields, { places, person, into }: Reading): readonly Pair[] {
  const at = places.system;
  const told = (place: Place, value: unknown): Side => ({ place, value: expose(into, place, value) });
  const first = (...sides: readonly [Side, Side]): Side => (sides[0].value === undefined ? sides[1] : sides[0]);
  const sender = (place: Place, value: string | undefined): Side => ({ place, value });
  return [
    {
      before: first(sender(places.from, person.number), told(at.customer, system['customer'])),
      after: first(told(at.newNumber, system['new_wa_id']), told(at.number, system['wa_id'])),
    },
    {
      before: first(told(at.previousUser, system['previous_user_id']), sender(places.fromUser, person.user)),
      after: told(at.user, system['user_id']),
    },
    {
      before: first(
        told(at.previousParent, system['previous_parent_user_id']),
        sender(places.fromParent, person.parent),
      ),
      after: told(at.parent, system['parent_user_id']),
    },
  ];
}

const numbersOf = ([numbers]: readonly Pair[]): readonly string[] =>
  [numbers?.before.value, numbers?.after.value].filter((value) => value !== undefined);

const SENTENCE = /^User (.{1,200}) changed from \+?(\d{5,15}) to \+?(\d{5,15})\b/;

/**
 * The sentence names the person and both numbers, and is no content of theirs. Where it is worded otherwise, the whole of it is
 * reported as the name it contains, with those numbers that are known from elsewhere.
 */
function readBody(
  body: string | undefined,
  { places, into, numbers }: { places: SystemPlaces; into: Exposures; numbers: readonly string[] },
): void {
  if (body === undefined) return;
  const [, name, ...told] = SENTENCE.exec(body) ?? [];
  expose(into, places.nameInBody, name ?? body);
  const found = name === undefined ? numbers.filter((number) => body.includes(number)) : told;
  for (const number of found) expose(into, places.numberInBody, number);
}
