// YAML or JSON text → document, quickly and within limits; a mistake is named by its place, never by quoting it.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isScalar, LineCounter, parseDocument as parseYaml, visit, type Document, type ErrorCode } from 'yaml';
import type { InputError } from '#libs/kernel';
import { NO_PLACES, placeOf, placesIn, pointerAt, type Place, type Places } from './places.js';
import { pointer } from './pointer.js';

/** Of the text, in UTF-8. */
const MAX_BYTES = 1024 * 1024;
/** Characters that structure a text: reading costs time by these, far more than by bytes. A long document has some thousands. */
const MAX_MARKS = 30_000;
const MARK = /[,:[\]{}\n]/g;
/** Anchors, tags, aliases, and entries that begin within a line: each is compared with those before it, so that many of them take minutes. */
const MAX_PROPERTIES = 5_000;
/** Counted in texts, too, but not where they end a word or begin a line: `Hello!`, `- support`. */
const PROPERTY = /(?<![\p{L}\p{N}])[&!*]|(?<=\S[ \t]+|[^\s\p{L}\p{N}])[-?](?=\s)/gu;
const MAX_QUOTES = 100_000;
const QUOTE = /["']/g;
const MAX_DEPTH = 20;
/** Maps, lists and values, counted as they stand after aliases are followed. */
const MAX_PARTS = 50_000;
const BOUNDS = [
  [MARK, MAX_MARKS],
  [PROPERTY, MAX_PROPERTIES],
  [QUOTE, MAX_QUOTES],
] as const;
const MAX_ALIASES = 100;
const MAX_ERRORS = 20;

export type Parsed =
  | { readonly ok: true; readonly document: Readonly<Record<string, unknown>>; readonly places: Places }
  | { readonly ok: false; readonly errors: readonly InputError[] };

const FIRST: Place = { line: 1, column: 1 };

/** What is wrong with a text as a whole. */
const wrong = (detail: string, place: Place | undefined = FIRST): Parsed => ({
  ok: false,
  errors: [{ path: '', detail, ...place }],
});

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab is used to indent; use spaces',
  BAD_INDENT: 'the indentation does not fit',
  BAD_ALIAS: 'this alias names an anchor that is not there',
  MISSING_CHAR: 'something is missing, for example a colon, a comma, a quote or a closing bracket',
  MULTIPLE_DOCS: 'a second document begins; submit one at a time',
  TAG_RESOLVE_FAILED: 'tags are not allowed',
  NON_STRING_KEY: 'a key here is no text',
  KEY_OVER_1024_CHARS: 'this key is too long',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
};

interface Mistake {
  readonly code: ErrorCode;
  readonly at: number;
}

/**
 * Keys that stand a second time in their map, and aliases of nothing before them. The reader's own check compares each key
 * with all before it: that is hours for a long map; of an alias it says nothing until it is followed.
 */
