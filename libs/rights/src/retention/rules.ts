// Retention as rules: which category, counted from when, for how long, for data kept under which versions. Pure.
import { DateTime, Duration } from 'luxon';
import type { InstructionsDocument } from '#libs/instructions';
import type { Category } from '#libs/kernel';

/** What a rule is about: of a message its content, its files; of a person the identifiers, or everything with the conversation. */
export const SWEPT = ['content', 'attachments', 'identifiers', 'routing'] as const;
export type Swept = (typeof SWEPT)[number];

/** From the message's own arrival, or from the last one of its conversation. */
export type Start = 'ingest' | 'last-activity';

export interface Rule {
  readonly category: Swept;
  readonly start: Start;
  /** ISO 8601. */
  readonly period: string;
  /** Data kept under this version or an earlier one. */
  readonly upTo: number;
}

export interface Version {
  readonly version: number;
  readonly document: InstructionsDocument;
}

/** Of a line's starts: a conversation ends with its last message; routing data arrives anew with each message. */
const startOf = (category: Category, start: string | undefined): Start =>
  start === 'ingest' && category !== 'routing' ? 'ingest' : 'last-activity';

const REFERENCE = DateTime.fromISO('2026-01-01', { zone: 'utc' });
const lengthOf = (period: string): number => REFERENCE.plus(Duration.fromISO(period)).toMillis() - REFERENCE.toMillis();

/**
 * The lines of one document that decide for a category: of each purpose that uses it its own line, else the general one. Data that several
 * purposes use stays as long as one of them needs it, so the longest decides. A line that counts from a withdrawal sets no end by itself:
 * the general line does.
 */
function deciding(document: InstructionsDocument, category: Category): { period: string; start: Start }[] {
  const lines = document.retention.filter((line) => line.data === category && line.start !== 'withdrawal');
  const general = lines.filter((line) => line.purpose === undefined);
  const users = Object.entries(document.purposes).filter(([, purpose]) => purpose.data.includes(category));
  const perPurpose = users.flatMap(([id]) => {
    const own = lines.filter((line) => line.purpose === id);
    return own.length > 0 ? own : general;
  });
  const found = perPurpose.length > 0 ? perPurpose : general;
  return found.map((line) => ({ period: line.period, start: startOf(category, line.start) }));
}

type Line = ReturnType<typeof deciding>[number];

const longest = (lines: readonly Line[]): Line | undefined =>
  lines.toSorted((a, b) => lengthOf(b.period) - lengthOf(a.period) || (a.start < b.start ? 1 : -1))[0];

/** Files go with the text that they came with, unless they have a line of their own. A conversation stays while anything of it may. */
function linesOf(document: InstructionsDocument): Readonly<Record<Swept, Line | undefined>> {
  const content = longest(deciding(document, 'content'));
  const attachments = longest(deciding(document, 'attachments')) ?? content;
  const routing = longest(deciding(document, 'routing'));
  const whole = routing && longest([routing, content, attachments].flatMap((line) => (line ? [{ ...line, start: routing.start }] : []))); // prettier-ignore
  const shorter = routing && whole && lengthOf(routing.period) < lengthOf(whole.period);
  return { content, attachments, identifiers: shorter ? routing : undefined, routing: whole };
}

/**
 * What is due is due under any version from the one under which it was kept to the one in force: a stricter version applies to what is
 * held already, a laxer one to new data only.
 */
export function rulesOf(versions: readonly Version[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const version of versions.toSorted((a, b) => a.version - b.version))
    for (const category of SWEPT) {
      const line = linesOf(version.document)[category];
      if (line) rules.set(`${category} ${line.start} ${line.period}`, { category, ...line, upTo: version.version });
    }
  return [...rules.values()];
}

/** Under a new name a rule looks at everything once more. */
export const nameOf = ({ category, start, period, upTo }: Rule): string => `${category} ${start} ${period} ${upTo}`;

/** How far adding and subtracting the same months can lie apart, latest first. */
const DAYS_OF_CLAMPING = [3, 2, 1, 0, -1, -2, -3, -4] as const;

/** The latest start whose period is over by now: never a moment too early, whatever the length of the months. */
export function cutoffOf(period: string, now: Date): Date {
  const duration = Duration.fromISO(period);
  const end = DateTime.fromJSDate(now, { zone: 'utc' });
  const back = end.minus(duration);
  // Months clamp: 31 January and a month end on 28 February, and 28 February less a month is 28 January.
  const starts = DAYS_OF_CLAMPING.map((days) => back.plus({ days }));
  return starts.find((start) => start.plus(duration) <= end)!.toJSDate();
}

/** When what started then is due. */
export const dueAt = (start: Date, period: string): Date =>
  DateTime.fromJSDate(start, { zone: 'utc' }).plus(Duration.fromISO(period)).toJSDate();
