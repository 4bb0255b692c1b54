// Which of the words that are known somebody meant who wrote another one.

/** Longer ones are no slips of the pen, and comparing takes time by the square of it. */
const MAX_LENGTH = 40;

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

/** Null: none is near. */
export function nearest(wrong: string, known: readonly string[]): string | null {
  if (wrong.length === 0 || wrong.length > MAX_LENGTH) return null;
  const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '');
  const ranked = known
    .map((word) => ({ word, far: distance(plain(wrong), plain(word)) }))
    .toSorted((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(1, Math.floor(plain(best.word).length / 3)) ? best.word : null;
}
