// Spoiling payloads on purpose: unknown fields, garbage among the items, random mutations.
import fc from 'fast-check';

export const CANARY_FIELD = 'canary_field';
export const CANARY_VALUE = 'canary value of Zebulon Quackenbush 4915550009999';

/** A copy in which every object carries one unknown field. */
export function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownFields);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([name, member]) => [name, withUnknownFields(member)] as const);
  return { ...Object.fromEntries(inner), [CANARY_FIELD]: CANARY_VALUE };
}

const GARBAGE: readonly unknown[] = [null, {}, [], true];
/** In a list of ids these would be ids. */
const GARBAGE_AMONG_OBJECTS: readonly unknown[] = [...GARBAGE, 7, 'garbage'];

/** A copy in which every list begins with items of every wrong kind. */
export function withGarbageItems(value: unknown): unknown {
  if (Array.isArray(value)) {
    const ids = value.some((item) => typeof item === 'string' || typeof item === 'number');
    return [...(ids ? GARBAGE : GARBAGE_AMONG_OBJECTS), ...value.map(withGarbageItems)];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withGarbageItems(member)]));
}

/** All strings and numbers in a payload, as texts. */
export function leavesOf(value: unknown, into: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string' || typeof value === 'number') into.add(String(value));
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) leavesOf(inner, into);
  return into;
}

/** What a database, a clock or a reader of text may not take. */
const UNSTORABLE: readonly string[] = ['a\u0000b', '\ud800', 'x'.repeat(3_000), '{"a,b}\\'];
export const ODD_TEXTS: readonly string[] = [...UNSTORABLE, 'constructor', '__proto__'];
/** Among them the first moment of the year 10000 and the last one that a Date has, in ms. */
const ODD_NUMBERS = [253_402_300_800_000, 8.64e15, -1];

/** Maps with keys that every object has by itself, as JSON may have them: no text can be made of the first, and it has a length and is no list. */
export const ODD_MAPS: readonly Readonly<Record<string, unknown>>[] = [
  '{"toString":null,"valueOf":{},"constructor":{"name":1},"hasOwnProperty":7,"length":7,"toJSON":{},"then":{}}',
  '{"__proto__":{"type":"text"}}',
].map((json) => JSON.parse(json) as Record<string, unknown>);

/** A copy in which every object has these, too. */
export function withOddKeys(value: unknown, odd: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((one) => withOddKeys(one, odd));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([name, member]) => [name, withOddKeys(member, odd)] as const);
  return Object.fromEntries([...Object.entries(odd), ...inner]);
}

type Change = { readonly at: number; readonly how: 'replace' | 'remove' | 'repeat' | 'wrap'; readonly with: unknown };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'remove', 'repeat', 'wrap'),
  with: fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(...ODD_TEXTS, ...ODD_NUMBERS, '', 1e308, [[]], { id: {} }, ...ODD_MAPS, ODD_MAPS),
  ),
});

/** A payload with one to five places changed at random. */
export const mutated = (payload: unknown): fc.Arbitrary<unknown> =>
  fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => changes.reduce(apply, payload));

function apply(payload: unknown, { at, how, with: replacement }: Change): unknown {
  const copy: unknown = structuredClone(payload);
  const places = placesOf(copy);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return replacement;
  const { holder, name } = place;
  if (how === 'remove') delete holder[name];
  else if (how === 'repeat') holder[name] = [holder[name], structuredClone(holder[name])];
  else if (how === 'wrap') holder[name] = { wrapped: holder[name] };
  else holder[name] = replacement;
  return copy;
}

interface Holder {
  [name: string]: unknown;
}

function placesOf(value: unknown): { readonly holder: Holder; readonly name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesOf(holder[name])]);
}

/** What may come in place of a value by accident or malice. */
function oddFor(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [...ODD_NUMBERS, ...ODD_MAPS];
  if (typeof value !== 'string') return ODD_MAPS;
  return [...ODD_TEXTS, ...ODD_MAPS, ...(/^\d+$/.test(value) ? ODD_NUMBERS.map(String) : [])];
}

function unstorableFor(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return ODD_NUMBERS;
  if (typeof value !== 'string') return [];
  return /^\d+$/.test(value) ? [...UNSTORABLE, ...ODD_NUMBERS.map(String)] : UNSTORABLE;
}

const oddTextFor = (value: unknown): readonly unknown[] => (typeof value === 'string' ? ODD_TEXTS : []);

/** The payload once for each odd value in each of its places, one at a time; `fresh` makes it. */
export const oddly = (fresh: () => unknown, oddOf = oddFor): readonly unknown[] =>
  placesOf(fresh()).flatMap(({ holder, name }, n) =>
    oddOf(holder[name]).map((odd) => {
      const copy = fresh();
      const place = placesOf(copy)[n]!;
      place.holder[place.name] = odd;
      return copy;
    }),
  );

/** The same with those alone that take a whole gateway to be found. */
export const oddlyStored = (fresh: () => unknown): readonly unknown[] => oddly(fresh, unstorableFor);

/** The same with odd texts in place of texts alone: of the form that it has to have. */
export const oddlyWorded = <T>(fresh: () => T): readonly T[] => oddly(fresh, oddTextFor) as readonly T[];
