// Archives that wait to be fetched: sealed on disk, each under a key of its own, which only the gateway's master key opens for the operator.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid } from '#libs/kernel';
import { seal, SealBroken, unseal } from '#libs/vault';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const KEPT_MS = 30 * 86_400_000;
/** For whoever lost what was handed over; then it is gone. */
const AFTER_FETCHING_MS = 3_600_000;

const PART = '.part';
/** To what is being written more is added every moment. */
const ABANDONED_MS = 86_400_000;

/** What is said of an archive at its end, sealed under the master key: as long as the file is there, its address can be told. */
interface Label {
  readonly slug: string;
  /** base64url */
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Kept extends Label {
  /** The tenant's: there is one archive of each. */
  readonly id: string;
  readonly until: Date;
}

interface Found {
  readonly kept: Kept;
  readonly iv: Buffer;
  readonly tag: Buffer;
}

export interface ExportFilesDeps {
  readonly dataDir: string;
  readonly masterKey: Buffer;
  readonly now: () => number;
}

export function createExportFiles({ dataDir, masterKey, now }: ExportFilesDeps) {
  const folder = join(dataDir, 'exports');
  const labelKey = Buffer.from(hkdfSync('sha256', masterKey, '', 'parley/exports', KEY_BYTES));
  const placeOf = (id: string): string => `exports|${id}`;
  /** The time of a file is when it goes. */
  const expireAt = (file: string, until: Date): Promise<void> => utimes(file, until, until);

  function endOf(id: string, label: Label): Buffer {
    const sealed = seal(labelKey, JSON.stringify(label), placeOf(id));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([sealed, length]);
  }

  /** Takes the place of what an attempt before left. */
  async function keep(tenant: { readonly id: string; readonly slug: string }, archive: Readable): Promise<Kept> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { id, slug } = tenant;
    const [key, iv] = [randomBytes(KEY_BYTES), randomBytes(IV_BYTES)];
    const file = join(folder, id);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(id));
    const hash = createHash('sha256');
    let label: Label = { slug, key: key.toString('base64url'), sha256: '', bytes: 0 };
    const sealed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      yield iv;
      for await (const chunk of chunks) {
        hash.update(chunk);
        label = { ...label, bytes: label.bytes + chunk.length };
        yield cipher.update(chunk);
      }
      label = { ...label, sha256: hash.digest('hex') };
      yield Buffer.concat([cipher.final(), cipher.getAuthTag(), endOf(id, label)]);
    };
    const until = new Date(now() + KEPT_MS);
    try {
      // On the disk before the keys of what is in it are destroyed.
      await pipeline(archive, sealed, createWriteStream(`${file}${PART}`, { mode: 0o600, flush: true }));
      await expireAt(`${file}${PART}`, until);
      await rename(`${file}${PART}`, file);
    } catch (error) {
      await rm(`${file}${PART}`, { force: true });
      throw error;
    }
    return { ...label, id, until };
  }

  async function read(id: string): Promise<Found | null> {
    const handle = isUuid(id) ? await open(join(folder, id), 'r').catch(() => null) : null;
    if (!handle) return null;
    const part = async (length: number, at: number): Promise<Buffer> =>
      (await handle.read(Buffer.alloc(length), 0, length, at)).buffer;
    try {
      const { size, mtime: until } = await handle.stat();
      const length = (await part(LENGTH_BYTES, size - LENGTH_BYTES)).readUInt32BE();
      const end = size - LENGTH_BYTES - length;
      const label = JSON.parse(unseal(labelKey, await part(length, end), placeOf(id)).toString()) as Label;
      return { kept: { ...label, id, until }, iv: await part(IV_BYTES, 0), tag: await part(TAG_BYTES, end - TAG_BYTES) };
    } catch (error) {
      // Of another master key, or damaged: there is no way to what is in it.
      if (error instanceof SealBroken || error instanceof RangeError) return null;
      throw error;
    } finally {
      await handle.close();
    }
  } // prettier-ignore

  const inTime = (found: Found | null): Found | null => (found && found.kept.until.getTime() > now() ? found : null);

  async function at(id: string, key: string): Promise<Found | null> {
    const found = inTime(await read(id));
    const [given, right] = [Buffer.from(key), Buffer.from(found?.kept.key ?? '')];
    return found && given.length === right.length && timingSafeEqual(given, right) ? found : null;
  }

  return {
    keep,

    /** What waits for one tenant; null: nothing does. */
    find: async (id: string): Promise<Kept | null> => inTime(await read(id))?.kept ?? null,

    /** All that wait, in the order of their ids. */
    async waiting(): Promise<Kept[]> {
      const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));
      const found = await Promise.all(names.map(async (name) => inTime(await read(name))));
      return found.flatMap((one) => (one ? [one.kept] : []));
    },

    /** What stands behind an address, which looking at does not use up; null: nothing, or nothing any more. */
    look: async (id: string, key: string): Promise<Kept | null> => (await at(id, key))?.kept ?? null,

    /** The archive behind an address; it ends in an error if a byte of it was changed. */
    async open(id: string, key: string): Promise<Readable | null> {
      const found = await at(id, key);
      if (!found) return null;
      const { kept, iv, tag } = found;
      const decipher = createDecipheriv(CIPHER, Buffer.from(kept.key, 'base64url'), iv).setAAD(Buffer.from(id)).setAuthTag(tag);
      const sealed = createReadStream(join(folder, id), { start: IV_BYTES, end: IV_BYTES + kept.bytes - 1 });
      pipeline(sealed, decipher).catch(() => undefined); // whoever reads is told by the stream itself
      return decipher;
    }, // prettier-ignore

    /** It was handed over to its last byte, and so proved to be whole: an hour later it is gone. */
    async fetched(id: string): Promise<void> {
      const kept = (await read(id))?.kept;
      if (kept) await expireAt(join(folder, id), new Date(Math.min(kept.until.getTime(), now() + AFTER_FETCHING_MS)));
    },

    /** Deletes what nobody fetched in time, what was fetched, and what a killed process left half written, under a key that nobody has. */
    async expire(): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = join(folder, name);
        const { mtimeMs } = await stat(file);
        const until = isUuid(name) ? mtimeMs : name.endsWith(PART) ? mtimeMs + ABANDONED_MS : Infinity;
        if (until <= now()) await rm(file, { force: true });
      }
    },
  };
}

export type ExportFiles = ReturnType<typeof createExportFiles>;
