// Single steps of a comparison: something appears or goes, moves on a scale, or a list gains and loses.
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

/** A list of what is permitted gains or loses members; their order means nothing. */
export function* membership(
  path: string,
  [was, is]: readonly [readonly string[], readonly string[]],
  words: Readonly<Record<'added' | 'removed', (names: string) => string>>,
): Iterable<Change> {
  const added = is.filter((one) => !was.includes(one));
  const removed = was.filter((one) => !is.includes(one));
  if (added.length > 0) yield { path, kind: 'laxer', words: words.added(list(added)) };
  if (removed.length > 0) yield { path, kind: 'stricter', words: words.removed(list(removed)) };
}

const hours = (period: string): number => Duration.fromISO(period).as('hours') || 0;

/** What another period means; thirty days and a month are the same length, said otherwise. */
export function ofPeriod(was: string, is: string): Change['kind'] {
  if (hours(was) === hours(is)) return 'changed';
  return hours(is) > hours(was) ? 'laxer' : 'stricter';
}
