// Unpacks an archive into a folder, as whoever is given one does.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromBufferPromise } from 'yauzl';

/** Answers the paths of the files. */
export async function unpack(bytes: Buffer, folder: string): Promise<string[]> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const paths: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const file = join(folder, entry.fileName);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
    paths.push(entry.fileName);
  }
  return paths;
}
