// IBANs: the length and structure of each country, and the check digits of the IBAN alone: the checks of national
// account numbers that libraries add refuse most accounts that exist.
import { countrySpecs } from 'ibantools';
import { windowsFrom, withDigits, type Run } from './digits.js';
import type { Hit } from './found.js';
import { words, type Reading } from './reading.js';

/** A country and two check digits. */
const HEAD = /(?<![\p{L}\p{N}])[a-z]{2}[ .-]{0,2}\d[ .-]?\d/iuy;
const BEFORE_DIGITS = /[a-z]{2}[ .-]{0,2}$/i;
const LONGEST_BEFORE = 4;
const SEPARATOR = /[ ._\r\n-]/;
const MOST_SEPARATORS = 3;
const WORDS = words('iban|konto|account|compte|rib\\b|cuenta|conto|rekening|rachun|kont[oa]|bank|überweis|transfer');

const STRUCTURES: ReadonlyMap<string, { readonly length: number; readonly bban: RegExp }> = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars, bban_regexp: bban }]) =>
    chars && bban ? [[country, { length: chars, bban: new RegExp(bban) }] as const] : [],
  ),
);

/** ISO 7064 mod 97-10, digit by digit. */
function checks(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The next so many letters and digits, over blanks, dots and one broken line. */
function compactFrom(
  text: string,
  start: number,
  length: number,
): { readonly value: string; readonly end: number } | null {
  let value = '';
  let gap = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (/[a-z0-9]/i.test(character)) {
      value += character.toUpperCase();
      gap = 0;
      if (value.length === length) return { value, end: at + 1 };
    } else if (!SEPARATOR.test(character) || ++gap > MOST_SEPARATORS) return null;
  }
  return null;
}

/** Tried where digits begin that letters stand before. */
function* heads({ text, runs }: Reading): Iterable<number> {
  for (const run of runs)
    for (const { start } of run) {
      const before = BEFORE_DIGITS.exec(text.slice(Math.max(0, start - LONGEST_BEFORE), start));
      if (!before) continue;
      HEAD.lastIndex = start - before[0].length;
      if (HEAD.test(text)) yield start - before[0].length;
    }
}

function ibanAt(reading: Reading, start: number): Hit | null {
  const { text } = reading;
  const structure = STRUCTURES.get(text.slice(start, start + 2).toUpperCase());
  const written = structure && compactFrom(text, start, structure.length);
  if (!written || !structure.bban.test(written.value.slice(4))) return null;
  const right = checks(written.value);
  const alone = !/[\p{L}\p{N}]/u.test(text[written.end] ?? '');
  return right || (alone && reading.named(start, WORDS)) ? { start, ...written } : null;
}

const POLISH = { digits: 26, country: 'PL' };

/** A Polish account is written without its country at home: the 26 digits of the IBAN. */
function* polish(runs: readonly Run[]): Iterable<Hit> {
  for (const run of withDigits(runs, POLISH.digits))
    for (let first = 0; first < run.length; first++)
      for (const { start, end, digits } of windowsFrom(run, first, [POLISH.digits, POLISH.digits]))
        if (checks(POLISH.country + digits)) yield { start, end, value: POLISH.country + digits };
}

export function* ibans(reading: Reading): Iterable<Hit> {
  let end = 0;
  for (const head of heads(reading)) {
    const hit = head < end ? null : ibanAt(reading, head);
    if (!hit) continue;
    end = hit.end;
    yield hit;
  }
  yield* polish(reading.runs);
}
