// National ids: a table of schemes with their shape and check, and the words by which people name them.
import * as at from 'stdnum/lib/cjs/at/vnr.js';
import * as be from 'stdnum/lib/cjs/be/nn.js';
import * as ch from 'stdnum/lib/cjs/ch/ssn.js';
import * as de from 'stdnum/lib/cjs/de/idnr.js';
import * as es from 'stdnum/lib/cjs/es/nif.js';
import * as fr from 'stdnum/lib/cjs/fr/nir.js';
import * as gb from 'stdnum/lib/cjs/gb/nino.js';
import * as ie from 'stdnum/lib/cjs/ie/pps.js';
import * as it from 'stdnum/lib/cjs/it/codicefiscale.js';
import * as nl from 'stdnum/lib/cjs/nl/bsn.js';
import * as pl from 'stdnum/lib/cjs/pl/pesel.js';
import * as ptCc from 'stdnum/lib/cjs/pt/cc.js';
import * as ptNif from 'stdnum/lib/cjs/pt/nif.js';
import * as ro from 'stdnum/lib/cjs/ro/cnp.js';
import { standsAlone, windowsFrom, withDigits } from './digits.js';
import type { Hit } from './found.js';
import { words, type Reading, type Words } from './reading.js';
import { OTHER_NUMBER, PHONE } from './words.js';

interface Scheme {
  readonly country: string;
  /** Cheap to test: of the compact digits, or, with letters, of the text. */
  readonly shape: RegExp;
  readonly validate: (compact: string) => { readonly isValid: boolean };
  readonly words: Words;
  /**
   * What a right check says by itself. `strong`: that it is one. `fair`: unless words before it name another number.
   * `weak`: besides, the country must be one of the conversation, for one of ten numbers passes.
   */
  readonly check: 'strong' | 'fair' | 'weak';
}

const ANY_ID = 'national id|id number|identity n|tax id|social security';
const named = (list: string): Words => words(`${list}|${ANY_ID}`);

const DIGIT_SCHEMES: readonly Scheme[] = [
  { country: 'DE', shape: /^[1-9]\d{10}$/, validate: de.validate, check: 'strong', words: named('steuer-? ?id|steueridentifikation|steuerliche|identifikationsn|id-?nr|tin\\b|steuernummer') }, // prettier-ignore
  {
    country: 'FR',
    shape: /^[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)\d{10}$/,
    validate: fr.validate,
    check: 'strong',
    words: named('s[ée]cu|nir\\b|insee|num[ée]ro ss'),
  },
  { country: 'CH', shape: /^756\d{10}$/, validate: ch.validate, check: 'strong', words: named('ahv|avs\\b') },
  {
    country: 'PL',
    shape: /^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])\d{5}$/,
    validate: pl.validate,
    check: 'fair',
    words: named('pesel'),
  },
  { country: 'BE', shape: /^\d\d(?:[024]\d|[135][0-2])[0-3]\d{6}$/, validate: be.validate, check: 'fair', words: named('rijksregister|registre national|niss\\b|insz') }, // prettier-ignore
  {
    country: 'RO',
    shape: /^[1-9]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}$/,
    validate: ro.validate,
    check: 'fair',
    words: named('cnp|cod numeric'),
  },
  { country: 'NL', shape: /^\d{9}$/, validate: nl.validate, check: 'weak', words: named('bsn|burgerservice|sofi') },
  {
    country: 'AT',
    shape: /^[1-9]\d{3}[0-3]\d[01]\d{3}$/,
    validate: at.validate,
    check: 'weak',
    words: named('sv-?n|sozialversicherung|versicherungsn'),
  },
  // Of people: companies' begin with other digits.
  {
    country: 'PT',
    shape: /^(?:[123]\d|45)\d{7}$/,
    validate: ptNif.validate,
    check: 'weak',
    words: named('nif\\b|contribuinte|n[úu]mero fiscal'),
  },
];

