// What updates bring that no channel declares: counted by path, so that the identifier map shows it. Never a value.
import { LRUCache } from 'lru-cache';
import type { ObservationRow } from '#libs/store';

/** In the identifier map these stand beside the kinds of the registry. */
const UNDECLARED = 'undeclared';

/** Of one connection; whoever sends names of fields that never repeat fills no table with them. */
const MOST_PATHS = 200;
const CONNECTIONS = 20_000;

interface Seen {
  readonly id: string;
  readonly channel: string;
  readonly tenant: { readonly id: string };
}

export function createUndeclared(): (connections: readonly Seen[], paths: readonly string[]) => ObservationRow[] {
  const known = new LRUCache<string, Set<string>>({ max: CONNECTIONS });
  return (connections, paths) =>
    connections.flatMap((connection) => {
      const before = known.get(connection.id) ?? new Set<string>();
      if (paths.length > 0) known.set(connection.id, before);
      return paths
        .filter((path) => before.has(path) || (before.size < MOST_PATHS && before.add(path)))
        .map((path) => ({
          tenantId: connection.tenant.id,
          connectionId: connection.id,
          channel: connection.channel,
          kind: UNDECLARED,
          path,
          action: 'drop',
          count: 1,
        }));
    });
}
