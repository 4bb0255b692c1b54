// What is split over two messages: "my number is 0176 1234", "5678".
import type { Detector } from './content.js';
import { detector } from './detect.js';
import { withoutOverlaps, type DetectKind, type DetectOptions, type Found } from './found.js';

/** How much of the message before is needed: the longest thing that is found, with blanks. */
export const TAIL_LENGTH = 80;

/** Somebody who goes on in the next message may have meant a blank between, or nothing. */
const JOINTS = [' ', ''] as const;

/** What spans the boundary, as a place in the new message with the value of the whole. */
function spanning(tail: string, text: string, find: Detector): readonly Found[] {
  const tailAlone = find(tail);
  const alone = find(text.slice(0, TAIL_LENGTH))[0];
  // Whole before or whole after: two things that only stand next to each other. The beginning of a phone number may
  // pass for one, so there the new part has to be too long for an amount that follows.
  const wholeBefore = tailAlone.some(({ end }) => end === tail.trimEnd().length);
  const goesOn = (kind: DetectKind): boolean => kind === 'phone' && /^\D{0,3}\d{3}/.test(text);
  return JOINTS.flatMap((joint) => {
    const boundary = tail.length + joint.length;
    return find(tail + joint + text.slice(0, TAIL_LENGTH))
      .filter(({ start, end }) => start < tail.length && end > boundary)
      .filter(
        ({ kind, end }) => !((wholeBefore && !goesOn(kind)) || (alone?.kind === kind && alone.end === end - boundary)),
      )
      .map((found) => ({ ...found, start: 0, end: found.end - boundary }));
  });
}

/**
 * Like {@link detect} for a message that follows another of the same person. What began in the one before is marked in
 * this one with the value of the whole; what had begun has left already and cannot be taken back.
 * @param given.tail the end of the message before, {@link TAIL_LENGTH} characters of it are read
 */
export function detectAcross(
  given: { readonly tail: string; readonly text: string },
  options: DetectOptions,
): readonly Found[] {
  const { text } = given;
  const find = detector(options);
  const alone = find(text);
  const across = given.tail === '' || text === '' ? [] : spanning(given.tail.slice(-TAIL_LENGTH), text, find);
  const [first] = withoutOverlaps(across);
  if (!first) return alone;
  return [first, ...alone.filter(({ start }) => start >= first.end)];
}
