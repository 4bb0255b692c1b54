// Undeclared fields are counted per connection by path, and names that never repeat fill nothing.
import { createUndeclared } from '../src/undeclared.js';

const connection = (id: string) => ({ id, channel: 'web', tenant: { id: 't' } });

it('one row per path and connection', () => {
  const rows = createUndeclared()([connection('a'), connection('b')], ['x.y', 'z[]']);
  expect(rows.map(({ connectionId, kind, path, action, count }) => [connectionId, kind, path, action, count])).toEqual([
    ['a', 'undeclared', 'x.y', 'drop', 1],
    ['a', 'undeclared', 'z[]', 'drop', 1],
    ['b', 'undeclared', 'x.y', 'drop', 1],
    ['b', 'undeclared', 'z[]', 'drop', 1],
  ]);
});

it('no more than 200 paths of one connection; those that are known are counted on', () => {
  const undeclared = createUndeclared();
  const seen = Array.from({ length: 10_000 }, (_, n) => undeclared([connection('a')], [`made.up_${n}`])).flat();
  expect(seen.length).toBe(200);
  expect(undeclared([connection('a')], ['made.up_0', 'made.up_9999']).map(({ path }) => path)).toEqual(['made.up_0']);
  expect(undeclared([connection('b')], ['made.up_9999']).length).toBe(1);
});
