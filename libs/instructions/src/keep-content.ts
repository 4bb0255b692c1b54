// What rulings leave of a content: text by its category, files by theirs and the channel's rules, and what an identifier guards by that.
import type { Content } from '#libs/kernel';
import { roundDegrees } from './coarsen.js';
import type { CategoryAction, Ruling } from './decision.js';
import { isPermitted, type FileRules } from './files.js';
import { GUARDS } from './guards.js';

/** What decides about a content. */
export interface ContentRules {
  readonly content: Ruling<CategoryAction>;
  readonly attachments: Ruling<CategoryAction>;
  readonly files: FileRules;
  /** Per identifier kind; one that is absent was not exposed, or the channel has no such kind. */
  readonly identifiers: Readonly<Record<string, Ruling>>;
}

const allows = (ruling: Ruling | undefined): boolean =>
  ruling?.do === 'keep' || ruling?.do === 'pass' || ruling?.do === 'truncate';

const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _dropped, ...rest } = value;
  return rest;
};

/** The ruling on the kind that guards a content; undefined: it is not guarded, or the kind was not exposed. */
function guardOf(content: Content, rulings: Readonly<Record<string, Ruling>>): Ruling | undefined {
  // A form may be an identifier of its own, e.g. a prefilled e-mail address: then that kind guards it.
  const named = content.type === 'form' && content.name && Object.hasOwn(rulings, content.name) ? rulings[content.name] : undefined;
  return named ?? rulings[GUARDS[content.type] ?? content.type];
} // prettier-ignore

/** Is there anything in it that an identifier kind decides about? */
export const isGuarded = (content: Content): boolean =>
  content.type === 'group'
    ? content.items.some(isGuarded)
    : GUARDS[content.type] !== undefined || (content.type === 'media' && content.fileName !== undefined);

/** The part of a media message that may stay. */
function keepMedia(content: Extract<Content, { type: 'media' }>, rules: ContentRules): Content | null {
  const text = rules.content.do !== 'drop';
  if (rules.attachments.do === 'drop' || !isPermitted(rules.files, content))
    return text && content.caption ? { type: 'text', text: content.caption } : null;
  const isNamed = content.fileName === undefined || allows(rules.identifiers['file_name']);
  const named = isNamed ? content : without(content, 'fileName');
  return named.caption === undefined || text ? named : without(named, 'caption');
}

/** What is left of a content, the same object where nothing went; null: nothing. */
export function keepContent(content: Content, rules: ContentRules): Content | null {
  const text = rules.content.do !== 'drop';
  switch (content.type) {
    case 'text':
    case 'choice':
    case 'unsupported':
      return text ? content : null;
    case 'media':
      return keepMedia(content, rules);
    case 'location':
    case 'contacts':
    case 'form':
    case 'order': {
      const ruling = guardOf(content, rules.identifiers);
      if (!text || !allows(ruling)) return null;
      return content.type === 'location' && ruling?.do === 'truncate' ? coarser(content) : content;
    }
    case 'group': {
      const items = content.items.map((item) => keepContent(item, rules)).filter((item) => item !== null);
      if (items.length === content.items.length && items.every((item, n) => item === content.items[n])) return content;
      return items.length > 0 ? { ...content, items } : null;
    }
  }
}

/** A place to a tenth of a degree, without its name. */
function coarser(content: Extract<Content, { type: 'location' }>): Content {
  const latitude = roundDegrees(content.latitude);
  const longitude = roundDegrees(content.longitude);
  const isCoarse =
    content.name === undefined &&
    content.address === undefined &&
    latitude === content.latitude &&
    longitude === content.longitude;
  return isCoarse ? content : { type: 'location', latitude, longitude };
}
