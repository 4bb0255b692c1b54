// Tolerant readers over `unknown`: whatever the platform sends, they answer a value of the wanted kind or undefined.
import { isFields, type Fields } from '#libs/kernel';

export { isFields, type Fields };

const NO_FIELDS: Fields = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** The object itself, or an empty one: for reading on without asking at every step. */
export const fields = (value: unknown): Fields => (isFields(value) ? value : NO_FIELDS);

/** The array itself, or an empty one. */
export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : NO_ITEMS);

/** A string with something in it; a finite number as its digits, because platforms print ids both ways. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** A finite number, also when printed as a string of digits. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,17}(\.\d{1,17})?$/.test(value)) return undefined;
  return Number(value);
}

// Seconds reach this value in the year 5138, milliseconds passed it in 1973: the two cannot be mistaken for one another.
const FIRST_MILLISECONDS = 1e11;

/**
 * A platform's time in seconds or milliseconds since the epoch → milliseconds; undefined when it is no such time. Nothing happened
 * after it was received: a clock that is ahead says `now`, and so does a time that no calendar has.
 */
export function instant(value: unknown, now: number): number | undefined {
  const given = number(value);
  if (given === undefined || given <= 0) return undefined;
  return Math.min(Math.trunc(given < FIRST_MILLISECONDS ? given * 1000 : given), now);
}

const DEEPEST = 32;

/** A copy without what is nested more than 32 levels deep, so that whoever prints or walks it later comes to an end. */
export function bounded(value: unknown, depth = DEEPEST): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((inner: unknown) => bounded(inner, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bounded(inner, depth - 1)]));
}

/** Parsed JSON, or undefined when the text is none. */
export function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
