// HEIC and AVIF: a picture is items in a `meta` box. EXIF and XMP are items, too; how the picture is turned is not in them.
import { look } from './effort.js';
import { boxesIn, boxIn, freed, type Box } from './iso-boxes.js';
import { ascii, isBlank, numberAt, type Over } from './write-over.js';

const BESIDE = new Set(['Exif', 'mime', 'uri ']);
/** Boxes of `meta` that hold text, and space. */
const TEXTS = new Set(['xml ', 'bxml', 'uuid', 'udta', 'free', 'skip']);
/** Properties that describe, and say when: empty they still count, as properties are named by number. */
const SAID = new Set(['udes', 'altt', 'crtt', 'mdft']);
/** Where its TIFF begins, and a TIFF in which nothing is: EXIF that readers accept. */
const NO_EXIF = Buffer.from('\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1');

/** Of the items that are beside the picture: what they are, by number. */
function itemsBeside(bytes: Buffer, info: Box): ReadonlyMap<number, string> {
  const beside = new Map<number, string>();
  const start = info.start + (bytes[info.start] === 0 ? 6 : 8);
  for (const { type, start: at, end } of boxesIn(bytes, { start, end: info.end })) {
    const width = bytes[at] === 3 ? 4 : 2;
    const what = ascii(bytes, at + 6 + width);
    if (type === 'infe' && bytes[at]! >= 2 && at + 10 + width <= end && BESIDE.has(what))
      beside.set(numberAt(bytes, at + 4, width), what);
  }
  return beside;
}

/** Where a piece of an item is in the file, or within the box `idat`. */
interface Extent {
  readonly id: number;
  readonly isFirst: boolean;
  readonly isInBox: boolean;
  readonly offset: number;
  readonly length: number;
}

/** How many bytes a number has in this list. */
interface Widths {
  readonly id: number;
  readonly method: number;
  readonly index: number;
  readonly offset: number;
  readonly length: number;
  readonly base: number;
}

function widthsOf(bytes: Buffer, { start }: Box): Widths | null {
  const version = bytes[start]!;
  const [first, second] = [bytes[start + 4] ?? 0, bytes[start + 5] ?? 0];
  const [offset, length, base, index] = [first >> 4, first & 15, second >> 4, version > 0 ? second & 15 : 0];
  const isSound = version <= 2 && [offset, length, base, index].every((width) => width === 0 || width === 4 || width === 8);
  return isSound && length > 0 ? { id: version < 2 ? 2 : 4, method: version > 0 ? 2 : 0, index, offset, length, base } : null;
} // prettier-ignore

function* extentsIn(bytes: Buffer, places: Box): Generator<Extent> {
  const widths = widthsOf(bytes, places);
  if (!widths) return;
  let at = places.start + 6 + widths.id;
  const next = (width: number): number => numberAt(bytes, (at += width) - width, width);
  while (at < places.end) {
    look();
    const id = next(widths.id);
    const isInBox = (next(widths.method) & 15) === 1;
    at += 2;
    const base = next(widths.base);
    const pieces = next(2);
    for (let n = 0; n < pieces && at < places.end; n += 1) {
      look();
      at += widths.index;
      yield { id, isFirst: n === 0, isInBox, offset: base + next(widths.offset), length: next(widths.length) };
    }
  }
}

function* itemBytes(bytes: Buffer, meta: Box): Generator<Over> {
  const [info, places, data] = ['iinf', 'iloc', 'idat'].map((name) => boxIn(bytes, { start: meta.start + 4, end: meta.end }, name)); // prettier-ignore
  if (!info || !places) return;
  const beside = itemsBeside(bytes, info);
  for (const { id, isFirst, isInBox, offset, length } of extentsIn(bytes, places)) {
    const what = beside.get(id);
    if (what === undefined || (isInBox && !data)) continue;
    const at = offset + (isInBox ? data!.start : 0);
    const end = Math.min(at + length, isInBox ? data!.end : bytes.length);
    const isEmptied = what === 'Exif' && isFirst && end - at >= NO_EXIF.length && !isBlank(bytes, { at, end });
    yield isEmptied ? { at, end, text: NO_EXIF } : { at, end };
  }
}

export function* itemsFound(bytes: Buffer, meta: Box): Generator<Over> {
  yield* itemBytes(bytes, meta);
  for (const box of boxesIn(bytes, { start: meta.start + 4, end: meta.end })) {
    if (TEXTS.has(box.type)) yield* freed(bytes, box);
    if (box.type === 'hdlr') yield { at: box.start + 12, end: box.end };
  }
  const properties = boxIn(bytes, boxIn(bytes, { start: meta.start + 4, end: meta.end }, 'iprp'), 'ipco');
  if (properties)
    for (const { type, start, end } of boxesIn(bytes, properties)) if (SAID.has(type)) yield { at: start + 4, end };
}
