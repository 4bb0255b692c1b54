// Statistics as rules: nothing that is told, and nothing that follows from it by subtraction, is about fewer persons than the group.
import fc from 'fast-check';
import type { InstructionsDocument } from '#libs/instructions';
import { binsDue, instructedSince, type ApprovedVersion } from '../src/statistics/bins.js';
import { isRare, release, type Counted } from '../src/statistics/release.js';

/** Who wrote how much in which cell. */
interface Wrote {
  readonly person: number;
  readonly key: string;
  readonly n: number;
}

const K = 10;
function groups<T>(rows: readonly Wrote[], by: (row: Wrote) => T): Map<T, Wrote[]> {
  const found = new Map<T, Wrote[]>();
  for (const row of rows) found.set(by(row), [...(found.get(by(row)) ?? []), row]);
  return found;
}
const figure = (rows: readonly Wrote[]) => {
  const each = groups(rows, ({ person }) => person);
  const sums = [...each.values()].map((own) => own.reduce((sum, { n }) => sum + n, 0));
  return { persons: sums.length, messages: sums.reduce((a, b) => a + b, 0), largest: Math.max(0, ...sums) };
};
const counted = (rows: readonly Wrote[]): Counted => ({
  cells: [...groups(rows, ({ key }) => key)].map(([key, own]) => ({ key, ...figure(own) })),
  together: async (keys) => figure(rows.filter(({ key }) => keys === null || keys.includes(key))),
});

const wrote = fc.record({ person: fc.nat(40), key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), n: fc.integer({ min: 1, max: 30 }) }); // prettier-ignore
const worlds = fc.array(wrote, { maxLength: 120 });

test('every figure, and every difference of figures, is about a group in which nobody stands out', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.func(fc.boolean()), async (rows, chosen) => {
      const told = await release(counted(rows), K);
      if (told.messages === null) return expect(told).toEqual({ persons: null, messages: null, cells: [] });
      expect(isRare(figure(rows), K)).toBe(false);
      // Whichever of the cells somebody subtracts from the total: what is left is nothing, or such a group.
      const subtracted = new Set(told.cells.filter(chosen).map(({ key }) => key));
      const left = rows.filter(({ key }) => !subtracted.has(key));
      const difference = told.messages - told.cells.filter(({ key }) => subtracted.has(key)).reduce((sum, { messages }) => sum + messages, 0); // prettier-ignore
      expect(difference).toBe(figure(left).messages);
      if (difference > 0) expect(isRare(figure(left), K)).toBe(false);
      for (const cell of told.cells) expect(isRare(figure(rows.filter(({ key }) => key === cell.key)), K)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test('one person more or less moves no figure that is about that person alone', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.nat(40), async (rows, person) => {
      const own = rows.filter((row) => row.person === person);
      const alone = own.filter(({ key }) => !rows.some((row) => row.key === key && row.person !== person));
      const [before, after] = [await release(counted(rows), K), await release(counted(rows.filter((row) => row.person !== person)), K)]; // prettier-ignore
      for (const { key } of alone)
        for (const { cells } of [before, after]) expect(cells.map((cell) => cell.key)).not.toContain(key);
    }),
    { numRuns: 200 },
  );
});

const people = (count: number, key: string, n = 1): Wrote[] =>
  Array.from({ length: count }, (_, person) => ({ person: person + key.charCodeAt(0) * 100, key, n }));

test.each([
  ['nine persons', people(9, 'a'), null, []],
  ['ten persons', people(10, 'a'), 10, [['a', 10]]],
  ['ten, one of whom wrote more than all others', [...people(9, 'a'), { person: 1, key: 'a', n: 20 }], null, []],
  ['a rare cell takes the smallest other one with it', [...people(20, 'a'), ...people(12, 'b'), ...people(3, 'c')], 35, [['a', 20]]],
  ['two rare cells that are a group together need no third', [...people(20, 'a'), ...people(6, 'b'), ...people(5, 'c')], 31, [['a', 20]]],
  ['one large and one rare cell: the total alone', [...people(20, 'a'), ...people(1, 'b')], 21, []],
] as const)('%s', async (_what, rows, messages, cells) => {
  const told = await release(counted(rows), K);
  expect([told.messages, told.cells.map((cell) => [cell.key, cell.messages])]).toEqual([messages, cells]);
}); // prettier-ignore

test('a count that contradicts itself is not told', async () => {
  const honest = counted([...people(20, 'a'), ...people(3, 'b')]);
  // The cells that were withheld seem to be a group when they are asked for, and are none.
  let asked = 0;
  const lying: Counted = { ...honest, together: async (keys) => (keys && asked++ === 0 ? { persons: 99, messages: 99, largest: 1 } : honest.together(keys)) }; // prettier-ignore
  expect(await release(lying, K)).toEqual({ persons: null, messages: null, cells: [] });
});

describe('bins', () => {
  const at = (text: string): Date => new Date(`2026-11-${text}:00.000Z`);

  test('only whole ones, only when they are over, and the next one later', () => {
    const { bins, nextAt } = binsDue('hour', at('24T09:30'), at('24T12:01'));
    expect(bins.map(({ starts }) => starts)).toEqual([at('24T10:00')]);
    expect(new Date(nextAt)).toEqual(at('24T12:02'));
    expect(binsDue('day', at('24T00:00'), at('24T23:59')).bins).toEqual([]);
  });

  test('after hours come days, and none of them has an hour that was counted', () => {
    expect(binsDue('day', at('24T11:00'), at('27T11:00')).bins[0]!.starts).toEqual(at('25T00:00'));
  });

  const version = (number: number, day: string, statistics: object): ApprovedVersion => ({
    version: number,
    approved_at: at(day),
    document: { statistics } as InstructionsDocument,
  });
  const on = { enabled: true, time: 'hour' };

  test('they are instructed since the first version that says the same, not since one before that was switched off', () => {
    const versions = [
      version(1, '01T00:00', on),
      version(2, '02T00:00', { enabled: false }),
      version(3, '03T00:00', on),
      version(4, '04T00:00', { ...on, minimumGroup: 10 }),
    ];
    expect(instructedSince(versions, 4)).toEqual(at('03T00:00'));
    expect(instructedSince([...versions, version(5, '05T00:00', { ...on, minimumGroup: 12 })], 5)).toEqual(at('05T00:00')); // prettier-ignore
  });
});
