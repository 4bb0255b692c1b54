// Undeclared fields are counted per connection by path, and names that never repeat fill nothing.
import { createUndeclared } from '../src/undeclared.js';

it('each path, of each connection', () => {
  const undeclared = createUndeclared();
  const both = [
    { key: 'undeclared', path: 'x.y', action: 'drop' },
    { key: 'undeclared', path: 'z[]', action: 'drop' },
  ];
  expect(undeclared('a', ['x.y', 'z[]'])).toEqual(both);
  expect(undeclared('b', ['x.y', 'z[]'])).toEqual(both);
  expect(undeclared('b', [])).toEqual([]);
});

it('no more than 200 paths of one connection; those that are known are counted on', () => {
  const undeclared = createUndeclared();
  const seen = Array.from({ length: 10_000 }, (_, n) => undeclared('a', [`made.up_${n}`])).flat();
  expect(seen.length).toBe(200);
  expect(undeclared('a', ['made.up_0', 'made.up_9999']).map(({ path }) => path)).toEqual(['made.up_0']);
  expect(undeclared('b', ['made.up_9999']).length).toBe(1);
});
