// Consent records and receipts as ISO/IEC TS 27560, in the JSON-LD profile of the W3C Data Privacy Vocabulary for the GDPR
// (w3c/dpv, guides/consent-27560, final community group report of 15 February 2026). Pure.
import { createHash } from 'node:crypto';
import {
  consentsOf,
  CONSENT_STATES,
  stateOf,
  type CompiledConsent,
  type ConsentState,
  type InstructionsDocument,
} from '#libs/instructions';
import type { Category } from '#libs/kernel';
import type { ConsentListed } from '#libs/store';

export interface DescribedVersion {
  readonly version: number;
  readonly hash: string;
  readonly document: InstructionsDocument;
}

export interface ReceiptInput {
  readonly id: string;
  readonly at: Date;
  /** All events of each consent, one per purpose, oldest first. */
  readonly events: readonly ConsentListed[];
  readonly versions: ReadonlyMap<number, DescribedVersion>;
  readonly inForce: DescribedVersion | null;
  /** Name and contact of whoever operates this gateway. */
  readonly processor: string;
  readonly gatewayUrl: string;
}

export const RECEIPT_SCHEMA_ID = '/schemas/parley-consent-receipt-1.json';

const PROFILE = 'https://w3id.org/dpv/schema/dpv-27560';
export const RECEIPT_PROFILE = `${PROFILE}#receipt-eu-gdpr`;
export const RECORD_PROFILE = `${PROFILE}#record-eu-gdpr`;

const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  loc: 'https://w3id.org/dpv/loc#',
  pd: 'https://w3id.org/dpv/pd#',
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  schema: 'https://schema.org/',
} as const;

