// One page per channel, made from its registry: it is up to date, and names every kind. WRITE_PAGES=1 writes them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CHANNELS } from '#libs/channels';
import { channelPage, indexPage } from './channel-page.js';

const FOLDER = 'docs/channels';
const PAGES: Readonly<Record<string, string>> = {
  'README.md': indexPage(CHANNELS),
  ...Object.fromEntries(CHANNELS.map((adapter) => [`${adapter.manifest.channel}.md`, channelPage(adapter)])),
};

beforeAll(() => {
  if (!process.env['WRITE_PAGES']) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of Object.entries(PAGES)) writeFileSync(`${FOLDER}/${name}`, text);
});

it('there is a page for every channel and no other', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(PAGES).toSorted());
});

it.each(Object.keys(PAGES))('%s says what the registry says (else: WRITE_PAGES=1 npm test -- test/docs/channels)', (name) => {
  expect(readFileSync(`${FOLDER}/${name}`, 'utf8')).toBe(PAGES[name]);
}); // prettier-ignore

it.each(CHANNELS.map((adapter) => [adapter.manifest.channel, adapter] as const))(
  'the page of %s has a row for every kind, with all that instructions need to know',
  (_name, adapter) => {
    const rows = channelPage(adapter)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const { key, phases, dpv, sensitivity, suggested, hiddenIn = [], paths } of adapter.identifiers) {
      const [first, second, ...more] = rows.filter((line) => line.startsWith(`| \`${key}\` |`));
      expect([key, more.length]).toEqual([key, 0]);
      for (const told of [...phases, ...dpv, sensitivity, suggested]) expect(first).toContain(told);
      for (const told of [...paths, ...hiddenIn]) expect(second).toContain(`\`${told}\``);
    }
  },
);
