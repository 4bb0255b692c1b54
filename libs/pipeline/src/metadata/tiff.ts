// TIFF and DNG: of each directory only the tags stay that are needed to show the picture. EXIF, GPS, XMP and IPTC are such directories and tags.
import { look } from './effort.js';
import { ascii, type Finder, type Over } from './write-over.js';

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const SUB_DIRECTORIES = 330;
/** Size, coding, colours and place of the picture, how it is turned, its thumbnails (TIFF 6.0), the colour profile. */
const NEEDED = new Set([
  ...upTo(254, 259), 262, 263, 264, 265, 266, 273, 274, ...upTo(277, 284), 286, 287, ...upTo(290, 293), 296, 297, 301,
  ...upTo(317, 325), SUB_DIRECTORIES, 332, 334, 336, ...upTo(338, 347), ...upTo(512, 521), ...upTo(529, 532), 559, 34675,
  // How the sensor's picture becomes one to look at (TIFF/EP, DNG).
  33421, 33422, ...upTo(50706, 52600),
]); // prettier-ignore
/** Of DNG: camera and lens, numbers and names by which they or the file can be recognised, when, with what, makers' notes. */
const NAMING = new Set([
  50708, 50709, 50735, 50736, 50740, 50741, 50781, 50827, 50828, 50931, 50932, 50934, 50936, 50942, ...upTo(50966, 50969),
  ...upTo(50971, 50973), ...upTo(51043, 51044), 51081, 51105, 52530,
]); // prettier-ignore
/** EXIF, GPS, interoperability: tags whose value is where another directory is. */
const POINTERS = new Set([SUB_DIRECTORIES, 34665, 34853, 40965]);
const WIDTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

const HEAD = 8;
const ENTRY = 12;
/** In no sound file are there more; a broken one does not keep us longer. */
const MOST_DIRECTORIES = 4096;

interface Directory {
  readonly at: number;
  readonly stays: boolean;
}

interface Entry {
  readonly at: number;
  readonly tag: number;
  readonly count: number;
  /** Where its value is: in the entry itself if that is long enough. */
  readonly value: Over;
}

type Reader = (at: number, size: 2 | 4) => number;

const readerOf = (bytes: Buffer): Reader => {
  const isLittle = bytes[0] === 0x49;
  return (at, size) => {
    if (at + size > bytes.length) return 0;
    return isLittle ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
  };
};

function entriesOf(bytes: Buffer, read: Reader, at: number): Entry[] {
  const count = Math.min(read(at, 2), Math.max(0, Math.floor((bytes.length - at - 2) / ENTRY)));
  return Array.from({ length: count }, (_, n) => {
    const entry = at + 2 + n * ENTRY;
    const many = read(entry + 4, 4);
    const length = many * (WIDTHS[read(entry + 2, 2)] ?? 0);
    const from = length <= 4 ? entry + 8 : Math.max(HEAD, read(entry + 8, 4));
    return { at: entry, tag: read(entry, 2), count: many, value: { at: from, end: from + length } };
  });
}

/** What stays of a directory, in its place: its count, its entries in their order, where the next one is. */
function shortened(bytes: Buffer, kept: readonly Entry[], of: Over): Buffer {
  const count = Buffer.from(bytes.subarray(of.at, of.at + 2));
  if (bytes[0] === 0x49) count.writeUInt16LE(kept.length);
  else count.writeUInt16BE(kept.length);
  return Buffer.concat([
    count,
    ...kept.map(({ at }) => bytes.subarray(at, at + ENTRY)),
    bytes.subarray(of.end - 4, of.end),
  ]);
}

function* ofDirectory(bytes: Buffer, { at, stays }: Directory, entries: readonly Entry[]): Generator<Over> {
  const whole = { at, end: at + 2 + entries.length * ENTRY + 4 };
  const isKept = (entry: Entry): boolean => stays && isNeeded(entry);
  const kept = entries.filter(isKept);
  if (stays && kept.length === entries.length) return;
  for (const entry of entries) if (!isKept(entry) && entry.value.at !== entry.at + 8) yield entry.value;
  yield stays ? { ...whole, text: shortened(bytes, kept, whole) } : whole;
}

const isNeeded = ({ tag }: Entry): boolean => NEEDED.has(tag) && !NAMING.has(tag);

/** Where directories that are named in this one are, and whether they stay: EXIF and GPS do not. */
function* named(read: Reader, { at, stays }: Directory, entries: readonly Entry[]): Generator<Directory> {
  for (const entry of entries) {
    if (!POINTERS.has(entry.tag)) continue;
    const remains = stays && isNeeded(entry);
    for (let n = 0; n < entry.count; n += 1) yield { at: read(entry.value.at + n * 4, 4), stays: remains };
  }
  if (stays) yield { at: read(at + 2 + entries.length * ENTRY, 4), stays };
}

function* found(bytes: Buffer): Generator<Over> {
  const read = readerOf(bytes);
  const known = new Set<number>();
  const toDo: Directory[] = [{ at: read(4, 4), stays: true }];
  let budget = bytes.length / ENTRY;
  for (let one = toDo.pop(); one && budget > 0; one = toDo.pop()) {
    if (one.at < HEAD || one.at + 2 > bytes.length || known.has(one.at)) continue;
    known.add(one.at);
    look();
    const entries = entriesOf(bytes, read, one.at);
    budget -= entries.length;
    look(entries.length);
    for (const next of named(read, one, entries)) {
      if (known.size + toDo.length >= MOST_DIRECTORIES) break;
      toDo.push(next);
    }
    yield* ofDirectory(bytes, one, entries);
  }
}

/** null: it is no TIFF. */
export const tiffFound = (bytes: Buffer): Finder | null =>
  ['II*\0', 'MM\0*'].includes(ascii(bytes, 0)) ? found : null;
