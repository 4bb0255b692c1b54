// Single steps of a comparison: something appears or goes, moves on a scale, or a list gains and loses.
import canonicalize from 'canonicalize';
import { Duration } from 'luxon';

export interface Change {
  /** JSON pointer into the later document, or into the earlier one where it is gone. */
  readonly path: string;
  /** Seen from the person whose data it is. */
  readonly kind: 'stricter' | 'laxer' | 'changed';
  readonly words: string;
}

/** Keys of either map, each with its value before and after, in the order of the later one. */
export const both = <V>(
  before: Readonly<Record<string, V>> | undefined,
  after: Readonly<Record<string, V>> | undefined,
): [string, V | undefined, V | undefined][] =>
  [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])].map((key) => [key, before?.[key], after?.[key]]); // prettier-ignore

export const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Something that permits more appears, or goes. */
export function* step(
  path: string,
  [was, is]: readonly [boolean, boolean],
  words: Readonly<Record<'laxer' | 'stricter', string>>,
): Iterable<Change> {
  if (was === is) return;
  const kind = is ? 'laxer' : 'stricter';
  yield { path, kind, words: words[kind] };
}

/** A value moves on a scale from the strictest to the laxest. */
export function* moved(
  path: string,
  [was, is]: readonly [string, string],
  { order, words }: { readonly order: readonly string[]; readonly words: string },
): Iterable<Change> {
  if (was === is) return;
  yield { path, kind: order.indexOf(is) < order.indexOf(was) ? 'stricter' : 'laxer', words };
}

type Kinds = readonly [added: Change['kind'], removed: Change['kind']];

/** A list gains or loses members, of what is permitted unless told otherwise; their order means nothing. */
export function* membership(
  path: string,
  [was, is]: readonly [readonly string[], readonly string[]],
  words: Readonly<Record<'added' | 'removed', (names: string) => string>> & { readonly kinds?: Kinds },
): Iterable<Change> {
  const [more, fewer] = words.kinds ?? ['laxer', 'stricter'];
  const added = is.filter((one) => !was.includes(one));
  const removed = was.filter((one) => !is.includes(one));
  if (added.length > 0) yield { path, kind: more, words: words.added(list(added)) };
  if (removed.length > 0) yield { path, kind: fewer, words: words.removed(list(removed)) };
}

const hours = (period: string): number => Duration.fromISO(period).as('hours') || 0;

/** What another period means; thirty days and a month are the same length, said otherwise. */
export function ofPeriod(was: string, is: string): Change['kind'] {
  if (hours(was) === hours(is)) return 'changed';
  return hours(is) > hours(was) ? 'laxer' : 'stricter';
}

/** What may stand at one place; null: nothing does. */
export type Value = string | number | boolean | null;

/** A state of things reads `is` now and `was` until now. */
export interface Tense {
  readonly is: string;
  readonly are: string;
}
const NOW: Tense = { is: 'is', are: 'are' };
const BEFORE: Tense = { is: 'was', are: 'were' };

/** A place of the document in words: as a state of things (`say`), or as something that has a value (`name`). */
export type Meaning = {
  /** What holds where nothing is written. */
  readonly absent?: Value;
  /** Is the later value laxer? Left out: that cannot be told. */
  readonly laxer?: (was: Value, is: Value) => boolean;
} & (
  | { readonly say: (value: Value, tense: Tense) => string }
  | { readonly name: string; readonly show?: Readonly<Record<string, string>>; readonly none?: string }
);

/** From the strictest to the laxest. */
export const along =
  (...order: readonly Value[]) =>
  (was: Value, is: Value): boolean =>
    order.indexOf(is) > order.indexOf(was);
/** Nothing is more than any number, and longer than any period. */
const size = (value: Value): number =>
  value === null ? Infinity : typeof value === 'number' ? value : hours(String(value));
export const more = (was: Value, is: Value): boolean => size(is) > size(was);
export const less = (was: Value, is: Value): boolean => size(is) < size(was);

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** One place that reads otherwise: what holds now, and what held. */
export function* worded(path: string, [from, to]: readonly [Value | undefined, Value | undefined], meaning: Meaning): Iterable<Change> {
  if (from === to) return;
  const { absent = null, laxer } = meaning;
  const [was, is] = [from ?? absent, to ?? absent];
  const kind = laxer?.(was, is) ? 'laxer' : laxer?.(is, was) ? 'stricter' : 'changed';
  if ('name' in meaning) {
    const shown = (value: Value): string => (value === null ? (meaning.none ?? 'none') : (meaning.show?.[String(value)] ?? String(value)));
    yield { path, kind, words: `${capital(meaning.name)} is now ${shown(is)} instead of ${shown(was)}.` };
  } else if (was === is)
    yield { path, kind, words: `It is ${to === undefined ? 'no longer' : 'now'} written that ${meaning.say(is, NOW)}; that was so before.` };
  else yield { path, kind, words: `From now on ${meaning.say(is, NOW)}; until now ${meaning.say(was, BEFORE)}.` };
} // prettier-ignore

/** Several places below one, each by its meaning. */
export function* fields(
  at: string,
  [was, is]: readonly [object | undefined, object | undefined],
  meanings: Readonly<Record<string, Meaning>>,
): Iterable<Change> {
  const read = (from: object | undefined, key: string): Value | undefined => (from as Record<string, Value> | undefined)?.[key];
  for (const [key, meaning] of Object.entries(meanings)) yield* worded(`${at}/${key}`, [read(was, key), read(is, key)], meaning);
} // prettier-ignore

export const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);
