// The last resort of a comparison: whatever differs and no other sentence names, so that no difference goes unsaid.
import canonicalize from 'canonicalize';
import { pointer } from '../pointer.js';
import { both, type Change } from './steps.js';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where two documents differ, as deep as maps go; a list differs as a whole. */
function* places(was: unknown, is: unknown, path = ''): Iterable<string> {
  if (canonicalize(was) === canonicalize(is)) return;
  if (!isMap(was) || !isMap(is)) yield path;
  else for (const [key, a, b] of both(was, is)) yield* places(a, b, `${path}${pointer(key)}`);
}

const isWithin = (path: string, of: string): boolean => path === of || path.startsWith(`${of}/`);

export function* remaining(before: unknown, after: unknown, said: readonly Change[]): Iterable<Change> {
  for (const path of places(before, after))
    if (!said.some((one) => isWithin(path, one.path) || isWithin(one.path, path)))
      yield { path, kind: 'changed', words: `What stands under \`${path.slice(1)}\` differs.` };
}
