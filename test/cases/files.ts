// Where cases lie: a payload beside its expectation, one folder per channel; examples of the platforms are used in place.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const EXAMPLES = path.resolve(HERE, '../../../shared/fixtures/webhooks');

const PAYLOAD = '.payload.json';
const EXPECTED = '.expected.json';

export interface Expectation {
  /** Platform page and date, or how the case was made up. */
  readonly source: string;
  readonly events: readonly unknown[];
  readonly undeclared: readonly string[];
}

export interface Case {
  readonly name: string;
  readonly payload: unknown;
  readonly expectedFile: string;
  /** What a new expectation says of its source; our own cases must say it themselves. */
  readonly source: string;
}

/** Folders of examples → the channel that parses them; a folder of several channels names them by the files' first letters. */
const EXAMPLE_FOLDERS: readonly { readonly folder: string; readonly prefix: string; readonly channel: string }[] = [
  { folder: 'meta-whatsapp-docs', prefix: '', channel: 'whatsapp-cloud' },
  { folder: 'constructed-from-changelog', prefix: 'wa_', channel: 'whatsapp-cloud' },
  { folder: 'meta-messenger-docs', prefix: '', channel: 'messenger' },
  { folder: 'meta-instagram-docs', prefix: '', channel: 'instagram' },
];

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const names = (folder: string, ending: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];

/** Our own cases of a channel, by name. */
export function casesOf(channel: string): readonly Case[] {
  const folder = path.join(HERE, channel);
  return names(folder, PAYLOAD).map((file) => ({
    name: file.slice(0, -PAYLOAD.length),
    payload: read(path.join(folder, file)),
    expectedFile: path.join(folder, file.replace(PAYLOAD, EXPECTED)),
    source: '',
  }));
}

/** Expectations that lost their payload. */
export function orphansOf(channel: string): readonly string[] {
  const known = new Set(casesOf(channel).map((one) => path.basename(one.expectedFile)));
  return names(path.join(HERE, channel), EXPECTED).filter((file) => !known.has(file));
}

/** Examples of the platform for a channel, by `folder/name`; none when they are not there. */
export function examplesOf(channel: string): readonly Case[] {
  return EXAMPLE_FOLDERS.filter((one) => one.channel === channel).flatMap(({ folder, prefix }) =>
    names(path.join(EXAMPLES, folder), '.json')
      .filter((file) => file.startsWith(prefix))
      .map((file) => ({
        name: `${folder}/${file.slice(0, -'.json'.length)}`,
        payload: read(path.join(EXAMPLES, folder, file)),
        expectedFile: path.join(HERE, 'fixtures', folder, file.replace(/\.json$/, EXPECTED)),
        source: `printed by the platform: the row of this file in ../shared/fixtures/webhooks/${folder}/SOURCES.md`,
      })),
  );
}

export const expectation = (file: string): Expectation | null =>
  existsSync(file) ? (read(file) as Expectation) : null;

export function writeExpectation(file: string, expected: Expectation): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`);
}
