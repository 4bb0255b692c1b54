// detect_1000_*_ms: everything that is looked for, in chat of 1,000 characters, some of it contact details, most of it not.
import { DETECT_KINDS, detector } from '#libs/instructions';
import { percentile } from './median.mjs';

const LENGTH = 1_000;
const SAID = [
  'Hello, my order 4711-2209 has not arrived, can you look?',
  'You can reach me at ada.lovelace@example.com or +49 30 901820 after 18:00.',
  'Das Geld bitte auf DE89 3704 0044 0532 0130 00, danke!',
  'I paid with 4111 1111 1111 1111 on 12.11.2026, 49,90 EUR.',
  'Je vous écris au sujet de la facture no 2026/0815 du 3 novembre.',
  'Numer to 512 345 678, proszę dzwonić po południu.',
  'the server says 203.0.113.77 refused it, at line 128 of 4096',
  'ada (at) example (dot) org, and no: I do not want the newsletter',
];

/** A text of that length: another place to begin with, another text. */
function textFrom(start) {
  let text = '';
  for (let n = start; text.length < LENGTH; n++) text += `${SAID[n % SAID.length]} `;
  return text.slice(start % 7, LENGTH + (start % 7)).padEnd(LENGTH, '.');
}

export async function measureDetect(options) {
  const find = detector({ kinds: DETECT_KINDS, regions: ['DE', 'PL', 'FR'], own: ['4915550000001', 'DE.1234567890'] });
  const texts = Array.from({ length: 500 }, (_, n) => textFrom(n));
  if (texts.some((text) => find(text).length === 0)) throw new Error('nothing was found in one of the texts');
  const times = new Float64Array(options.detections);
  for (let n = 0; n < times.length; n++) {
    const started = process.hrtime.bigint();
    find(texts[n % texts.length]);
    times[n] = Number(process.hrtime.bigint() - started) / 1e6;
  }
  times.sort();
  return { detect_1000_p50_ms: percentile(times, 0.5), detect_1000_p99_ms: percentile(times, 0.99) };
}
