// A paper as a spreadsheet: one line per statement, so that any paper fits the same four columns.
import { stringify } from 'csv-stringify/sync';
import type { Paper, Part } from './paper.js';

type Line = readonly [part: string, row: number, field: string, value: string];

function* linesOf({ heading, terms = [], list = [], tables = [] }: Part): Iterable<Line> {
  for (const [n, [term, value]] of terms.entries()) if (value) yield [heading, n + 1, term, value];
  for (const [n, value] of list.entries()) yield [heading, n + 1, '', value];
  for (const { name, head, rows } of tables)
    for (const [n, row] of rows.entries())
      for (const [m, field] of head.entries()) yield [name, n + 1, field, row[m] ?? ''];
}

/** RFC 4180; what a spreadsheet would take for a formula is kept text. */
export const paperCsv = ({ title, law, at, parts }: Paper): string =>
  stringify(
    [
      ['part', 'row', 'field', 'value'],
      [title, 1, 'law', law],
      [title, 1, 'at', at],
      ...parts.flatMap((part) => [...linesOf(part)]),
    ],
    { record_delimiter: 'windows', escape_formulas: true },
  );
