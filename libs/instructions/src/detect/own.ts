// The person's own identifiers: what the channel already told of them, found again in what they write.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { standsAlone, withDigits } from './digits.js';
import type { Hit } from './found.js';
import { unmarked } from '../fold.js';
import type { Reading } from './reading.js';
import { inOriginal, rewrite, type View } from './view.js';

/** Shorter ones are too common to be told from other words and numbers. */
const FEWEST_DIGITS = 6;
/** No platform numbers its people with more, and each digit more is looked for from every digit of a text. */
const MOST_DIGITS = 32;
const FEWEST_LETTERS = 3;
/** Longer lists are not a person's identifiers. */
const MOST_OWN = 50;

const NUMBER = /^\+?[\d ().\-/]+$/;
const isNumber = (one: string): boolean => NUMBER.test(one) && one.replace(/\D/g, '').length <= MOST_DIGITS;
/** Not the hyphen: with the flag `u`, which letters of all scripts need, it may not be escaped outside of a class. */
const ESCAPED = /[.*+?^${}()|[\]\\/]/g;
const CAPITAL = /^\p{Lu}/u;

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** As it is known, with or without country, with or without plus. */
function waysToWrite(digits: string): readonly string[] {
  const phone = parsePhoneNumberFromString(`+${digits}`);
  if (!phone?.isPossible()) return [digits];
  return [digits, `00${digits}`, `0${phone.nationalNumber}`, phone.nationalNumber];
}

interface Numbers {
  readonly known: ReadonlyMap<string, string>;
  readonly longest: number;
  /** What they end with, however they begin. */
  readonly endings: ReadonlySet<string>;
}

const endingOf = (digits: string): string => digits.slice(-FEWEST_DIGITS);

function numbersOf(own: readonly string[]): Numbers {
  const known = new Map<string, string>();
  for (const one of own)
    for (const way of waysToWrite(one.replace(/\D/g, ''))) if (way.length >= FEWEST_DIGITS) known.set(way, one);
  const ways = [...known.keys()];
  return { known, longest: Math.max(0, ...ways.map(({ length }) => length)), endings: new Set(ways.map(endingOf)) };
}

function* numbers({ text, runs }: Reading, own: () => Numbers): Iterable<Hit> {
  const long = withDigits(runs, FEWEST_DIGITS);
  if (long.length === 0) return;
  const { known, longest, endings } = own();
  for (const run of long) {
    for (let first = 0; first < run.length; first++) {
      let digits = '';
      for (let at = first; at < run.length && digits.length < longest; at++) {
        digits += run[at]!.digits;
        if (!endings.has(endingOf(digits))) continue;
        // "+49 (0) 176": the zero in brackets is neither here nor there.
        const value = known.get(digits) ?? known.get(digits.replace(/^((?:00)?[1-9]\d{0,2})0(?=\d{6})/, '$1'));
        const start = run[first]!.start - (text[run[first]!.start - 1] === '+' ? 1 : 0);
        if (value && standsAlone(text, start, run[at]!.end)) yield { start, end: run[at]!.end, value };
      }
    }
  }
}

interface Phrase {
  /** Made when a text may have it: most never do. */
  readonly pattern: () => RegExp;
  /** Some of its letters and digits, in lower case: what a text has none of does not have the phrase. */
  readonly needs: string;
  readonly value: string;
  /** A part of a name is one only when it is written like one: "May" is not "may". */
  readonly capitalised: boolean;
}

/** May stand between the words of a name; a word of nothing else would make the pattern ambiguous, and its search exponential. */
const BETWEEN = ' \\n.,_-';
const IS_WORD = new RegExp(`[^${BETWEEN}]`);

const MARKED = /\P{ASCII}/gu;
/** A text without accents, since names are typed without them: jose, Hans Muller, Lukasz. */
const plainly = (view: View): View => rewrite(view, MARKED, ([letter]) => unmarked(letter));

/** Ü is typed as ue or as u; an e at the end of a word stands for no dots. */
const DOTTED = /[äöü]/gi;
const MAY_BE_DOTTED = /([aou])e(?=\p{L})/giu;
const dotsSpelt = (words: string): string => unmarked(words.normalize('NFC').replace(DOTTED, '$&e'));

/** ASCII only: no other character counts as one of these in another case, once a text is written plainly. */
const longestPart = (words: string): string =>
  (words.replace(MAY_BE_DOTTED, ' ').match(/[a-z0-9]+/gi) ?? []).reduce(
    (longest, part) => (part.length > longest.length ? part : longest),
    '',
  );

const phrase = (words: string, value: string, capitalised: boolean): Phrase => {
  const spelt = dotsSpelt(words);
  const pattern = once(() => {
    const escaped = spelt.replace(ESCAPED, '\\$&').replace(MAY_BE_DOTTED, '$1e?');
    const written = escaped.replace(/ +/g, `[${BETWEEN}]{1,3}`);
    return new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, 'giu');
  });
  return { pattern, needs: longestPart(spelt).toLowerCase(), value, capitalised };
};

function phrasesOf(own: string): readonly Phrase[] {
  const words = own.split(/ +/).filter((word) => IS_WORD.test(word));
  if (words.length === 0) return [];
  const whole = phrase(words.join(' '), own, false);
  if (words.length < 2 || words.length > 5) return [whole];
  const parts = words.filter((word) => /^[\p{L}'’-]+$/u.test(word) && word.length >= FEWEST_LETTERS);
  return [whole, phrase(words.toReversed().join(' '), own, false), ...parts.map((part) => phrase(part, part, true))];
}

function* phrases(view: View, own: readonly Phrase[]): Iterable<Hit> {
  if (own.length === 0) return;
  const plain = plainly(view);
  const { text } = plain;
  const lower = text.toLowerCase();
  for (const { pattern, needs, value, capitalised } of own) {
    if (!lower.includes(needs)) continue;
    for (const { 0: written, index: start } of text.matchAll(pattern())) {
      if (!capitalised || CAPITAL.test(written)) yield { ...inOriginal(plain, start, start + written.length), value };
    }
  }
}

/** What is known of one person, made ready to be found in many texts. */
export interface Own {
  readonly numbers: () => Numbers;
  readonly addresses: ReadonlyMap<string, string>;
  readonly phrases: readonly Phrase[];
}

export function ownOf(known: readonly string[]): Own {
  const own = known.slice(0, MOST_OWN).map((one) => one.normalize('NFKC').trim());
  const ownNumbers = own.filter(isNumber);
  const addresses = new Map(own.filter((one) => one.includes('@')).map((one) => [one.toLowerCase(), one]));
  const others = own.filter(
    (one) => one.length >= FEWEST_LETTERS && !isNumber(one) && !addresses.has(one.toLowerCase()),
  );
  return { numbers: once(() => numbersOf(ownNumbers)), addresses, phrases: others.flatMap(phrasesOf) };
}

/** @param mails the addresses of mail in the text, in places of the original; so is the answer */
export function* ownIdentifiers(reading: Reading, own: Own, mails: () => readonly Hit[]): Iterable<Hit> {
  const { view } = reading;
  for (const { start, end, value } of numbers(reading, own.numbers)) yield { ...inOriginal(view, start, end), value };
  yield* phrases(view, own.phrases);
  if (own.addresses.size === 0) return;
  for (const hit of mails()) {
    const value = own.addresses.get(hit.value);
    if (value) yield { ...hit, value };
  }
}
