// The clock of a request: one month by the calendar rule of Regulation 1182/71, two more with a reason, alerts on the way.
import { DateTime, Duration } from 'luxon';

/** Days that are public holidays in every member state; others only make a request due earlier than the law asks. */
const HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '12-25']);
const EXTENSION = 'P2M';

export const ALERTS = [50, 75, 90] as const;

const isWorkingDay = (day: DateTime): boolean => day.weekday <= 5 && !HOLIDAYS.has(day.toFormat('MM-dd'));

/** Art. 3(4): a last day that is no working day moves to the end of the next one. */
function endOfWorkingDay(day: DateTime): DateTime {
  return isWorkingDay(day) ? day.endOf('day') : endOfWorkingDay(day.plus({ days: 1 }));
}

function dueIn(receivedAt: Date, periods: readonly string[]): Date {
  const from = DateTime.fromJSDate(receivedAt, { zone: 'utc' });
  const total = periods.map((p) => Duration.fromISO(p)).reduce((sum, one) => sum.plus(one));
  return endOfWorkingDay(from.plus(total)).toJSDate();
}

/** The day of receipt is not counted, the last day is, to its end (Art. 3(1), (2)(c)). */
export const dueOf = (receivedAt: Date, period: string): Date => dueIn(receivedAt, [period]);

export const extendedDueOf = (receivedAt: Date, period: string): Date => dueIn(receivedAt, [period, EXTENSION]);

export const elapsedPercent = (clock: { readonly receivedAt: Date; readonly dueAt: Date }, now: Date): number =>
  Math.floor(
    (100 * (now.getTime() - clock.receivedAt.getTime())) / (clock.dueAt.getTime() - clock.receivedAt.getTime()),
  );

/** The highest alert that is due and was not given; null: none. */
export const alertDue = (elapsed: number, alerted: number): number | null =>
  ALERTS.findLast((alert) => elapsed >= alert && alert > alerted) ?? null;
