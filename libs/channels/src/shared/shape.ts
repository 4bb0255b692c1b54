// Which fields an adapter declares, and the walk that names the others: by path, never by value.
import { isFields } from './read.js';

/**
 * What an adapter expects of a payload: `true` a single value, `'any'` anything (not looked into), an object its fields, a
 * list with one shape its elements.
 */
export type Shape = true | 'any' | { readonly [field: string]: Shape } | readonly [Shape];

/** A shape made ready for walking; every path in it is written out beforehand. */
export interface Declared {
  readonly path: string;
  readonly kind: 'value' | 'any' | 'fields' | 'list';
  readonly fields: ReadonlyMap<string, Declared>;
  readonly element: Declared | null;
}

/** `'id name'` → `{ id: true, name: true }`. */
export const values = (names: string): Record<string, true> =>
  Object.fromEntries(names.split(' ').map((name) => [name, true as const]));

export function declare(shape: Shape, path: string): Declared {
  const none = new Map<string, Declared>();
  if (shape === true) return { path, kind: 'value', fields: none, element: null };
  if (shape === 'any') return { path, kind: 'any', fields: none, element: null };
  if (isList(shape)) return { path, kind: 'list', fields: none, element: declare(shape[0], `${path}[]`) };
  const entries = Object.entries(shape).map(([name, inner]) => [name, declare(inner, join(path, name))] as const);
  return { path, kind: 'fields', fields: new Map(entries), element: null };
}

/** At most this many paths are reported of one body: enough to see what is new, too few to fill a disk. */
const MOST_PATHS = 200;

/** Adds the path of every field that is not declared, and of every declared one that has another form than declared. */
export function noteUndeclared(value: unknown, declared: Declared, into: Set<string>): void {
  if (value === null || value === undefined || declared.kind === 'any' || into.size >= MOST_PATHS) return;
  if (declared.kind === 'value') {
    if (typeof value === 'object') into.add(declared.path);
    return;
  }
  if (declared.kind === 'list') {
    if (!Array.isArray(value)) into.add(declared.path);
    else if (declared.element) for (const item of value) noteUndeclared(item, declared.element, into);
    return;
  }
  if (!isFields(value)) {
    into.add(declared.path);
    return;
  }
  for (const name in value) {
    const inner = declared.fields.get(name);
    if (inner) noteUndeclared(value[name], inner, into);
    else if (into.size < MOST_PATHS) into.add(join(declared.path, fieldName(name)));
  }
}

const PLAUSIBLE_NAME = /^[A-Za-z_$][A-Za-z0-9_$.-]{0,63}$/;
const MANY_DIGITS = /\d{5}/;

/** A field's name as it may be reported. An object keyed by numbers, addresses or texts has values for names: those become `*`. */
export const fieldName = (name: string): string => (PLAUSIBLE_NAME.test(name) && !MANY_DIGITS.test(name) ? name : '*');

const isList = (shape: Exclude<Shape, true | 'any'>): shape is readonly [Shape] => Array.isArray(shape);

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
