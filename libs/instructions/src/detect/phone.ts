// Phone numbers: candidates from runs of digits, judged by the numbering plans of the regions of the conversation.
import { standsAlone, windowsFrom, withDigits, type Run, type Window } from './digits.js';
import type { Hit } from './found.js';
import { withoutNoise } from './noise.js';
import { judgeAbroad, judgeAtHome, type Judged, type Region } from './plan.js';
import type { Reading } from './reading.js';
import { OTHER_NUMBER, PHONE } from './words.js';

/** ITU-T E.164: 15 digits at most; shorter ones than these are extensions and short codes. */
const DIGITS = [7, 17] as const;
const MOST_DIGITS = 15;
const FEWEST_WITH_COUNTRY = 11;

const INTERNATIONAL = /\+[ (]{0,2}$/;

interface Candidate extends Window {
  /** Where it begins with its plus and brackets. */
  readonly from: number;
  readonly plus: boolean;
  /** Whether words before it name a phone, or another kind of number. */
  readonly named: 'phone' | 'other' | undefined;
}

/** What a numbering plan says, as long as it may be asked. */
type Judge = (judging: () => Judged | undefined) => Judged | 'unasked' | undefined;

const judge =
  (reading: Reading): Judge =>
  (judging) =>
    reading.mayAsk() ? judging() : 'unasked';

function international({ digits, plus, named }: Candidate, regions: readonly Region[], ask: Judge): string | undefined {
  const number = plus ? digits : digits.startsWith('00') ? digits.slice(2) : undefined;
  if (!number || number.length > MOST_DIGITS || number.length < 8) return undefined;
  const near = regions.some(({ callingCode }) => number.startsWith(callingCode));
  const least = plus || near || named === 'phone' ? 'possible' : 'valid';
  const judged = ask(() => judgeAbroad(number, least));
  if (judged === 'unasked') return `+${number}`;
  return judged?.[least] ? judged.number : undefined;
}

/** As messengers write them: with the country, without the plus. */
function withoutPlus({ digits, named }: Candidate, region: Region, ask: Judge): string | undefined {
  if (digits.length < FEWEST_WITH_COUNTRY || digits.length > MOST_DIGITS || !digits.startsWith(region.callingCode))
    return undefined;
  const judged = named === 'other' ? undefined : ask(() => judgeAbroad(digits, 'valid'));
  if (judged === 'unasked') return `+${digits}`;
  return judged?.valid ? judged.number : undefined;
}

function national(candidate: Candidate, region: Region, ask: Judge): string | undefined {
  const { digits, named } = candidate;
  const atHome = !region.zero || digits.startsWith('0');
  if (digits.length > 13 || (!atHome && named !== 'phone')) return undefined;
  if (!region.lengths.has(digits.length - (region.zero && digits.startsWith('0') ? 1 : 0))) return undefined;
  const least = named === 'phone' && atHome ? 'possible' : 'valid';
  const judged = ask(() => judgeAtHome(digits, region, least));
  if (judged === 'unasked') return digits;
  if (judged?.callingCode !== region.callingCode || !(judged.valid || judged[least])) return undefined;
  return digits.length >= judged.number.length - 1 - judged.callingCode.length ? judged.number : undefined;
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

const LEAD = /(?:\+[ (]{0,2}|\()?$/;
const LONGEST_LEAD = 3;

function* candidatesAt(reading: Reading, run: Run, first: number): Iterable<Candidate> {
  const windows = windowsFrom(run, first, DIGITS);
  if (windows.length === 0) return;
  const { text } = reading;
  const { start } = run[first]!;
  const lead = LEAD.exec(text.slice(Math.max(0, start - LONGEST_LEAD), start))?.[0] ?? '';
  const from = start - lead.length;
  const shared = { from, plus: INTERNATIONAL.test(lead), named: namedAt(reading, from) };
  for (const { end, digits, groups } of windows)
    if (standsAlone(text, from, end)) yield { start, end, digits, groups, ...shared };
}

export function* phones(reading: Reading, regions: readonly Region[]): Iterable<Hit> {
  const ask = judge(reading);
  for (const run of withDigits(withoutNoise(reading), DIGITS[0])) {
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
