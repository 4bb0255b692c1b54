// WebM and Matroska (RFC 9559): tags, chapters, attachments, titles, the date, and what they were written with.
import { look } from './effort.js';
import { isBlank, numberAt, type Finder, type Over } from './write-over.js';

const FILE = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const VOID = 0xec;
/** What is needed to play nothing becomes space. A checksum would not fit what is left. */
const BESIDE = new Set([0x1254c367, 0x1043a770, 0x1941a469, 0x4461, 0xbf]);
/** Title, programs, names of files and tracks, names and settings of codecs, and space itself: those that have to be there become empty texts. */
const TEXTS = new Set([0x7ba9, 0x4d80, 0x5741, 0x7384, 0x3c83ab, 0x3e83bb, 0x536e, 0x258688, 0x3a9697, VOID]);
/** Information on the segment, and tracks: one within the other no deeper than here. */
const CONTAINERS = new Set([0x1549a966, 0x1654ae6b, 0xae]);
const DEEPEST = 2;

interface Element {
  readonly id: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** How many bytes a number has its first byte says, by the zeros that it begins with. */
const widthAt = (bytes: Buffer, at: number): number => Math.clz32(bytes[at] ?? 0) - 23;

/** How long it says it is; null: it does not know, and is read as if what is in it stood beside it. */
function sizeAt(bytes: Buffer, at: number, width: number): number | null {
  const most = 2 ** (7 * width);
  let size = bytes[at]! % 2 ** (8 - width);
  for (let n = 1; n < width; n += 1) size = size * 256 + (bytes[at + n] ?? 0);
  return size === most - 1 ? null : size;
}

function* elementsIn(bytes: Buffer, from: number, to: number): Generator<Element> {
  for (let at = from; at < to;) {
    look();
    const idWidth = widthAt(bytes, at);
    const width = widthAt(bytes, at + idWidth);
    const start = at + idWidth + width;
    if (idWidth > 4 || width > 8 || start > to) return;
    const id = numberAt(bytes, at, idWidth);
    const size = id === SEGMENT ? null : sizeAt(bytes, at + idWidth, width);
    yield { id, at, start, end: Math.min(size === null ? start : start + size, to) };
    at = size === null ? start : start + size;
  }
}

/** Space that is as long as the element was: its size has the bytes that its name leaves. */
function spaceFor({ at, start, end }: Element): Over {
  const width = Math.min(start - at - 1, 8);
  const head = Buffer.allocUnsafe(1 + width).fill(0);
  head[0] = VOID;
  const size = end - at - head.length;
  head.writeUIntBE(size, head.length - Math.min(width, 6), Math.min(width, 6));
  head[1]! |= 2 ** (8 - width);
  return { at, end, text: head };
}

function* within(bytes: Buffer, span: Omit<Element, 'id' | 'at'>, depth: number): Generator<Over> {
  for (const element of elementsIn(bytes, span.start, span.end)) {
    const { id, start, end } = element;
    if (TEXTS.has(id)) yield { at: start, end };
    else if (BESIDE.has(id) && !isBlank(bytes, { at: start, end })) yield spaceFor(element);
    else if (CONTAINERS.has(id) && depth < DEEPEST) yield* within(bytes, element, depth + 1);
  }
}

const found: Finder = (bytes) => within(bytes, { start: 0, end: bytes.length }, 0);

/** null: it is neither. */
export const matroskaFound = (bytes: Buffer): Finder | null => (numberAt(bytes, 0) === FILE ? found : null);
