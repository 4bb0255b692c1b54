// The regions of a conversation, and what their numbering plans say of a number.
import {
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { countriesOf, isValidIn, mayBeAmong, numbering, significant } from './numbering.js';

/** Longer lists of regions cost time and find numbers that nobody meant. */
const MOST_REGIONS = 6;

export interface Region {
  readonly country: CountryCode;
  readonly callingCode: string;
  /** At home numbers begin with a zero that is no part of them, which tells them from other numbers. */
  readonly zero: boolean;
  /** How many digits its numbers have without that zero: asked first, because judging costs time. */
  readonly lengths: ReadonlySet<number>;
}

/** The regions that have a numbering plan; others are not an error, they only do not help. */
export function regionsOf(codes: readonly string[]): readonly Region[] {
  const known = codes.map((code) => code.toUpperCase()).filter((code) => isSupportedCountry(code));
  return [...new Set(known)].slice(0, MOST_REGIONS).map(regionOf);
}

const REGIONS = new Map<CountryCode, Region>();

function regionOf(country: CountryCode): Region {
  const seen = REGIONS.get(country);
  if (seen) return seen;
  const example = getExampleNumber(country, examples);
  const zero = !!example?.formatNational().startsWith('0') && !example.nationalNumber.startsWith('0');
  const { lengths } = numbering(country);
  const region = { country, callingCode: getCountryCallingCode(country), zero, lengths };
  REGIONS.set(country, region);
  return region;
}

export interface Judged {
  /** E.164, with its plus. */
  readonly number: string;
  readonly callingCode: string;
  readonly possible: boolean;
  readonly valid: boolean;
}

/** What is needed of a number. Where it has to be valid, what cannot be is not put to the library, which takes its time. */
export type Least = 'possible' | 'valid';

function asked(written: string, region?: CountryCode): Judged | undefined {
  const parsed = parsePhoneNumberFromString(written, region);
  if (!parsed) return undefined;
  const { number, countryCallingCode: callingCode } = parsed;
  return { number, callingCode, possible: parsed.isPossible(), valid: parsed.isValid() };
}

function judged(country: CountryCode, callingCode: string, digits: string): Judged | undefined {
  const numbers = numbering(country);
  const own = significant(numbers, digits);
  if (own === undefined) return undefined;
  const possible = numbers.lengths.has(own.length);
  return { number: `+${callingCode}${own}`, callingCode, possible, valid: isValidIn(numbers, own) };
}

/** @param number with its country, without its plus */
export function judgeAbroad(number: string, least: Least): Judged | undefined {
  const of = countriesOf(number);
  const digits = number.slice(of?.callingCode.length);
  // Which of several countries a number belongs to is the library's to say.
  const known = of?.countries.length === 1 ? judged(of.countries[0]!, of.callingCode, digits) : undefined;
  if (known) return known;
  if (of && least === 'valid' && !mayBeAmong(of.countries, digits)) return undefined;
  return asked(`+${number}`);
}

/** @param digits as dialled in the region */
export function judgeAtHome(digits: string, { country, callingCode }: Region, least: Least): Judged | undefined {
  const { countries } = countriesOf(callingCode)!;
  const { abroad } = numbering(country);
  if (countries.length === 1 && !digits.startsWith(callingCode) && !abroad.test(digits)) {
    const known = judged(country, callingCode, digits);
    if (known) return known;
  }
  const withCode = [digits, digits.replace(abroad, '')].filter((way) => way.startsWith(callingCode));
  const ways = [digits, ...withCode.map((way) => way.slice(callingCode.length))];
  return least === 'valid' && !ways.some((way) => mayBeAmong(countries, way)) ? undefined : asked(digits, country);
}