/** What a category is in the vocabulary, where the document does not say it more exactly. */
const TERMS: Readonly<Record<Category, string>> = {
  routing: 'UID',
  profile: 'IndividualProfile',
  content: 'Communication',
  attachments: 'Communication',
  network: 'IPAddress',
  device: 'DeviceBased',
  'consent-record': 'PrivacyPreference',
  derived: 'GroupProfile',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const urn = (id: string): string => `urn:uuid:${id}`;
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
const lasts = (period: string) => ({ '@type': 'dpv:TemporalDuration', 'rdf:value': period });
const until = (event: string) => ({ '@type': 'dpv:UntilEventDuration', 'rdf:value': event });

/** How long a state lasts by itself. */
function durationOf(state: ConsentState, consent: CompiledConsent | null) {
  if (state === 'given' || state === 'renewed') return consent?.expires ? lasts(consent.expires) : until('withdrawal');
  if (state === 'requested' && consent) return lasts(consent.holdFor);
  if ((state === 'refused' || state === 'withdrawn') && consent) return lasts(consent.askAgainAfter);
  return until('a new answer');
}

/** People answer; the controller asks, and what lapses lapses by what it instructed. */
const BY_PERSON: ReadonlySet<ConsentState> = new Set(['given', 'renewed', 'refused', 'withdrawn']);

function statusOf(event: ConsentListed, { versions }: ReceiptInput) {
  const described = versions.get(event.instruction_version);
  const byPerson = BY_PERSON.has(event.state);
  return {
    '@type': [`dpv:${CONSENT_STATES[event.state]}`, ...(byPerson ? ['dpv:ExpressedConsent'] : [])],
    'dpv:isIndicatedAtTime': event.at.toISOString(),
    'dpv:isIndicatedBy': byPerson ? 'dpv:DataSubject' : 'dpv:DataController',
    'dpv:hasDuration': durationOf(event.state, described ? consentFor(described, event.purpose) : null),
    'dpv:hasIndicationMethod': `${event.message_id === null ? 'by the gateway' : 'message'} on ${event.channel}`,
    // Which act it was, without leading to it: the hash of the random id of the message.
    'parley:act': event.message_id === null ? null : `sha256:${sha256(event.message_id)}`,
    'parley:instructions': {
      version: event.instruction_version,
      sha256: described?.hash ?? null,
      clause: event.clause,
    },
  };
}

const consentFor = ({ document }: DescribedVersion, purpose: string): CompiledConsent | null =>
  consentsOf(document).find(({ purposes }) => purposes.includes(purpose)) ?? null;

function processOf(purpose: string, document: InstructionsDocument | undefined) {
  const clause = document?.purposes[purpose];
  const data = clause?.data ?? [];
  const terms = data.flatMap((category) => document?.categories?.[category]?.dpv ?? [TERMS[category]]);
  const recipients = Object.entries(document?.recipients ?? {}).filter(([, r]) => r.purposes.includes(purpose));
  const kept = (document?.retention ?? []).filter((line) => data.includes(line.data) && (line.purpose ?? purpose) === purpose); // prettier-ignore
  return {
    '@type': 'dpv:Process',
    'dct:identifier': purpose,
    'dpv:hasPurpose': `dpv:${clause?.dpv ?? 'Purpose'}`,
    'dpv:hasPersonalData': unique(terms).map((term) => `pd:${term}`),
    'dpv:hasRecipient': recipients.map(([id, r]) => ({
      'dct:identifier': id,
      'dpv:hasName': r.entity ?? document!.parties.controller.name,
      ...(r.country === undefined ? {} : { 'dpv:hasLocation': `loc:${r.country}` }),
      ...(r.transfer === undefined ? {} : { 'dpv:hasLegalBasis': `eu-gdpr:${r.transfer.mechanism}` }),
    })),
    'dpv:hasStorageCondition': kept.map((line) => ({
      '@type': 'dpv:StorageDuration',
      'dct:subject': line.data,
      'dpv:hasDuration': lasts(line.period),
    })),
  };
} // prettier-ignore

function partiesOf(document: InstructionsDocument | undefined, input: ReceiptInput) {
  const controller = document?.parties.controller;
  const dpo = document?.parties.dpo;
  return {
    'dpv:hasDataController': {
      '@type': ['dpv:Organisation', 'dpv:DataController'],
      'dpv:hasName': controller?.name ?? '',
      'dpv:hasContact': controller?.contact ?? '',
      ...(controller?.address === undefined ? {} : { 'dpv:hasAddress': controller.address }),
    },
    ...(dpo === undefined ? {} : { 'dpv:hasDataProtectionOfficer': { 'dpv:hasContact': dpo.contact } }),
    'dpv:hasDataProcessor': {
      '@type': ['dpv:Organisation', 'dpv:DataProcessor'],
      'dpv:hasName': input.processor,
      'schema:url': input.gatewayUrl,
    },
    'dpv:hasJurisdiction': `loc:${controller?.country ?? 'EU'}`,
    'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
  };
}

/** One consent: one person, one purpose, all that happened to it. */
function recordOf(events: readonly ConsentListed[], input: ReceiptInput) {
  const last = events.at(-1)!;
  const answered = events.findLast(({ state }) => BY_PERSON.has(state)) ?? last;
  const document = input.versions.get(answered.instruction_version)?.document;
  const consent = input.inForce ? consentFor(input.inForce, last.purpose) : null;
  return {
    '@id': urn(events[0]!.id),
    '@type': 'dpv:ConsentRecord',
    'dct:identifier': events[0]!.id,
    'dct:conformsTo': RECORD_PROFILE,
    'dpv:hasDataSubject': { '@id': urn(last.subject_id), '@type': 'dpv:DataSubject' },
    ...partiesOf(document, input),
    'dpv:hasLegalBasis': document?.purposes[last.purpose]?.art9 === 'A9-2-a' ? 'eu-gdpr:A9-2-a' : 'eu-gdpr:A6-1-a',
    'dpv:hasProcess': [processOf(last.purpose, document)],
    'dpv:hasNotice': {
      '@type': 'dpv:ConsentNotice',
      'dct:identifier': answered.text_id,
      'dct:hasVersion': answered.text_version,
      'dct:language': answered.language,
      'parley:sha256': answered.text_hash,
    },
    'dpv:hasConsentControl': {
      '@type': ['dpv:ProvideConsent', 'dpv:WithdrawConsent'],
      'dpv:isExercisedAt': `in the conversation on ${answered.channel}: START, STOP`,
    },
    'dpv:hasRight': [{ '@type': ['dpv:DataSubjectRight', 'eu-gdpr:A7-3'], 'dct:title': 'Right to withdraw consent' }],
    'dpv:hasConsentStatus': events.map((event) => statusOf(event, input)),
    // As of when the receipt was made; the list above says how it came to that.
    'parley:currentStatus': `dpv:${CONSENT_STATES[stateOf(consent, last, input.at)]}`,
  };
}

export type ConsentReceipt = ReturnType<typeof receiptOf>;

/** A receipt of these consents, as they stand at its time. It names no identifier of the person but our random id. */
export function receiptOf(input: ReceiptInput) {
  const purposes = unique(input.events.map(({ purpose }) => purpose));
  return {
    '@context': { ...CONTEXT, parley: `${input.gatewayUrl}${RECEIPT_SCHEMA_ID}#` },
    '@id': urn(input.id),
    '@type': 'dpv:ConsentReceipt',
    'dct:identifier': input.id,
    'dct:conformsTo': [RECEIPT_PROFILE, `${input.gatewayUrl}${RECEIPT_SCHEMA_ID}`],
    'dct:created': input.at.toISOString(),
    'dct:creator': input.processor,
    'schema:recipient': 'dpv:DataSubject',
    'dpv:hasRecordOfActivity': purposes.map((purpose) =>
      recordOf(input.events.filter((event) => event.purpose === purpose), input),
    ),
  };
} // prettier-ignore
