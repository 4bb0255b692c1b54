// Retention as rules: which category, counted from when, for how long, for data kept under which versions. Pure.
import { createHash } from 'node:crypto';
import { DateTime, Duration } from 'luxon';
import { ASK_AGAIN_AFTER, asksConsent, endOf, type InstructionsDocument } from '#libs/instructions';
import type { Category } from '#libs/kernel';
import type { Keeping } from '#libs/store';

/**
 * What a rule is about: of a message its content, its files, one kind of identifier that has a period of its own; of a person the
 * identifiers, everything with the conversation, consents, or what was said of their age.
 */
export const SWEPT = [
  'content',
  'attachments',
  'identifier',
  'identifiers',
  'routing',
  'consent-record',
  'age-record',
] as const;
export type Swept = (typeof SWEPT)[number];

/** From the message's own arrival, from the last one of its conversation, from the end of the consent that it was kept on, or from a question that nobody answered. */
export type Start = 'ingest' | 'last-activity' | 'withdrawal' | 'question';

export interface Rule {
  readonly category: Swept;
  readonly start: Start;
  /** ISO 8601. */
  readonly period: string;
  /** Data kept under this version or one that began before it. */
  readonly upTo: number;
  /** All of those. */
  readonly under: readonly number[];
  /** The kind of identifier, of one channel. */
  readonly kind?: { readonly channel: string; readonly key: string };
  /** Of what counts from consents: to which purposes. All of a person's must have ended. */
  readonly purposes?: readonly string[];
  /** What legal holds keep of it, where that is not all. */
  readonly kept?: readonly Keeping[];
}

export interface Version {
  readonly version: number;
  readonly document: InstructionsDocument;
}

/** Of a line's starts: a conversation ends with its last message; routing data arrives anew with each message. */
const startOf = (category: Category, start: string | undefined): 'ingest' | 'last-activity' =>
  start === 'ingest' && category !== 'routing' ? 'ingest' : 'last-activity';

const REFERENCE = new Date('2026-01-01');
/** Of a period that cannot be read nobody knows how long it is: no other is taken for the longest then, and nothing goes by it. */
const lengthOf = (period: string): number => (endOf(REFERENCE, period)?.getTime() ?? Infinity) - REFERENCE.getTime();

export const isReadable = ({ period }: Pick<Rule, 'period'>): boolean => endOf(REFERENCE, period) !== null;

/**
 * The lines of one document that decide for a category: of each purpose that uses it its own line, else the general one. Data that several
 * purposes use stays as long as one of them needs it, so the longest decides. Lines that count from the end of a consent are apart: see `afterEnd`.
 */
function deciding(
  document: InstructionsDocument,
  category: Category,
): { period: string; start: 'ingest' | 'last-activity' }[] {
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

const OF_MESSAGES = ['content', 'attachments', 'identifiers', 'routing'] as const satisfies readonly Swept[];
type OfMessages = (typeof OF_MESSAGES)[number];

type Line = ReturnType<typeof deciding>[number];

const longest = (lines: readonly Line[]): Line | undefined =>
  lines.toSorted((a, b) => lengthOf(b.period) - lengthOf(a.period) || (a.start < b.start ? 1 : -1))[0];

type Written = Omit<Rule, 'upTo' | 'under'>;
type FromConsent = Written & { readonly purposes: readonly string[] };

/** A purpose's own lines for a category, else the general ones. */
function linesFor(document: InstructionsDocument, data: string, purpose: string) {
  const lines = document.retention.filter((line) => line.data === data);
  const own = lines.filter((line) => line.purpose === purpose);
  return own.length > 0 ? own : lines.filter((line) => line.purpose === undefined);
}

/**
 * When data goes because consent ended, by a withdrawal or otherwise: only where each purpose that uses the category rests on consent and
 * says how long after that. Where another purpose needs it, that purpose's own line decides.
 */
function afterEnd(document: InstructionsDocument, category: 'content' | 'attachments'): FromConsent[] {
  const written = document.retention.some((line) => line.data === category) ? category : 'content';
  const users = Object.entries(document.purposes).filter(([, p]) => p.data.includes(category) || p.data.includes(written)); // prettier-ignore
  const lines = users.map(([id, purpose]) =>
    asksConsent(purpose) ? linesFor(document, written, id).find((line) => line.start === 'withdrawal') : undefined,
  );
  const periods = lines.flatMap((line) => (line ? [line.period] : []));
  if (users.length === 0 || periods.length < users.length) return [];
  const period = periods.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]!;
  return [{ category, start: 'withdrawal', period, purposes: users.map(([id]) => id) }];
}

/** Of these a line says how long they stay after the end of a consent. */
export const categoriesAfterEnd = (document: InstructionsDocument): ('content' | 'attachments')[] =>
  (['content', 'attachments'] as const).filter((category) => afterEnd(document, category).length > 0);

/** A question that nobody answers is over when people may be asked again: what counts from the end of a consent counts from then. */
function afterQuestion(document: InstructionsDocument, purpose: string, period: string): string {
  const again = document.texts?.[document.purposes[purpose]?.consent ?? '']?.askAgainAfter ?? ASK_AGAIN_AFTER;
  return Duration.fromISO(again).plus(Duration.fromISO(period)).toISO() ?? period;
}

