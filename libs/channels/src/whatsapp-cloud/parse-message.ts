// Messages of people, echoes of what our staff wrote, and messages of old chats: one shape, three lists.
import { personal, type EventBody, type PlatformError } from '#libs/kernel';
import { expose, type Exposures } from '../shared/exposures.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, isFields, text, type Fields } from '../shared/read.js';
import { contentOf } from './content.js';
import { readSystem } from './parse-system.js';
import type { ContentPlaces, MessagePlaces } from './places.js';
import type { Person, Reading } from './reading.js';
import { emit, emitUnknown, exposeContact, type Update } from './update.js';

export interface MessageContext {
  readonly update: Update;
  readonly places: MessagePlaces;
  /** Ids of the person that the surroundings name: the thread of an old chat. */
  readonly thread?: { readonly ids: readonly string[]; readonly identifiers: Exposures };
}

type Bodies = (reading: Reading) => EventBody | undefined;

/** Types that are not content. Undefined: its object is missing what makes it one. */
const BODIES: Readonly<Record<string, Bodies>> = {
  reaction: ({ message, places, into }) => {
    const reaction = fields(message['reaction']);
    const target = expose(into, places.reacted, reaction['message_id']);
    const emoji = text(reaction['emoji']);
    if (target === undefined) return undefined;
    return { type: 'reaction', target: personal(target), emoji: emoji === undefined ? null : personal(emoji) };
  },
  edit: (reading) => {
    const edit = fields(reading.message['edit']);
    const edited = fields(edit['message']);
    const target = expose(reading.into, reading.places.edited, edit['original_message_id']);
    readContext(edited, reading.places.editedContent, reading);
    const read = contentOf(text(edited['type']) ?? '', edited, {
      places: reading.places.editedContent,
      into: reading.into,
    });
    if (target === undefined) return undefined;
    const content = read?.content ?? { type: 'unsupported' as const, what: 'edit' };
    return { type: 'edit', target: personal(target), content: personal(content), contentType: content.type };
  },
  revoke: ({ message, places, into }) => {
    const target = expose(into, places.revoked, fields(message['revoke'])['original_message_id']);
    return target === undefined ? undefined : { type: 'revoke', target: personal(target) };
  },
  system: readSystem,
};

export function parseMessage(item: unknown, { update, places, thread }: MessageContext): void {
  if (!isFields(item)) return emitUnknown(update, places.at, { identifiers: [], item });
  const into: Exposures = thread ? [...thread.identifiers] : [];
  const id = expose(into, places.id, item['id']);
  const person = readPerson(item, places, { into, update, threadIds: thread?.ids });
  exposeContact(update, into, [person.user, person.number]);
  readSurroundings(item, places, into);

  const type = text(item['type']) ?? '';
  const reading: Reading = { message: item, places, person, into, update };
  const body = Object.hasOwn(BODIES, type) ? BODIES[type]?.(reading) : readContent(type, reading);
  const draft = {
    identifiers: into,
    messageId: id,
    dedupe: dedupeOf(reading, type, id),
    item,
    time: item['timestamp'],
    group: item['group_id'] !== undefined,
  };
  if (body) emit(update, { ...draft, body, own: person.own });
  else
    emitUnknown(update, `${places.at}.${Object.hasOwn(BODIES, type) ? type : 'type'}`, { ...draft, own: person.own });
}

/** Prefixes of `dedupe`: the same message seen in standby, as an echo or in an old chat does not pass for the one addressed to us. */
const DEDUPE_PREFIX = { primary: 'm', standby: 'standby', echo: 'echo', history: 'history' } as const;

function dedupeOf({ update, places }: Reading, type: string, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const via = places.at === 'message_echoes[]' && update.via === 'primary' ? 'echo' : update.via;
  // The picture that an old chat's placeholder announces follows later, under the same id.
  const prefix = type === 'media_placeholder' ? 'placeholder' : DEDUPE_PREFIX[via];
  return `${prefix}:${id}`;
}

