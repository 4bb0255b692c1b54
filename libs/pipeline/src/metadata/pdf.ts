// PDF: objects name each other by place, so the document's information, its XMP and what its photographs carry are written over.
import { deflateSync } from 'node:zlib';
import { isJpegNeeded, JPEG_END, jpegMarker } from './cut-out.js';
import { look } from './effort.js';
import { afterDictionary, afterString, filterOf, objectsOf, unpacked, type PdfObject } from './pdf-objects.js';
import type { Finder, Over } from './write-over.js';

const LONGEST_PREFIX = 1_024;
/** Of what is no short dictionary: a string, or information as long as a text. */
const LONGEST_TEXT = 65_536;
const REFERENCE = /\/(\w+)\s+(\d{1,10})\s+\d{1,5}\s+R\b/g;

const blank = (length: number): Buffer => Buffer.alloc(length, ' ');

/** Objects of the document's information: those that a trailer, or what stands for one, names. */
function informationOf(bytes: Buffer): Set<number> {
  const numbers = new Set<number>();
  for (let at = bytes.indexOf('/Info'); at >= 0; at = bytes.indexOf('/Info', at + 5)) {
    look();
    const found = /^\/Info\s+(\d{1,10})\s+\d{1,5}\s+R\b/.exec(bytes.toString('latin1', at, at + 40))?.[1];
    if (found !== undefined) numbers.add(Number(found));
  }
  return numbers;
}

const withoutStrings = (text: string): string => {
  let left = '';
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('(', at);
    left += text.slice(at, next < 0 ? text.length : next);
    at = next < 0 ? text.length : afterString(text, next);
  }
  return left;
};

/** Where a text says something: within the brackets of a string. */
function stringIn(text: string): { from: number; to: number } | null {
  const from = text.search(/\S/);
  if (text[from] === '(') return { from: from + 1, to: Math.max(from + 1, afterString(text, from) - 1) };
  const hex = /^<[\da-fA-F\s]*>/.exec(text.slice(Math.max(0, from)));
  return hex ? { from: from + 1, to: from + hex[0].length - 1 } : null;
}

/** Or of a dictionary: all of it. Information has no type; what has one is something else that was named so. */
function saidIn(text: string): { from: number; to: number } | null {
  const from = text.search(/\S/);
  if (!text.startsWith('<<', Math.max(0, from))) return stringIn(text);
  if (/\/(Type|Kids|Pages)\b/.test(withoutStrings(text))) return null;
  return { from: from + 2, to: Math.max(from + 2, afterDictionary(text, from) - 2) };
}

/** Its values may be objects of their own. */
const namedIn = (text: string): number[] => [...text.matchAll(REFERENCE)].map(([, , number]) => Number(number));

/** Objects that are packed together: where each begins in the unpacked bytes. */
function packedTogether(content: Buffer, dictionary: string): { number: number; from: number; to: number }[] {
  const count = Number(/\/N\s+(\d{1,7})/.exec(dictionary)?.[1] ?? 0);
  const first = Number(/\/First\s+(\d{1,8})/.exec(dictionary)?.[1] ?? 0);
  look(count);
  const numbers = content.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
  return Array.from({ length: Math.min(count, numbers.length >> 1) }, (_, n) => ({
    number: numbers[2 * n]!,
    from: first + numbers[2 * n + 1]!,
    to: n + 1 < count ? first + numbers[2 * n + 3]! : content.length,
  })).filter(({ from, to }) => from < to && to <= content.length);
}

interface Packed {
  readonly object: PdfObject;
  readonly content: Buffer;
  readonly parts: ReturnType<typeof packedTogether>;
}

function packedIn(bytes: Buffer, object: PdfObject): Packed | null {
  if (!/\/Type\s*\/ObjStm\b/.test(object.dictionary)) return null;
  const content = unpacked(bytes, object);
  return content && { object, content, parts: packedTogether(content, object.dictionary) };
}

/** As many bytes as there were: what a reader unpacks ends before the filling. null: it needs more. */
function refilled(content: Buffer, { dictionary, stream }: PdfObject): Buffer | null {
  const isPlain = filterOf(dictionary) === null;
  const packed = isPlain ? content : deflateSync(content, { level: 9 });
  const left = stream!.end - stream!.start - packed.length;
  return left < 0 ? null : Buffer.concat([packed, Buffer.alloc(left, isPlain ? ' ' : 0)]);
}

