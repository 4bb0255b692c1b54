// What files carry beside what they show or play: where, when, with what and by whom they were made. They leave without it.
import { cutOut } from './metadata/cut-out.js';
import { matroskaFound } from './metadata/matroska.js';
import { mediaFound } from './metadata/iso-media.js';
import { tiffFound } from './metadata/tiff.js';
import { writtenOver } from './metadata/write-over.js';

/** By what the bytes are, whatever the sender says they are. Other bytes pass as they are, documents for instance. */
export function stripMetadata(bytes: Buffer): Buffer {
  const found = tiffFound(bytes) ?? mediaFound(bytes) ?? matroskaFound(bytes);
  return found ? writtenOver(bytes, found) : (cutOut(bytes) ?? bytes);
}

/** What is seen is what would be taken out: of other bytes nothing is known. */
export const carriesMetadata = (bytes: Buffer): boolean => !stripMetadata(bytes).equals(bytes);
