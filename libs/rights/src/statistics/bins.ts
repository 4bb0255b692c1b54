// Which hours or days are to be counted: those that are over, after the last one counted, since statistics are instructed so. Pure.
import { DateTime } from 'luxon';
import { statisticsPlan, type BinUnit, type InstructionsDocument } from '#libs/instructions';

export interface ApprovedVersion {
  readonly version: number;
  readonly approved_at: Date | null;
  readonly document: InstructionsDocument;
}

/** What arrived at the end of a bin is committed by then. */
export const GRACE_MS = 120_000;
/** So many in one go, so that one tenant does not keep the others waiting. */
const MOST = 48;

const startOf = ({ approved_at, document }: ApprovedVersion): number =>
  Math.max(approved_at?.getTime() ?? Infinity, document.effective?.from ? Date.parse(document.effective.from) : 0);

/** Since when the statistics of this version are instructed: back to the first of the versions before it that say the same. */
export function instructedSince(approved: readonly ApprovedVersion[], inForce: number): Date {
  const current = approved.find((one) => one.version === inForce);
  const upTo = approved
    .filter((one) => current !== undefined && startOf(one) <= startOf(current))
    .toSorted((a, b) => startOf(b) - startOf(a) || b.version - a.version);
  const plan = JSON.stringify(statisticsPlan(upTo[0]?.document ?? null));
  const other = upTo.findIndex((one) => JSON.stringify(statisticsPlan(one.document)) !== plan);
  const same = other < 0 ? upTo : upTo.slice(0, other);
  return new Date(Math.min(...same.map(startOf)));
}

const next = (at: DateTime, unit: BinUnit): DateTime => at.plus({ [unit]: 1 });

/** The first hour or day that begins then or later, in UTC. */
function firstFrom(at: Date, unit: BinUnit): DateTime {
  const moment = DateTime.fromJSDate(at, { zone: 'utc' });
  const floor = moment.startOf(unit);
  return floor.equals(moment) ? floor : next(floor, unit);
}

/** Those that are over; and when the next one is. */
export function binsDue(unit: BinUnit, from: Date, now: Date) {
  const bins: { starts: Date; ends: Date }[] = [];
  let starts = firstFrom(from, unit);
  while (bins.length < MOST && next(starts, unit).toMillis() + GRACE_MS <= now.getTime()) {
    bins.push({ starts: starts.toJSDate(), ends: next(starts, unit).toJSDate() });
    starts = next(starts, unit);
  }
  return { bins, nextAt: next(starts, unit).toMillis() + GRACE_MS };
}
