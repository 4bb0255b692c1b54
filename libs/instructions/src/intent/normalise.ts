// What a person wrote, made comparable: case, accents, punctuation, emoji and width do not matter.
import { folded } from '../fold.js';

/** Letters and digits of any script, single spaces between words. */
export const normalise = (text: string): string =>
  folded(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Did the person write exactly one of these words, and nothing else? */
export function isOneOf(text: string, words: readonly string[]): boolean {
  const said = normalise(text);
  return said !== '' && words.some((word) => normalise(word) === said);
}
