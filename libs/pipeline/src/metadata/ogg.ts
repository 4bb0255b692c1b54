// Ogg (RFC 3533): pages of packets. The second packet of a stream says with what it was made and what is heard (RFC 7845, Vorbis I).
import { look } from './effort.js';
import { ascii, type Finder, type Over } from './write-over.js';

/** How a page begins, and how long its head is before the lengths of its segments. */
const SIGN = 'OggS';
const HEAD = 27;
const CHECKSUM = 22;
const CONTINUED = 1;
const BEGINS = 2;
const FULL = 255;

interface Page {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** By how its first packet begins: how the one with the comments begins, and the bit that Vorbis ends it with. */
const CODERS: readonly (readonly [string, { readonly sign: string; readonly ending: number }])[] = [
  ['OpusHead', { sign: 'OpusTags', ending: 0 }],
  ['\x01vorbis', { sign: '\x03vorbis', ending: 1 }],
  ['\x80theora', { sign: '\x81theora', ending: 0 }],
  ['Speex   ', { sign: '', ending: 0 }],
];
const FLAC = '\x7fFLAC';
/** Of FLAC's blocks: stream information and places to seek to are needed; of others one is space. */
const FLAC_NEEDED = new Set([0, 3]);
/** What is of another kind is a frame. */
const FLAC_LAST = 6;
const FLAC_COMMENT = 4;
const FLAC_SPACE = 1;
const FLAC_HEAD = 4;

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Comments of the same length in which nothing is: the name of the program is as long as all that there was. */
function comments(length: number, sign: Buffer, ending: number): Buffer {
  const left = Buffer.alloc(length);
  sign.copy(left);
  const room = length - sign.length - 8 - ending;
  if (room < 0) return left;
  left.writeUInt32LE(room, sign.length);
  if (ending > 0) left[length - 1] = 1;
  return left;
}

/** A block of FLAC without what it says: comments have to be there, everything else becomes space. */
export function flacBlock(block: Buffer): Buffer {
  const kind = block[0]! & 127;
  if (FLAC_NEEDED.has(kind)) return block;
  const head = Buffer.from(block.subarray(0, FLAC_HEAD));
  if (kind === FLAC_COMMENT) return comments(block.length, head, 0);
  head[0] = (block[0]! & 128) | FLAC_SPACE;
  return Buffer.concat([head, Buffer.alloc(Math.max(0, block.length - FLAC_HEAD))]);
}

/** What becomes of a packet at the beginning of a stream. `true`: of all that follow nothing more is looked at. */
type Rewrite = (packet: Buffer) => Buffer | true;

function rewriteFor(first: Buffer): Rewrite | true {
  if (ascii(first, 0, FLAC.length) === FLAC)
    return (packet) => ((packet[0]! & 127) > FLAC_LAST ? true : flacBlock(packet));
  const coder = CODERS.find(([begins]) => ascii(first, 0, begins.length) === begins)?.[1];
  if (!coder) return true;
  let isDone = false;
  return (packet) => {
    if (isDone) return true;
    isDone = true;
    return comments(packet.length, latin1(coder.sign), coder.ending);
  };
}

interface Stream {
  rewrite: Rewrite | null;
  /** Where the packet that is not whole yet is, page by page. */
  pieces: { readonly page: Page; readonly start: number; readonly end: number }[];
}

const POLYNOMIAL = 0x04c11db7;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ POLYNOMIAL : sum << 1;
  return sum >>> 0;
});

function withChecksum(page: Buffer): Buffer {
  page.fill(0, CHECKSUM, CHECKSUM + 4);
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ TABLE[(sum >>> 24) ^ byte]!) >>> 0;
  page.writeUInt32LE(sum, CHECKSUM);
  return page;
}

/** Pages, and what is between them: nobody plays that. */
function* pagesIn(bytes: Buffer): Generator<Page | Over> {
  for (let at = 0; at < bytes.length;) {
    look();
    const isPage = ascii(bytes, at) === SIGN && at + HEAD <= bytes.length && bytes[at + 4] === 0;
    if (isPage) {
      const start = at + HEAD + bytes[at + HEAD - 1]!;
      let end = start;
      for (let n = at + HEAD; n < start; n += 1) end += bytes[n] ?? 0;
      end = Math.min(end, bytes.length);
      yield { at, start: Math.min(start, bytes.length), end };
      at = Math.max(end, Math.min(start, bytes.length));
    } else {
      const next = bytes.indexOf(SIGN, at + 1, 'latin1');
      yield { at, end: next < 0 ? bytes.length : next };
      at = next < 0 ? bytes.length : next;
    }
  }
}

/** Carries packets over the pages of a file, in a copy of it. */
class Streams {
  readonly changed = new Map<number, Page>();
  readonly #open = new Map<number, Stream | null>();
  constructor(private readonly bytes: Buffer) {}

  #ended(serial: number, stream: Stream): void {
    const { pieces } = stream;
    stream.pieces = [];
    const packet = Buffer.concat(pieces.map(({ start, end }) => this.bytes.subarray(start, end)));
    if (packet.length === 0) return;
    if (stream.rewrite === null) {
      const rewrite = rewriteFor(packet);
      if (rewrite === true) this.#open.set(serial, null);
      else stream.rewrite = rewrite;
      return;
    }
    const left = stream.rewrite(packet);
    if (left === true) return void this.#open.set(serial, null);
    if (left.equals(packet)) return;
    let from = 0;
    for (const { page, start, end } of pieces) {
      left.copy(this.bytes, start, from, from + end - start);
      from += end - start;
      this.changed.set(page.at, page);
    }
  }

  page(page: Page): void {
    const flags = this.bytes[page.at + 5]!;
    const serial = this.bytes.readUInt32LE(page.at + 14);
    if (flags & BEGINS) this.#open.set(serial, { rewrite: null, pieces: [] });
    const stream = this.#open.get(serial);
    if (!stream) return;
    // What is not carried on is all that there is of it.
    if (!(flags & CONTINUED) && stream.pieces.length > 0) this.#ended(serial, stream);
    let at = page.start;
    for (let n = page.at + HEAD; n < page.start && this.#open.get(serial); n += 1) {
      look();
      const length = this.bytes[n]!;
      const end = Math.min(at + length, page.end);
      const last = stream.pieces.at(-1);
      if (last?.page === page) stream.pieces[stream.pieces.length - 1] = { ...last, end };
      else stream.pieces.push({ page, start: at, end });
      at = end;
      if (length < FULL) this.#ended(serial, stream);
    }
  }

  end(): void {
    for (const [serial, stream] of this.#open) if (stream) this.#ended(serial, stream);
  }
}

const found: Finder = function* (bytes) {
  const copy = Buffer.from(bytes);
  const streams = new Streams(copy);
  for (const part of pagesIn(bytes)) {
    if ('start' in part) streams.page(part);
    else yield part;
  }
  streams.end();
  for (const { at, end } of streams.changed.values()) yield { at, end, text: withChecksum(copy.subarray(at, end)) };
};

/** null: it is no Ogg. */
export const oggFound = (bytes: Buffer): Finder | null => (ascii(bytes, 0) === SIGN ? found : null);
