// Boxes of the ISO base media file format (ISO/IEC 14496-12, QuickTime): a size, a name, and what is in it.
import { look } from './effort.js';
import { ascii, isBlank, numberAt, type Over } from './write-over.js';

export interface Box {
  readonly type: string;
  /** Where its head begins, where what is in it begins and ends. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

export type Span = Pick<Box, 'start' | 'end'>;

const LONG = 1;
const TO_THE_END = 0;

/** One that says it is longer than what it is in ends with it; behind one that cannot be there is no other. */
export function* boxesIn(bytes: Buffer, { start: from, end: to }: Span): Generator<Box> {
  for (let at = from; at + 8 <= to;) {
    look();
    const stated = numberAt(bytes, at);
    const start = at + (stated === LONG ? 16 : 8);
    const size = stated === LONG ? numberAt(bytes, at + 8, 8) : stated === TO_THE_END ? to - at : stated;
    if (at + size < start || start > to) return;
    yield { type: ascii(bytes, at + 4), at, start, end: Math.min(at + size, to) };
    at += size;
  }
}

/** The first of that name. */
export function boxIn(bytes: Buffer, span: Span | undefined, type: string): Box | undefined {
  if (span) for (const box of boxesIn(bytes, span)) if (box.type === type) return box;
  return undefined;
}

const FREE = Buffer.from('free');

/** The place of a box, free: readers step over it. One in which nothing is stays what it is. */
export function* freed(bytes: Buffer, { at, start, end }: Box): Generator<Over> {
  if (isBlank(bytes, { at: start, end })) return;
  yield { at: at + 4, end: at + 8, text: FREE };
  yield { at: start, end };
}

/** What kind of thing a track or a `meta` holds. */
export function handlerOf(bytes: Buffer, span: Span | undefined): string | undefined {
  const box = boxIn(bytes, span, 'hdlr');
  return box && ascii(bytes, box.start + 8);
}
