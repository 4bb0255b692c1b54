// The closed world: what no clause leaves open is shut. Which ruling stands once the purposes that are open are known.
import type { Category } from '#libs/kernel';
import type { CategoryAction, CompiledInstructions, Covering, Ruling } from './decision.js';

/** Left out: not known yet, and all may be. */
export type Open = ReadonlySet<string> | undefined;

export const NOT_LISTED: Ruling = Object.freeze({ do: 'drop', clause: 'default:identifier-not-listed' });
export const NOT_COVERED = Object.freeze({ do: 'drop', clause: 'default:no-purpose-covers-it' } as const);
/** Purposes cover it, but consent, age or an objection closes all of them. */
export const NOT_OPEN = Object.freeze({ do: 'drop', clause: 'default:no-purpose-open' } as const);

const firstOpen = (covering: readonly Covering[] | undefined, open: Open): Covering | null =>
  covering?.find(({ purpose }) => open === undefined || open.has(purpose)) ?? null;

/** The purpose under which a category is stored; null: none that is open. */
export const coveringOf = (compiled: CompiledInstructions, category: Category, open: Open): Covering | null =>
  firstOpen(compiled.storing[category], open);

/** The purpose under which a category is held at least until it is delivered. */
export const holdingOf = (compiled: CompiledInstructions, category: Category, open: Open): Covering | null =>
  coveringOf(compiled, category, open) ?? firstOpen(compiled.passing[category], open);

export function categoryRuling(compiled: CompiledInstructions, category: Category, open: Open): Ruling<CategoryAction> {
  const covering = coveringOf(compiled, category, open);
  if (covering) return { do: 'keep', clause: covering.clause };
  const passed = firstOpen(compiled.passing[category], open);
  if (passed) return { do: 'pass', clause: passed.clause };
  return compiled.storing[category] || compiled.passing[category] ? NOT_OPEN : NOT_COVERED;
} // prettier-ignore

/** A ruling on an identifier where only these purposes are open, or only these are a recipient's. */
export function narrowed(ruling: Ruling | undefined, open: Open): Ruling {
  if (ruling === undefined) return NOT_LISTED;
  if (open === undefined || ruling.purposes === undefined) return ruling;
  return ruling.purposes.some((purpose) => open.has(purpose)) ? ruling : NOT_OPEN;
}
