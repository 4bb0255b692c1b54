// What a person wrote on one of Meta's messengers: text, tapped quick replies and attachments → the common content.
import type { Content, MediaType } from '#libs/kernel';
import { fields, items, text, type Fields } from '../read.js';
import { contactReply } from './contact-reply.js';

/** Attachments of a message → its parts; `written` is the text beside them. */
export type Attached = (attachments: readonly Fields[], written: string) => readonly Content[];

/** Content of `message`, whatever it has: several parts become a group, none becomes `unsupported`. */
export const contentReader =
  (attached: Attached) =>
  (message: Fields): Content => {
    const said = spoken(message);
    const written = said?.type === 'text' ? said.text : '';
    const beside = attached(items(message['attachments']).map(fields), written);
    const parts = said ? [said, ...beside] : beside;
    const [only, ...more] = parts;
    if (!only) return { type: 'unsupported', what: 'message' };
    return more.length === 0 ? only : { type: 'group', items: parts };
  };

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

/** Attachments that are files of the person. */
export const FILES: ReadonlyMap<string, MediaType> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['file', 'document'],
]);

/** Where an attachment lies. */
export const urlOf = (item: Fields): string | undefined => text(fields(item['payload'])['url']) ?? text(item['url']);

/** A shared page or product; a mere preview of an address in the text is left out. */
export function linkTo(url: string, item: Fields, written: string): readonly Content[] {
  if (written.includes(url)) return [];
  const title = text(fields(item['payload'])['title']) ?? text(item['title']);
  return [{ type: 'text', text: title === undefined ? url : `${title}\n${url}` }];
}

/** Templates come from apps of the business, in echoes; of the other kinds only the fact is kept. */
export function template(item: Fields): Content {
  const written = text(fields(item['payload'])['text']);
  return written === undefined ? { type: 'unsupported', what: 'template' } : { type: 'text', text: written };
}
