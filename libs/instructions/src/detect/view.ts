// A view of a text: the same text written plainly, and where each of its characters came from.

export interface View {
  readonly text: string;
  /** Per UTF-16 unit of `text`: where it begins and ends in the original. */
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/** The place of a hit in the original. */
export const inOriginal = (
  view: View,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } => ({
  start: view.starts[start]!,
  end: view.ends[end - 1]!,
});

/** Zero-width, directional and variation characters, the keycap (1️⃣ is a digit with two of them) and soft hyphens. */
const INVISIBLE = /[\p{Cf}\p{Mn}\u20E3]/u;
const COMBINING = /\p{Mn}/u;
const BLANK = /[\p{Zs}\t]/u;
const DASH = /[\p{Pd}\u2212]/u;
const DIGIT = /\p{Nd}/u;

/** Marks that belong to a letter stay (é written as two characters), those that decorate a digit go. */
function plain(character: string): string {
  if (BLANK.test(character)) return ' ';
  if (DASH.test(character)) return '-';
  if (INVISIBLE.test(character))
    return COMBINING.test(character) && !/[\uFE00-\uFE0F]/.test(character) ? character : '';
  if (DIGIT.test(character)) return digitOf(character);
  return character.normalize('NFKC');
}

/** Digits of all scripts stand in blocks of ten, zero first. */
function digitOf(character: string): string {
  const folded = character.normalize('NFKC');
  if (folded >= '0' && folded <= '9') return folded;
  const code = character.codePointAt(0)!;
  let zero = code;
  while (zero > code - 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

/** Full-width and other digits become ASCII, all blanks and dashes become one, what cannot be seen goes. */
export function normalise(original: string): View {
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  for (let at = 0; at < original.length;) {
    const code = original.codePointAt(at)!;
    const length = code > 0xffff ? 2 : 1;
    const written = code < 0x80 && code !== 9 ? original[at]! : plain(original.slice(at, at + length));
    for (let unit = 0; unit < written.length; unit++) {
      starts.push(at);
      ends.push(at + length);
    }
    parts.push(written);
    at += length;
  }
  return { text: parts.join(''), starts, ends };
}

/** A view in which each match is replaced; nothing changed is the very same view. */
export function rewrite(view: View, pattern: RegExp, by: (match: RegExpExecArray) => string): View {
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let from = 0;
  const copyTo = (to: number): void => {
    parts.push(view.text.slice(from, to));
    for (let at = from; at < to; at++) {
      starts.push(view.starts[at]!);
      ends.push(view.ends[at]!);
    }
  };
  for (const match of view.text.matchAll(pattern)) {
    copyTo(match.index);
    const written = by(match);
    from = match.index + match[0].length;
    for (let unit = 0; unit < written.length; unit++) {
      starts.push(view.starts[match.index]!);
      ends.push(view.ends[from - 1]!);
    }
    parts.push(written);
  }
  if (parts.length === 0) return view;
  copyTo(view.text.length);
  return { text: parts.join(''), starts, ends };
}