/** That a file is made for archives stays: it says nothing of anybody. */
function archiveMark(xmp: string): string {
  const part = /pdfaid:part\s*(?:>|=\s*["'])\s*(\d)/.exec(xmp)?.[1];
  const level = /pdfaid:conformance\s*(?:>|=\s*["'])\s*([A-Z])/.exec(xmp)?.[1];
  if (part === undefined) return '';
  const conformance = level === undefined ? '' : ` pdfaid:conformance="${level}"`;
  return `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="${part}"${conformance}/>`;
}

function* ofXmp(bytes: Buffer, object: PdfObject): Iterable<Over> {
  const mark = archiveMark(unpacked(bytes, object)?.toString('latin1') ?? '');
  const xmp = Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${mark}</rdf:RDF></x:xmpmeta>`); // prettier-ignore
  const text = refilled(xmp, object) ?? refilled(Buffer.alloc(0), object);
  yield { at: object.stream!.start, end: object.stream!.end, ...(text ? { text } : {}) };
}

/** A photograph as a camera wrote it: its segments stay where they are, with nothing in them. */
function* ofPhotograph(bytes: Buffer, { start, end }: { start: number; end: number }): Iterable<Over> {
  const picture = bytes.subarray(start, end);
  for (let at = jpegMarker(picture, 2); at + 4 <= picture.length;) {
    look();
    const marker = picture[at + 1]!;
    if (marker === JPEG_END) return yield { at: start + at + 2, end };
    const next = at + 2 + Math.max(2, picture.readUInt16BE(at + 2));
    if (!isJpegNeeded(picture, at, marker)) yield { at: start + at + 4, end: Math.min(start + next, end) };
    at = jpegMarker(picture, Math.min(next, picture.length));
  }
}

/** In objects by themselves, and in those that are packed together. */
function* ofInformation(bytes: Buffer, objects: readonly PdfObject[], named: ReadonlySet<number>): Iterable<Over> {
  const packed = objects.flatMap((object) => packedIn(bytes, object) ?? []);
  const textOf = ({ at, dictionary }: PdfObject): string => {
    look(dictionary === '' ? LONGEST_TEXT / 256 : 1);
    return dictionary || bytes.toString('latin1', at, at + LONGEST_TEXT);
  };
  const texts = [
    ...objects.filter(({ number }) => named.has(number)).map(textOf),
    ...packed.flatMap(({ content, parts }) =>
      parts.filter(({ number }) => named.has(number)).map(({ from, to }) => content.toString('latin1', from, to)),
    ),
  ];
  const values = new Set(texts.filter((text) => saidIn(text)).flatMap(namedIn));
  const saidBy = (number: number, text: () => string) => {
    if (named.has(number)) return saidIn(text());
    return values.has(number) ? stringIn(text()) : null;
  };
  for (const object of objects) {
    const said = object.stream ? null : saidBy(object.number, () => textOf(object));
    if (said) yield { at: object.at + said.from, end: object.at + said.to, text: blank(said.to - said.from) };
  }
  for (const { object, content, parts } of packed) {
    const left = Buffer.from(content);
    for (const { number, from, to } of parts) {
      const said = saidBy(number, () => content.toString('latin1', from, to));
      if (said) left.fill(' ', from + said.from, from + said.to);
    }
    const filled = left.equals(content) ? null : refilled(left, object);
    if (filled) yield { at: object.stream!.start, end: object.stream!.end, text: filled };
  }
}

const find: Finder = function* (bytes) {
  const objects = [...objectsOf(bytes)];
  yield* ofInformation(bytes, objects, informationOf(bytes));
  for (const object of objects) {
    const { dictionary, stream } = object;
    if (!stream) continue;
    if (/\/Type\s*\/Metadata\b/.test(dictionary)) yield* ofXmp(bytes, object);
    else if (filterOf(dictionary) === '/DCTDecode') yield* ofPhotograph(bytes, stream);
  }
};

/** A signature covers every byte, and of what is encrypted nothing can be read: both stay as they are. */
const isClosed = (bytes: Buffer): boolean =>
  bytes.includes('/ByteRange') || /\/Encrypt\s+\d+\s+\d+\s+R\b|\/Encrypt\s*<</.test(around(bytes, '/Encrypt'));

/** The text where a name stands. */
function around(bytes: Buffer, name: string): string {
  const found: string[] = [];
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + name.length)) {
    look();
    found.push(bytes.toString('latin1', at, at + 40));
  }
  return found.join('\n');
}

/** null: it is none. */
export function pdfFound(bytes: Buffer): Finder | null {
  if (!bytes.subarray(0, LONGEST_PREFIX).includes('%PDF-')) return null;
  return isClosed(bytes) ? function* () {} : find;
}
