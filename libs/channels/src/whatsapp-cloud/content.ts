// What a person sent → content in the normal form, for messages, edits, echoes and old chats alike.
import type { Content, MediaType } from '#libs/kernel';
import { expose, type Exposures } from '../shared/exposures.js';
import { bounded, fields, isFields, items, number, parsedJson, text, type Fields } from '../shared/read.js';
import type { ContentPlaces } from './places.js';

/** Content types that WhatsApp names otherwise than by their own object, or that have none. */
type Reader = (message: Fields, places: ContentPlaces, into: Exposures) => Content | undefined;

const media =
  (kind: MediaType): Reader =>
  (message, places, into) => {
    const sent = fields(message[kind]);
    const id = expose(into, places[kind].id, sent['id']);
    const url = expose(into, places[kind].url, sent['url']);
    const sha256 = expose(into, places[kind].sha256, sent['sha256']);
    const fileName = expose(into, places[kind].fileName, sent['filename']);
    const source = id !== undefined ? { id } : url !== undefined ? { url } : undefined;
    if (!source) return undefined;
    const caption = text(sent['caption']);
    const mime = text(sent['mime_type']);
    return {
      type: 'media',
      media: kind,
      source,
      ...(caption === undefined ? {} : { caption }),
      ...(mime === undefined ? {} : { mime }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(fileName === undefined ? {} : { fileName }),
      ...(kind === 'audio' ? { voice: sent['voice'] === true } : {}),
    };
  };

const location: Reader = (message, places, into) => {
  const sent = fields(message['location']);
  const latitude = number(sent['latitude']);
  const longitude = number(sent['longitude']);
  if (latitude === undefined || longitude === undefined) return undefined;
  expose(into, places.location, `${latitude},${longitude}`);
  const name = text(sent['name']);
  const address = text(sent['address']);
  return {
    type: 'location',
    latitude,
    longitude,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
};

const contacts: Reader = (message, places, into) => {
  // `origin` is printed on the message in Meta's page and seen on the contact in production: it ends up on the contact.
  const origin = text(message['origin']);
  const cards = items(message['contacts'])
    .filter((card) => isFields(card) && Object.keys(card).length > 0)
    .map(fields)
    .map((card) => bounded(origin === undefined || 'origin' in card ? card : { ...card, origin }));
  for (const card of cards) expose(into, places.contacts, JSON.stringify(card));
  return cards.length === 0 ? undefined : { type: 'contacts', contacts: cards };
};

const order: Reader = (message, places, into) => {
  if (!isFields(message['order'])) return undefined;
  const sent = bounded(message['order']);
  expose(into, places.order, JSON.stringify(sent));
  return { type: 'order', order: sent };
};

const button: Reader = (message) => {
  const pressed = fields(message['button']);
  return choice(pressed['payload'] ?? pressed['text'], pressed['text']);
};

function choice(id: unknown, title: unknown, description?: unknown): Content | undefined {
  const chosen = text(id);
  const shown = text(title);
  const more = text(description);
  if (chosen === undefined) return undefined;
  return {
    type: 'choice',
    id: chosen,
    ...(shown === undefined ? {} : { title: shown }),
    ...(more === undefined ? {} : { description: more }),
  };
}

/** By `interactive.type`. Flow answers arrive as JSON in a string. */
const INTERACTIVE: Readonly<Record<string, Reader>> = {
  button_reply: (sent) => choice(fields(sent['button_reply'])['id'], fields(sent['button_reply'])['title']),
  list_reply: (sent) => {
    const row = fields(sent['list_reply']);
    return choice(row['id'], row['title'], row['description']);
  },
  nfm_reply: (sent, places, into) => {
    const reply = fields(sent['nfm_reply']);
    const json = expose(into, places.flowAnswers, reply['response_json']);
    const name = text(reply['name']);
    // `Sent`, or an address in words.
    expose(into, places.flowWords, reply['body']);
    if (json === undefined) return undefined;
    return { type: 'form', ...(name === undefined ? {} : { name }), answers: bounded(parsedJson(json) ?? json) };
  },
  call_permission_reply: (sent) => choice(fields(sent['call_permission_reply'])['response'], undefined),
  payment_method: (sent, places, into) => {
    if (!isFields(sent['payment_method'])) return undefined;
    const answers = bounded(sent['payment_method']);
    expose(into, places.payment, JSON.stringify(answers));
    return { type: 'form', name: 'payment_method', answers };
  },
};

const READERS: Readonly<Record<string, Reader>> = {
  text: (message) => {
    const body = text(fields(message['text'])['body']);
    return body === undefined ? undefined : { type: 'text', text: body };
  },
  image: media('image'),
  video: media('video'),
  audio: media('audio'),
  document: media('document'),
  sticker: media('sticker'),
  location,
  contacts,
  order,
  button,
  interactive: (message, places, into) => {
    const sent = fields(message['interactive']);
    const kind = text(sent['type']);
    return kind !== undefined && Object.hasOwn(INTERACTIVE, kind) ? INTERACTIVE[kind]?.(sent, places, into) : undefined;
  },
  unsupported: (message) => ({
    type: 'unsupported',
    what: text(fields(message['unsupported'])['type']) ?? 'unsupported',
  }),
  media_placeholder: () => ({ type: 'unsupported', what: 'media_placeholder' }),
};

/**
 * Content of a message of this type; `whole` is false when its object was missing or of another form (then it is
 * `unsupported`, named by the type). Undefined: a type that we do not know.
 */
export function contentOf(
  type: string,
  message: Fields,
  { places, into }: { readonly places: ContentPlaces; readonly into: Exposures },
): { readonly content: Content; readonly whole: boolean } | undefined {
  if (!Object.hasOwn(READERS, type)) return undefined;
  const content = READERS[type]?.(message, places, into);
  return content ? { content, whole: true } : { content: { type: 'unsupported', what: type }, whole: false };
}
