// What a controller is told of an incident, in phases (Art. 33(2), (3); EDPB 9/2022): as data and as a text. Pure; numbers and names of categories only.
import type { InForce } from '#libs/instructions';
import type { IncidentRow } from '#libs/store';
import { inWords } from './components.js';

export const PHASES = ['first', 'follow-up', 'final'] as const;
export type Phase = (typeof PHASES)[number];

export const NOTICE_SCHEMA = 'parley-breach-notice/1';
const HOURS = 72;
const HOUR_MS = 3_600_000;

export interface Told {
  readonly phase: Phase;
  readonly row: IncidentRow;
  readonly inForce: InForce | null;
  /** Name and contact of the operator. */
  readonly processor: string | null;
  readonly at: Date;
  /** As far as they are known. */
  readonly consequences?: string;
  readonly measures?: string;
}

/** Who is to be told: the contacts for breaches, else the data protection officer, else the controller's own. */
function contactsOf(inForce: InForce | null): string[] {
  const parties = inForce?.document.parties;
  const breach = parties?.breachContacts ?? [];
  if (breach.length > 0) return [...breach];
  const one = parties?.dpo?.contact ?? parties?.controller.contact;
  return one === undefined ? [] : [one];
}

/** What the numbers cannot say, because nothing is left of which they could be counted. */
const CAVEATS: readonly string[] = [
  'Data whose own time was over between the time in question and the making of the list was deleted as instructed, and is not in these numbers.',
  'Nobody knows any more whether persons who were erased since the time began were concerned: they are counted apart, all of them.',
];

/** Reading is on record by how often and what for, not by whom it was about. */
const READ =
  'What was read by your people in that time, or handed out as a copy, passed there too: the ledger says how often, nobody knows of whom.';

const caveatsOf = ({ counted_at: countedAt, components }: IncidentRow): readonly string[] =>
  countedAt === null ? [] : [...CAVEATS, ...(components.includes('gateway') ? [READ] : [])];

/** `approximate`: the list is not made, or not finished; then more follows. */
export function noticeOf({ phase, row, inForce, processor, at, consequences, measures }: Told) {
  const hours = inForce?.document.law?.breachHours ?? HOURS;
  const exposed = row.keys.exposed ?? 0;
  return {
    schema: NOTICE_SCHEMA,
    phase,
    incident: row.id,
    at: at.toISOString(),
    to: contactsOf(inForce),
    controller: inForce?.document.parties.controller.name ?? null,
    processor,
    window: { from: row.from_at.toISOString(), to: row.to_at.toISOString() },
    components: row.components,
    suspicion: row.suspicion,
    approximate: row.counted_at === null,
    persons: row.counted_at === null ? null : row.persons,
    records: row.counted_at === null ? null : row.events,
    categories: row.categories,
    keys: row.keys,
    caveats: caveatsOf(row),
    /** Whether content that was reached can be read by whoever reached it, as far as keys tell. */
    readable: exposed > 0 || row.components.some((one) => one === 'gateway' || one === 'api' || one.includes(':')),
    consequences: consequences ?? null,
    measures: measures ?? null,
    /** From being told the controller is aware: its own time for the authority runs (Art. 33(1)). */
    authorityBy: new Date(at.getTime() + hours * HOUR_MS).toISOString(),
    more: phase !== 'final',
  };
}

export type BreachNotice = ReturnType<typeof noticeOf>;

const TITLES: Readonly<Record<Phase, string>> = {
  first: 'First notice of a personal data breach (Art. 33(2) GDPR)',
  'follow-up': 'Further notice of a personal data breach (Art. 33(4) GDPR)',
  final: 'Final notice of a personal data breach (Art. 33(4) GDPR)',
};
const SUSPECTED: Readonly<Record<string, string>> = {
  ConfidentialityBreach: 'somebody may have read data',
  IntegrityBreach: 'somebody may have changed data',
  AvailabilityBreach: 'data may have been lost',
};
const LATER = 'Not known yet; this follows.';

/** The same as a text that can be sent as it stands. */
export function noticeText(notice: BreachNotice): string {
  const categories = Object.entries(notice.categories).map(([category, n]) => `  - ${category}: ${n} persons`);
  const { exposed = 0, sealed = 0, shredded = 0 } = notice.keys;
  return [
    TITLES[notice.phase],
    '',
    `To: ${notice.to.join(', ') || 'the controller'}`,
    `Controller: ${notice.controller ?? 'no instructions are in force'}`,
    `Processor: ${notice.processor ?? 'the operator of this gateway'}`,
    `Incident: ${notice.incident}`,
    `Told at: ${notice.at}`,
    '',
    `What is suspected: ${notice.suspicion.map((one) => SUSPECTED[one] ?? one).join('; ')}.`,
    `Time: ${notice.window.from} to ${notice.window.to}.`,
    'What may have been reached:',
    ...notice.components.map((one) => `  - ${inWords(one)}`),
    '',
    notice.persons === null ? `Persons and records: ${LATER}` : `Persons: ${notice.persons}. Records: ${notice.records}.`,
    ...(categories.length > 0 ? ['Categories of data:', ...categories] : []),
    `Keys: of ${exposed} persons they may be known, of ${sealed} they are not; ${shredded} were erased since, and their keys destroyed.`,
    ...notice.caveats,
    notice.readable
      ? 'Content that was reached may be readable.'
      : 'Content was encrypted under keys that were not reached; when, how often and by which channel people wrote was not.',
    '',
    `Likely consequences: ${notice.consequences ?? LATER}`,
    `Measures taken or proposed: ${notice.measures ?? LATER}`,
    '',
    `Unless a risk is unlikely, your authority is to be told by ${notice.authorityBy} (Art. 33(1)); the persons as well where the risk is high (Art. 34).`,
    'Whom it concerns: GET /v1/tenants/{slug}/incidents/{id}/persons.',
    notice.more ? 'We tell you more as soon as we know more.' : 'This is the last notice of this incident.',
  ].join('\n');
} // prettier-ignore
