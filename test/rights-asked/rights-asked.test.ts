// How many messages that ask for a right in people's own words are understood, and how many others are mistaken for one that does.
// `WRITE_FIGURES=1 npm test -- test/rights-asked && npx prettier --write docs/detection.md` renews the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { LANGUAGES as DETECTED, precision, recall, sum, textsOf, type Score } from '../detection/measure.js';
import { messagesOf as wishesOf } from '../opt-out/measure.js';
import { sentencesOf } from '../special/measure.js';
import { row, shownIn, writtenInto } from '../detection/table.js';
import { judge, LANGUAGES, messagesOf, RIGHTS, takenUp, type Part } from './measure.js';

const PAGE = 'docs/detection.md';
const PARTS: readonly Part[] = ['held-out', 'cases'];

const judged = (part: Part) => LANGUAGES.map((language) => judge(messagesOf(part, language)));
/** Where nothing was taken for it, nothing was taken wrongly: no precision then. */
const cell = (score: Score): string =>
  `${score.found === 0 ? '–' : precision(score).toFixed(2)} / ${recall(score).toFixed(2)} (${score.marked})`;
const count = ({ n, of }: { readonly n: number; readonly of: number }): string => `${n} of ${of}`;

function tableOf(part: Part): readonly string[] {
  const all = judged(part);
  const lines = RIGHTS.map((right) => {
    const scores = all.map(({ rights }) => rights[right]);
    return row([right, ...[...scores, sum(scores)].map(cell)]);
  });
  const mistaken = all.map((one) => one.mistaken);
  const total = mistaken.reduce((a, b) => ({ n: a.n + b.n, of: a.of + b.of }));
  const head = ['asked for', ...LANGUAGES, 'all'];
  return [
    row(head),
    row(head.map(() => '---')),
    ...lines,
    row(['others mistaken', ...[...mistaken, total].map(count)]),
  ];
}

it('no message of one part is in the other', () => {
  const texts = (part: Part) => LANGUAGES.flatMap((language) => Object.values(messagesOf(part, language)).flat());
  const known = new Set(texts('cases'));
  expect(texts('held-out').filter((text) => known.has(text))).toEqual([]);
});

it('of the messages behind the other figures one asks for such a right, and no other is taken for it', () => {
  const others = [
    ...PARTS.flatMap((part) => LANGUAGES.flatMap((language) => Object.values(wishesOf(part, language)).flat())),
    ...(['held-out', 'indirect', 'cases'] as const).flatMap((part) =>
      LANGUAGES.flatMap((language) => Object.values(sentencesOf(part, language)).flat()),
    ),
    ...PARTS.flatMap((part) => DETECTED.flatMap((language) => textsOf(part, language).map(({ text }) => text))),
  ] as readonly string[];
  expect(others.length).toBe(2_291);
  expect(others.filter((text) => (RIGHTS as readonly (string | null)[]).includes(takenUp(text)))).toEqual([
    'soy transexual, cambien mi nombre en la ficha por favor',
  ]);
});

it('what is understood in the cases stays understood, and none of the others is mistaken', () => {
  const all = judged('cases');
  for (const right of RIGHTS) {
    const score = sum(all.map(({ rights }) => rights[right]));
    expect([precision(score), recall(score)]).toEqual([1, expect.closeTo(1, 1)]);
  }
});

it.each(PARTS)('docs/detection.md shows the figures of %s as computed here', (part) => {
  const table = tableOf(part);
  const name = `rights-asked-${part}`;
  if (process.env['WRITE_FIGURES']) writeFileSync(PAGE, writtenInto(readFileSync(PAGE, 'utf8'), name, table));
  expect(shownIn(readFileSync(PAGE, 'utf8'), name)).toEqual(table);
});
