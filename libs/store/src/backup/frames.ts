// A half of a backup as bytes: compressed frames, each with its length before it, and at the end a keyed hash of them all.
import { createHmac, hkdfSync, timingSafeEqual, type Hmac } from 'node:crypto';
import { createGunzip, createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';

/** The file cannot be used; the message says why, in words for the operator. */
export class BackupUnusable extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'BackupUnusable';
  }
}

const LENGTH_BYTES = 4;
/** PostgreSQL sends rows one by one, and no row of ours is near to it. */
const LONGEST_FRAME = 256 * 1024 * 1024;

const frame = (bytes: Buffer): Buffer => {
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Whoever has not the master key makes no backup that is believed. */
const seal = (masterKey: Buffer): Hmac =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', masterKey, '', 'parley/backup', 32)));

/** Writes the frames; returns when all is on its way to the disk. */
export async function writeFrames(frames: AsyncIterable<Buffer>, masterKey: Buffer, to: Writable): Promise<void> {
  async function* sealed(): AsyncGenerator<Buffer> {
    const hash = seal(masterKey);
    for await (const bytes of frames) {
      const whole = frame(bytes);
      hash.update(whole);
      yield whole;
    }
    yield frame(Buffer.concat([Buffer.from('end'), hash.digest()]));
  }
  await pipeline(Readable.from(sealed()), createGzip({ level: 1 }), to);
}

/** Chunks as they come → frames. */
async function* cut(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < LENGTH_BYTES) break;
      const length = rest.readUInt32BE();
      if (length > LONGEST_FRAME) throw new BackupUnusable('it is damaged');
      if (rest.length < LENGTH_BYTES + length) break;
      yield rest.subarray(0, LENGTH_BYTES + length);
      rest = rest.subarray(LENGTH_BYTES + length);
    }
  }
  if (rest.length > 0) throw new BackupUnusable('its end is missing');
}

/** The frames of a file, in order. @throws BackupUnusable when it is damaged, cut short, or made under another master key. */
export async function* readFrames(from: Readable, masterKey: Buffer): AsyncGenerator<Buffer> {
  const hash = seal(masterKey);
  let before: Buffer | null = null;
  const gunzip = createGunzip();
  from.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const whole of cut(from.pipe(gunzip))) {
      if (before) {
        hash.update(before);
        yield before.subarray(LENGTH_BYTES);
      }
      before = whole;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_'))
      throw new BackupUnusable(code === 'Z_BUF_ERROR' ? 'its end is missing' : 'it is damaged');
    throw error;
  }
  const end = before?.subarray(LENGTH_BYTES) ?? Buffer.alloc(0);
  const expected = Buffer.concat([Buffer.from('end'), hash.digest()]);
  if (end.length !== expected.length || !timingSafeEqual(end, expected))
    throw new BackupUnusable('it was made under another master key, or was changed since');
}
