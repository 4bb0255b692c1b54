// MP4, QuickTime, M4A, 3GP, HEIC and AVIF: user data, keys, XMP, times of creation, names of makers, tracks of where a camera was.
import { boxesIn, boxIn, freed, handlerOf, type Box, type Span } from './iso-boxes.js';
import { itemsFound } from './iso-items.js';
import { samplesOf } from './iso-samples.js';
import { ascii, numberAt, type Finder, type Over } from './write-over.js';

/** Beginnings of a file: older cameras write no `ftyp`. */
const FIRST = new Set(['ftyp', 'styp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);
/** Makers put boxes of their own beside these (previews, clips, trailers): they are not needed to show or play the file. */
const NEEDED = new Set([
  'ftyp',
  'styp',
  'moov',
  'moof',
  'mdat',
  'imda',
  'mini',
  'sidx',
  'ssix',
  'mfra',
  'pdin',
  'wide',
]);
/** Within others: what nobody needs to show or play. Space that is free is empty, too. */
const BESIDE = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);
const CONTAINERS = new Set(['trak', 'mdia', 'minf', 'stbl']);
const DEEPEST = CONTAINERS.size;
/** Tracks that are seen or heard. Captions are shown, so they are content. Where, and at what time of day, is not. */
const SHOWN = new Set(['vide', 'auxv', 'pict', 'soun', 'text', 'sbtl', 'subt', 'clcp', 'MPEG']);

/** The time of creation and of the last change: of 64 bits from version 1 on. */
const times = (bytes: Buffer, { start, end }: Box): Over => ({
  at: start + 4,
  end: Math.min(start + (bytes[start] === 0 ? 12 : 20), end),
});

/** Behind the kind of handler: who made it, and what it is called. */
const handlerName = ({ start, end }: Box): Over => ({ at: start + 12, end });

/** Of each way in which pictures are coded: the vendor of what coded them, and its name. */
function* coders(bytes: Buffer, { start, end }: Box): Generator<Over> {
  for (const entry of boxesIn(bytes, { start: start + 8, end })) {
    yield { at: entry.start + 12, end: Math.min(entry.start + 16, entry.end) };
    yield { at: entry.start + 42, end: Math.min(entry.start + 74, entry.end) };
  }
}

interface Place {
  readonly handler?: string | undefined;
  readonly depth: number;
}

function* within(bytes: Buffer, span: Span, place: Place): Generator<Over> {
  for (const box of boxesIn(bytes, span)) {
    if (BESIDE.has(box.type)) yield* freed(bytes, box);
    else if (box.type === 'mvhd' || box.type === 'tkhd' || box.type === 'mdhd') yield times(bytes, box);
    else if (box.type === 'hdlr') yield handlerName(box);
    else if (box.type === 'stsd' && place.handler === 'vide') yield* coders(bytes, box);
    else if (CONTAINERS.has(box.type) && place.depth < DEEPEST) yield* within(bytes, box, { ...place, depth: place.depth + 1 });
  }
} // prettier-ignore

function* ofMovie(bytes: Buffer, movie: Box, gone: Set<number>): Generator<Over> {
  for (const box of boxesIn(bytes, movie)) {
    if (box.type !== 'trak') continue;
    const media = boxIn(bytes, box, 'mdia');
    const handler = handlerOf(bytes, media);
    if (handler === undefined || SHOWN.has(handler)) yield* within(bytes, box, { handler, depth: 1 });
    else {
      const head = boxIn(bytes, box, 'tkhd');
      if (head) gone.add(numberAt(bytes, head.start + (bytes[head.start] === 0 ? 12 : 20)));
      yield* samplesOf(bytes, media);
      yield* freed(bytes, box);
    }
  }
  yield* within(bytes, movie, { depth: DEEPEST });
}

/** Of a part of a movie: of tracks that are gone nothing, of others no user data. */
function* ofFragment(bytes: Buffer, fragment: Box, gone: ReadonlySet<number>): Generator<Over> {
  for (const box of boxesIn(bytes, fragment)) {
    if (BESIDE.has(box.type)) yield* freed(bytes, box);
    if (box.type !== 'traf') continue;
    const head = boxIn(bytes, box, 'tfhd');
    if (head && gone.has(numberAt(bytes, head.start + 4))) yield* freed(bytes, box);
    else yield* within(bytes, box, { depth: DEEPEST });
  }
}

function* found(bytes: Buffer): Generator<Over> {
  const gone = new Set<number>();
  let end = 0;
  for (const box of boxesIn(bytes, { start: 0, end: bytes.length })) {
    end = box.end;
    if (box.type === 'moov') yield* ofMovie(bytes, box, gone);
    else if (box.type === 'moof') yield* ofFragment(bytes, box, gone);
    else if (box.type === 'meta' && handlerOf(bytes, { start: box.start + 4, end }) === 'pict') yield* itemsFound(bytes, box);
    else if (!NEEDED.has(box.type)) yield* freed(bytes, box);
  }
  yield { at: end, end: bytes.length };
} // prettier-ignore

/** null: these are no boxes. A text may have such a word where they begin; it is not as short as it would say then. */
export function mediaFound(bytes: Buffer): Finder | null {
  return bytes.length >= 8 && FIRST.has(ascii(bytes, 4)) && numberAt(bytes, 0) <= bytes.length ? found : null;
}
