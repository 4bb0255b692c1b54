// Patterns that begin with a word: tried only where words begin, and only those whose first letter stands there.

/** What may begin with one letter, in either case: sticky. */
interface Beginning {
  readonly pattern: RegExp;
  /** By code, the letters of ASCII that may come second; others are always tried. */
  readonly second: readonly boolean[];
}

/** By the code of the letter where it is one of ASCII, as most are. */
export interface AtWord {
  readonly ascii: readonly (Beginning | undefined)[];
  readonly others: ReadonlyMap<string, Beginning>;
}

interface Around {
  /** What may not stand before, as a lookbehind. */
  readonly behind: string;
  /** What follows any of the alternatives. */
  readonly rest: string;
  readonly flags: 'u' | 'iu';
}

/** A letter, or a class of letters, that has to be there; and the one after it where that is plain too. */
const LETTERS = String.raw`(?:\[(\p{L}+)\]|(\p{L}))(?![?*{])`;
const FIRST = new RegExp(`^${LETTERS}(?:${LETTERS})?`, 'u');

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code).toLowerCase());

/** @param alternatives each begins with a letter or a class of letters; whichever stands first in the list is preferred */
export function atWord(alternatives: readonly string[], { behind, rest, flags }: Around): AtWord {
  const byLetter = new Map<string, { readonly same: string[]; readonly seconds: (string | undefined)[] }>();
  for (const alternative of alternatives) {
    const [, among, one, secondAmong, secondOne] = FIRST.exec(alternative) ?? [];
    const letters = among ?? one;
    if (letters === undefined) throw new Error(`does not begin with a letter: ${alternative}`);
    for (const letter of new Set(letters.toLowerCase())) {
      const of = byLetter.get(letter) ?? { same: [], seconds: [] };
      of.same.push(alternative);
      of.seconds.push((secondAmong ?? secondOne)?.toLowerCase());
      byLetter.set(letter, of);
    }
  }
  const others = new Map(
    [...byLetter].map(([letter, { same, seconds }]): [string, Beginning] => {
      const pattern = new RegExp(`${behind}(?:${same.join('|')})${rest}`, `${flags}y`);
      return [letter, { pattern, second: ASCII.map((one) => seconds.some((some) => some?.includes(one) ?? true)) }];
    }),
  );
  return { ascii: ASCII.map((letter) => others.get(letter)), others };
}

const isAsciiLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** Letters with none of ASCII before them: at least all places where a word begins. */
export function startsOfWords(text: string): readonly number[] {
  const starts: number[] = [];
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = isAsciiLetter(code);
    if (!inWord && (isLetter || code > 0x7f)) starts.push(at);
    inWord = isLetter;
  }
  return starts;
}

/** As `matchAll` of all its alternatives would find them. */
export function* matchesAtWords(
  { text, starts }: { readonly text: string; readonly starts: readonly number[] },
  words: AtWord,
): Iterable<RegExpExecArray> {
  let end = 0;
  for (const start of starts) {
    if (start < end) continue;
    const code = text.charCodeAt(start);
    const begins = code < 128 ? words.ascii[code] : words.others.get(text[start]!.toLowerCase());
    if (!begins || begins.second[text.charCodeAt(start + 1)] === false) continue;
    const { pattern } = begins;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match) continue;
    end = pattern.lastIndex;
    yield match;
  }
}
