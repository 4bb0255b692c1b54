// The smallest files of kinds whose parts name each other by place, as they come and as they stay: built box by box.

/** Bytes as they come, and what is to be in their place. */
type Both = readonly [Buffer, Buffer];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const stays = (text: string): Both => [latin1(text), latin1(text)];
const goes = (text: string): Both => [latin1(text), Buffer.alloc(text.length)];
const zeros = (length: number): Both => stays('\0'.repeat(length));
const all = (...parts: readonly Both[]): Both => [
  Buffer.concat(parts.map(([before]) => before)),
  Buffer.concat(parts.map(([, after]) => after)),
];
/** Numbers of so many bytes each, the big end first. */
const numbers = (size: 1 | 2 | 4 | 8, ...values: readonly number[]): Both => {
  const one = Buffer.alloc(size * values.length);
  for (const [n, value] of values.entries())
    one.writeUIntBE(value, n * size + (size === 8 ? 4 : 0), size === 8 ? 4 : size);
  return [one, one];
};
const lengthOf = ([before]: Both): number => before.length;

const box = (type: string, ...parts: readonly Both[]): Both =>
  all(numbers(4, lengthOf(all(...parts)) + 8), stays(type), ...parts);
const longBox = (type: string, ...parts: readonly Both[]): Both =>
  all(numbers(4, 1), stays(type), numbers(8, lengthOf(all(...parts)) + 16), ...parts);
/** With a version and flags before all else. */
const full = (type: string, version: number, ...parts: readonly Both[]): Both =>
  box(type, numbers(1, version, 0, 0, 0), ...parts);
/** A box in whose place there is space afterwards. */
const freed = (type: string, ...parts: readonly Both[]): Both => {
  const [before, space] = [box(type, ...parts)[0], box('free', zeros(lengthOf(all(...parts))))[1]];
  return [before, space];
};

const handler = (kind: string, name: string): Both =>
  full('hdlr', 0, stays('mhlr'), stays(kind), goes('appl'), zeros(8), goes(`${name}\0`));
