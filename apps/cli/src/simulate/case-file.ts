// Finds the case that is meant: the project's test/cases, by channel and name.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../io.js';
import type { Json } from './rewrite.js';

const SUFFIX = '.payload.json';

/** The project's own cases; this file is four folders deep in sources, five when built into dist. */
function projectCases(): readonly string[] {
  return ['../../../../test/cases', '../../../../../test/cases'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
}

/** Reads one case. `folder` replaces the project's own test/cases. */
export async function readCase(channel: string, name: string, folder?: string): Promise<Json> {
  for (const cases of folder === undefined ? projectCases() : [folder]) {
    const names = await namesIn(join(cases, channel));
    if (names.includes(name)) return JSON.parse(await readFile(join(cases, channel, name + SUFFIX), 'utf8')) as Json;
    if (names.length > 0)
      throw new Failure(`There is no case ${name} of ${channel}; there are ${names.toSorted().join(', ')}.`);
  }
  throw new Failure(`There are no cases of ${channel}.`);
}
