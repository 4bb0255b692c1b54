// The person's own identifiers: what the channel already told of them, found again in what they write.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { standsAlone } from './digits.js';
import type { Hit } from './found.js';
import type { Reading } from './reading.js';
import { inOriginal } from './view.js';

/** Shorter ones are too common to be told from other words and numbers. */
const FEWEST_DIGITS = 6;
const FEWEST_LETTERS = 3;
/** Longer lists are not a person's identifiers. */
const MOST_OWN = 50;

const NUMBER = /^\+?[\d ().\-/]+$/;
const ESCAPED = /[.*+?^${}()|[\]\\/-]/g;
const CAPITAL = /^\p{Lu}/u;

/** As it is known, with or without country, with or without plus. */
function waysToWrite(digits: string): readonly string[] {
  const phone = parsePhoneNumberFromString(`+${digits}`);
  if (!phone?.isPossible()) return [digits];
  return [digits, `00${digits}`, `0${phone.nationalNumber}`, phone.nationalNumber];
}

function* numbers({ text, runs }: Reading, own: readonly string[]): Iterable<Hit> {
  const known = new Map<string, string>();
  for (const one of own)
    for (const way of waysToWrite(one.replace(/\D/g, ''))) if (way.length >= FEWEST_DIGITS) known.set(way, one);
  const longest = Math.max(0, ...[...known.keys()].map((way) => way.length));
  for (const run of runs) {
    for (let first = 0; first < run.length; first++) {
      let digits = '';
      for (let at = first; at < run.length && digits.length < longest; at++) {
        digits += run[at]!.digits;
        // "+49 (0) 176": the zero in brackets is neither here nor there.
        const value = known.get(digits) ?? known.get(digits.replace(/^((?:00)?[1-9]\d{0,2})0(?=\d{6})/, '$1'));
        const start = run[first]!.start - (text[run[first]!.start - 1] === '+' ? 1 : 0);
        if (value && standsAlone(text, start, run[at]!.end)) yield { start, end: run[at]!.end, value };
      }
    }
  }
}

interface Phrase {
  readonly pattern: RegExp;
  readonly value: string;
  /** A part of a name is one only when it is written like one: "May" is not "may". */
  readonly capitalised: boolean;
}

const phrase = (words: string, value: string, capitalised: boolean): Phrase => {
  const pattern = words.replace(ESCAPED, '\\$&').replace(/ +/g, '[ \\n.,_-]{1,3}');
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'), value, capitalised };
};

function phrasesOf(own: string): readonly Phrase[] {
  const words = own.split(/ +/).filter((word) => word !== '');
  const whole = phrase(words.join(' '), own, false);
  if (words.length < 2 || words.length > 5) return [whole];
  const parts = words.filter((word) => /^[\p{L}'’-]+$/u.test(word) && word.length >= FEWEST_LETTERS);
  return [whole, phrase(words.toReversed().join(' '), own, false), ...parts.map((part) => phrase(part, part, true))];
}

function* phrases(text: string, own: readonly string[]): Iterable<Hit> {
  for (const { pattern, value, capitalised } of own.flatMap(phrasesOf)) {
    for (const { 0: written, index: start } of text.matchAll(pattern)) {
      if (!capitalised || CAPITAL.test(written)) yield { start, end: start + written.length, value };
    }
  }
}

interface Known {
  readonly own: readonly string[];
  /** The addresses of mail in the text, in places of the original. */
  readonly mails: () => readonly Hit[];
}

/** Answers in places of the original. */
export function* ownIdentifiers(reading: Reading, known: Known): Iterable<Hit> {
  const { view } = reading;
  const own = known.own.slice(0, MOST_OWN).map((one) => one.normalize('NFKC').trim());
  const ownNumbers = own.filter((one) => NUMBER.test(one));
  const ownAddresses = new Map(own.filter((one) => one.includes('@')).map((one) => [one.toLowerCase(), one]));
  const others = own.filter(
    (one) => one.length >= FEWEST_LETTERS && !NUMBER.test(one) && !ownAddresses.has(one.toLowerCase()),
  );
  const inView = [...numbers(reading, ownNumbers), ...phrases(view.text, others)];
  for (const { start, end, value } of inView) yield { ...inOriginal(view, start, end), value };
  if (ownAddresses.size === 0) return;
  for (const hit of known.mails()) {
    const value = ownAddresses.get(hit.value);
    if (value) yield { ...hit, value };
  }
}
