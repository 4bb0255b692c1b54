// The clock of a request and the periods of retention, as tables: calendars are where such code goes wrong.
import { alertDue, dueOf, elapsedPercent, extendedDueOf } from '../src/requests/clock.js';
import { cutoffOf, dueAt } from '../src/retention/rules.js';

describe('a request is due', () => {
  test.each([
    ['a month later, at the end of the day', '2026-03-10T09:00:00Z', 'P1M', '2026-04-10'],
    ['on the last day of a shorter month', '2027-01-31T12:00:00Z', 'P1M', '2027-03-01'], // 28 February 2027 is a Sunday
    ['on 29 February in a leap year', '2028-01-31T12:00:00Z', 'P1M', '2028-02-29'],
    ['on Monday, when the last day is a Saturday', '2026-09-24T23:59:00Z', 'P1M', '2026-10-26'],
    ['after Christmas, when the last day is Christmas', '2026-11-25T10:00:00Z', 'P1M', '2026-12-28'],
    ['after New Year and its weekend', '2026-12-01T10:00:00Z', 'P1M', '2027-01-04'],
    ['earlier, when the instructions are stricter', '2026-03-10T09:00:00Z', 'P14D', '2026-03-24'],
  ])('%s', (_what, received, period, day) => {
    expect(dueOf(new Date(received), period).toISOString()).toBe(`${day}T23:59:59.999Z`);
  });

  it('two months later with a reason, counted from the receipt', () => {
    expect(extendedDueOf(new Date('2026-03-10T09:00:00Z'), 'P1M').toISOString()).toBe('2026-06-10T23:59:59.999Z');
  });
});

describe('alerts', () => {
  const clock = { receivedAt: new Date('2026-04-01T00:00:00Z'), dueAt: new Date('2026-05-01T00:00:00Z') };
  test.each([
    ['2026-04-15T23:00:00Z', 0, null],
    ['2026-04-16T00:00:00Z', 0, 50],
    ['2026-04-16T00:00:00Z', 50, null],
    ['2026-04-23T12:00:00Z', 50, 75],
    ['2026-04-28T00:00:00Z', 0, 90], // the highest one only
    ['2026-06-01T00:00:00Z', 90, null],
  ])('at %s after %p: %p', (now, alerted, alert) => {
    expect(alertDue(elapsedPercent(clock, new Date(now)), alerted)).toBe(alert);
  });
});

describe('the cutoff of a period', () => {
  const PERIODS = ['PT6S', 'PT36H', 'P1D', 'P30D', 'P1M', 'P3M', 'P1Y', 'P1Y2M3DT4H'];
  const DAYS = ['2026-02-28', '2026-03-01', '2026-03-29', '2026-03-31', '2026-10-25', '2028-02-29', '2028-03-31'];

  test.each(PERIODS.flatMap((period) => DAYS.map((day) => [period, day])))(
    '%s on %s is never too early',
    (period, day) => {
      const now = new Date(`${day}T10:00:00Z`);
      const cutoff = cutoffOf(period, now)!;
      expect(dueAt(cutoff, period).getTime()).toBeLessThanOrEqual(now.getTime());
      // And no later than a moment would allow.
      expect(dueAt(new Date(cutoff.getTime() + 4 * 86_400_000), period).getTime()).toBeGreaterThan(now.getTime());
    },
  );

  it('what began on 31 January and is kept for a month goes on 28 February', () => {
    expect(cutoffOf('P1M', new Date('2026-02-28T10:00:00Z'))?.toISOString()).toBe('2026-01-31T10:00:00.000Z');
  });
});
