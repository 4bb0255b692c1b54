// Rules on how long data is kept.
import { ASK_AGAIN_AFTER, asksConsent } from '../consent/consent.js';
import { endOf } from '../period.js';
import { pointer } from '../pointer.js';
import { consentTexts, purposesOf, yearsOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

/** Beyond this a period is as good as unlimited: it is the longest that European laws on records commonly ask for. */
const UNLIMITED_YEARS = 30;
const LONG_YEARS = 3;

/** Categories that purposes use; consent leaves a record of itself. */
function categoriesInUse({ document }: Reading): Set<string> {
  const used = new Set<string>();
  for (const [, purpose] of purposesOf(document)) {
    for (const category of purpose.data ?? []) if (category !== undefined) used.add(category);
    if (asksConsent(purpose)) used.add('consent-record');
  }
  return used;
}

const REFERENCE = new Date('2026-01-01');
/** From one day on, so that twelve months are a year. Of what cannot be read the schema tells. */
const lengthOf = (period: string): number => (endOf(REFERENCE, period)?.getTime() ?? NaN) - REFERENCE.getTime();

/** For each line of records of consents, by which purposes they go with it: those that have no line of their own go by the general ones. */
function* recordLines({
  document,
}: Reading): Iterable<{ n: number; period: string; isOf: (purpose: string) => boolean }> {
  const lines = [...(document.retention ?? []).entries()].filter(([, line]) => line?.data === 'consent-record');
  const own = new Set(lines.map(([, line]) => line?.purpose));
  for (const [n, line] of lines)
    if (line?.period)
      yield { n, period: line.period, isOf: (one) => (line.purpose ? line.purpose === one : !own.has(one)) };
}

export const retentionRules: readonly Rule[] = [
  {
    rule: 'no-retention',
    severity: 'error',
    article: 'Art. 5(1)(e) GDPR',
    *find(reading) {
      const lines = reading.document.retention ?? [];
      for (const category of categoriesInUse(reading)) {
        if (lines.some((line) => line?.data === category && line.period && !line.purpose)) continue;
        const users = purposesOf(reading.document).filter(([, p]) => p.data?.some((c) => c === category));
        const each = users.length > 0 && users.every(([id]) => lines.some((line) => line?.data === category && line.purpose === id && line.period)); // prettier-ignore
        if (each) continue;
        yield {
          path: '/retention',
          message: `The category ${category} is in use, but nothing says how long it is kept.`,
          fix: `Add {data: ${category}, ${category === 'consent-record' ? 'start: withdrawal, period: P3Y' : 'period: P30D'}} with the period that you need.`,
        };
      }
    },
  },
  {
    rule: 'retention-without-end',
    severity: 'error',
    article: 'Art. 5(1)(e) GDPR',
    *find({ document }) {
      for (const [n, line] of (document.retention ?? []).entries())
        if (line?.period && yearsOf(line.period) > UNLIMITED_YEARS)
          yield {
            path: pointer('retention', n, 'period'),
            message: `More than ${UNLIMITED_YEARS} years is as good as keeping ${line.data ?? 'data'} for ever.`,
            fix: 'Name the period after which the purpose no longer needs it.',
          };
    },
  },
  {
    rule: 'long-retention',
    severity: 'warning',
    article: 'Art. 5(1)(e) GDPR',
    *find({ document }) {
      for (const [n, line] of (document.retention ?? []).entries()) {
        const years = line?.period ? yearsOf(line.period) : 0;
        if (years > LONG_YEARS && years <= UNLIMITED_YEARS && !line?.reason)
          yield {
            path: pointer('retention', n, 'period'),
            message: `The category ${line?.data ?? '?'} is kept for more than ${LONG_YEARS} years, and no reason is given.`,
            fix: 'Add `reason`, for example the law that asks for it.',
          };
      }
    },
  },
  {
    rule: 'retention-of-nothing',
    severity: 'error',
    article: 'Art. 5(1)(e) GDPR',
    *find({ document }) {
      for (const [n, line] of (document.retention ?? []).entries())
        if (line?.period && /^P?T?(0+[A-Z])+$/.test(line.period.replace(/^P/, '').replace('T', '')))
          yield {
            path: pointer('retention', n, 'period'),
            message: `A period of nothing would erase ${line.data ?? 'data'} before it is used.`,
            fix: 'To keep nothing, leave the category out of the purposes.',
          };
    },
  },
  {
    rule: 'refusal-forgotten',
    severity: 'warning',
    article: 'Art. 4(11), 7(1) GDPR',
    *find(reading) {
      const asked = [...consentTexts(reading)].map(([text, purposes]) => ({
        text,
        purposes,
        again: reading.document.texts?.[text]?.askAgainAfter ?? ASK_AGAIN_AFTER,
      }));
      for (const { n, period, isOf } of recordLines(reading)) {
        const sooner = asked.filter(({ purposes, again }) => purposes.some(isOf) && lengthOf(period) < lengthOf(again));
        const [latest] = sooner.toSorted((a, b) => lengthOf(b.again) - lengthOf(a.again));
        if (latest)
          yield {
            path: pointer('retention', n, 'period'),
            message: `Records of consents go after ${period}, but who refused ${latest.text} is left alone for ${latest.again}: the refusal would be forgotten, and they would be asked again too early.`,
            fix: `Keep consent-record for ${latest.again} or longer.`,
          };
      }
    },
  },
];
