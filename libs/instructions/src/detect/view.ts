// A view of a text: the same text written plainly, and where each of its characters came from.

export interface View {
  readonly text: string;
  /** Where in the original a UTF-16 unit of `text` begins, and where it ends. */
  startOf(unit: number): number;
  endOf(unit: number): number;
}

/** The place of a hit in the original. */
export const inOriginal = (
  view: View,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } => ({ start: view.startOf(start), end: view.endOf(end - 1) });

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

/** What characters become: of no person, and asked of the same few again and again. */
const KNOWN = new Map<string, string>();
const MOST_KNOWN = 4_096;

function plainly(character: string): string {
  const known = KNOWN.get(character);
  if (known !== undefined) return known;
  const written = plain(character);
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(character, written);
  return written;
}

/** A part of a text that came from another: from where on, and whether it was copied or stands for all of a place. */
interface Piece {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly copied: boolean;
}

/** The last piece that begins at or before a unit, by halving. */
function pieceAt(pieces: readonly Piece[], unit: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.at <= unit) low = middle;
    else high = middle - 1;
  }
  return pieces[low]!;
}

/** All else stays as it is. */
const NOT_PLAIN = /[\P{ASCII}\t]/gu;

/** Full-width and other digits become ASCII, all blanks and dashes become one, what cannot be seen goes. */
export function normalise(original: string): View {
  const same: View = { text: original, startOf: (unit) => unit, endOf: (unit) => unit + 1 };
  return rewrite(same, NOT_PLAIN, ([character]) => plainly(character));
}

/** A view in which each match is replaced; nothing changed is the very same view. */
export function rewrite(view: View, pattern: RegExp, by: (match: RegExpExecArray) => string): View {
  const pieces: Piece[] = [];
  let text = '';
  let done = 0;
  const add = (written: string, place: Omit<Piece, 'at'>): void => {
    if (written !== '') pieces.push({ at: text.length, ...place });
    text += written;
    done = place.to;
  };
  for (const match of view.text.matchAll(pattern)) {
    add(view.text.slice(done, match.index), { from: done, to: match.index, copied: true });
    add(by(match), { from: match.index, to: match.index + match[0].length, copied: false });
  }
  if (done === 0) return view;
  add(view.text.slice(done), { from: done, to: view.text.length, copied: true });
  return {
    text,
    startOf(unit) {
      const { at, from, copied } = pieceAt(pieces, unit);
      return view.startOf(copied ? from + unit - at : from);
    },
    endOf(unit) {
      const { at, from, to, copied } = pieceAt(pieces, unit);
      return view.endOf(copied ? from + unit - at : to - 1);
    },
  };
}
