// YAML or JSON text → document, quickly and within limits; a mistake is named by its line, never by quoting it.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isScalar, LineCounter, parseDocument as parseYaml, visit, type Document, type ErrorCode } from 'yaml';
import type { InputError } from '#libs/kernel';
import { pointer } from './pointer.js';

/** Of the text, in UTF-8. */
const MAX_BYTES = 1024 * 1024;
/** Characters that structure a text: reading costs time by these, far more than by bytes. A long document has some thousands. */
const MAX_MARKS = 60_000;
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
  | { readonly ok: true; readonly document: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errors: readonly InputError[] };

const wrong = (detail: string, path = ''): Parsed => ({ ok: false, errors: [{ path, detail }] });

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab is used to indent; use spaces',
  BAD_INDENT: 'the indentation does not fit',
  BAD_ALIAS: 'this alias names no anchor',
  MISSING_CHAR: 'something is missing, for example a colon, a comma, a quote or a closing bracket',
  MULTIPLE_DOCS: 'a second document begins; submit one at a time',
  TAG_RESOLVE_FAILED: 'tags are not allowed',
  KEY_OVER_1024_CHARS: 'this key is too long',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
};

/** Where a key stands a second time in its map. The reader's own check compares each key with all before it: that is hours for a long map. */
function repeatedKeys(yaml: Document): number[] {
  const at: number[] = [];
  visit(yaml, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) at.push(key.range?.[0] ?? 0);
        seen.add(key.value);
      }
    },
  });
  return at;
}

function isMoreThan(source: string, mark: RegExp, most: number): boolean {
  let count = 0;
  for (const _ of source.matchAll(mark)) if (++count > most) return true;
  return false;
}

function fromText(source: string): { readonly read: unknown } | { readonly failed: Parsed } {
  if (Buffer.byteLength(source) > MAX_BYTES) return { failed: wrong('The document is larger than 1 MB.') };
  if (BOUNDS.some(([mark, most]) => isMoreThan(source, mark, most)))
    return { failed: wrong('The document has too many parts.') };
  const lines = new LineCounter();
  // JSON is YAML 1.2: one reader gives line numbers for both and refuses a key that stands twice. Its pretty errors copy the line for each error.
  const yaml = parseYaml(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: '1.2', schema: 'core', resolveKnownTags: false, merge: false }); // prettier-ignore
  const found = [...yaml.errors, ...yaml.warnings].map(({ code, pos }) => ({ code, at: pos[0] }));
  const repeated = repeatedKeys(yaml).map((at) => ({ code: 'DUPLICATE_KEY' as const, at }));
  const errors = [...found, ...repeated].slice(0, MAX_ERRORS).map(({ code, at }) => {
    const { line, col } = lines.linePos(at);
    return { path: '', detail: `line ${line}, column ${col}: ${SENTENCES[code] ?? 'this cannot be read as YAML or JSON'}` }; // prettier-ignore
  });
  if (errors.length > 0) return { failed: { ok: false, errors } };
  try {
    return { read: yaml.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch (error) {
    // Its message is not handed on: it quotes the name.
    const isMissing = error instanceof ReferenceError && error.message.startsWith('Unresolved alias');
    return { failed: wrong(isMissing ? 'An alias names an anchor that is not there.' : 'The document repeats itself by aliases too often.') }; // prettier-ignore
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** What JSON cannot say, or not safely: an endless or huge structure, half a character, a number that is none. */
function flaw(root: unknown): InputError | null {
  let parts = 0;
  const walk = (value: unknown, path: readonly (string | number)[]): InputError | null => {
    const at = (detail: string): InputError => ({ path: pointer(...path), detail });
    if (++parts > MAX_PARTS) return { path: '', detail: 'The document has too many parts.' };
    if (path.length > MAX_DEPTH) return at('The document is nested too deeply.');
    if (typeof value === 'string') return LONE_SURROGATE.test(value) ? at('This text contains half a character.') : null;
    if (typeof value === 'number') return Number.isFinite(value) ? null : at('This is not a number.');
    if (typeof value === 'boolean' || value === null) return null;
    if (typeof value !== 'object') return at('This cannot stand in a document.');
    for (const [key, member] of Object.entries(value)) {
      if (key === '__proto__' || LONE_SURROGATE.test(key)) return at('A key here is not allowed.');
      const found = walk(member, [...path, Array.isArray(value) ? Number(key) : key]);
      if (found) return found;
    }
    return null;
  }; // prettier-ignore
  return walk(root, []);
}

/** Text, or bytes in UTF-8, or what a JSON reader made of them. */
function readAny(source: unknown): { readonly read: unknown } | { readonly failed: Parsed } {
  if (typeof source === 'string') return fromText(source);
  if (!(source instanceof Uint8Array)) return { read: source };
  if (source.byteLength > MAX_BYTES) return { failed: wrong('The document is larger than 1 MB.') };
  try {
    return fromText(new TextDecoder('utf-8', { fatal: true }).decode(source));
  } catch {
    return { failed: wrong('The document is not encoded in UTF-8.') };
  }
}

/**
 * Reads a submitted document: YAML or JSON text, its bytes, or an object. What it may say is judged by `review`.
 * Errors carry a JSON pointer or a line, and never quote the document.
 */
export function parseDocument(source: unknown): Parsed {
  const text = readAny(source);
  if ('failed' in text) return text.failed;
  const document = text.read;
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return wrong('A document is a map of sections.');
  const found = flaw(document);
  return found ? { ok: false, errors: [found] } : { ok: true, document: document as Record<string, unknown> };
}

/** SHA-256, hex, over the RFC 8785 form: the same document has the same hash, however it was written. */
export function hashDocument(document: unknown): string {
  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TypeError('only a document that parseDocument accepted has a hash');
  return createHash('sha256').update(canonical).digest('hex');
}