function mistakes(yaml: Document): Mistake[] {
  const found: Mistake[] = [];
  const anchors = new Set<string>();
  visit(yaml, {
    Node(_, node) {
      if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor);
    },
    Alias(_, { source, range }) {
      if (!anchors.has(source)) found.push({ code: 'BAD_ALIAS', at: range?.[0] ?? 0 });
    },
    Map(_, { items, anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push({ code: 'DUPLICATE_KEY', at: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return found;
}

function isMoreThan(source: string, mark: RegExp, most: number): boolean {
  let count = 0;
  for (const _ of source.matchAll(mark)) if (++count > most) return true;
  return false;
}

type Read = { readonly read: unknown; readonly places: Places } | { readonly failed: Parsed };

function fromText(source: string): Read {
  if (Buffer.byteLength(source) > MAX_BYTES) return { failed: wrong('The document is larger than 1 MB.') };
  if (BOUNDS.some(([mark, most]) => isMoreThan(source, mark, most)))
    return { failed: wrong('The document has too many parts.') };
  const lines = new LineCounter();
  // JSON is YAML 1.2: one reader gives places for both and refuses a key that stands twice. Its pretty errors copy the line for each error.
  // Keys are texts: one that is a map or a list would be written out, and printed, which takes minutes where they are within each other.
  const yaml = parseYaml(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: '1.2', schema: 'core', stringKeys: true, resolveKnownTags: false, merge: false }); // prettier-ignore
  const found = [...yaml.errors, ...yaml.warnings].map(({ code, pos }): Mistake => ({ code, at: pos[0] }));
  const errors = [...found, ...mistakes(yaml)].slice(0, MAX_ERRORS).map(({ code, at }): InputError => {
    const detail = SENTENCES[code] ?? 'this cannot be read as YAML or JSON';
    // A second document is in no part of the first.
    return { path: code === 'MULTIPLE_DOCS' ? '' : pointerAt(yaml.contents, at), detail, ...placeOf(lines, at) };
  });
  if (errors.length > 0) return { failed: { ok: false, errors } };
  try {
    const read = yaml.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
    return { read, places: placesIn(yaml.contents, lines) };
  } catch {
    // Its message is not handed on: it quotes the name.
    return { failed: wrong('The document repeats itself by aliases too often.') };
  }
}

/** Half a character, and NUL: PostgreSQL stores neither. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const NUL = '\0';
const isFlawed = (text: string): boolean => LONE_SURROGATE.test(text) || text.includes(NUL);

/** What JSON cannot say, or not safely, or what cannot be stored: an endless or huge structure, half a character, a number that is none. */
function flaw(root: unknown): InputError | null {
  let parts = 0;
  const walk = (value: unknown, path: readonly (string | number)[]): InputError | null => {
    const at = (detail: string): InputError => ({ path: pointer(...path), detail });
    if (++parts > MAX_PARTS) return { path: '', detail: 'The document has too many parts.' };
    if (path.length > MAX_DEPTH) return at('The document is nested too deeply.');
    if (typeof value === 'string') return isFlawed(value) ? at('This text contains half a character, or NUL.') : null;
    if (typeof value === 'number') return Number.isFinite(value) ? null : at('This is not a number.');
    if (typeof value === 'boolean' || value === null) return null;
    if (typeof value !== 'object') return at('This cannot stand in a document.');
    for (const [key, member] of Object.entries(value)) {
      if (key === '__proto__' || isFlawed(key)) return at('A key here is not allowed.');
      const found = walk(member, [...path, Array.isArray(value) ? Number(key) : key]);
      if (found) return found;
    }
    return null;
  }; // prettier-ignore
  return walk(root, []);
}

/** Where the first byte is that is no UTF-8. */
function placeOfBroken(bytes: Uint8Array): Place {
  const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Text, or bytes in UTF-8, or what is a document already. */
function readAny(source: unknown): Read {
  if (typeof source === 'string') return fromText(source);
  if (!(source instanceof Uint8Array)) return { read: source, places: NO_PLACES };
  if (source.byteLength > MAX_BYTES) return { failed: wrong('The document is larger than 1 MB.') };
  try {
    return fromText(new TextDecoder('utf-8', { fatal: true }).decode(source));
  } catch {
    return { failed: wrong('The document is not encoded in UTF-8.', placeOfBroken(source)) };
  }
}

/**
 * Reads a submitted document: YAML or JSON text, its bytes, or an object. What it may say is judged by `review`.
 * Errors carry a JSON pointer, of a text also line and column, and never quote the document.
 */
export function parseDocument(source: unknown): Parsed {
  const text = readAny(source);
  if ('failed' in text) return text.failed;
  const { read: document, places } = text;
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return wrong('A document is a map of sections.', places(''));
  const found = flaw(document);
  if (found) return { ok: false, errors: [{ ...found, ...places(found.path) }] };
  return { ok: true, document: document as Record<string, unknown>, places };
}

/** SHA-256, hex, over the RFC 8785 form: the same document has the same hash, however it was written. */
export function hashDocument(document: unknown): string {
  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TypeError('only a document that parseDocument accepted has a hash');
  return createHash('sha256').update(canonical).digest('hex');
}
