// The figures of docs/detection.md, as they are computed.
import { DETECT_KINDS } from '#libs/instructions';
import { LANGUAGES, precision, recall, sum, type Language, type Score, type Scores } from './measure.js';

const cell = (score: Score): string =>
  score.marked + score.found === 0
    ? '–'
    : `${precision(score).toFixed(3)} / ${recall(score).toFixed(3)} (${score.marked})`;

export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Precision / recall (marked places), one line per kind, one column per language. */
export function tableOf(scores: Readonly<Record<Language, Scores>>): readonly string[] {
  const lines = DETECT_KINDS.map((kind) => {
    const byLanguage = LANGUAGES.map((language) => scores[language][kind]);
    return row([kind, ...[...byLanguage, sum(byLanguage)].map(cell)]);
  });
  const head = ['kind', ...LANGUAGES, 'all'];
  return [row(head), row(head.map(() => '---')), ...lines];
}

const begins = (part: string): string => `<!-- figures: ${part} -->`;
const ENDS = '<!-- /figures -->';

/** The lines of the page that stand for one part, without the blanks by which a formatter aligns them. */
export function shownIn(page: string, part: string): readonly string[] {
  const [, after = ''] = page.split(begins(part));
  const lines = (after.split(ENDS)[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return lines.map((line) => line.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---'));
}

export function writtenInto(page: string, part: string, table: readonly string[]): string {
  const [before = '', after = ''] = page.split(begins(part));
  return `${before}${begins(part)}\n\n${table.join('\n')}\n\n${ENDS}${after.slice(after.indexOf(ENDS) + ENDS.length)}`;
}
