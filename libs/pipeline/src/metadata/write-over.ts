// Files whose parts name each other by place: what is found in them is written over, so that nothing moves.
import { look } from './effort.js';

/** Bytes that become `text`, and zeros behind it. */
export interface Over {
  readonly at: number;
  readonly end: number;
  readonly text?: Buffer;
}

/** Finds in bytes what says more than what is shown; what was written over is not found again. */
export type Finder = (bytes: Buffer) => Iterable<Over>;

/** In no sound file are bytes found twice: a broken one does not keep us longer than a sound one. */
const TIMES_OVER = 2;
/** In a broken file what is written over may be what shows the way: it is read again until nothing is found. */
const READINGS = 8;

function once(bytes: Buffer, found: Iterable<Over>): Buffer {
  const left = Buffer.from(bytes);
  let budget = bytes.length * TIMES_OVER;
  for (const { at, end, text } of found) {
    look();
    const to = Math.min(end, bytes.length);
    if (at >= to) continue;
    budget -= to - at;
    if (budget < 0) break;
    left.fill(0, at, to);
    text?.copy(left, at, 0, to - at);
  }
  return left;
}

export function writtenOver(bytes: Buffer, find: Finder): Buffer {
  let before = bytes;
  for (let n = 0; n < READINGS; n += 1) {
    const after = once(before, find(before));
    if (after.equals(before)) break;
    before = after;
  }
  return before;
}

const BLANK = Buffer.alloc(65_536);

export function isBlank(bytes: Buffer, { at, end }: Over): boolean {
  for (let from = at; from < end; from += BLANK.length) {
    look();
    const to = Math.min(from + BLANK.length, end, bytes.length);
    if (to < from) return true;
    if (bytes.compare(BLANK, 0, to - from, from, to) !== 0) return false;
  }
  return true;
}

export const ascii = (bytes: Buffer, at: number, length = 4): string => bytes.toString('latin1', at, at + length);

/** A number of up to eight bytes, the big end first; behind the end there are zeros. */
export function numberAt(bytes: Buffer, at: number, size = 4): number {
  if (size === 0 || at + size > bytes.length) return 0;
  return size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
}
