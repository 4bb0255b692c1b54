// ZIP, as office files are made of: the directory is read, nothing is unpacked that nobody asks for, and entries are put together anew.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { look } from './effort.js';

export interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  /** Of DOS: time and day. */
  readonly time: number;
  readonly crc: number;
  /** Unpacked. */
  readonly size: number;
  readonly packed: Buffer;
}

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65_535;
/** Encrypted, strongly encrypted, its directory masked: nobody can read it. */
const SECRET = 0x2041;
/** Its sizes stand behind it. */
const SIZES_BEHIND = 0x8;
const STORED = 0;
const DEFLATED = 8;
/** What stands in 64 bits has this in its place: no office file is so large. */
const LARGE = 0xffffffff;
/** Unpacking so much costs as much as looking at a part; all of a file share one budget. */
const UNPACKED_PER_PART = 256;
/** The first day of DOS. */
export const NO_TIME = 0x00210000;

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - LONGEST_COMMENT; at -= 1)
    if (bytes.readUInt32LE(at) === END && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  return -1;
}

function entryAt(bytes: Buffer, at: number): { entry: Entry; next: number } | null {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== LISTED) return null;
  const [packed, size, from] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 42)];
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  if ([packed, size, from].includes(LARGE) || from + 30 > bytes.length || bytes.readUInt32LE(from) !== LOCAL)
    return null;
  const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
  if (start + packed > bytes.length || nameEnd > bytes.length) return null;
  const entry = {
    name: bytes.toString('latin1', at + 46, nameEnd),
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    time: bytes.readUInt32LE(at + 12),
    crc: bytes.readUInt32LE(at + 16),
    size,
    packed: bytes.subarray(start, start + packed),
  };
  return { entry, next: nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32) };
}

/** null: it is none, or one that cannot be read as it is. `isNoted`: something is written beside the entries. */
export function unzip(bytes: Buffer): { readonly entries: readonly Entry[]; readonly isNoted: boolean } | null {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== LOCAL) return null;
  const end = endOf(bytes);
  if (end < 0) return null;
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    look();
    const found = entryAt(bytes, at);
    if (!found || found.entry.flags & SECRET) return null;
    entries.push(found.entry);
    at = found.next;
  }
  // Entries that share their bytes would be more once they are put together anew.
  const packed = entries.reduce((sum, entry) => sum + entry.packed.length, 0);
  return at === end && packed <= bytes.length ? { entries, isNoted: end + 22 < bytes.length } : null;
}

/** What is in it; null: it cannot be unpacked, or is not what it says. Never more than it says, and that has its price. */
export function contentOf({ method, size, packed, crc }: Entry): Buffer | null {
  look(size / UNPACKED_PER_PART);
  if (method !== STORED && method !== DEFLATED) return null;
  try {
    const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: size + 1 });
    return content.length === size && crc32(content) === crc ? content : null;
  } catch {
    return null;
  }
}

/** The same entry with something else in it. */
export const holding = ({ name, flags }: Entry, content: Buffer): Entry => ({
  name,
  flags,
  method: STORED,
  time: NO_TIME,
  crc: crc32(content),
  size: content.length,
  packed: content,
});

/** The same, packed: text is many times longer than it is packed. */
export const holdingText = (entry: Entry, text: Buffer): Entry => ({
  ...holding(entry, text),
  method: DEFLATED,
  packed: deflateRawSync(text),
});

/** Of a local header and of the directory: from the version that is needed on. */
function headOf({ name, flags, method, time, crc, size, packed }: Entry): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(flags & ~SIZES_BEHIND, 2);
  head.writeUInt16LE(method, 4);
  head.writeUInt32LE(time, 6);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(Buffer.byteLength(name, 'latin1'), 22);
  return head;
}

const number = (value: number, size: 2 | 4): Buffer => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
};

/** In their order, with neither times nor anything else that is not in the entries. */
export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const one of entries) {
    const entry = { ...one, time: NO_TIME };
    const [head, name] = [headOf(entry), Buffer.from(entry.name, 'latin1')];
    const file = Buffer.concat([number(LOCAL, 4), head, name, entry.packed]);
    // No comment, of the first disk, with no attributes.
    directory.push(number(LISTED, 4), number(20, 2), head, Buffer.alloc(10), number(at, 4), name);
    files.push(file);
    at += file.length;
  }
  const listed = Buffer.concat(directory);
  const count = number(entries.length, 2);
  const end = Buffer.concat([
    number(END, 4),
    Buffer.alloc(4),
    count,
    count,
    number(listed.length, 4),
    number(at, 4),
    Buffer.alloc(2),
  ]);
  return Buffer.concat([...files, listed, end]);
}
