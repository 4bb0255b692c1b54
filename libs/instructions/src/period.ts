// Periods: ISO 8601 durations added by the calendar, in UTC.
import { DateTime, Duration } from 'luxon';

/** The moment at which a period that began then is over; a period that cannot be read is over at once. */
export function endOf(begin: Date, period: string): Date {
  const duration = Duration.fromISO(period);
  return duration.isValid ? DateTime.fromJSDate(begin, { zone: 'utc' }).plus(duration).toJSDate() : begin;
}
