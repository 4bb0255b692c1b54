// How many wishes to hear no more are understood in people's own words, and how many other messages are mistaken for one.
// `WRITE_FIGURES=1 npm test -- test/opt-out && npx prettier --write docs/detection.md` renews the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { shownIn, writtenInto } from '../detection/table.js';
import { judge, LANGUAGES, messagesOf, type Judged, type Part } from './measure.js';

const PAGE = 'docs/detection.md';
const PARTS: readonly Part[] = ['held-out', 'cases'];
type Key = Exclude<keyof Judged, 'misses'>;

const sum = (all: readonly Judged[], key: Key) =>
  all.map((one) => one[key]).reduce((a, b) => ({ n: a.n + b.n, of: a.of + b.of }));
const judged = (part: Part): readonly Judged[] => LANGUAGES.map((language) => judge(messagesOf(part, language)));
const share = (part: Part, key: Key): number => sum(judged(part), key).n / sum(judged(part), key).of;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const cell = ({ n, of }: { readonly n: number; readonly of: number }): string => `${n} of ${of}`;

function tableOf(part: Part): readonly string[] {
  const all = judged(part);
  const line = (name: string, key: Key) => row([name, ...all.map((one) => cell(one[key])), cell(sum(all, key))]);
  const head = ['messages', ...LANGUAGES, 'all'];
  return [
    row(head), row(head.map(() => '---')),
    line('wishes understood', 'understood'), line('of them surely', 'surely'), line('others mistaken', 'mistaken'),
    line('others withheld', 'withheld'),
  ]; // prettier-ignore
}

it.each(LANGUAGES)(
  '%s: at least 25 wishes and 40 other messages are held out, and none is one that rules were made with',
  (language) => {
    const [heldOut, cases] = [messagesOf('held-out', language), messagesOf('cases', language)];
    expect(heldOut.stop.length).toBeGreaterThanOrEqual(25);
    expect(heldOut.innocent.length).toBeGreaterThanOrEqual(40);
    const known = new Set([...cases.stop, ...cases.innocent]);
    expect([...heldOut.stop, ...heldOut.innocent].filter((text) => known.has(text))).toEqual([]);
  },
);

it.each(LANGUAGES)('%s: what the rules were made with is judged as it is labelled', (language) => {
  expect(judge(messagesOf('cases', language)).misses).toEqual([]);
});

it('of what is held out 98 in 100 wishes are understood, and at most 2 in 100 others are mistaken', () => {
  expect(share('held-out', 'understood')).toBeGreaterThanOrEqual(0.98);
  expect(share('held-out', 'mistaken')).toBeLessThanOrEqual(0.02);
});

it.each(PARTS)('docs/detection.md shows the figures of %s as computed here', (part) => {
  const table = tableOf(part);
  const name = `opt-out-${part}`;
  if (process.env['WRITE_FIGURES']) writeFileSync(PAGE, writtenInto(readFileSync(PAGE, 'utf8'), name, table));
  expect(shownIn(readFileSync(PAGE, 'utf8'), name)).toEqual(table);
});
