// Rules on how long data is kept.
import { ASK_AGAIN_AFTER, asksConsent } from '../consent/consent.js';
import { endOf } from '../period.js';
import { pointer } from '../pointer.js';
import { consentTexts, isNothing, listedIdentifiers, purposesOf, yearsOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

/** Beyond this a period is as good as unlimited: it is the longest that European laws on records commonly ask for. */
const UNLIMITED_YEARS = 30;
const LONG_YEARS = 3;

type Purposes = ReturnType<typeof purposesOf>;

/** Categories in use, and by which purposes; consent leaves a record of itself. */
function usesOf({ document }: Reading): Map<string, Purposes> {
  const uses = new Map<string, Purposes>();
  for (const [id, purpose] of purposesOf(document))
    for (const category of new Set([...(purpose.data ?? []), ...(asksConsent(purpose) ? ['consent-record'] : [])]))
      if (category !== undefined) uses.set(category, [...(uses.get(category) ?? []), [id, purpose]]);
  return uses;
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

/** Of these a line may count from the end of a consent: until then they stay, no longer than who it was. */
const ENDS_WITH_CONSENT: ReadonlySet<string> = new Set(['content', 'attachments', 'consent-record']);

/** Periods of their own that identifiers have, and where they stand. */
const ofIdentifiers = (reading: Reading) =>
  [...listedIdentifiers(reading)].flatMap(({ key, period, path }) =>
    period === undefined ? [] : [{ key, period, path: `${path}/period` }],
  );

const isEndless = (period: string): boolean => yearsOf(period) > UNLIMITED_YEARS;

export const retentionRules: readonly Rule[] = [
  {
    rule: 'no-retention',
    severity: 'error',
    article: 'Art. 5(1)(e) GDPR',
    *find(reading) {
      const lines = reading.document.retention ?? [];
      for (const [category, users] of usesOf(reading)) {
        const each = users.every(([id, purpose]) =>
          lines.some(
            (line) =>
              line?.data === category &&
              line.period &&
              (!line.purpose || line.purpose === id) &&
              (line.start !== 'withdrawal' || (ENDS_WITH_CONSENT.has(category) && asksConsent(purpose))),
          ),
        );
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
    *find(reading) {
      const endless = (what: string, path: string): Objection => ({
        path,
        message: `More than ${UNLIMITED_YEARS} years is as good as keeping ${what} for ever.`,
        fix: 'Name the period after which the purpose no longer needs it.',
      });
      for (const [n, line] of (reading.document.retention ?? []).entries())
        if (line?.period && isEndless(line.period))
          yield endless(line.data ?? 'data', pointer('retention', n, 'period'));
      for (const { key, period, path } of ofIdentifiers(reading)) if (isEndless(period)) yield endless(key, path);
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
    *find(reading) {
      for (const [n, line] of (reading.document.retention ?? []).entries())
        if (line?.period && isNothing(line.period))
          yield {
            path: pointer('retention', n, 'period'),
            message: `A period of nothing would erase ${line.data ?? 'data'} before it is used.`,
            fix: 'To keep nothing, leave the category out of the purposes.',
          };
      for (const { key, period, path } of ofIdentifiers(reading))
        if (isNothing(period))
          yield {
            path,
            message: `A period of nothing would erase ${key} before it is used.`,
            fix: 'To keep nothing, say `drop`.',
          };
    },
  },
  {
    rule: 'period-without-effect',
    severity: 'warning',
    article: 'Art. 5(1)(e), 28(3)(a) GDPR',
    *find(reading) {
      for (const { key, period, action, path } of listedIdentifiers(reading))
        if (period !== undefined && (action === 'drop' || action === 'block' || action === 'pass'))
          yield {
            path: `${path}/period`,
            message: `The identifier ${key} has a period for which it is kept, but \`${action}\` never stores it.`,
            fix: 'Leave the period out, or choose `keep`, `pseudonymise` or `truncate` if you need it stored.',
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
