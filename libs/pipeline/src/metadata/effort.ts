// How many parts of a file are looked at: sound files have few, and one that was made to have millions keeps nobody waiting.

/** Boxes, segments, chunks, pages, frames, entries: all of one file, however often it is read. A film of hours has some ten thousand. */
export const MOST_PARTS = 250_000;

class TooManyParts extends Error {}

/** Files are looked at one after the other, and nothing waits meanwhile. */
let left = 0;

/** To be called for each part. @throws TooManyParts, which `bounded` takes */
export function look(times = 1): void {
  left -= times;
  if (left < 0) throw new TooManyParts();
}

/** null: there are too many parts to look at. */
export function bounded<T>(work: () => T): T | null {
  left = MOST_PARTS;
  try {
    return work();
  } catch (error) {
    if (error instanceof TooManyParts) return null;
    throw error;
  }
}
