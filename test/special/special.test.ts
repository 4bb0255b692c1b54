// How many of the labelled sentences on special categories and offences are recognised, and how many others are mistaken for one.
// `WRITE_FIGURES=1 npm test -- test/special && npx prettier --write docs/detection.md` renews the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { shownIn, writtenInto } from '../detection/table.js';
import { judge, LANGUAGES, sentencesOf, type Judged, type Part } from './measure.js';

const PAGE = 'docs/detection.md';
const PARTS: readonly Part[] = ['held-out', 'indirect', 'cases'];

const cell = ({ found, of }: { readonly found: number; readonly of: number }): string => `${found} of ${of}`;
const add = (a: Judged['special'], b: Judged['special']) => ({ found: a.found + b.found, of: a.of + b.of });
const sum = (all: readonly Judged[], key: 'special' | 'criminal' | 'mistaken') =>
  all.map((one) => one[key]).reduce(add);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function tableOf(part: Part): readonly string[] {
  const judged = LANGUAGES.map((language) => judge(sentencesOf(part, language)));
  const line = (name: string, key: 'special' | 'criminal' | 'mistaken') =>
    row([name, ...judged.map((one) => cell(one[key])), cell(sum(judged, key))]);
  const head = ['sentences', ...LANGUAGES, 'all'];
  return [
    row(head), row(head.map(() => '---')),
    line('special categories found', 'special'), line('offences found', 'criminal'), line('others mistaken', 'mistaken'),
  ]; // prettier-ignore
}

const total = (part: Part, key: 'special' | 'criminal' | 'mistaken'): number => {
  const { found, of } = sum(LANGUAGES.map((language) => judge(sentencesOf(part, language))), key);
  return found / of;
}; // prettier-ignore

it('no sentence of one part is in another', () => {
  const all = PARTS.flatMap((part) =>
    LANGUAGES.flatMap((language) => Object.values(sentencesOf(part, language)).flat()),
  );
  expect(new Set(all).size).toBe(all.length);
});

it.each(LANGUAGES)('%s: what the terms were chosen with is judged as it is labelled', (language) => {
  expect(judge(sentencesOf('cases', language)).misses).toEqual([]);
});

it('what is said in the usual words is found, and little else is', () => {
  expect(total('held-out', 'special')).toBeGreaterThanOrEqual(0.95);
  expect(total('held-out', 'criminal')).toBeGreaterThanOrEqual(0.95);
  expect(total('held-out', 'mistaken')).toBeLessThanOrEqual(0.02);
});

it.each(PARTS)('docs/detection.md shows the figures of %s as computed here', (part) => {
  const table = tableOf(part);
  const name = `special-${part}`;
  if (process.env['WRITE_FIGURES']) writeFileSync(PAGE, writtenInto(readFileSync(PAGE, 'utf8'), name, table));
  expect(shownIn(readFileSync(PAGE, 'utf8'), name)).toEqual(table);
});
