// Nothing that a file carries beside what it shows stays, that stays byte for byte, and broken bytes break nothing.
import fc from 'fast-check';
import { createFile, MP4BoxBuffer, type Movie } from 'mp4box';
import { carriesMetadata, stripMetadata as stripped } from '../src/strip-metadata.js';
import { MOST_PARTS } from '../src/metadata/effort.js';
import { MEDIA_FILES } from './media-files.js';
import { PICTURES } from './pictures.js';
import { hasSoundPages, SOUND_FILES, TAGGED_SOUNDS } from './sound-files.js';

/** Of files that can be looked through. */
const stripMetadata = (bytes: Buffer): Buffer => stripped(bytes)!;

/** What is written over in place. */
const IN_PLACE = { ...MEDIA_FILES, ...SOUND_FILES };
const CUT = { ...PICTURES, ...TAGGED_SOUNDS };

const CANARY = 'canary 52.5200N 13.4050E';
/** The beginning of the time of MP4. */
const NEVER = Date.UTC(1904, 0, 1);
/** Any eight bytes of it: where a file is cut only a piece may be there. */
const PIECES = Array.from({ length: CANARY.length - 7 }, (_, n) => CANARY.slice(n, n + 8));
const tells = (bytes: Buffer): boolean => PIECES.some((piece) => bytes.includes(piece));

/** Of a file: some bytes others, some cut off, some twice. */
const broken = (bytes: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.oneof(fc.constantFrom(0, 1, 8, 255), fc.nat(255))), { maxLength: 8 }), // prettier-ignore
      end: fc.oneof(fc.constant(bytes.length), fc.nat(bytes.length)),
      again: fc.nat(bytes.length),
    })
    .map(({ changes, end, again }) => {
      const left = Buffer.from(bytes);
      for (const [at, byte] of changes) left[at] = byte;
      return Buffer.concat([left.subarray(0, end), left.subarray(again)]);
    });

describe.each([...Object.entries(CUT), ...Object.entries(IN_PLACE)])('%s', (kind, file) => {
  const [before, after] = file(CANARY);

  it('has only what it shows left', () => {
    expect([tells(before), tells(after)]).toEqual([true, false]);
    expect(stripMetadata(before).equals(after)).toBe(true);
    expect([carriesMetadata(before), carriesMetadata(after)]).toEqual([true, false]);
  });

  it('that has nothing beside it stays as it is', () => expect(stripMetadata(after)).toEqual(after));

  it('cut anywhere has nothing beside it left, and nothing that was not there', () => {
    for (let end = 0; end < before.length; end += 1) {
      const left = stripMetadata(before.subarray(0, end));
      if (end > 12) expect([end, tells(left)]).toEqual([end, false]);
      expect(left.length).toBeLessThanOrEqual(end);
    }
  });

  it('with anything in it ends', () => {
    fc.assert(
      fc.property(broken(before), (bytes) => {
        const left = stripMetadata(bytes);
        expect(left.length).toBeLessThanOrEqual(bytes.length);
        // What is written over in place is found once.
        if (kind in IN_PLACE) expect([left.length, carriesMetadata(left)]).toEqual([bytes.length, false]);
      }),
      { numRuns: 500 },
    );
  });
});

it.each(['opus', 'vorbis', 'speex', 'flac in ogg'])('%s: every page says of itself what it is, as before', (kind) => {
  const [before] = SOUND_FILES[kind]!(CANARY);
  expect([hasSoundPages(before), hasSoundPages(stripMetadata(before))]).toEqual([true, true]);
});

