// IP addresses: candidates by shape, judged by a real parser.
import ipaddr from 'ipaddr.js';
import type { Hit } from './found.js';
import { words, type Reading } from './reading.js';

const V4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/y;
const V6 = /(?<![\w:.])[0-9a-f:]{2,39}(?:\.[0-9.]{3,15})?(?![\w:])/iy;
const IN_V6 = /[0-9a-f:]/i;
/** Times of the day have one colon, addresses two at least; asked first, because the parser's no costs time. */
const TWO_COLONS = /:.*:/;
/** Fewer digits than this are punctuation (`::`) or a loopback. */
const FEWEST_V6 = 4;
const VERSIONS = words(
  'v(?:er)?[. ]?(?=\\d)|version|release|firmware|build|update|versión|versione|versie|wersj|software|sw\\b|driver|treiber',
);
const LEADING_ZERO = /(?:^|\.)0\d/;

/** Where digits begin that a dot follows. */
function* placesOfV4({ text, runs }: Reading): Iterable<number> {
  for (const run of runs) for (const { start, end } of run) if (text[end] === '.') yield start;
}

/** Where the hexadecimal digits begin that have a colon among them. */
function* placesOfV6({ text }: Reading): Iterable<number> {
  let end = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', end)) {
    let start = colon;
    while (start > end && IN_V6.test(text[start - 1]!)) start--;
    end = colon + 1;
    while (end < text.length && IN_V6.test(text[end]!)) end++;
    yield start;
  }
}

function* matchesAt(text: string, pattern: RegExp, places: Iterable<number>): Iterable<Omit<Hit, 'end'>> {
  for (const start of places) {
    pattern.lastIndex = start;
    const value = pattern.exec(text)?.[0];
    if (value !== undefined) yield { start, value };
  }
}

export function* ips(reading: Reading): Iterable<Hit> {
  const { text } = reading;
  for (const { value, start } of matchesAt(text, V4, placesOfV4(reading))) {
    if (!ipaddr.IPv4.isValidFourPartDecimal(value) || LEADING_ZERO.test(value)) continue;
    if (reading.named(start, VERSIONS)) continue;
    yield { start, end: start + value.length, value };
  }
  for (const { value, start } of matchesAt(text, V6, placesOfV6(reading))) {
    const digits = value.replace(/[:.]/g, '').length;
    if (digits < FEWEST_V6 || !TWO_COLONS.test(value) || !ipaddr.IPv6.isValid(value)) continue;
    yield { start, end: start + value.length, value: ipaddr.process(value).toNormalizedString() };
  }
}
