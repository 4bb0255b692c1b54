// Payment cards: the ranges of the issuers and their lengths, and the check digit.
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';
import { standsAlone, windowsFrom, withDigits, type Run, type Window } from './digits.js';
import type { Hit } from './found.js';
import { words, type Reading } from './reading.js';

/** ISO/IEC 7812 ranges as the schemes publish them, with the lengths that they issue. */
const BRANDS = [
  /^4(?:\d{15}|\d{18})$/, // Visa; its 13 digits of old are numbers of phones today
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^3(?:0[0-5]\d{11}|[689]\d{12})$/, // Diners Club
  /^(?:6011|64[4-9]\d|65\d{2})\d{12}$/, // Discover
  /^35(?:2[89]|[3-8]\d)\d{12}$/, // JCB
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}$/, // Maestro
  /^62\d{14,17}$/, // UnionPay
];

const [FEWEST, MOST] = [12, 19] as const;

const WORDS = words(
  'card|credit|debit|visa|master ?card|amex|american express|maestro|kreditkart|karte|carte|cb\\b|tarjeta|carta|kaart|kart[aęyą]',
);

const isBrand = (digits: string): boolean => BRANDS.some((brand) => brand.test(digits));

/** Grouped as on a card or not at all: numbers that merely stand in a row are not one number. */
const looksLikeOne = ({ groups, digits }: Window): boolean =>
  groups <= 6 || groups === digits.length || groups * 2 >= digits.length;

function cardAt(reading: Reading, run: Run, first: number): Window | undefined {
  return windowsFrom(run, first, [FEWEST, MOST]).find(
    (window) =>
      isBrand(window.digits) &&
      looksLikeOne(window) &&
      standsAlone(reading.text, window.start, window.end) &&
      // A wrong check digit next to the word is a typing mistake, not another number.
      (luhnChecksumValidate(window.digits) || reading.named(window.start, WORDS)),
  );
}

export function* cards(reading: Reading): Iterable<Hit> {
  for (const run of withDigits(reading.runs, FEWEST)) {
    for (let at = 0; at < run.length; at++) {
      const card = cardAt(reading, run, at);
      if (!card) continue;
      yield { start: card.start, end: card.end, value: card.digits };
      at += card.groups - 1;
    }
  }
}
