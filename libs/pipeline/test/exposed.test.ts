// What events expose is counted by combination; whoever sends ever new combinations fills no table with them.
import type { Observed } from '#libs/instructions';
import { createExposed } from '../src/exposed.js';

const connection = { id: 'c', channel: 'web', tenant: { id: 't' } };
const seen = (key: string, action: Observed['action'] = 'keep'): Observed => ({ key, path: `x.${key}`, action });

it('the same combination is the same row, with how often each identifier was in it', () => {
  const exposed = createExposed();
  const rows = exposed(connection, [seen('a'), seen('b', 'drop'), seen('a')]);
  expect(rows.map(({ exposure, ...row }) => ({ ...row, exposed: JSON.parse(exposure.json) }))).toEqual([
    {
      tenantId: 't',
      connectionId: 'c',
      channel: 'web',
      count: 1,
      exposed: [
        ['a', 'x.a', 'keep', 2],
        ['b', 'x.b', 'drop', 1],
      ],
    },
  ]);
  expect(exposed(connection, [seen('a'), seen('b', 'drop'), seen('a')])).toEqual(rows);
  expect(exposed(connection, [seen('a'), seen('b'), seen('a')])[0]?.exposure.id).not.toBe(rows[0]?.exposure.id);
  expect(rows[0]?.exposure.id).toMatch(/^[0-9a-f]{32}$/);
});

it('an event without identifiers counts nothing', () => {
  expect(createExposed()(connection, [])).toEqual([]);
});

it('of ever new combinations, identifiers are counted one by one', () => {
  const exposed = createExposed();
  const kinds = Array.from({ length: 12 }, (_, n) => seen(`k${n}`));
  // Every subset of twelve kinds: 4,095 combinations.
  const subsets = Array.from({ length: 4095 }, (_, n) => kinds.filter((_kind, bit) => ((n + 1) >> bit) & 1));
  const rows = subsets.flatMap((subset) => exposed(connection, subset));
  expect(new Set(rows.map(({ exposure }) => exposure.id)).size).toBeLessThanOrEqual(300 + 12);
  const total = (key: string) =>
    rows
      .flatMap(({ exposure, count }) =>
        (JSON.parse(exposure.json) as [string, string, string, number][]).map(([kind, , , times]) => ({
          kind,
          n: times * count,
        })),
      ) // prettier-ignore
      .filter(({ kind }) => kind === key)
      .reduce((sum, { n }) => sum + n, 0);
  expect(total('k0')).toBe(2048);
  expect(total('k11')).toBe(2048);
});
