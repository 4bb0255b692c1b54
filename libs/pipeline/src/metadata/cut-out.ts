// JPEG, PNG, WebP and GIF: parts one after the other, of which those beside the picture are left out.
// Only what is needed to show the picture is let through: what a format will carry one day is not known today.

import { look } from './effort.js';

/** The parts that stay, in their order. */
type Kept = Iterable<Buffer>;

const ascii = (bytes: Buffer, at: number, length: number): string => bytes.toString('latin1', at, at + length);

const JPEG_START = Buffer.from([0xff, 0xd8]);
export const JPEG_END = 0xd9;
const JPEG_SCAN = 0xda;
const JPEG_COMMENT = 0xfe;
/** By marker: how the one application segment begins that is needed: the frame's units, the colour profile, the colour transform. */
const JPEG_NEEDED: Readonly<Record<number, string>> = { 0xe0: 'JFIF\0', 0xe2: 'ICC_PROFILE\0', 0xee: 'Adobe' };

export const isJpegNeeded = (bytes: Buffer, at: number, marker: number): boolean => {
  if (marker === JPEG_COMMENT) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const start = JPEG_NEEDED[marker];
  return start !== undefined && ascii(bytes, at + 4, start.length) === start;
};

/** Where the next marker is: 0xFF, and neither a stuffed nor a filling byte nor a restart within a scan after it. */
export function jpegMarker(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  for (; at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]!;
    look(1 / 4);
    if (marker > 0x01 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return bytes.length;
}

/** What follows the end of the picture goes, too: cameras put previews and notes there. */
function* ofJpeg(bytes: Buffer): Kept {
  yield JPEG_START;
  let at = jpegMarker(bytes, 2);
  while (at < bytes.length) {
    look();
    const marker = bytes[at + 1]!;
    if (marker === JPEG_END) return yield bytes.subarray(at, at + 2);
    if (at + 4 > bytes.length) return;
    const end = Math.min(at + 2 + Math.max(2, bytes.readUInt16BE(at + 2)), bytes.length);
    const next = jpegMarker(bytes, end);
    if (isJpegNeeded(bytes, at, marker)) yield bytes.subarray(at, marker === JPEG_SCAN ? next : end);
    at = next;
  }
}

const PNG_START = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Beside these a chunk is needed if its name begins with a capital letter. */
const PNG_NEEDED = new Set(
  'tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

function* ofPng(bytes: Buffer): Kept {
  yield PNG_START;
  for (let at = PNG_START.length; at + 8 <= bytes.length;) {
    look();
    const name = ascii(bytes, at + 4, 4);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (/^[A-Z]/.test(name) || PNG_NEEDED.has(name)) yield bytes.subarray(at, end);
    if (name === 'IEND') return;
    at = end;
  }
}

const WEBP_NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Of VP8X: there is EXIF, there is XMP. */
const WEBP_FLAGS = 0b1100;

function* webpChunks(bytes: Buffer): Kept {
  for (let at = 12; at + 8 <= bytes.length;) {
    look();
    const name = ascii(bytes, at, 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (name === 'VP8X' && at + 8 < bytes.length) {
      const said = Buffer.from(bytes.subarray(at, end));
      said[8]! &= ~WEBP_FLAGS;
      yield said;
    } else if (WEBP_NEEDED.has(name)) yield bytes.subarray(at, end);
    at = end;
  }
}

function* ofWebp(bytes: Buffer): Kept {
  const kept = Buffer.concat([...webpChunks(bytes)]);
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(kept.length + 4, 4);
  yield head;
  yield kept;
}

const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;
const GIF_END = 0x3b;
const GIF_COMMENT = 0xfe;
const GIF_APPLICATION = 0xff;
const GIF_REPEATS = 'NETSCAPE2.0';

/** Behind a row of sub-blocks: each begins with its length, the last is empty. */
function afterBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (; at < bytes.length && bytes[at] !== 0; at += 1 + bytes[at]!) look();
  return at + 1;
}

/** Of a screen or an image: how long its own table of colours is. */
const coloursOf = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 0x07) + 1) : 0);

const isGifNeeded = (bytes: Buffer, at: number): boolean => {
  if (bytes[at + 1] === GIF_COMMENT) return false;
  return bytes[at + 1] !== GIF_APPLICATION || ascii(bytes, at + 3, GIF_REPEATS.length) === GIF_REPEATS;
};

function* ofGif(bytes: Buffer): Kept {
  let at = 13 + coloursOf(bytes[10] ?? 0);
  yield bytes.subarray(0, at);
  while (at < bytes.length) {
    look();
    const start = at;
    if (bytes[at] === GIF_END) return yield bytes.subarray(at, at + 1);
    if (bytes[at] === GIF_IMAGE) at = afterBlocks(bytes, at + 11 + coloursOf(bytes[at + 9] ?? 0));
    else if (bytes[at] === GIF_EXTENSION) at = afterBlocks(bytes, at + 2);
    else return;
    if (bytes[start] === GIF_IMAGE || isGifNeeded(bytes, start)) yield bytes.subarray(start, at);
  }
}

function keptOf(bytes: Buffer): Kept | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return ofJpeg(bytes);
  if (bytes.subarray(0, PNG_START.length).equals(PNG_START)) return ofPng(bytes);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return ofWebp(bytes);
  return /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) ? ofGif(bytes) : null;
}

/** null: it is none of the four. */
export function cutOut(bytes: Buffer): Buffer | null {
  const kept = keptOf(bytes);
  return kept && Buffer.concat([...kept]);
}
