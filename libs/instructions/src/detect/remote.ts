// A controller's own detector, asked over HTTP: what it is sent and how its answer is read. Nothing here sends.
import { isFields, type HttpRequest, type HttpResponse } from '#libs/kernel';
import { DETECT_KINDS, withoutOverlaps, type DetectKind, type Found } from './found.js';

/** A conversation waits for it: whoever is slower counts as down, and the strictest treatment applies. */
const TIMEOUT_MS = 2_000;
const MAX_BYTES = 256 * 1024;
const MOST_FOUND = 1_000;

/** `POST {text, kinds}` → `{found: [{kind, start, end, value?}]}`; places in UTF-16 units, as JavaScript and Java count. */
export const detectorRequest = (text: string, url: string): HttpRequest => ({
  method: 'POST',
  url,
  json: { text, kinds: DETECT_KINDS },
  expect: 'json',
  timeoutMs: TIMEOUT_MS,
  maxBytes: MAX_BYTES,
});

function readOne(one: unknown, text: string): Found | null {
  if (!isFields(one)) return null;
  const { kind, start, end, value } = one;
  if (!DETECT_KINDS.includes(kind as DetectKind)) return null;
  if (!Number.isInteger(start) || !Number.isInteger(end)) return null;
  const place = { start: start as number, end: end as number };
  if (place.start < 0 || place.start >= place.end || place.end > text.length) return null;
  const written = typeof value === 'string' && value !== '' ? value : text.slice(place.start, place.end);
  return { kind: kind as DetectKind, ...place, value: written };
}

/**
 * @returns what it found in this text, free of overlaps; `failed` for anything but a complete and plausible answer, so
 * that one bad entry cannot hide the others.
 */
export function readDetector(response: HttpResponse, text: string): readonly Found[] | 'failed' {
  if (response.kind !== 'answered' || response.status !== 200 || !isFields(response.json)) return 'failed';
  const { found } = response.json;
  if (!Array.isArray(found) || found.length > MOST_FOUND) return 'failed';
  const read = found.map((one) => readOne(one, text));
  return read.includes(null) ? 'failed' : withoutOverlaps(read.filter((one) => one !== null));
}
