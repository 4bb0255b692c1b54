// The fixtures of the linter's rules, as `rules/*.yaml` has them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Finding } from '../src/index.js';

const FOLDER = fileURLToPath(new URL('./rules/', import.meta.url));

/** A document as the short form changed by a JSON merge patch (RFC 7396): null takes away, a list is replaced. */
export type Patch = unknown;

interface Bad {
  readonly patch: Patch;
  /** JSON pointers of all that the rule objects to in it. */
  readonly at: string | readonly string[];
  /** The first objection, word for word. */
  readonly says: string;
  readonly fix: string;
  /** What is in force while this is submitted, as a patch. */
  readonly inForce?: Patch;
}
export interface Good {
  readonly patch: Patch;
  readonly inForce?: Patch;
}
export interface Fixture {
  readonly severity: Finding['severity'];
  readonly article: string;
  readonly bad: Readonly<Record<string, Bad>>;
  readonly good: Readonly<Record<string, Good>>;
}

export const FIXTURES = Object.assign(
  {},
  ...readdirSync(FOLDER).map((file) => parse(readFileSync(`${FOLDER}${file}`, 'utf8'), { merge: true }) as object),
) as Record<string, Fixture>;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A document, changed by a patch. */
export function merged(target: unknown, patch: Patch): unknown {
  if (!isMap(patch)) return patch;
  const result = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  return result;
}
