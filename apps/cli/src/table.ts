// Rows as aligned columns under their headings.
export type Row = readonly string[];

/** A value of an answer as a cell; what is not there is a dash. */
export const cell = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** One line per row; columns as wide as their widest cell, the last one unpadded. */
export function table(headings: Row, rows: readonly Row[]): readonly string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === headings.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