describe('to another reader', () => {
  /** The tracks of a film, what it is called by, when it was made, and what a reader takes for its samples. */
  function readBy(bytes: Buffer) {
    const file = createFile(true);
    const seen: Movie[] = [];
    file.onReady = (movie) => seen.push(movie);
    file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(bytes).buffer, 0));
    file.flush();
    const [movie] = seen;
    return {
      created: movie!.created.getTime(),
      tracks: movie!.tracks.map(({ id, name, codec }) => ({
        id,
        name,
        codec,
        samples: file
          .getTrackSamplesInfo(id)
          .map(({ offset, size }) => bytes.toString('latin1', offset, offset + size)),
      })),
      boxes: file.moov.boxes?.map(({ type }) => type),
    };
  }

  it.each(['mp4', 'mov'])(
    '%s: the pictures are what and where they were; where, when and with what is not there',
    (kind) => {
      const [before] = MEDIA_FILES[kind]!(CANARY);
      const [seen, location] = readBy(before).tracks;
      expect([seen?.name, location?.samples]).toEqual([CANARY, ['canary 5', '2.5200N ']]);
      const left = readBy(stripMetadata(before));
      expect(left.tracks).toEqual([{ ...seen, name: '' }]);
      expect(seen?.samples).toEqual(['picture1', 'picture2']);
      expect(left.boxes).toEqual(['mvhd', 'trak', 'free', 'free', 'free', 'free']);
      expect([readBy(before).created === NEVER, left.created]).toEqual([false, NEVER]);
    },
  );
});

/** How often anything is read of, or written into, bytes, beside single ones. */
function callsOf(work: () => void): number {
  const names = ['toString', 'indexOf', 'fill', 'copy', 'compare', 'readUIntBE', 'readUIntLE', 'readUInt16BE', 'readUInt32LE', 'readUInt32BE', 'readBigUInt64BE'] as const; // prettier-ignore
  const methods = Buffer.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  let calls = 0;
  const ends = names.map((name) => {
    const method = methods[name]!;
    methods[name] = function (this: Buffer, ...given) {
      calls += 1;
      return Reflect.apply(method, this, given);
    };
    return () => (methods[name] = method);
  });
  try {
    work();
  } finally {
    for (const end of ends) end();
  }
  return calls;
}

