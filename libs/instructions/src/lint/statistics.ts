// Rules on statistics: aggregates have to be made before what they are made of goes.
import { Duration } from 'luxon';
import { pointer } from '../pointer.js';
import type { Rule } from './rule.js';

const BIN_HOURS: Readonly<Record<string, number>> = { hour: 1, day: 24 };
/** A figure is made once its hour or day is over; an hour more leaves time for it. */
const MARGIN_HOURS = 1;

const hoursOf = (period: string): number => Duration.fromISO(period).as('hours') || 0;

export const statisticRules: readonly Rule[] = [
  {
    rule: 'aggregate-without-statistics',
    severity: 'warning',
    article: 'Art. 5(1)(e) GDPR',
    *find({ document }) {
      if (document.statistics?.enabled === true) return;
      for (const [n, line] of (document.retention ?? []).entries())
        if (line?.then === 'aggregate')
          yield {
            path: pointer('retention', n, 'then'),
            message: `What is left of ${line.data ?? 'data'} at the end of its period are statistics, but none are made.`,
            fix: 'Add `statistics: {enabled: true}`, or say `then: erase`.',
          };
    },
  },
  {
    rule: 'statistics-after-retention',
    severity: 'warning',
    article: 'Art. 5(1)(e) GDPR',
    *find({ document }) {
      if (document.statistics?.enabled !== true) return;
      const needed = (BIN_HOURS[document.statistics.time ?? 'day'] ?? 24) + MARGIN_HOURS;
      for (const [n, line] of (document.retention ?? []).entries())
        if (line?.data === 'routing' && line.period && hoursOf(line.period) < needed)
          yield {
            path: pointer('retention', n, 'period'),
            message: 'Messages go before their hour or day is over, so the statistics are made without them.',
            fix: `Keep routing data for ${needed} hours at least, or count by the hour.`,
          };
    },
  },
];
