// What may be told of a count: groups only, and nothing from which a smaller group follows by subtraction. Pure but for asking.
import type { CellFigure, Figure } from '#libs/store';

export interface Counted {
  readonly cells: readonly CellFigure[];
  /** Each person once over these cells; null: over all. */
  readonly together: (keys: readonly string[] | null) => Promise<Figure>;
}

/** Cells have no number of persons: one person may be in several, and overlaps subtract to single persons. */
export interface Released {
  readonly persons: number | null;
  readonly messages: number | null;
  readonly cells: readonly { readonly key: string; readonly messages: number }[];
}

const NOTHING: Released = { persons: null, messages: null, cells: [] };

/** Too few persons, or one of them has more than half of it: then the figure is nearly that person's own. */
export const isRare = ({ persons, messages, largest }: Figure, minimum: number): boolean =>
  persons < minimum || largest * 2 > messages;

/**
 * The total, and the cells beside it. What is withheld can be computed: it is the total less what is told. So either nothing is withheld or
 * what is withheld is, all together, no rare figure itself; the smallest cells that could be told are withheld until it is so.
 */
export async function release({ cells, together }: Counted, minimum: number): Promise<Released> {
  const total = await together(null);
  if (isRare(total, minimum)) return NOTHING;
  const withheld = cells.filter((cell) => isRare(cell, minimum)).map(({ key }) => key);
  const told = cells
    .filter((cell) => !withheld.includes(cell.key))
    .toSorted((a, b) => a.messages - b.messages || (a.key < b.key ? -1 : 1));
  while (withheld.length > 0 && told.length > 0 && isRare(await together(withheld), minimum))
    withheld.push(told.shift()!.key);
  const shown = told.map(({ key, messages }) => ({ key, messages })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rest = total.messages - shown.reduce((sum, { messages }) => sum + messages, 0);
  // The last look, and it fails closed: what the steps above should have made so is asked once more.
  const isSafe = rest === 0 ? withheld.length === 0 : !isRare(await together(withheld), minimum);
  return isSafe ? { persons: total.persons, messages: total.messages, cells: shown } : NOTHING;
}
