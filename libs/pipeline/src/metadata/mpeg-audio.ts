// MP3: frames one after the other (ISO/IEC 11172-3, 13818-3). What is before, between and behind them (ID3, APE, Lyrics3) is not heard.
import { look } from './effort.js';
import { ascii } from './write-over.js';

/** In kbit/s; by version 1 or later, and layer. */
const RATES: Readonly<Record<string, readonly number[]>> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const SAMPLES_PER_SECOND = [44_100, 48_000, 32_000];
/** By the two bits of the version: 2.5, none, 2, 1. */
const SLOWER = [4, 0, 2, 1];

/** How long the frame is that begins there, with its head; 0: none does. One without a stated rate is not known to end. */
function frameAt(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || bytes[at + 1]! < 0xe0) return 0;
  const [second, third] = [bytes[at + 1]!, bytes[at + 2]!];
  const slower = SLOWER[(second >> 3) & 3]!;
  const layer = 4 - ((second >> 1) & 3);
  const rate = RATES[`${slower === 1 ? 1 : 2}-${layer}`]?.[(third >> 4) - 1];
  const samples = SAMPLES_PER_SECOND[(third >> 2) & 3];
  if (slower === 0 || rate === undefined || samples === undefined) return 0;
  const bits = (rate * 1000 * slower) / samples;
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor(12 * bits) + padding) * 4;
  return Math.floor((layer === 3 && slower > 1 ? 72 : 144) * bits) + padding;
}

/** Where frames begin again: one alone may be chance, two are not. */
function nextFrame(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    look();
    const length = frameAt(bytes, at);
    if (length > 0 && frameAt(bytes, at + length) > 0) return at;
  }
  return bytes.length;
}

function framesOf(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    look();
    const length = frameAt(bytes, at);
    if (length > 0) at += length;
    else {
      kept.push(bytes.subarray(from, at));
      from = at = nextFrame(bytes, at);
    }
  }
  kept.push(bytes.subarray(from));
  return kept.length === 1 ? bytes : Buffer.concat(kept);
}

const isFrames = (bytes: Buffer): boolean => {
  const length = frameAt(bytes, 0);
  return length > 0 && (length >= bytes.length || frameAt(bytes, length) > 0);
};

/** Seven bits of each byte. */
const sevens = (bytes: Buffer, at: number): number =>
  [0, 1, 2, 3].reduce((sum, n) => sum * 128 + (bytes[at + n]! & 127), 0);

const ID3_FOOT = 16;
/** How long the tag is with which a file begins; 0: with none. */
function tagAtStart(bytes: Buffer): number {
  const isId3 = bytes.length >= 10 && ascii(bytes, 0, 3) === 'ID3' && bytes[3]! < 255 && bytes.subarray(6, 10).every((byte) => byte < 128);
  if (isId3) return 10 + sevens(bytes, 6) + (bytes[5]! & ID3_FOOT ? 10 : 0);
  return bytes.length >= 32 && ascii(bytes, 0, 8) === 'APETAGEX' ? 32 + bytes.readUInt32LE(12) : 0;
} // prettier-ignore

/** How long the tag is with which it ends: ID3v1, APE, Lyrics3, and ID3v2 with a foot. */
function tagAtEnd(bytes: Buffer): number {
  const { length } = bytes;
  if (length >= 128 && ascii(bytes, length - 128, 3) === 'TAG') return 128;
  if (length >= 32 && ascii(bytes, length - 32, 8) === 'APETAGEX')
    return bytes.readUInt32LE(length - 20) + (bytes.readUInt32LE(length - 12) >= 2 ** 31 ? 32 : 0);
  if (length >= 15 && ascii(bytes, length - 9, 9) === 'LYRICS200')
    return Number(/^\d{6}$/.exec(ascii(bytes, length - 15, 6))?.[0] ?? 0) + 15;
  if (length >= 10 && ascii(bytes, length - 10, 3) === '3DI') return sevens(bytes, length - 4) + 20;
  return 0;
}

/** Tags before a sound, of whatever kind that is, as nobody else puts them there. */
export function withoutTags(bytes: Buffer): Buffer {
  let left = bytes;
  for (let length = tagAtStart(left); length > 0; length = tagAtStart(left)) {
    look();
    left = left.subarray(Math.min(length, left.length));
  }
  if (left.length === bytes.length) return bytes;
  for (let length = tagAtEnd(left); length > 0; length = tagAtEnd(left)) {
    look();
    left = left.subarray(0, Math.max(0, left.length - length));
  }
  return left;
}

/** null: it is no MP3. */
export const mpegFrames = (bytes: Buffer): Buffer | null => (isFrames(bytes) ? framesOf(bytes) : null);
