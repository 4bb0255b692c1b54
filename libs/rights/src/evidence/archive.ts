// An archive that is made while it is read: one file after the other, and last a list of their hashes, signed.
import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface Entry {
  readonly path: string;
  readonly content: string | Buffer | AsyncIterable<string | Buffer>;
}

/** SHA-256, hex, of a file in the archive. */
export interface Digest {
  readonly path: string;
  readonly sha256: string;
}

/** As `sha256sum` writes them, so that it can check them too. */
export const digestLines = (digests: readonly Digest[]): string[] =>
  digests.map(({ path, sha256 }) => `${sha256}  ${path}`);

async function* chunksOf({ content }: Entry): AsyncGenerator<Buffer> {
  if (typeof content === 'string' || Buffer.isBuffer(content)) yield Buffer.from(content);
  else for await (const chunk of content) yield Buffer.from(chunk);
}

/** `last` is asked once everything else is in, and answers what the archive ends with. */
export function archive(
  entries: AsyncIterable<Entry>,
  { at, last }: { readonly at: Date; readonly last: (digests: readonly Digest[]) => Entry | Promise<Entry> },
): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const digests: Digest[] = [];

  /** Resolves when all of it went out: whoever reads slowly slows down whoever reads the database. */
  const add = (entry: Entry): Promise<void> =>
    new Promise((resolve, reject) => {
      const hash = createHash('sha256');
      const hashed = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of chunksOf(entry)) {
          hash.update(chunk);
          yield chunk;
        }
      };
      const stream = Readable.from(hashed(), { objectMode: false });
      stream.once('error', reject);
      stream.once('end', () => {
        digests.push({ path: entry.path, sha256: hash.digest('hex') });
        resolve();
      });
      out.once('close', () => {
        stream.destroy();
        reject(new Error('nobody reads the archive any longer'));
      });
      zip.addReadStream(stream, entry.path, { mtime: at });
    });

  async function write(): Promise<void> {
    for await (const entry of entries) await add(entry);
    await add(await last(digests));
    zip.end();
  }

  const fail = (error: unknown): void => void out.destroy(error instanceof Error ? error : new Error('failed'));
  zip.on('error', fail);
  (zip.outputStream as Readable).pipe(out);
  write().catch(fail);
  out.setMaxListeners(0);
  return out;
}
