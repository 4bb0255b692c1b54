// Collecting what one update exposed: each identifier with its registry key and the path where it was found.
import { personal, type ExposedIdentifier } from '#libs/kernel';
import { text } from './read.js';

export type Exposures = ExposedIdentifier[];

/** Registry key and path of one place in an update. Written down once per place, so that reading costs no string work. */
export interface Place {
  readonly key: string;
  readonly path: string;
}

export const place = (key: string, path: string): Place => ({ key, path });

/** Notes a value if there is one, and answers it as text. */
export function expose(into: Exposures, where: Place, value: unknown): string | undefined {
  const found = text(value);
  if (found !== undefined) into.push({ key: where.key, value: personal(found), path: where.path });
  return found;
}
