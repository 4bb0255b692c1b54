// What a person wrote on Messenger: text, attachments and tapped quick replies → the common content.
import type { Content, MediaType } from '#libs/kernel';
import { fields, items, number, text, type Fields } from '../shared/read.js';
import { contactReply } from './contact-reply.js';

/** Content of `message`, whatever it has: several parts become a group, none becomes `unsupported`. */
export function messageContent(message: Fields): Content {
  const said = spoken(message);
  const written = said?.type === 'text' ? said.text : '';
  const attached = withoutTwins(items(message['attachments']).map(fields)).flatMap((item) => attachment(item, written));
  const parts = said ? [said, ...attached] : attached;
  const [only, ...more] = parts;
  if (!only) return { type: 'unsupported', what: 'message' };
  return more.length === 0 ? only : { type: 'group', items: parts };
}

/** A tapped button: the bot's own string and the shown title. */
export function choice(id: unknown, title: unknown): Content | undefined {
  const [known, shown] = [text(id), text(title)];
  if (known === undefined) return shown === undefined ? undefined : { type: 'text', text: shown };
  return { type: 'choice', id: known, ...(shown === undefined ? {} : { title: shown }) };
}

/** An address or number is given as a form named after the identifier kind by which instructions rule on it. */
function spoken(message: Fields): Content | undefined {
  const contact = contactReply(message);
  if (contact) return { type: 'form', name: contact.key, answers: contact.value };
  const payload = fields(message['quick_reply'])['payload'];
  const written = text(message['text']);
  if (text(payload) !== undefined) return choice(payload, written);
  return written === undefined ? undefined : { type: 'text', text: written };
}

/** Until 30 August 2026 a sticker came twice, as `image` and as `sticker`: one of them is the message. */
function withoutTwins(attachments: readonly Fields[]): readonly Fields[] {
  const seen = new Set<string>();
  const stickers = attachments.filter((item) => item['type'] === 'sticker').map(stickerId);
  return attachments.filter((item) => {
    const id = stickerId(item);
    if (id === undefined) return true;
    if (seen.has(id) || (item['type'] !== 'sticker' && stickers.includes(id))) return false;
    seen.add(id);
    return true;
  });
}

const stickerId = (item: Fields): string | undefined => text(fields(item['payload'])['sticker_id']);

const MEDIA: ReadonlyMap<string, MediaType> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['file', 'document'],
  ['sticker', 'sticker'],
  ['reel', 'video'],
  ['ig_reel', 'video'],
]);
const LINKS: ReadonlySet<string> = new Set(['fallback', 'post', 'ig_post', 'share']);

function attachment(item: Fields, written: string): readonly Content[] {
  const type = text(item['type']);
  if (type === undefined) return [];
  const payload = fields(item['payload']);
  const url = text(payload['url']) ?? text(item['url']);
  const media = stickerId(item) === undefined ? MEDIA.get(type) : 'sticker';
  if (media && url !== undefined) return [{ type: 'media', media, source: { url } }];
  if (LINKS.has(type) && url !== undefined) return link(url, text(payload['title']) ?? text(item['title']), written);
  if (type === 'location') return [location(payload)];
  if (type === 'appointment_booking') return [booking(payload)];
  if (type === 'template') return [template(payload)];
  return [{ type: 'unsupported', what: type }];
}

/** A shared page, post or product; a mere preview of an address in the text is left out. */
function link(url: string, title: string | undefined, written: string): readonly Content[] {
  if (written.includes(url)) return [];
  return [{ type: 'text', text: title === undefined ? url : `${title}\n${url}` }];
}

/** Without the title, in which Messenger writes whose location it is. */
function location(payload: Fields): Content {
  const { lat, long } = fields(payload['coordinates']);
  const [latitude, longitude] = [number(lat), number(long)];
  if (latitude === undefined || longitude === undefined) return { type: 'unsupported', what: 'location' };
  return { type: 'location', latitude, longitude };
}

const BOOKING_FIELDS = ['booking_id', 'status', 'start_time', 'end_time', 'timezone'] as const;

function booking(payload: Fields): Content {
  const answers = BOOKING_FIELDS.flatMap((name) => {
    const value = text(payload[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (answers.length === 0) return { type: 'unsupported', what: 'appointment_booking' };
  return { type: 'form', name: 'appointment_booking', answers: Object.fromEntries(answers) };
}

/** Templates come from apps of the page, in echoes; of the other kinds only the fact is kept. */
function template(payload: Fields): Content {
  const written = text(payload['text']);
  return written === undefined ? { type: 'unsupported', what: 'template' } : { type: 'text', text: written };
}
