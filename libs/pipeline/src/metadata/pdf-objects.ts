// How a PDF is read as far as its metadata goes: objects where they stand, their dictionaries, and the bytes of their streams.
import { inflateSync } from 'node:zlib';
import { look } from './effort.js';

export interface PdfObject {
  readonly number: number;
  /** Of what stands behind `obj`. */
  readonly at: number;
  /** Its dictionary as text, else an empty one. */
  readonly dictionary: string;
  /** Of its bytes, where it is a stream. */
  readonly stream: { readonly start: number; readonly end: number } | null;
}

const HEAD = /(?:^|[^\d])(\d{1,10})\s{1,4}\d{1,5}\s{1,4}$/;
const LONGEST_HEAD = 32;
/** Most dictionaries end within the first, and all that say what is asked for here within the last. */
const WINDOWS = [256, 2_048, 16_384] as const;
/** Unpacking so much costs as much as looking at a part, and so does reading so much of what is no short dictionary. */
const BYTES_PER_PART = 256;
const SCANNED_PER_PART = 64;
const MOST_UNPACKED = 16 * 1024 * 1024;

/** Behind the string that begins there; escapes and brackets within it count. */
export function afterString(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && (depth -= 1) === 0) return at + 1;
  }
  return text.length;
}

/** Behind the dictionary that begins there; what stands in strings and comments is no part of it. */
export function afterDictionary(text: string, from: number): number {
  const marks = /\(|<<|>>|%[^\r\n]*/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text)?.[0]; mark !== undefined; mark = marks.exec(text)?.[0]) {
    if (mark === '(') marks.lastIndex = afterString(text, marks.lastIndex - 1);
    else if (mark === '<<') depth += 1;
    else if (mark === '>>' && (depth -= 1) === 0) return marks.lastIndex;
  }
  return text.length;
}

function streamAt(bytes: Buffer, at: number, dictionary: string): PdfObject['stream'] {
  const head = /^\s{0,8}stream(\r\n|\n|\r)/.exec(bytes.toString('latin1', at, at + 16));
  if (!head) return null;
  look();
  const start = at + head[0].length;
  const stated = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)\b/.exec(dictionary)?.[1];
  const said = start + Number(stated ?? Number.NaN);
  if (/^\s{0,2}endstream/.test(bytes.toString('latin1', said, said + 12))) return { start, end: said };
  const end = bytes.indexOf('endstream', start);
  return { start, end: end < 0 ? bytes.length : end };
}

/** Of an object; empty: it is none. */
function dictionaryAt(bytes: Buffer, at: number): string {
  for (const window of WINDOWS) {
    const text = bytes.toString('latin1', at, at + window);
    const from = text.search(/\S/);
    if (from < 0 || !text.startsWith('<<', from)) return '';
    const end = afterDictionary(text, from);
    if (window !== WINDOWS[0]) look(end / SCANNED_PER_PART);
    if (text.endsWith('>>', end) && end < text.length) return text.slice(0, end);
    if (text.length < window) return text.slice(0, end);
  }
  return '';
}

/** All objects that stand in the file, also those of earlier revisions. What is within a stream is none. */
export function* objectsOf(bytes: Buffer): Iterable<PdfObject> {
  for (let at = bytes.indexOf('obj'); at >= 0;) {
    look();
    const number = HEAD.exec(bytes.toString('latin1', Math.max(0, at - LONGEST_HEAD), at))?.[1];
    let next = at + 3;
    if (number !== undefined) {
      const dictionary = dictionaryAt(bytes, next);
      const stream = dictionary === '' ? null : streamAt(bytes, next + dictionary.length, dictionary);
      yield { number: Number(number), at: next, dictionary, stream };
      next = stream?.end ?? next;
    }
    at = bytes.indexOf('obj', next);
  }
}

/** How its bytes are packed; null: not at all. */
export function filterOf(dictionary: string): string | null {
  const [, list, one] = /\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(dictionary) ?? [];
  return (one ?? list)?.trim() ?? null;
}

/** null: they are packed in another way than most are, or too much. */
export function unpacked(bytes: Buffer, { dictionary, stream }: PdfObject): Buffer | null {
  const filter = filterOf(dictionary);
  if (!stream || (filter !== null && filter !== '/FlateDecode') || /\/DecodeParms\b/.test(dictionary)) return null;
  const packed = bytes.subarray(stream.start, stream.end);
  if (filter === null) return packed;
  try {
    const content = inflateSync(packed, { maxOutputLength: MOST_UNPACKED });
    look(content.length / BYTES_PER_PART);
    return content;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
