// Every text in a content, changed: what people wrote, in whatever part of the message it stands.
import type { Content } from '#libs/kernel';

type Change = (text: string) => string;

/** Deeper than any form or contact: what lies below is left out. */
const MOST_DEPTH = 32;

function inUnknown(value: unknown, change: Change, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return null;
  if (Array.isArray(value)) return value.map((one) => inUnknown(one, change, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inUnknown(one, change, depth + 1)]));
}

/** A value that holds a part of a content as JSON is read as that: escaped, a word may look like another. */
export function inValue(value: string, change: Change): string {
  if (!/^\s*[[{"]/.test(value)) return change(value);
  try {
    return JSON.stringify(inUnknown(JSON.parse(value), change));
  } catch {
    return change(value);
  }
}

const changed = <K extends string>(given: { readonly [P in K]?: string }, keys: readonly K[], change: Change) =>
  Object.fromEntries(keys.flatMap((key) => (given[key] === undefined ? [] : [[key, change(given[key])]]))) as {
    readonly [P in K]?: string;
  };

export function mapTexts(content: Content, change: Change): Content {
  switch (content.type) {
    case 'text':
      return { ...content, text: change(content.text) };
    case 'media':
      return { ...content, ...changed(content, ['caption', 'fileName'], change) };
    case 'choice':
      return { ...content, ...changed(content, ['title', 'description'], change) };
    case 'location':
      return { ...content, ...changed(content, ['name', 'address'], change) };
    case 'contacts':
      return { ...content, contacts: content.contacts.map((one) => inUnknown(one, change)) };
    case 'form':
      return { ...content, answers: inUnknown(content.answers, change) };
    case 'order':
      return { ...content, order: inUnknown(content.order, change) };
    case 'group':
      return { ...content, items: content.items.map((item) => mapTexts(item, change)) };
    case 'unsupported':
      return content;
  }
}
