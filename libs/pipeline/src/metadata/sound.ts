// WAV and FLAC: chunks and blocks one after the other. Those that are not needed to hear it become space in their place.
import { look } from './effort.js';
import { flacBlock } from './ogg.js';
import { ascii, numberAt, type Finder } from './write-over.js';

const SPACE = Buffer.from('JUNK');
const RIFF = new Set(['RIFF', 'RF64', 'BW64']);
const NEEDED = new Set(['fmt ', 'fact', 'data', 'ds64', 'wavl', 'slnt']);
/** Chunks that follow what is heard, where its length was not known when it was begun. */
const FOLLOWING = /^(LIST|JUNK|bext|iXML|id3 |ID3 |_PMX|cart|cue |smpl|inst|acid)$/;
/** Written where the length was not known, or stands elsewhere. */
const UNKNOWN = 0xffffffff;

const wav: Finder = function* (bytes) {
  let long = 0;
  let at = 12;
  while (at + 8 <= bytes.length) {
    look();
    const name = ascii(bytes, at);
    const stated = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'ds64' && start + 16 <= bytes.length) long = Number(bytes.readBigUInt64LE(start + 8));
    const isOpen = name === 'data' && (stated === UNKNOWN || (stated === 0 && !FOLLOWING.test(ascii(bytes, start))));
    const size = !isOpen ? stated : stated === UNKNOWN && long > 0 ? long : bytes.length - start;
    const end = Math.min(start + size, bytes.length);
    if (!NEEDED.has(name)) {
      yield { at, end: at + 4, text: SPACE };
      yield { at: start, end };
    }
    at = end + (size % 2);
  }
  yield { at, end: bytes.length };
};

const flac: Finder = function* (bytes) {
  let at = 4;
  for (let isLast = false; !isLast && at + 4 <= bytes.length;) {
    look();
    isLast = bytes[at]! >= 128;
    const end = Math.min(at + 4 + numberAt(bytes, at + 1, 3), bytes.length);
    const block = bytes.subarray(at, end);
    const left = flacBlock(block);
    if (!left.equals(block)) yield { at, end, text: left };
    at = end;
  }
};

/** null: it is neither. */
export function soundFound(bytes: Buffer): Finder | null {
  if (RIFF.has(ascii(bytes, 0)) && ascii(bytes, 8) === 'WAVE') return wav;
  return ascii(bytes, 0) === 'fLaC' ? flac : null;
}
