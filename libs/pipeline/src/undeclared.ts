// What updates bring that no channel declares: counted by path, so that the identifier map shows it. Never a value.
import { LRUCache } from 'lru-cache';
import type { Observed } from '#libs/instructions';

/** In the identifier map these stand beside the kinds of the registry. */
const UNDECLARED = 'undeclared';

/** Of one connection; whoever sends names of fields that never repeat fills no table with them. */
const MOST_PATHS = 200;
const CONNECTIONS = 20_000;

/** Answers those of the paths that are counted. */
export function createUndeclared(): (connectionId: string, paths: readonly string[]) => Observed[] {
  const known = new LRUCache<string, Set<string>>({ max: CONNECTIONS });
  return (connectionId, paths) => {
    if (paths.length === 0) return [];
    const before = known.get(connectionId) ?? new Set<string>();
    known.set(connectionId, before);
    return paths
      .filter((path) => before.has(path) || (before.size < MOST_PATHS && before.add(path)))
      .map((path) => ({ key: UNDECLARED, path, action: 'drop' }));
  };
}
