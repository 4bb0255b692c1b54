// What of a record the page does not say in words, by the names of the published schema: nothing that is held is in the copy for machines alone.
import { markup, terms, type Part } from '#libs/platform';

/** What details are said with. */
export interface Wording {
  readonly l: { readonly more: string; readonly yes: string; readonly no: string };
  readonly at: (time: string | null) => string;
}

type Leaf = readonly [path: string, value: string | number | boolean];

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const isLeaf = (value: unknown): value is Leaf[1] => typeof value !== 'object' && value !== undefined;

/** Every value, beneath its path; a list of values is one. What is empty is left out. */
function* leavesOf(value: unknown, path: string): Generator<Leaf> {
  if (value === null || value === undefined || value === '') return;
  if (isLeaf(value)) yield [path, value];
  else if (Array.isArray(value) && value.every(isLeaf)) {
    if (value.length > 0) yield [path, value.join(', ')];
  } else for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, path === '' ? key : `${path}.${key}`);
}

/** `deliveries.0.status` is a `deliveries.status`. */
const nameOf = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '');

const shown = (value: Leaf[1], { l, at }: Wording): Part => {
  if (typeof value === 'boolean') return value ? l.yes : l.no;
  return typeof value === 'string' && TIME.test(value) ? markup`<time datetime="${value}">${at(value)}</time>` : value;
};

/** `said`: what stands elsewhere on the page, with all that is in it. */
export function details(record: object, said: readonly string[], wording: Wording): Part {
  const isSaid = (name: string): boolean => said.some((one) => name === one || name.startsWith(`${one}.`));
  const rest = [...leavesOf(record, '')].filter(([path]) => !isSaid(nameOf(path)));
  if (rest.length === 0) return null;
  const rows = rest.map(([path, value]): readonly [string, Part] => [path, shown(value, wording)]);
  return markup`<details><summary>${wording.l.more}</summary>${terms(rows)}</details>`;
}
