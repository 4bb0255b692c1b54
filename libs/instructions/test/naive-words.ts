// The second evaluator, of words, files and ages: what the document says of them, read anew each time, on words that are known beforehand.
import type { Content } from '#libs/kernel';
import type { ChannelClause, InstructionsDocument, Sensitive, Treatment } from '../src/document.js';

/** Words that documents are asked about, and what they are. */
const PLANTED: readonly { readonly words: string; readonly kind: string }[] = [
  { words: 'ada@example.org', kind: 'email' },
  { words: '+4915123456789', kind: 'phone' },
  { words: 'DE89370400440532013000', kind: 'iban' },
];
const SENSITIVE = [
  { words: 'diabetes', section: 'specialCategories' },
  { words: 'shoplifting', section: 'criminalData' },
] as const;

/** Each with something to find, or with nothing. */
export const WORDS: readonly string[] = [
  'hello',
  '',
  'write to ada@example.org please',
  'call +4915123456789 today',
  'my account is DE89370400440532013000, again DE89370400440532013000',
  'I have diabetes',
  'caught shoplifting',
  'diabetes and shoplifting, write to ada@example.org or call +4915123456789',
];

/** Wherever it stands in a content. */
const replaced = (content: Content, words: string, by: string): Content =>
  JSON.parse(JSON.stringify(content).replaceAll(words, by)) as Content;
const says = (content: Content, words: string): boolean => JSON.stringify(content).includes(words);

/** Everything is looked for but names and addresses, and what somebody is known by; unless the document has a list. */
const isLookedFor = ({ freeText }: InstructionsDocument, kind: string): boolean =>
  freeText?.detect ? freeText.detect.includes(kind) : true;

/** What goes into the table, or to somebody: left as it is, by number, or by name of its kind. */
export function treated(document: InstructionsDocument, content: Content, how: Treatment): Content {
  if (how === 'as-is') return content;
  return PLANTED.filter(({ kind }) => isLookedFor(document, kind)).reduce(
    (left, { words, kind }) => replaced(left, words, how === 'redact' ? `[${kind}]` : `[${kind}:1]`),
    content,
  );
}

export const howStored = ({ freeText }: InstructionsDocument): Treatment => freeText?.beforeStore ?? 'as-is';

/** What is not stored is not given away. */
export function howGiven(document: InstructionsDocument, recipient: string): Treatment {
  if (howStored(document) === 'redact') return 'redact';
  return document.freeText?.beforeRecipient?.[recipient] ?? 'tokenise';
}

/** Without a section it is forbidden. */
const sectionOf = (document: InstructionsDocument, section: (typeof SENSITIVE)[number]['section']): Sensitive =>
  document[section] ?? { mode: 'forbid' };

/** What is left, and for which sections something was found that the document wants to know of. */
export function screened(document: InstructionsDocument, content: Content) {
  const found: { section: string; mode: string; text: string | null; purgeWithin: string | null; clause: string }[] =
    [];
  let left = content;
  for (const { words, section } of SENSITIVE) {
    const { mode, text = null, purgeWithin = null } = sectionOf(document, section);
    if (!says(content, words) || (mode === 'allow' && text === null && purgeWithin === null)) continue;
    found.push({ section, mode, text, purgeWithin, clause: document[section] ? `/${section}` : `default:${section}` });
    if (mode === 'forbid') left = replaced(left, words, '[removed]');
  }
  return { content: left, found };
}

type Media = Extract<Content, { type: 'media' }>;

/** Does a channel take this file? One list of names: of kinds, of types, or of all types of a kind. */
export function takes(attachments: ChannelClause['attachments'], { media, mime }: Pick<Media, 'media' | 'mime'>): boolean {
  const types = attachments?.types;
  if (types === undefined || types.includes(media)) return true;
  if (mime === undefined) return types.includes(`${media}/*`);
  const [type = ''] = mime.split(';');
  return types.includes(type) || types.includes(`${type.split('/')[0]}/*`);
} // prettier-ignore

/** What a person, or whoever knows, said last of their age. */
export interface SaidOfAge {
  readonly state: 'asked' | 'declared-adult' | 'declared-minor' | 'guardian-confirmed';
  readonly age: number;
  readonly source: 'person' | 'controller';
}

/** In Germany, where all of them are. */
const LAW_SAYS = 16;

/** People are asked for consent as the basis, and for explicit consent to special categories on any basis. */
export const asks = ({ purposes }: InstructionsDocument, one: string): boolean =>
  purposes[one]?.basis === 'A6-1-a' || purposes[one]?.art9 === 'A9-2-a';

/** Where minors matter, consent opens nothing for somebody who is not known to be of age. */
export function openAtAge(document: InstructionsDocument, open: readonly string[], said: SaidOfAge | null): string[] {
  const { minors, purposes, texts } = document;
  const isConsent = (one: string): boolean => asks(document, one) && Object.hasOwn(texts, purposes[one]?.consent ?? '');
  if (minors === undefined || minors.mode === 'not-directed' || !Object.keys(purposes).some(isConsent))
    return [...open];
  const isOfAge =
    said?.state === 'guardian-confirmed' ||
    (said?.state === 'declared-adult' &&
      (said.source === 'controller' || said.age >= Math.max(LAW_SAYS, minors.ages?.['DE'] ?? 0)));
  return open.filter((one) => isOfAge || !isConsent(one));
}