const LETTER_SCHEMES: readonly Scheme[] = [
  { country: 'FR', shape: /[12]\s?\d{2}\s?\d{2}\s?2[AB]\s?\d{3}\s?\d{3}\s?\d{2}/gi, validate: fr.validate, check: 'strong', words: named('s[ée]cu|nir\\b|insee') }, // prettier-ignore
  { country: 'IT', shape: /[A-Z]{3}[ -]?[A-Z]{3}[ -]?[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[ -]?[A-Z][0-9LMNP-V]{3}[A-Z]/gi, validate: it.validate, check: 'strong', words: named('codice fiscale|cod\\.? ?fisc|c\\.?f\\.?\\b') }, // prettier-ignore
  { country: 'ES', shape: /\d{2}[. ]?\d{3}[. ]?\d{3}(?:-?[A-Za-z]| [A-Z])/g, validate: es.validate, check: 'fair', words: named('dni|nif|documento|identidad') }, // prettier-ignore
  { country: 'ES', shape: /[XYZ][ -]?\d{7}[ -]?[A-Z]/gi, validate: es.validate, check: 'fair', words: named('nie\\b|nif|documento|identidad') }, // prettier-ignore
  { country: 'GB', shape: /[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]/gi, validate: gb.validate, check: 'fair', words: named('national insurance|nino\\b|ni n') }, // prettier-ignore
  {
    country: 'PT',
    shape: /\d{8}[ -]?\d[ -]?Z[A-Z0-9][ -]?\d/gi,
    validate: ptCc.validate,
    check: 'fair',
    words: named('cart[ãa]o d[eo] cidad|cc\\b|bilhete de identidade'),
  },
  { country: 'IE', shape: /\d{7}[A-W][A-IW]?/gi, validate: ie.validate, check: 'fair', words: named('pps') },
];

interface Place {
  readonly start: number;
  readonly end: number;
  readonly compact: string;
  /** Nothing but this stands in its run of digits. */
  readonly whole: boolean;
}

/** One conversation's text and where it takes place. */
interface Given {
  readonly reading: Reading;
  readonly regions: readonly string[];
}

function isOne(scheme: Scheme, { start, end, compact, whole }: Place, { reading, regions }: Given): boolean {
  if (reading.text[start - 1] === '+' || !standsAlone(reading.text, start, end)) return false;
  // Named as one: a wrong check digit is a typing mistake, and what was typed still tells who it is.
  if (reading.named(start, scheme.words)) return true;
  const weak = scheme.check === 'weak' && !(whole && regions.includes(scheme.country));
  if (weak || (reading.mayAsk() && !scheme.validate(compact).isValid)) return false;
  return scheme.check === 'strong' || !(reading.named(start, OTHER_NUMBER) || reading.named(start, PHONE));
}

const value = (scheme: Scheme, compact: string): string => `${scheme.country}:${compact}`;

const [FEWEST, MOST] = [9, 15] as const;

function* digitIds(given: Given): Iterable<Hit> {
  for (const run of withDigits(given.reading.runs, FEWEST)) {
    for (let first = 0; first < run.length; first++) {
      for (const { start, end, digits: compact } of windowsFrom(run, first, [FEWEST, MOST])) {
        const whole = first === 0 && end === run.at(-1)?.end;
        const scheme = DIGIT_SCHEMES.find(
          (one) => one.shape.test(compact) && isOne(one, { start, end, compact, whole }, given),
        );
        if (scheme) yield { start, end, value: value(scheme, compact) };
      }
    }
  }
}

const BETWEEN = /[\s.-]/g;

export function* nationalIds(reading: Reading, regions: readonly string[]): Iterable<Hit> {
  const given = { reading, regions };
  yield* digitIds(given);
  for (const scheme of LETTER_SCHEMES) {
    for (const { 0: written, index: start } of reading.text.matchAll(scheme.shape)) {
      const compact = written.replace(BETWEEN, '').toUpperCase();
      const end = start + written.length;
      if (isOne(scheme, { start, end, compact, whole: true }, given))
        yield { start, end, value: value(scheme, compact) };
    }
  }
}
