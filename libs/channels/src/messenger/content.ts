// What may be attached to a message on Messenger → the common content.
import type { Content, MediaType } from '#libs/kernel';
import { contentReader, FILES, linkTo, template, urlOf } from '../shared/meta/content.js';
import { fields, number, text, type Fields } from '../shared/read.js';

export const contentOf = contentReader((attachments, written) =>
  withoutTwins(attachments).flatMap((item) => attachment(item, written)),
);

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
  ...FILES,
  ['sticker', 'sticker'],
  ['reel', 'video'],
  ['ig_reel', 'video'],
]);
const LINKS: ReadonlySet<string> = new Set(['fallback', 'post', 'ig_post', 'share']);

function attachment(item: Fields, written: string): readonly Content[] {
  const type = text(item['type']);
  if (type === undefined) return [];
  const payload = fields(item['payload']);
  const url = urlOf(item);
  const media = stickerId(item) === undefined ? MEDIA.get(type) : 'sticker';
  if (media && url !== undefined) return [{ type: 'media', media, source: { url } }];
  if (LINKS.has(type) && url !== undefined) return linkTo(url, item, written);
  if (type === 'location') return [location(payload)];
  if (type === 'appointment_booking') return [booking(payload)];
  if (type === 'template') return [template(item)];
  return [{ type: 'unsupported', what: type }];
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
