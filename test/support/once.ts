// What takes seconds to make and is the same for all: made by whoever needs it first, and there for every suite of the run.
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The folder that `make` filled. Two workers may make it at once: the first to be ready is taken, and it appears whole or not at all. */
export async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(tmpdir(), `once-${name}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(`${folder}.`);
  await make(draft);
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(draft, { recursive: true });
  });
  return folder;
}
