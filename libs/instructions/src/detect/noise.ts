// Numbers that are none of a phone: dates, times, prices, coordinates and what stands in addresses of pages.
import type { Run } from './digits.js';
import type { Reading } from './reading.js';

const PAGE = /(?:https?:\/\/|www\.)(?!wa\.me|api\.whatsapp)\S+/giu;

/** They begin where digits do, or with a sign before them. */
const NUMBERS = new RegExp(
  [
    String.raw`(?<!\d)\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?(?!\d)`,
    String.raw`(?<!\d[./-]|\d)(?:0?[1-9]|[12]\d|3[01])([./-]) ?(?:0?[1-9]|[12]\d|3[01])\1 ?(?:\d{4}|\d{2})(?![./-]?\d)`,
    String.raw`(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)`,
    String.raw`(?<![\d.])-?\d{1,3}\.\d{3,8} ?[,;/ ] ?-?\d{1,3}\.\d{3,8}(?![\d.])`,
    String.raw`(?:€|\$|£) ?\d[\d.,]{0,14}|(?<![\d.,])\d[\d.,]{0,14} ?(?:€|\$|£|zł|EUR\b|USD\b|GBP\b|PLN\b|CHF\b|euros?\b|złot)`,
  ].join('|'),
  'iuy',
);
/** The longest sign before digits: a currency and a blank. */
const LONGEST_SIGN = 2;
const SIGN = /[-€$£]/;

interface Place {
  readonly start: number;
  readonly end: number;
}

function* numbers({ text, runs }: Reading, pages: readonly Place[]): Iterable<Place> {
  let end = 0;
  let page = 0;
  for (const run of runs) {
    for (const group of run) {
      while (page < pages.length && pages[page]!.end <= group.start) end = Math.max(end, pages[page++]!.end);
      for (let start = Math.max(end, group.start - LONGEST_SIGN); start <= group.start; start++) {
        if (pages[page] && pages[page]!.start <= start) break;
        if (start < group.start && !SIGN.test(text[start]!)) continue;
        NUMBERS.lastIndex = start;
        if (!NUMBERS.test(text)) continue;
        end = NUMBERS.lastIndex;
        yield { start, end };
        break;
      }
    }
  }
}

/** Runs without the groups that belong to a date, a price and the like. */
export function withoutNoise(reading: Reading): readonly Run[] {
  const { text, runs } = reading;
  if (runs.length === 0) return runs;
  const pages = [...text.matchAll(PAGE)].map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  const noise = [...pages, ...numbers(reading, pages)].sort((a, b) => a.start - b.start);
  if (noise.length === 0) return runs;
  let next = 0;
  const isNoise = (start: number): boolean => {
    while (next < noise.length && noise[next]!.end <= start) next++;
    return next < noise.length && noise[next]!.start <= start;
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
