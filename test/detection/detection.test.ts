// How good detection is, from labelled texts in seven languages: the targets hold, and the page shows what was computed.
// `WRITE_FIGURES=1 npm test -- test/detection && npx prettier --write docs/detection.md` renews the page.
import { readFileSync, writeFileSync } from 'node:fs';
import type { DetectKind } from '#libs/instructions';
import {
  LANGUAGES,
  measure,
  precision,
  recall,
  sum,
  textsOf,
  type Language,
  type Part,
  type Scores,
} from './measure.js';
import { shownIn, tableOf, writtenInto } from './table.js';

const PAGE = 'docs/detection.md';
const PARTS: readonly Part[] = ['cases', 'held-out'];
const FEWEST_TEXTS = 60;

const scoresOf = (part: Part): Readonly<Record<Language, Scores>> =>
  Object.fromEntries(LANGUAGES.map((language) => [language, measure(part, language).scores])) as Record<
    Language,
    Scores
  >;

const TARGETS: readonly (readonly [DetectKind, number, number])[] = [
  ['email', 0.99, 0.99],
  ['iban', 0.97, 0.98],
  ['card', 0.99, 0.97],
  ['phone', 0.95, 0.9],
  ['own-identifiers', 1, 1],
];

describe('detection in free text', () => {
  it.each(LANGUAGES)('%s has enough labelled texts, a third of them with nothing to find', (language) => {
    const texts = PARTS.flatMap((part) => textsOf(part, language));
    const nothing = texts.filter(({ marked }) => marked.length === 0);
    expect(texts.length).toBeGreaterThanOrEqual(FEWEST_TEXTS);
    expect(nothing.length).toBeGreaterThanOrEqual(texts.length / 3);
  });

  it('no text of the held-out part is one of those that patterns are made with', () => {
    const known = new Set(LANGUAGES.flatMap((language) => textsOf('cases', language)).map(({ text }) => text));
    const heldOut = LANGUAGES.flatMap((language) => textsOf('held-out', language)).map(({ text }) => text);
    expect(heldOut.filter((text) => known.has(text))).toEqual([]);
  });

  it.each(TARGETS)(
    '%s reaches precision %d and recall %d on the held-out part',
    (kind, leastPrecision, leastRecall) => {
      const total = sum(LANGUAGES.map((language) => scoresOf('held-out')[language][kind]));
      expect(total.marked).toBeGreaterThan(10);
      expect(precision(total)).toBeGreaterThanOrEqual(leastPrecision);
      expect(recall(total)).toBeGreaterThanOrEqual(leastRecall);
    },
  );

  it.each(PARTS)('docs/detection.md shows the figures of %s as computed here', (part) => {
    const table = tableOf(scoresOf(part));
    if (process.env['WRITE_FIGURES']) writeFileSync(PAGE, writtenInto(readFileSync(PAGE, 'utf8'), part, table));
    expect(shownIn(readFileSync(PAGE, 'utf8'), part)).toEqual(table);
  });
});
