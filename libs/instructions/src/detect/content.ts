// The same for all of a message: every string of its content, and numbers that are long enough to be one.
import type { Content } from '#libs/kernel';
import type { DetectKind, DetectOptions, Found } from './found.js';
import { treat, type TextTreatment } from './treat.js';

/** A detector of texts; usually of `detector`, or what it and a controller's own model found together. */
export type Detector = (text: string) => readonly Found[];

export interface ContentTreatment extends TextTreatment {
  readonly kinds: DetectOptions['kinds'];
  readonly find: Detector;
}

/** Fields whose name says what they hold, as vCards and the platforms' contacts and forms name them. */
const FIELDS: readonly (readonly [RegExp, DetectKind])[] = [
  [/^(?:e-?mails?(?:_?address)?)$/i, 'email'],
  [/^(?:phones?|phone_?number|mobile|tel|telephone|wa_id)$/i, 'phone'],
  [/^(?:iban)$/i, 'iban'],
  [/^(?:(?:formatted|first|last|middle|full|given|family)_?name|prefix|suffix)$/i, 'name'],
  [/^(?:street|city|zip|state|postal_?code|(?:postal_?)?address)$/i, 'address'],
];
/** Deeper than any form: what lies below is left out, the strict way. */
const MOST_DEPTH = 32;
/**
 * Characters in all of one content. Platforms send less (WhatsApp 4,096 in a text); looking through more would keep everybody waiting,
 * so that it is withheld, the strict way.
 */
export const MOST_LENGTH = 20_000;
/** Fewer digits than this are an amount or an age. */
const FEWEST_DIGITS = 7;

const fieldKind = (name: string): DetectKind | undefined => FIELDS.find(([names]) => names.test(name))?.[1];

function treatString(text: string, { field, by }: { field: string; by: ContentTreatment }): string {
  if (text.trim() === '') return text;
  const found = by.find(text);
  const kind = fieldKind(field);
  // The field says what all of it is, even where the text alone would not.
  if (!kind || !by.kinds.includes(kind) || found.some(({ start, end }) => start === 0 && end === text.length))
    return treat(text, found, by);
  return treat(text, [{ kind, start: 0, end: text.length, value: text.trim() }], by);
}

function treatNumber(value: number, by: ContentTreatment): number | string {
  const text = String(value);
  if (!Number.isInteger(value) || text.length < FEWEST_DIGITS) return value;
  const treated = treat(text, by.find(text), by);
  return treated === text ? value : treated;
}

function treatUnknown(value: unknown, at: { field: string; depth: number; by: ContentTreatment }): unknown {
  if (typeof value === 'string') return treatString(value, at);
  if (typeof value === 'number') return treatNumber(value, at.by);
  if (typeof value !== 'object' || value === null) return value;
  if (at.depth >= MOST_DEPTH) return null;
  const depth = at.depth + 1;
  if (Array.isArray(value)) return value.map((one) => treatUnknown(one, { ...at, depth }));
  return Object.fromEntries(
    Object.entries(value).map(([field, one]) => [field, treatUnknown(one, { ...at, field, depth })]),
  );
}

/**
 * The bot made it, so it stays, unless all of it is something found: some platforms put a number there. Of web chat it is what a browser
 * says, so one that reads like words is treated as words.
 */
function treatId(id: string, by: ContentTreatment): string {
  const found = by.find(id);
  if (/\s/.test(id)) return treat(id, found, by);
  return found.some(({ start, end }) => start === 0 && end === id.length) ? treat(id, found, by) : id;
}

function lengthOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return 1;
  return Object.values(value).reduce<number>((total, one) => total + lengthOf(one, depth + 1), 0);
}

/** Coordinates and the bytes of attachments are no text: identifier kinds and the category `attachments` guard them. */
export function treatContent(content: Content, by: ContentTreatment): Content {
  if (by.how === 'as-is') return content;
  if (lengthOf(content) > MOST_LENGTH) return withhold(content);
  const optional = <K extends string>(key: K, text: string | undefined): { readonly [P in K]?: string } =>
    text === undefined ? {} : ({ [key]: treatString(text, { field: key, by }) } as { readonly [P in K]?: string });
  const unknown = (value: unknown, field = ''): unknown => treatUnknown(value, { field, depth: 0, by });
  switch (content.type) {
    case 'text':
      return { ...content, text: treatString(content.text, { field: '', by }) };
    case 'media':
      return { ...content, ...optional('caption', content.caption), ...optional('fileName', content.fileName) };
    case 'choice':
      return { ...content, id: treatId(content.id, by), ...optional('title', content.title), ...optional('description', content.description) }; // prettier-ignore
    case 'location':
      return { ...content, ...optional('name', content.name), ...optional('address', content.address) };
    case 'contacts':
      return { ...content, contacts: content.contacts.map((one) => unknown(one)) };
    case 'form':
      return { ...content, answers: unknown(content.answers) };
    case 'order':
      return { ...content, order: unknown(content.order) };
    case 'group':
      return { ...content, items: content.items.map((item) => treatContent(item, by)) };
    case 'unsupported':
      return content;
  }
}

export const WITHHELD = '[withheld]';

/** What is left of a content whose texts nobody looked through although that was instructed: what it is, and no word of it. */
export function withhold(content: Content): Content {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: WITHHELD };
    case 'media': {
      const { caption: _caption, fileName: _fileName, ...rest } = content;
      return rest;
    }
    case 'choice': // the bot made its id
      return { type: 'choice', id: content.id };
    case 'location':
      return { type: 'location', latitude: content.latitude, longitude: content.longitude };
    case 'contacts':
    case 'form':
    case 'order':
      return { type: 'unsupported', what: 'withheld' };
    case 'group':
      return { ...content, items: content.items.map(withhold) };
    case 'unsupported':
      return content;
  }
}
