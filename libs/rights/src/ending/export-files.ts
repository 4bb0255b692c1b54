// Archives that wait to be fetched: sealed on disk under a key that only their address holds, so that nothing readable lies there.
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid } from '#libs/kernel';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEPT_MS = 30 * 86_400_000;
/** For a transfer that breaks off; then it is gone. */
const AFTER_OPENING_MS = 3_600_000;

export interface Kept {
  readonly id: string;
  /** base64url; kept nowhere. */
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly until: Date;
}

export function createExportFiles({ dataDir, now }: { readonly dataDir: string; readonly now: () => number }) {
  const folder = join(dataDir, 'exports');
  /** The time of a file is when it goes. */
  const expireAt = (file: string, until: Date): Promise<void> => utimes(file, until, until);

  async function keep(archive: Readable): Promise<Kept> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const [id, key, iv] = [randomUUID(), randomBytes(KEY_BYTES), randomBytes(IV_BYTES)];
    const file = join(folder, id);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(id));
    const hash = createHash('sha256');
    let bytes = 0;
    const sealed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      yield iv;
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield cipher.update(chunk);
      }
      yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
    };
    try {
      await pipeline(archive, sealed, createWriteStream(`${file}.part`, { mode: 0o600 }));
      await rename(`${file}.part`, file);
    } catch (error) {
      await rm(`${file}.part`, { force: true });
      throw error;
    }
    const until = new Date(now() + KEPT_MS);
    await expireAt(file, until);
    return { id, key: key.toString('base64url'), sha256: hash.digest('hex'), bytes, until };
  }

  async function parts(file: string): Promise<{ iv: Buffer; tag: Buffer; size: number; until: Date } | null> {
    const handle = await open(file, 'r').catch(() => null);
    if (!handle) return null;
    try {
      const { size, mtime } = await handle.stat();
      const [iv, tag] = [Buffer.alloc(IV_BYTES), Buffer.alloc(TAG_BYTES)];
      await handle.read(iv, 0, IV_BYTES, 0);
      await handle.read(tag, 0, TAG_BYTES, size - TAG_BYTES);
      return { iv, tag, size, until: mtime };
    } finally {
      await handle.close();
    }
  }

  return {
    keep,

    /** The archive behind an address; null when there is none, or no longer. An hour after the first time it is gone. */
    async open(id: string, key: string): Promise<Readable | null> {
      const secret = Buffer.from(key, 'base64url');
      const file = join(folder, id);
      const found = isUuid(id) && secret.length === KEY_BYTES ? await parts(file) : null;
      if (!found || found.until.getTime() <= now()) return null;
      const decipher = createDecipheriv(CIPHER, secret, found.iv).setAAD(Buffer.from(id)).setAuthTag(found.tag);
      const sealed = createReadStream(file, { start: IV_BYTES, end: found.size - TAG_BYTES - 1 });
      await expireAt(file, new Date(Math.min(found.until.getTime(), now() + AFTER_OPENING_MS)));
      pipeline(sealed, decipher).catch(() => undefined); // whoever reads is told by the stream itself
      return decipher;
    },

    /** Deletes what nobody fetched in time, and what was fetched. */
    async expire(): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = join(folder, name);
        const { mtimeMs } = await stat(file);
        if (isUuid(name) && mtimeMs <= now()) await rm(file, { force: true });
      }
    },
  };
}

export type ExportFiles = ReturnType<typeof createExportFiles>;
