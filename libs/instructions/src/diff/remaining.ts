// The last resort of a comparison: whatever differs and no other sentence names, so that no difference goes unsaid.
import canonicalize from 'canonicalize';
import { isFields } from '#libs/kernel';
import { pointer } from '../pointer.js';
import { both, list, type Change } from './steps.js';

/** Where two documents differ, as deep as maps go; a list differs as a whole. */
function* places(was: unknown, is: unknown, path = ''): Iterable<string> {
  if (canonicalize(was) === canonicalize(is)) return;
  if (!isFields(was) || !isFields(is)) yield path;
  else for (const [key, a, b] of both(was, is)) yield* places(a, b, `${path}${pointer(key)}`);
}

/** Of values that a sentence can hold. */
function shown(value: unknown): string | null {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return list(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const at = (document: unknown, path: string): unknown => {
  let value = document;
  for (const key of path.split('/').slice(1)) value = isFields(value) ? value[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  return value;
}; // prettier-ignore

function words(path: string, was: string | null, is: string | null): string {
  const what = path.slice(1);
  const told = was !== null && is !== null && was.length + is.length <= 200;
  return told ? `Under \`${what}\` now stands ${is} instead of ${was}.` : `What stands under \`${what}\` differs.`;
}

const isWithin = (path: string, of: string): boolean => path === of || path.startsWith(`${of}/`);

export function* remaining(before: unknown, after: unknown, said: readonly Change[]): Iterable<Change> {
  for (const path of places(before, after))
    if (!said.some((one) => isWithin(path, one.path) || isWithin(one.path, path)))
      yield { path, kind: 'changed', words: words(path, shown(at(before, path)), shown(at(after, path))) };
}
