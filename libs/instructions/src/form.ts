// What ajv objects to, in plain words: what is wrong, and how to mend it. Names keys, limits and examples, never what stands in the document.
import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from './nearest.js';
import { country, id, identifierKey, language, period, url, type Shape } from './schema/shapes.js';

/** What people who write YAML call it, and an example. */
interface Form {
  readonly what: string;
  readonly example: string;
}

const INSTANT: Form = {
  what: 'a date, or a date and time with its zone',
  example: '2026-12-31 or 2026-12-31T12:00:00Z',
};
const BY_FORMAT: Readonly<Record<string, Form>> = {
  date: { what: 'a date: year, month and day', example: '2026-12-31' },
  'date-time': INSTANT,
  uri: { what: 'an address on the web', example: 'https://bot.example.org/parley' },
};

/** By the pattern of the schema; one that is not here is described by its own words there. */
const BY_PATTERN: Readonly<Record<string, Form>> = {
  [id.pattern]: { what: 'a name of small letters, digits and hyphens', example: 'first-notice' },
  [country.pattern]: { what: 'a country in two capital letters', example: 'DE' },
  [language.pattern]: { what: 'a language by its short code', example: 'de or pt-BR' },
  [identifierKey.pattern]: { what: 'a kind of identifier: small letters, digits and underscores', example: 'wa_id' },
  [period.pattern]: { what: 'a period', example: 'P30D for 30 days, PT15M for 15 minutes, P1Y for a year' },
  [url.pattern]: BY_FORMAT['uri']!,
  '^A6-1-[a-f]$': { what: 'a legal basis of Art. 6(1) GDPR, A6-1-a to A6-1-f', example: 'A6-1-b for a contract' },
  '^A9-2-[a-j]$': { what: 'a condition of Art. 9(2) GDPR, A9-2-a to A9-2-j', example: 'A9-2-a for explicit consent' },
  '^A(45-3|46-2-[a-f]|46-3-[ab]|49-1-[a-g])$': {
    what: 'a transfer mechanism of Arts. 45 to 49 GDPR',
    example: 'A46-2-c for standard contractual clauses',
  },
};

const TYPES: Readonly<Record<string, Form>> = {
  object: { what: 'a map', example: '`name: Acme` in a line of its own beneath it' },
  array: { what: 'a list', example: '[first, second]' },
  string: { what: 'a text', example: "'7', in quotes where it could be read as a number" },
  number: { what: 'a number', example: '10, without quotes' },
  integer: { what: 'a whole number', example: '10, without quotes' },
  boolean: { what: 'yes or no, written as true or false', example: 'true' },
};

const listed = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(', ') : String(values));

/** What a shape of the schema wants; null: nothing but its type. */
function formOf(shape: Shape): Form | null {
  const { pattern, format, anyOf, enum: words, const: only } = shape;
  if (Array.isArray(words)) return { what: `one of: ${listed(words)}`, example: String(words[0]) };
  if (typeof only === 'string') return { what: only, example: only };
  if (typeof pattern === 'string') return BY_PATTERN[pattern] ?? null;
  if (typeof format === 'string') return BY_FORMAT[format] ?? null;
  return anyOf === undefined ? null : INSTANT;
}

const written = ({ what, example }: Form): { message: string; fix: string } => ({
  message: `This is not written as ${what}.`,
  fix: `Write it like this: ${example}.`,
});

/** So many of those that there are, where none is near. */
const FEW = 12;

/** What somebody meant who wrote this; else what else there is to do. Of a map or a list no text can be made: it may have a `toString` of its own. */
function instead(wrong: unknown, known: readonly string[], otherwise: string): string {
  const meant = typeof wrong === 'string' ? nearest(wrong, known) : null;
  return meant === null ? otherwise : `Write \`${meant}\`, if that is meant.`;
}

export interface Sentence {
  readonly message: string;
  readonly fix: string;
}

type Say = (at: { params: Readonly<Record<string, unknown>>; shape: Shape; data: unknown }) => Sentence;

const membersOf = (shape: Shape): Readonly<Record<string, Shape>> =>
  (shape['properties'] ?? {}) as Record<string, Shape>;
const several: Say = ({ params: { limit } }) => ({
  message: `Here are more than ${listed(limit)} entries.`,
  fix: `Leave out what is not needed, down to ${listed(limit)}.`,
});
const none: Say = () => ({ message: 'Here at least one entry is needed.', fix: 'Add an entry.' });
const badlyWritten: Say = ({ shape }) =>
  written(formOf(shape) ?? { what: 'it has to be here', example: 'the guide has one for each section' });
const outOfRange: Say = ({ params: { limit, comparison } }) => {
  const most = comparison === '<=' ? 'at most' : 'at least';
  return { message: `This must be ${most} ${listed(limit)}.`, fix: `Write a number that is ${most} ${listed(limit)}.` };
};

const SAY: Readonly<Record<string, Say>> = {
  required({ params: { missingProperty: key }, shape }) {
    const { required: parts = [], ...wanted } = membersOf(shape)[String(key)] ?? {};
    const form = formOf(wanted);
    const how = form ? `, for example ${form.example}` : (parts as string[]).map((part, n) => `${n === 0 ? ' with' : ' and'} \`${part}\``).join('');
    return { message: `Here \`${String(key)}\` is missing.`, fix: `Add \`${String(key)}\`${how}.` };
  },
  additionalProperties({ params: { additionalProperty: key }, shape }) {
    const known = Object.keys(membersOf(shape));
    const some = `Leave it out, or choose one of those that there are, such as ${known.slice(0, FEW).join(', ')}.`;
    return { message: 'There is no such section or setting here.', fix: instead(key, known, some) };
  },
  enum: ({ params: { allowedValues: words }, data }) => ({
    message: `This must be one of: ${listed(words)}.`,
    fix: instead(data, (words as unknown[]).map(String), 'Choose one of them, or leave the line out.'),
  }),
  const: ({ params: { allowedValue: only } }) => ({ message: `This must be ${String(only)}.`, fix: `Write ${String(only)}.` }),
  type({ params, shape }) {
    const types = [params['type']].flat().map((type) => TYPES[String(type)] ?? TYPES['string']!);
    const example = (types.length === 1 && formOf(shape)?.example) || types[0]!.example;
    return { message: `This must be ${types.map(({ what }) => what).join(' or ')}.`, fix: `Write it like this: ${example}.` };
  },
  format: badlyWritten,
  anyOf: badlyWritten,
  pattern: badlyWritten,
  propertyNames({ shape }) {
    const form = formOf((shape['propertyNames'] ?? {}) as Shape);
    return { message: `A key here is not written as ${form?.what ?? 'keys are'}.`, fix: `Write it like this: ${form?.example ?? 'first-notice'}.` };
  },
  minItems: none,
  minProperties: none,
  maxItems: several,
  maxProperties: several,
  maxLength: ({ params: { limit } }) => ({
    message: `This is longer than ${listed(limit)} characters.`,
    fix: `Shorten it to ${listed(limit)} characters.`,
  }),
  minLength: () => ({ message: 'This is empty.', fix: 'Write something here, or leave the line out.' }),
  minimum: outOfRange,
  maximum: outOfRange,
  uniqueItems: () => ({ message: 'An entry stands here twice.', fix: 'Take it out once.' }),
}; // prettier-ignore

export function sentenceOf({ keyword, params, parentSchema = {}, data }: ErrorObject): Sentence {
  const say = SAY[keyword] ?? badlyWritten;
  return say({ params: params as Record<string, unknown>, shape: parentSchema, data });
}
