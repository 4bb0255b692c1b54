// Ids of messages: uuid version 7, so that their order is the order in which this process made them.
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
// Random bytes are drawn in blocks: one system call for 512 ids.
const block = Buffer.alloc(BYTES * 512);
let next = block.length;
let msecs = 0;
let seq = 0;

/** Grows with every call, also within a millisecond and when the clock is set back. */
export function newMessageId(): string {
  if (next === block.length) {
    randomFillSync(block);
    next = 0;
  }
  const random = block.subarray(next, (next += BYTES));
  const now = Date.now();
  // Half of the counter's room is left for the ids of one millisecond.
  seq = now > msecs ? random.readUInt32BE(0) >>> 1 : seq + 1;
  msecs = Math.max(now, msecs);
  return v7({ random, msecs, seq });
}

/** When an id was made, in ms. */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