describe('made to keep us busy: no more is looked at than of any file, and what nobody can look through is nothing', () => {
  const LENGTH = 4_800_000;
  const numbers = (...values: readonly number[]): Buffer => {
    const left = Buffer.alloc(values.length * 4);
    for (const [n, value] of values.entries()) left.writeUInt32BE(value, n * 4);
    return left;
  };
  const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([numbers(body.length + 8), Buffer.from(type), body]);
  };
  const film = (...parts: readonly Buffer[]): Buffer => Buffer.concat([box('ftyp', Buffer.from('isom')), ...parts]);
  const handler = (kind: string): Buffer => box('hdlr', numbers(0, 0), Buffer.from(kind), numbers(0, 0, 0));
  const many = (...values: readonly number[]): Buffer => Buffer.alloc(LENGTH, numbers(...values));
  const tiff = (...parts: readonly Buffer[]): Buffer =>
    Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\xff\xff', 'latin1'), ...parts]);

  it.each<[string, () => Buffer]>([
    ['boxes within boxes', () => {
      const left = Buffer.alloc(LENGTH);
      for (let at = 0; at < LENGTH; at += 8) left.fill(numbers(LENGTH - at), at, at + 4).write('trak', at + 4);
      return film(box('moov', left));
    }],
    ['a track whose chunks are the whole file, each', () => {
      const rows = box('stsc', numbers(0, 1, 1, 0x7fffffff, 1));
      const table = box('stbl', box('stsz', numbers(0, 1, 9)), rows, box('stco', numbers(0, LENGTH), many(16)));
      return film(box('moov', box('trak', box('mdia', handler('meta'), box('minf', table)))));
    }],
    ['items without end', () => {
      const info = box('iinf', numbers(0), Buffer.from([0, 1]), box('infe', numbers(0x02000000, 0x00010000), Buffer.from('Exif\0')));
      const places = box('iloc', numbers(0, 0x4400ffff), Buffer.from([0, 1, 0, 0, 0xff, 0xff]), many(16, 0x7fffffff));
      return film(box('meta', numbers(0), handler('pict'), info, places));
    }],
    ['items of no length, each of many pieces', () => {
      const info = box('iinf', numbers(0), Buffer.from([0, 0]));
      return film(box('meta', numbers(0), handler('pict'), info, box('iloc', numbers(0, 0x0000ffff), many(0x0001ffff, 0xffffffff))));
    }],
    ['directories that overlap and name as many more', () => tiff(many(0xffff014a, 0x0004ffff, 0xffff0009))],
    ['a directory in each entry of another', () => {
      const left = many(0x014a0004, 1, 0);
      for (let at = 0; at < LENGTH; at += 12) left.writeUInt32BE(at + 18, at + 8);
      return tiff(left);
    }],
    ['texts that are the whole file, each', () => tiff(many(0x010f0002, 0x7fffffff, 10))],
    ['a picture of markers', () => Buffer.alloc(LENGTH, Buffer.from('\xff\xd8\xff\xe1\0\x02', 'latin1'))],
    ['a picture of bytes that fill', () => Buffer.concat([Buffer.from('\xff\xd8', 'latin1'), Buffer.alloc(LENGTH, 0xff)])],
    ['blocks of one byte', () => Buffer.concat([Buffer.from('GIF89a\0\0\0\0\0\0\0\x21\xfe', 'latin1'), Buffer.alloc(LENGTH, 1)])],
    ['elements of nothing', () => Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]), Buffer.alloc(LENGTH, Buffer.from([0xec, 0x80]))])],
    ['pages of nothing', () => Buffer.alloc(LENGTH, Buffer.concat([Buffer.from('OggS'), Buffer.alloc(23)]))],
    ['one packet on all pages', () => {
      const one = (flags: number, body: Buffer, lacing: number) => Buffer.concat([Buffer.from('OggS'), Buffer.from([0, flags]), Buffer.alloc(20), Buffer.from([1, lacing]), body]);
      return Buffer.concat([one(2, Buffer.from('OpusHead'), 8), Buffer.alloc(LENGTH, one(1, Buffer.alloc(255), 255))]);
    }],
    ['chunks of nothing', () => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.alloc(LENGTH, Buffer.from('LIST\0\0\0\0'))])],
    ['beginnings of frames', () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(100), Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(LENGTH, 0xff)])],
    ['tags of nothing', () => Buffer.alloc(LENGTH, Buffer.from('ID3\x04\0\0\0\0\0\0'))],
  ])('%s', (_name, make) => {
    const bytes = make();
    expect(callsOf(() => stripped(bytes))).toBeLessThan(10 * MOST_PARTS);
  }); // prettier-ignore

  it('boxes beyond what a film has: nobody can say what is in it, so that it may carry anything', () => {
    const bytes = film(box('moov', Buffer.alloc(8 * MOST_PARTS, box('skip'))));
    expect([stripped(bytes), carriesMetadata(bytes)]).toEqual([null, true]);
  });

  it('a long film, a long song and a large picture are none of these', () => {
    const parts = Array.from({ length: 20_000 }, () => [
      box('moof', box('mfhd', numbers(0, 1))),
      box('mdat', Buffer.alloc(64)),
    ]).flat();
    const song = Buffer.alloc(104 * 100_000, Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(100)]));
    const picture = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2]),
      Buffer.alloc(LENGTH, Buffer.concat([Buffer.from([0xff, 0]), Buffer.alloc(126, 7)])),
      Buffer.from([0xff, 0xd9]),
    ]);
    for (const bytes of [film(...parts), song, picture]) expect(stripped(bytes)?.equals(bytes)).toBe(true);
  });
});

it('other bytes pass as they are, also where a text begins like a film', () => {
  for (const text of [
    `%PDF-1.7 /Author (${CANARY}) \xff\xe1\0\x20Exif\0\0`,
    `The free lunch of ${CANARY}`,
    '',
    'II*',
    'MM',
  ]) {
    const bytes = Buffer.from(text, 'latin1');
    expect(stripMetadata(bytes)).toEqual(bytes);
    expect(carriesMetadata(bytes)).toBe(false);
  }
});
