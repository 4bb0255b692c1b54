// What files carry beside what they show or play: where, when, with what and by whom they were made. They leave without it.
import { cutOut } from './metadata/cut-out.js';
import { bounded } from './metadata/effort.js';
import { mediaFound } from './metadata/iso-media.js';
import { matroskaFound } from './metadata/matroska.js';
import { mpegFrames, withoutTags } from './metadata/mpeg-audio.js';
import { officeWithout } from './metadata/office.js';
import { oggFound } from './metadata/ogg.js';
import { pdfFound } from './metadata/pdf.js';
import { soundFound } from './metadata/sound.js';
import { tiffFound } from './metadata/tiff.js';
import { writtenOver, type Finder } from './metadata/write-over.js';

const FOUND: readonly ((bytes: Buffer) => Finder | null)[] = [
  pdfFound,
  tiffFound,
  mediaFound,
  matroskaFound,
  oggFound,
  soundFound,
];

function stripped(bytes: Buffer): Buffer {
  return officeWithout(bytes, ofOne) ?? ofOne(bytes);
}

/** A file that has no others in it. */
function ofOne(bytes: Buffer): Buffer {
  const body = withoutTags(bytes);
  for (const found of FOUND) {
    const find = found(body);
    if (find) return writtenOver(body, find);
  }
  return cutOut(body) ?? mpegFrames(body) ?? body;
}

/**
 * By what the bytes are, whatever the sender says they are. Other bytes pass as they are.
 * @returns null: it has more parts than any file that somebody means to be looked at, and nobody can say what is in it
 */
export const stripMetadata = (bytes: Buffer): Buffer | null => bounded(() => stripped(bytes));

/** What is seen is what would be taken out: of other bytes nothing is known. What cannot be looked through may carry anything. */
export const carriesMetadata = (bytes: Buffer): boolean => stripMetadata(bytes)?.equals(bytes) !== true;
