// Which identifiers an event exposed and what was done with them, as one thing to count: most events of a connection look alike.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Observed } from '#libs/instructions';
import type { Exposure, ObservationRow } from '#libs/store';

interface Of {
  readonly id: string;
  readonly channel: string;
  readonly tenant: { readonly id: string };
}

const REMEMBERED = 10_000;
const CONNECTIONS = 20_000;
/** Of one connection; whoever sends ever new combinations has their identifiers counted one by one. */
const MOST_COMBINATIONS = 300;

function exposureOf(seen: readonly Observed[]): Exposure {
  const times = new Map<string, [kind: string, path: string, action: string, times: number]>();
  for (const { key, path, action } of seen) {
    const one = times.get(`${key} ${path} ${action}`) ?? [key, path, action, 0];
    one[3]++;
    times.set(`${key} ${path} ${action}`, one);
  }
  const json = JSON.stringify([...times.values()]);
  return { id: createHash('sha256').update(json).digest('hex').slice(0, 32), json };
}

/** Answers the rows that count what was seen: one, as a rule. */
export function createExposed() {
  const known = new LRUCache<string, Exposure>({ max: REMEMBERED });
  const combinations = new LRUCache<string, Set<string>>({ max: CONNECTIONS });

  function remembered(seen: readonly Observed[]): Exposure {
    let name = '';
    for (const { key, path, action } of seen) name += `${key} ${path} ${action}\n`;
    let exposure = known.get(name);
    if (!exposure) known.set(name, (exposure = exposureOf(seen)));
    return exposure;
  }

  const isOneMore = (connectionId: string, { id }: Exposure): boolean => {
    let before = combinations.get(connectionId);
    if (!before) combinations.set(connectionId, (before = new Set()));
    return before.has(id) || (before.size < MOST_COMBINATIONS && before.add(id).size > 0);
  };

  return ({ id, channel, tenant }: Of, seen: readonly Observed[]): ObservationRow[] => {
    if (seen.length === 0) return [];
    const row = (exposure: Exposure): ObservationRow => ({
      tenantId: tenant.id,
      connectionId: id,
      channel,
      exposure,
      count: 1,
    });
    const whole = remembered(seen);
    return isOneMore(id, whole) ? [row(whole)] : seen.map((one) => row(remembered([one])));
  };
}
