// Periods: ISO 8601 durations added by the calendar, in UTC.
import { DateTime, Duration } from 'luxon';
import { period as shape } from './schema/shapes.js';

const PERIOD = new RegExp(shape.pattern);

/** The moment at which a period that began then is over; null: it cannot be read, and whoever asks takes what is strictest. */
export function endOf(begin: Date, period: string): Date | null {
  if (!PERIOD.test(period)) return null;
  const end = DateTime.fromJSDate(begin, { zone: 'utc' }).plus(Duration.fromISO(period));
  return end.isValid ? end.toJSDate() : null;
}