function readPerson(
  message: Fields,
  places: MessagePlaces,
  { into, update, threadIds }: { into: Exposures; update: Update; threadIds: readonly string[] | undefined },
): Person {
  const from = text(message['from']);
  const fromUser = text(message['from_user_id']);
  if (!isOurs(message, { from, fromUser, update, places, threadIds })) {
    const parent = text(message['from_parent_user_id']);
    expose(into, places.from, from);
    expose(into, places.fromUser, fromUser);
    expose(into, places.fromParent, parent);
    return { number: from, user: fromUser, parent, own: false };
  }
  const number = expose(into, places.to, notOwn(message['to'], update));
  const user = expose(into, places.toUser, message['to_user_id']);
  const parent = expose(into, places.toParent, message['to_parent_user_id']);
  return { number, user, parent, own: true };
}

interface Author {
  readonly from: string | undefined;
  readonly fromUser: string | undefined;
  readonly update: Update;
  readonly places: MessagePlaces;
  readonly threadIds: readonly string[] | undefined;
}

/** Did the business's side write it? Echoes always; in old chats whoever is not the person that the thread names. */
function isOurs(message: Fields, { from, fromUser, update, places, threadIds }: Author): boolean {
  if (places.at === 'message_echoes[]') return true;
  if (update.via !== 'history') return false;
  if (fields(message['history_context'])['from_me'] === true) return true;
  if (from !== undefined && from === update.ownNumber) return true;
  // Old media come without their thread: what is not from the business's own number is the person's.
  return threadIds !== undefined && !threadIds.some((id) => id === from || id === fromUser);
}

const notOwn = (value: unknown, { ownNumber }: Update): string | undefined => {
  const given = text(value);
  return given === ownNumber ? undefined : given;
};

function readSurroundings(message: Fields, places: MessagePlaces, into: Exposures): void {
  expose(into, places.logicalId, message['from_logical_id']);
  expose(into, places.group, message['group_id']);
  if (message['identity'] !== undefined) expose(into, places.identityHash, fields(message['identity'])['hash']);
  if (message['history_context'] !== undefined) {
    expose(into, places.receipt, fields(message['history_context'])['status']);
  }
  if (message['referral'] === undefined) return;
  const referral = fields(message['referral']);
  expose(into, places.sourceUrl, referral['source_url']);
  expose(into, places.sourceId, referral['source_id']);
  expose(into, places.sourceType, referral['source_type']);
  expose(into, places.headline, referral['headline']);
  expose(into, places.advertBody, referral['body']);
  expose(into, places.welcome, fields(referral['welcome_message'])['text']);
  expose(into, places.advertImage, referral['image_url']);
  expose(into, places.advertVideo, referral['video_url']);
  expose(into, places.advertThumbnail, referral['thumbnail_url']);
  expose(into, places.clickId, referral['ctwa_clid']);
}

/** `context`: the product that is asked about, who wrote the words first, and of a reply the id of what is answered and its author. */
function readContext(message: Fields, places: ContentPlaces, { person, into, update }: Reading): string | undefined {
  if (message['context'] === undefined) return undefined;
  const context = fields(message['context']);
  const product = fields(context['referred_product']);
  expose(into, places.product, product['product_retailer_id']);
  expose(into, places.catalog, product['catalog_id']);
  if (context['frequently_forwarded'] === true) expose(into, places.oftenForwarded, 'often');
  else if (context['forwarded'] === true) expose(into, places.forwarded, 'once');
  const author = notOwn(context['from'], update);
  expose(into, author === person.number ? places.contextNumber : places.quotedNumber, author);
  const user = text(context['from_user_id']);
  expose(into, user === person.user ? places.contextUser : places.quotedUser, user);
  const same = (author !== undefined && author === person.number) || (user !== undefined && user === person.user);
  expose(into, same ? places.contextParent : places.quotedParent, context['from_parent_user_id']);
  return expose(into, places.contextId, context['id']);
}

function readContent(type: string, reading: Reading): EventBody | undefined {
  const { message, places, into, update } = reading;
  const replyTo = readContext(message, places.content, reading);
  const read = contentOf(type, message, { places: places.content, into });
  if (!read) return undefined;
  const errors = errorsOf(message, read.whole ? [] : update.errors);
  return {
    type: 'message',
    content: personal(read.content),
    contentType: read.content.type,
    ...(replyTo === undefined ? {} : { replyTo: personal(replyTo) }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** A message whose body Meta could not deliver has its error beside it, in `value.errors`. */
const errorsOf = (message: Fields, besides: readonly PlatformError[]): readonly PlatformError[] =>
  message['errors'] === undefined ? besides : platformErrors(message['errors']);
