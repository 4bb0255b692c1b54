// Phone numbers: candidates from runs of digits, judged by the numbering plans of the regions of the conversation.
import {
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { standsAlone, windowsFrom, type Run, type Window } from './digits.js';
import type { Hit } from './found.js';
import type { Reading } from './reading.js';
import { OTHER_NUMBER, PHONE } from './words.js';

/** Longer lists of regions cost time and find numbers that nobody meant. */
const MOST_REGIONS = 6;
/** ITU-T E.164: 15 digits at most; shorter ones than these are extensions and short codes. */
const DIGITS = [7, 17] as const;
const MOST_DIGITS = 15;
const FEWEST_WITH_COUNTRY = 11;

interface Region {
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
  const plans = new Metadata();
  plans.selectNumberingPlan(country);
  const lengths = new Set(plans.numberingPlan?.possibleLengths());
  const region = { country, callingCode: getCountryCallingCode(country), zero, lengths };
  REGIONS.set(country, region);
  return region;
}

/** Dates, times, prices, coordinates and addresses of pages: numbers that are none of a phone. */
const NOISE = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)(?!wa\.me|api\.whatsapp)\S+`,
    String.raw`(?<!\d)\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?(?!\d)`,
    String.raw`(?<!\d[./-]|\d)(?:0?[1-9]|[12]\d|3[01])([./-]) ?(?:0?[1-9]|[12]\d|3[01])\1 ?(?:\d{4}|\d{2})(?![./-]?\d)`,
    String.raw`(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)`,
    String.raw`(?<![\d.])-?\d{1,3}\.\d{3,8} ?[,;/ ] ?-?\d{1,3}\.\d{3,8}(?![\d.])`,
    String.raw`(?:€|\$|£) ?\d[\d.,]{0,14}|(?<![\d.,])\d[\d.,]{0,14} ?(?:€|\$|£|zł|EUR\b|USD\b|GBP\b|PLN\b|CHF\b|euros?\b|złot)`,
  ].join('|'),
  'giu',
);

/** Runs without the groups that belong to a date, a price and the like. */
function withoutNoise(text: string, runs: readonly Run[]): readonly Run[] {
  const noise = [...text.matchAll(NOISE)].map(({ 0: match, index }) => [index, index + match.length] as const);
  if (noise.length === 0) return runs;
  let next = 0;
  const isNoise = (start: number): boolean => {
    while (next < noise.length && noise[next]![1] <= start) next++;
    return next < noise.length && noise[next]![0] <= start;
  };
  const left: Run[] = [];
  for (const run of runs) {
    let rest: Run[number][] = [];
    for (const group of run) {
      if (!isNoise(group.start)) rest.push(group);
      else if (rest.length > 0) {
        left.push(rest);
        rest = [];
      }
    }
    if (rest.length > 0) left.push(rest);
  }
  return left;
}

const INTERNATIONAL = /\+[ (]{0,2}$/;

interface Candidate extends Window {
  /** Where it begins with its plus and brackets. */
  readonly from: number;
  readonly plus: boolean;
  /** Whether words before it name a phone, or another kind of number. */
  readonly named: 'phone' | 'other' | undefined;
}

type Judge = (digits: string, region?: CountryCode) => PhoneNumber | 'unasked' | undefined;

const judge =
  (reading: Reading): Judge =>
  (digits, region) =>
    reading.mayAsk() ? parsePhoneNumberFromString(digits, region) : 'unasked';

function international({ digits, plus, named }: Candidate, regions: readonly Region[], ask: Judge): string | undefined {
  const number = plus ? digits : digits.startsWith('00') ? digits.slice(2) : undefined;
  if (!number || number.length > MOST_DIGITS || number.length < 8) return undefined;
  const parsed = ask(`+${number}`);
  if (parsed === 'unasked') return `+${number}`;
  const near = regions.some(({ callingCode }) => number.startsWith(callingCode));
  const sure = plus || near || named === 'phone' ? parsed?.isPossible() : parsed?.isValid();
  return sure ? parsed?.number : undefined;
}

/** As messengers write them: with the country, without the plus. */
function withoutPlus({ digits, named }: Candidate, region: Region, ask: Judge): string | undefined {
  if (digits.length < FEWEST_WITH_COUNTRY || digits.length > MOST_DIGITS || !digits.startsWith(region.callingCode))
    return undefined;
  const parsed = named === 'other' ? undefined : ask(`+${digits}`);
  if (parsed === 'unasked') return `+${digits}`;
  return parsed?.isValid() ? parsed.number : undefined;
}

function national(candidate: Candidate, region: Region, ask: Judge): string | undefined {
  const { digits, named } = candidate;
  const atHome = !region.zero || digits.startsWith('0');
  if (digits.length > 13 || (!atHome && named !== 'phone')) return undefined;
  if (!region.lengths.has(digits.length - (region.zero && digits.startsWith('0') ? 1 : 0))) return undefined;
  const parsed = ask(digits, region.country);
  if (parsed === 'unasked') return digits;
  if (parsed?.countryCallingCode !== region.callingCode) return undefined;
  const sure = parsed.isValid() || (named === 'phone' && atHome && parsed.isPossible());
  return sure && digits.length >= parsed.nationalNumber.length ? parsed.number : undefined;
}

function numberOf(candidate: Candidate, regions: readonly Region[], ask: Judge): string | undefined {
  if (candidate.plus) return international(candidate, regions, ask);
  if (candidate.named === 'other') return undefined;
  const abroad = international(candidate, regions, ask);
  if (abroad) return abroad;
  for (const region of regions) {
    const number = national(candidate, region, ask) ?? withoutPlus(candidate, region, ask);
    if (number) return number;
  }
  return undefined;
}

function namedAt(reading: Reading, start: number): Candidate['named'] {
  if (reading.named(start, PHONE, OTHER_NUMBER)) return 'phone';
  return reading.named(start, OTHER_NUMBER) || reading.text[start - 1] === '#' ? 'other' : undefined;
}

function candidatesAt(reading: Reading, run: Run, first: number): readonly Candidate[] {
  const windows = windowsFrom(run, first, DIGITS);
  if (windows.length === 0) return [];
  const { text } = reading;
  const start = run[first]!.start;
  const lead = /(?:\+[ (]{0,2}|\()?$/.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  const from = start - lead.length;
  const shared = { from, plus: INTERNATIONAL.test(lead), named: namedAt(reading, from) };
  return windows.filter(({ end }) => standsAlone(text, from, end)).map((window) => ({ ...window, ...shared }));
}

export function* phones(reading: Reading, regions: readonly Region[]): Iterable<Hit> {
  const ask = judge(reading);
  for (const run of withoutNoise(reading.text, reading.runs)) {
    for (let at = 0; at < run.length; at++) {
      for (const candidate of candidatesAt(reading, run, at)) {
        const value = numberOf(candidate, regions, ask);
        if (!value) continue;
        yield { start: candidate.from, end: candidate.end, value };
        at += candidate.groups - 1;
        break;
      }
    }
  }
}
