// What a person wrote in web chat: text, tapped choices, filled-in cards and files → the common content.
import type { Content, MediaType } from '#libs/kernel';
import { bounded, fields, isFields, items, text, type Fields } from '../shared/read.js';

/** Several parts become a group, none becomes `unsupported`. */
export function contentOf(payload: Fields): Content {
  const activity = fields(payload['activity']);
  const parts = [...spoken(activity), ...items(payload['uploads']).flatMap(upload), ...linked(activity)];
  const [only, ...more] = parts;
  if (!only) return { type: 'unsupported', what: 'message' };
  return more.length === 0 ? only : { type: 'group', items: parts };
}

/** Buttons come back as `value` (messageBack) or, from bots made for other channels, as a text marked as post-back. */
function spoken(activity: Fields): readonly Content[] {
  const { value, channelData } = activity;
  const written = text(activity['text']);
  const { messageBack, postBack } = fields(channelData);
  const id = text(fields(value)['choice']) ?? text(value) ?? (postBack === true ? written : undefined);
  if (id !== undefined) {
    // What was written is a title also where it is the id: it is heard and looked through as the words that it is.
    const title = text(fields(messageBack)['displayText']) ?? written;
    return [{ type: 'choice', id, ...(title === undefined ? {} : { title }) }];
  }
  const said: readonly Content[] = written === undefined ? [] : [{ type: 'text', text: written }];
  return isFields(value) && Object.keys(value).length > 0 ? [...said, { type: 'form', answers: bounded(value) }] : said;
}

/** Only the surface names uploads: an id that the browser writes into its activity means nothing. */
function upload(item: unknown): readonly Content[] {
  const { id, mime, name } = fields(item);
  const [source, type, fileName] = [text(id), text(mime) ?? 'application/octet-stream', text(name)];
  if (source === undefined) return [];
  return [
    {
      type: 'media',
      media: mediaOf(type),
      source: { id: source },
      mime: type,
      ...(fileName === undefined ? {} : { fileName }),
    },
  ];
}

/** Files by address are not fetched: whoever writes could make the gateway call anything. */
const linked = (activity: Fields): readonly Content[] =>
  items(activity['attachments'])
    .map(fields)
    .filter(({ contentUrl, content }) => text(contentUrl) !== undefined || isFields(content))
    .map(() => ({ type: 'unsupported', what: 'attachment' }));

/** SVG is a document: a picture that can run code. */
export function mediaOf(mime: string): MediaType {
  const [kind] = mime.toLowerCase().split('/');
  if (mime.toLowerCase().startsWith('image/svg')) return 'document';
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
}
