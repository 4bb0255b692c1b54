// Which version of the instructions is in force at a time, and when that changes next. Pure.

/** An approved version. A day (`2027-01-01`) begins at midnight UTC; as an end it is included. */
export interface Approved {
  readonly version: number;
  readonly approved_at: Date;
  readonly from: string | null;
  readonly until: string | null;
}

interface InForce {
  readonly version: number | null;
  /** Versions that were in force before it, or passed over by it. */
  readonly earlier: readonly number[];
  /** When the answer becomes another one, if nothing else is approved; null: never. */
  readonly changesAt: Date | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const startOf = (one: Approved): number =>
  one.from === null ? one.approved_at.getTime() : Math.max(one.approved_at.getTime(), Date.parse(one.from));

/** The first millisecond after it. */
const endOf = ({ until }: Approved): number => {
  if (until === null) return Infinity;
  return DAY.test(until) ? Date.parse(until) + 86_400_000 : Date.parse(until);
};

/** In the order in which they begin, which is not always that of their numbers. */
const inOrder = (approved: readonly Approved[]): readonly Approved[] =>
  approved.toSorted((a, b) => startOf(a) - startOf(b) || a.approved_at.getTime() - b.approved_at.getTime() || a.version - b.version); // prettier-ignore

/**
 * The version that began last is the one, and supersedes all before it. Once it has ended none is in force: what was
 * superseded does not come back by itself, and without instructions nothing is kept.
 */
export function inForceAt(approved: readonly Approved[], at: Date): InForce {
  const now = at.getTime();
  const begun = inOrder(approved).filter((one) => startOf(one) <= now);
  const last = begun.at(-1);
  const current = last && now < endOf(last) ? last : null;
  const boundaries = [...approved.map(startOf), ...(current ? [endOf(current)] : [])].filter((b) => b > now);
  const next = Math.min(...boundaries);
  const earlier = begun.slice(0, -1).map(({ version }) => version);
  return { version: current?.version ?? null, earlier, changesAt: Number.isFinite(next) ? new Date(next) : null };
}

interface Written {
  readonly version: number;
  readonly approved_at: Date | null;
  readonly document: unknown;
}

/** Approved versions in the order in which they begin: a stricter one applies to what was kept under those before it. */
export function succession<V extends Written>(versions: readonly V[]): readonly V[] {
  const byVersion = new Map(versions.map((one) => [one.version, one]));
  const approved = versions.flatMap(({ version, approved_at, document }) => {
    const { from = null, until = null } = (document as { effective?: { from?: string; until?: string } }).effective ?? {};
    return approved_at === null ? [] : [{ version, approved_at, from, until }];
  });
  return inOrder(approved).map(({ version }) => byVersion.get(version)!);
} // prettier-ignore