/** Records of consents, purpose by purpose. A record goes with its person at the latest. */
const consentRecords = (document: InstructionsDocument): FromConsent[] =>
  Object.entries(document.purposes)
    .filter(([, purpose]) => asksConsent(purpose))
    .flatMap(([id]) =>
      linesFor(document, 'consent-record', id).flatMap((line): FromConsent[] => {
        const rule = { category: 'consent-record' as const, period: line.period, purposes: [id] };
        if (line.start !== 'withdrawal') return [{ ...rule, start: startOf('consent-record', line.start) }];
        const question = { ...rule, start: 'question' as const, period: afterQuestion(document, id, line.period) };
        return [{ ...rule, start: 'withdrawal' }, question];
      }),
    );

/** Whether somebody is of age is asked for the sake of consents: it goes no sooner than the longest line of their records says. */
function ageRecords(document: InstructionsDocument): Written[] {
  const answers = consentRecords(document).filter(({ start }) => start !== 'question');
  const periods = answers.map(({ period }) => period);
  const [period] = periods.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return period === undefined ? [] : [{ category: 'age-record', start: 'last-activity', period }];
}

const fromConsents = (document: InstructionsDocument): FromConsent[] => [
  ...afterEnd(document, 'content'),
  ...afterEnd(document, 'attachments'),
  ...consentRecords(document),
];

/** The periods that actions on identifiers name: `{do: keep, period: P7D}`. Each message brings a kind anew. */
const ofKinds = (document: InstructionsDocument): Written[] =>
  Object.entries(document.channels).flatMap(([channel, { identifiers }]) =>
    Object.entries(identifiers).flatMap(([key, action]) =>
      typeof action === 'string' || action.period === undefined
        ? []
        : [
            {
              category: 'identifier' as const,
              start: 'ingest' as const,
              period: action.period,
              kind: { channel, key },
            },
          ],
    ),
  );

/** Files go with the text that they came with, unless they have a line of their own. A conversation stays while anything of it may. */
function linesOf(document: InstructionsDocument): Readonly<Record<OfMessages, Line | undefined>> {
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
 * @param versions in the order in which they begin
 */
export function rulesOf(versions: readonly Version[]): Rule[] {
  const rules = new Map<string, Rule>();
  const under: number[] = [];
  for (const version of versions) {
    under.push(version.version);
    const lines = linesOf(version.document);
    const found = OF_MESSAGES.flatMap((category) => (lines[category] ? [{ category, ...lines[category] }] : []));
    for (const line of [
      ...found,
      ...fromConsents(version.document),
      ...ageRecords(version.document),
      ...ofKinds(version.document),
    ]) {
      const rule: Rule = { ...line, upTo: version.version, under: [...under] };
      rules.set(nameOf({ ...rule, upTo: 0 }), rule);
    }
  }
  return [...rules.values()];
}

/** Of versions in their order those up to the one in force: later ones have not begun. */
export const begunUntil = <V extends { readonly version: number }>(
  order: readonly V[],
  inForce: number,
): readonly V[] => order.slice(0, order.findIndex(({ version }) => version === inForce) + 1);

/** Where what a rule looks at lies, by its times. */
export const tableOf = ({ category, purposes }: Rule): 'message' | 'consent_event' | 'age_event' => {
  if (category === 'age-record') return 'age_event';
  return purposes ? 'consent_event' : 'message';
};

const hashOf = (kept: readonly Keeping[]): string =>
  createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 16);

/** Under a new name a rule looks at everything once more: also when what holds keep of it changes. */
export const nameOf = ({ category, start, period, upTo, purposes, kind, kept }: Rule): string =>
  [
    kind ? `${category} ${kind.channel}/${kind.key}` : category,
    start,
    period,
    upTo,
    ...(purposes ?? []),
    ...(kept ? [`but ${hashOf(kept)}`] : []),
  ].join(' ');

/** How far adding and subtracting the same months can lie apart, latest first. */
const DAYS_OF_CLAMPING = [3, 2, 1, 0, -1, -2, -3, -4] as const;

/** The latest start whose period is over by now: never a moment too early, whatever the length of the months. null: it cannot be read. */
export function cutoffOf(period: string, now: Date): Date | null {
  if (!isReadable({ period })) return null;
  const duration = Duration.fromISO(period);
  const end = DateTime.fromJSDate(now, { zone: 'utc' });
  const back = end.minus(duration);
  // Months clamp: 31 January and a month end on 28 February, and 28 February less a month is 28 January.
  const starts = DAYS_OF_CLAMPING.map((days) => back.plus({ days }));
  return starts.find((start) => start.plus(duration) <= end)!.toJSDate();
}

/** When what started then is due, by a period that can be read. */
export const dueAt = (start: Date, period: string): Date =>
  DateTime.fromJSDate(start, { zone: 'utc' }).plus(Duration.fromISO(period)).toJSDate();
