// Labelled texts, and how well detection finds what they mark: precision and recall per kind and language.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DETECT_KINDS, detect, type DetectKind, type Found } from '#libs/instructions';

export const LANGUAGES = ['de', 'en', 'fr', 'es', 'it', 'nl', 'pl'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `cases` may be looked at while patterns are made; `held-out` only says what came of it. */
export type Part = 'cases' | 'held-out';

interface CaseFile {
  readonly regions: readonly string[];
  readonly own: readonly string[];
  /** What is personal is marked where it stands: `write to {email|ada@example.org}`. */
  readonly texts: readonly string[];
}
type Marked = Omit<Found, 'value'>;

export interface Score {
  /** Marked places, and those of them of which nothing is left uncovered. */
  readonly marked: number;
  readonly covered: number;
  /** Places found, and those of them that touch a marked one of their kind. */
  readonly found: number;
  readonly right: number;
}
export type Scores = Readonly<Record<DetectKind, Score>>;

export interface Labelled {
  readonly text: string;
  readonly marked: readonly Marked[];
}

const MARK = /\{([a-z-]+)\|([^}]*)\}/g;

function readMarks(source: string): Labelled {
  const marked: Marked[] = [];
  let shift = 0;
  const text = source.replace(MARK, (whole, kind: DetectKind, written: string, at: number) => {
    marked.push({ kind, start: at - shift, end: at - shift + written.length });
    shift += whole.length - written.length;
    return written;
  });
  return { text, marked };
}

const read = (part: Part, language: Language): CaseFile =>
  JSON.parse(readFileSync(join('test', 'detection', part, `${language}.json`), 'utf8')) as CaseFile;

export const textsOf = (part: Part, language: Language): readonly Labelled[] =>
  read(part, language).texts.map(readMarks);

const isCovered = (mark: Marked, found: readonly Found[]): boolean =>
  found.some(({ kind, start, end }) => kind === mark.kind && start <= mark.start && end >= mark.end);
const isRight = (one: Found, marked: readonly Marked[]): boolean =>
  marked.some(({ kind, start, end }) => kind === one.kind && start < one.end && end > one.start);

export const sum = (scores: readonly Score[]): Score => ({
  marked: scores.reduce((total, { marked }) => total + marked, 0),
  covered: scores.reduce((total, { covered }) => total + covered, 0),
  found: scores.reduce((total, { found }) => total + found, 0),
  right: scores.reduce((total, { right }) => total + right, 0),
});

export interface Miss {
  readonly text: string;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

/** Detects all kinds in every text of a file. */
export function measure(part: Part, language: Language): { readonly scores: Scores; readonly misses: readonly Miss[] } {
  const { regions, own } = read(part, language);
  const judged = textsOf(part, language).map(({ text, marked }) => {
    const found = detect(text, { kinds: DETECT_KINDS, regions, own });
    const missed = marked.filter((mark) => !isCovered(mark, found));
    const wrong = found.filter((one) => !isRight(one, marked));
    return { text, marked, found, missed, wrong };
  });
  const scoreOf = (kind: DetectKind): Score => {
    const count = (key: 'marked' | 'found' | 'missed' | 'wrong'): number =>
      judged.reduce((total, one) => total + one[key].filter((place) => place.kind === kind).length, 0);
    const [marked, found] = [count('marked'), count('found')];
    return { marked, covered: marked - count('missed'), found, right: found - count('wrong') };
  };
  const show = (text: string) => (place: Marked) => `${place.kind}: ${text.slice(place.start, place.end)}`;
  return {
    scores: Object.fromEntries(DETECT_KINDS.map((kind) => [kind, scoreOf(kind)])) as unknown as Scores,
    misses: judged
      .filter(({ missed, wrong }) => missed.length + wrong.length > 0)
      .map(({ text, missed, wrong }) => ({ text, missed: missed.map(show(text)), wrong: wrong.map(show(text)) })),
  };
}

/** Nothing to find, or nothing found, is not a mistake. */
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
export const precision = ({ right, found }: Score): number => share(right, found);
export const recall = ({ covered, marked }: Score): number => share(covered, marked);