const IDENTITY = numbers(4, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

interface Track {
  readonly id: number;
  readonly kind: 'vide' | 'meta';
  /** Where its chunks are; each is a sample of eight bytes. */
  readonly chunks: readonly number[];
  readonly version: 0 | 1;
}
const SAMPLE = 8;

const times = (version: 0 | 1): Both => goes('when'.repeat(version === 1 ? 4 : 2));
const long = (version: 0 | 1, value: number): Both => numbers(version === 1 ? 8 : 4, value);

const trackHead = ({ id, version }: Track): Both =>
  full('tkhd', version, times(version), numbers(4, id, 0), long(version, 2), zeros(16), IDENTITY, numbers(4, 16, 16));
const tables = ({ chunks, version }: Track): readonly Both[] => [
  full('stts', 0, numbers(4, 1, chunks.length, 1)),
  full('stsc', 0, numbers(4, 2, 1, 1, 1, 2, 1, 1)),
  // Sizes one by one, or one for all.
  version === 1
    ? full('stsz', 0, numbers(4, SAMPLE, chunks.length))
    : full('stsz', 0, numbers(4, 0, chunks.length, ...chunks.map(() => SAMPLE))),
  version === 1
    ? full('co64', 0, numbers(4, chunks.length), numbers(8, ...chunks))
    : full('stco', 0, numbers(4, chunks.length, ...chunks)),
];
const media = (track: Track, told: string): Both => {
  const coded = all(zeros(6), numbers(2, 1), zeros(4), goes('GoPr'), zeros(8), numbers(2, 16, 16), zeros(14));
  const coder = goes(`\x19${told.padEnd(31, '.')}`);
  const entry = track.kind === 'vide' ? box('mp4v', coded, coder, zeros(4)) : box('mebx', zeros(6), numbers(2, 1), box('keys', stays(told)));
  const { version } = track;
  const head = full('mdhd', version, times(version), numbers(4, 600), long(version, 2), numbers(2, 0x55c4, 0));
  const table = box('stbl', full('stsd', 0, numbers(4, 1), entry), ...tables(track));
  return box('mdia', head, handler(track.kind, told), box('minf', table, box('udta', zeros(4))));
}; // prettier-ignore

const keys = (told: string): readonly Both[] => [
  handler('mdta', ''),
  full('keys', 0, numbers(4, 1, told.length + 8), stays(`mdta${told}`)),
];

const track = (of: Track, told: string): Both =>
  of.kind === 'vide'
    ? box('trak', trackHead(of), media(of, told), freed('udta', box('titl', stays(told))), freed('meta', ...keys(told)))
    : freed('trak', trackHead(of), media(of, told));

const movie = (version: 0 | 1, told: string, places: readonly (readonly number[])[]): Both =>
  box(
    'moov',
    full('mvhd', version, times(version), numbers(4, 600), long(version, 2), zeros(80)),
    ...places.map((chunks, n) => track({ id: n + 1, kind: n === 0 ? 'vide' : 'meta', chunks, version }, told)),
    freed('udta', box('titl', stays(told))),
    freed('meta', ...keys(told)),
    box('free', goes(told)),
  );

/** Pictures, and what says where they were taken, turn about. */
const turnAbout = (told: string): Both =>
  all(stays('picture1'), goes(told.slice(0, SAMPLE)), stays('picture2'), goes(told.slice(SAMPLE, 2 * SAMPLE)));
const placesFrom = (start: number): readonly (readonly number[])[] => [
  [start, start + 2 * SAMPLE],
  [start + SAMPLE, start + 3 * SAMPLE],
];

const mp4 = (told: string): Both => {
  const head = box('ftyp', stays('isom'), numbers(4, 512), stays('isomiso2'));
  const start = lengthOf(head) + lengthOf(movie(0, told, placesFrom(0))) + 8;
  return all(
    head,
    movie(0, told, placesFrom(start)),
    box('mdat', turnAbout(told)),
    freed('uuid', stays('\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac'), stays(told)),
    freed('sefd', stays(told)),
    goes(told.slice(0, 7)),
  );
};

/** As QuickTime writes it: sizes, times and places of 64 bits. */
const mov = (told: string): Both => {
  const head = all(box('ftyp', stays('qt  '), numbers(4, 0)), box('wide'));
  const start = lengthOf(head) + lengthOf(movie(1, told, placesFrom(0))) + 16;
  return all(head, movie(1, told, placesFrom(start)), longBox('mdat', turnAbout(told)));
};

/** A film that comes in parts, and does not say first what it is: of its second track no part is left. */
const parts = (told: string): Both => {
  const part = (id: number): readonly Both[] => [full('tfhd', 0, numbers(4, id)), full('trun', 0, numbers(4, 1))];
  const file = [box('wide'), movie(0, told, [[], []])];
  const moof = box('moof', full('mfhd', 0, numbers(4, 1)), box('traf', ...part(1), freed('udta', stays(told))), freed('traf', ...part(2))); // prettier-ignore
  return all(...file, moof, box('mdat', stays('picture')), freed('emsg', stays(told)));
};

const NO_EXIF = '\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0';
const exif = (told: string): Both => {
  const [before] = stays(`\0\0\0\x06Exif\0\0II*\0${told}`);
  return [before, Buffer.concat([latin1(NO_EXIF), Buffer.alloc(before.length - NO_EXIF.length)])];
};
/** Items in the file or, of method 1, in the box `idat`: each where it is, in how many pieces. */
const locations = (version: 0 | 1 | 2, items: readonly (readonly number[])[]): Both => {
  const item = ([id, method, ...pieces]: readonly number[]): Both =>
    all(numbers(version < 2 ? 2 : 4, id!), version > 0 ? numbers(2, method!) : zeros(0), zeros(2), numbers(4, 1), numbers(2, pieces.length / 2), numbers(4, ...pieces)); // prettier-ignore
  return full('iloc', version, numbers(1, 0x44, 0x40), numbers(version < 2 ? 2 : 4, items.length), ...items.map(item));
};
const item = (version: 2 | 3, id: number, type: string): Both =>
  full('infe', version, numbers(version === 2 ? 2 : 4, id), zeros(2), stays(type), zeros(1), stays(type === 'mime' ? 'application/rdf+xml\0' : '')); // prettier-ignore

interface Forms {
  readonly brand: string;
  readonly coded: string;
  readonly locations: 0 | 1 | 2;
  readonly items: 2 | 3;
}

/** EXIF in two pieces behind the picture, XMP beside it or in a box of its own. Each place is counted from 1, as its base says. */
const picture = (form: Forms, told: string): Both => {
  const head = box('ftyp', stays(form.brand), numbers(4, 0), stays('mif1'));
  const [first, second, xmp] = [exif(told), goes(told), goes(told)];
  const isInBox = form.locations > 0;
  const metaAt = (start: number): Both => {
    const at = start - 1;
    const places = [
      [1, 0, at, 7],
      [2, 0, at + 7, lengthOf(first), at + 7 + lengthOf(first), lengthOf(second)],
      isInBox ? [3, 1, 3, lengthOf(xmp)] : [3, 0, at + 7 + lengthOf(first) + lengthOf(second), lengthOf(xmp)],
    ] as const;
    const items = [item(form.items, 1, form.coded), item(form.items, 2, 'Exif'), item(form.items, 3, 'mime')];
    const info = full('iinf', form.items - 2, numbers(form.items === 2 ? 2 : 4, 3), ...items);
    const shown = full('ispe', 0, numbers(4, 16, 16));
    const properties = box('iprp', box('ipco', shown, full('udes', 0, goes(told)), box('irot', numbers(1, 1))));
    const data = isInBox ? [box('idat', stays('data'), xmp)] : [];
    return full('meta', 0, handler('pict', told), full('pitm', 0, numbers(2, 1)), info, locations(form.locations, places), properties, ...data, freed('xml ', stays(told))); // prettier-ignore
  };
  const start = lengthOf(head) + lengthOf(metaAt(1)) + 8;
  const data = box('mdat', stays('picture'), first, second, ...(isInBox ? [] : [xmp]));
  return all(head, metaAt(start), data, freed('mpvd', stays(told)));
};

/** A directory of TIFF: entries of a tag, a type, how many, and the value or where it is. */
type Row = readonly [tag: number, type: number, count: number, value: number];

const tiff = (isLittle: boolean, told: string): Both => {
  const put = (size: 2 | 4, ...values: readonly number[]): Buffer =>
    Buffer.concat(values.map((value) => (isLittle ? numbers(size, value)[0].toReversed() : numbers(size, value)[0])));
  const directory = (rows: readonly Row[], next: number): Buffer =>
    Buffer.concat([put(2, rows.length), ...rows.map(([tag, type, count, value]) => Buffer.concat([put(2, tag, type), put(4, count, value)])), put(4, next)]); // prettier-ignore
  const text = latin1(told);
  const long = text.length;
  // Header 8, first directory 6 + 12 * 6, the second 6 + 12 * 2, that of EXIF and that of GPS 6 + 12, then values.
  const [page, ofExif, ofGps, values] = [86, 116, 134, 152];
  const width: Row = [256, 4, 1, 16];
  const strip: Row = [273, 4, 1, values + 4 * long];
  const turned: Row = [274, 4, 1, 6];
  const told1 = (n: number): number => values + n * long;
  const rows: readonly Row[] = [width, [271, 2, long, told1(0)], strip, turned, [34665, 4, 1, ofExif], [34853, 4, 1, ofGps]];
  const parts = (first: Buffer, second: Buffer, own: readonly Buffer[]): Buffer =>
    Buffer.concat([latin1(isLittle ? 'II' : 'MM'), put(2, 42), put(4, 8), first, second, ...own, latin1('picture')]);
  const before = parts(directory(rows, page), directory([width, [315, 2, long, told1(3)]], 0), [directory([[37500, 7, long, told1(1)]], 0), directory([[29, 2, long, told1(2)]], 0), text, text, text, text]); // prettier-ignore
  const kept = [directory([width, strip, turned], page), Buffer.alloc(36)];
  const after = parts(Buffer.concat(kept), Buffer.concat([directory([width], 0), Buffer.alloc(12)]), [Buffer.alloc(36 + 4 * long)]);
  return [before, after];
}; // prettier-ignore

/** An element of Matroska: its name, how long it is in so many bytes, or that it does not know. */
const element = (id: string, ...parts: readonly Both[]): Both =>
  all(stays(id), numbers(2, 0x4000 + lengthOf(all(...parts))), ...parts);
const open = (id: string, ...parts: readonly Both[]): Both =>
  all(stays(id), stays('\x01\xff\xff\xff\xff\xff\xff\xff'), ...parts);
const space = (id: string, ...parts: readonly Both[]): Both => {
  const [before] = element(id, ...parts);
  const width = id.length + 1;
  const after = Buffer.alloc(before.length);
  after[0] = 0xec;
  after.writeUIntBE(2 ** (7 * width) + before.length - 1 - width, 1, width);
  return [before, after];
};
const webm = (isLive: boolean, told: string): Both => {
  const group = isLive ? open : element;
  const info = element('\x15\x49\xa9\x66', space('\xbf', stays('crc.')), element('\x2a\xd7\xb1', numbers(4, 1_000_000)), element('\x7b\xa9', goes(told)), space('\x44\x61', stays('whenwhen')), element('\x4d\x80', goes(told)), element('\x57\x41', goes(told))); // prettier-ignore
  const one = element(
    '\xae',
    element('\xd7', numbers(1, 1)),
    element('\x53\x6e', goes(told)),
    element('\x86', stays('V_VP8')),
  );
  const cluster = group(
    '\x1f\x43\xb6\x75',
    element('\xe7', numbers(1, 0)),
    element('\xa3', stays('\x81\0\0\x80picture')),
  );
  const beside = ['\x12\x54\xc3\x67', '\x10\x43\xa7\x70', '\x19\x41\xa4\x69'].map((id) => space(id, stays(told)));
  return all(element('\x1a\x45\xdf\xa3', element('\x42\x82', stays('webm'))), group('\x18\x53\x80\x67', info, element('\x16\x54\xae\x6b', one), cluster, ...beside, element('\xec', goes(told)))); // prettier-ignore
};

/** By kind: the file as it comes, with `told` (sixteen bytes or more) wherever it can be, and as it is to stay. */
export const MEDIA_FILES: Readonly<Record<string, (told: string) => readonly [Buffer, Buffer]>> = {
  mp4,
  mov,
  'mp4 in parts': parts,
  heic: (told) => picture({ brand: 'heic', coded: 'hvc1', locations: 1, items: 2 }, told),
  'heic, its XMP beside it': (told) => picture({ brand: 'heic', coded: 'hvc1', locations: 0, items: 2 }, told),
  avif: (told) => picture({ brand: 'avif', coded: 'av01', locations: 2, items: 3 }, told),
  'tiff, little end first': (told) => tiff(true, told),
  'tiff, big end first': (told) => tiff(false, told),
  webm: (told) => webm(false, told),
  'webm as it is recorded': (told) => webm(true, told),
};
