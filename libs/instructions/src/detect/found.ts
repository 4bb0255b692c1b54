// What detection speaks of: the kinds, what was found, and how sure it is.

export const DETECT_KINDS = [
  'own-identifiers',
  'email',
  'iban',
  'card',
  'ip',
  'national-id',
  'phone',
  'address',
  'name',
] as const;

/** The values of `freeText.detect` in the instructions, the most certain first. */
export type DetectKind = (typeof DETECT_KINDS)[number];

export interface Found {
  readonly kind: DetectKind;
  /** In UTF-16 units of the text that was given; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Normalised: the same thing written differently gives the same value. */
  readonly value: string;
}

export interface DetectOptions {
  readonly kinds: readonly DetectKind[];
  /** ISO 3166 alpha-2 of the conversation, the best guess first: country of the number, of the tenant, of the language. */
  readonly regions: readonly string[];
  /** What is already known of the person: display name, number, e-mail address, user id. */
  readonly own: readonly string[];
}

/** What the finders of one kind answer: offsets are those of the view that they were given. */
export type Hit = Omit<Found, 'kind'>;

/** Kinds with a structure of their own beat guesses; among equals the longer one, then the order of the kinds. */
const TIER: Readonly<Record<DetectKind, number>> = {
  'own-identifiers': 0,
  email: 0,
  iban: 0,
  card: 0,
  ip: 0,
  'national-id': 1,
  phone: 2,
  address: 3,
  name: 4,
};

const rank = (a: Found, b: Found): number =>
  TIER[a.kind] - TIER[b.kind] ||
  b.end - b.start - (a.end - a.start) ||
  DETECT_KINDS.indexOf(a.kind) - DETECT_KINDS.indexOf(b.kind) ||
  a.start - b.start;

/** Leaves those that do not overlap a better one, in the order of the text. For results of several detectors too. */
export function withoutOverlaps(all: readonly Found[]): readonly Found[] {
  const kept: Found[] = []; // sorted by start, free of overlaps
  for (const one of [...all].sort(rank)) {
    const next = firstFrom(kept, one.start);
    const before = kept[next - 1];
    const after = kept[next];
    if ((before && before.end > one.start) || (after && after.start < one.end)) continue;
    kept.splice(next, 0, one);
  }
  return kept;
}

/** Index of the first that starts at or after the place, by halving. */
function firstFrom(sorted: readonly Found[], start: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
