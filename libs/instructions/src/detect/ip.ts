// IP addresses: candidates by shape, judged by a real parser.
import ipaddr from 'ipaddr.js';
import type { Hit } from './found.js';
import { words, type Reading } from './reading.js';

const V4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;
const V6 = /(?<![\w:.])[0-9a-f:]{2,39}(?:\.[0-9.]{3,15})?(?![\w:])/gi;
/** Fewer digits than this are punctuation (`::`) or a loopback. */
const FEWEST_V6 = 4;
const VERSIONS = words(
  'v(?:er)?[. ]?(?=\\d)|version|release|firmware|build|update|versión|versione|versie|wersj|software|sw\\b|driver|treiber',
);
const LEADING_ZERO = /(?:^|\.)0\d/;

export function* ips(reading: Reading): Iterable<Hit> {
  const { text } = reading;
  for (const { 0: written, index: start } of text.matchAll(V4)) {
    if (!ipaddr.IPv4.isValidFourPartDecimal(written) || LEADING_ZERO.test(written)) continue;
    if (reading.named(start, VERSIONS)) continue;
    yield { start, end: start + written.length, value: written };
  }
  for (const { 0: written, index: start } of text.matchAll(V6)) {
    const digits = written.replace(/[:.]/g, '').length;
    if (digits < FEWEST_V6 || !written.includes(':') || !ipaddr.IPv6.isValid(written)) continue;
    yield { start, end: start + written.length, value: ipaddr.process(written).toNormalizedString() };
  }
}
