// Consent records and receipts as ISO/IEC TS 27560, in the JSON-LD profile of the W3C Data Privacy Vocabulary for the GDPR
// (w3c/dpv, guides/consent-27560, final community group report of 15 February 2026). Pure.
import { createHash } from 'node:crypto';
import {
  consentsOf,
  permits,
  CONSENT_STATES,
  OPERATIONS,
  stateOf,
  type CompiledConsent,
  type ConsentState,
  type InstructionsDocument,
  type Party,
  type Purpose,
  type RecipientClause,
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
  /** Of the controller, at this gateway: what it does with data, and how rights are exercised. */
  readonly privacyPage: string;
  /** Countries in which the gateway stores what it keeps; empty: its operator does not say. */
  readonly storedIn: readonly string[];
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

/** What brought it about: by which way people said it, or that nobody said anything. */
const METHODS = {
  message: 'message',
  platform: 'preference that the platform reported',
  request: 'request for the consent given',
  gateway: 'by the gateway',
} as const;
type ReceiptSource = keyof typeof METHODS;

const sourceOf = ({ state, message_id: message, source }: ConsentListed): ReceiptSource =>
  BY_PERSON.has(state) ? (source ?? (message === null ? 'gateway' : 'message')) : 'gateway';

function statusOf(event: ConsentListed, { versions }: ReceiptInput) {
  const described = versions.get(event.instruction_version);
  const byPerson = BY_PERSON.has(event.state);
  return {
    '@type': [`dpv:${CONSENT_STATES[event.state]}`, ...(byPerson ? ['dpv:ExpressedConsent'] : [])],
    'dpv:isIndicatedAtTime': event.at.toISOString(),
    'dpv:isIndicatedBy': byPerson ? 'dpv:DataSubject' : 'dpv:DataController',
    'dpv:hasDuration': durationOf(event.state, described ? consentFor(described, event.purpose) : null),
    'dpv:hasIndicationMethod': `${METHODS[sourceOf(event)]} on ${event.channel}`,
    'parley:source': sourceOf(event),
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

/** Where the role of a recipient is instructed, its term; a webhook of nobody's name is not taken for the controller. */
const ROLES = {
  'sub-processor': 'dpv:DataSubProcessor',
  'controller-own': 'dpv:DataController',
  'third-party': 'dpv:ThirdParty',
} as const;

const given = <K extends string>(key: K, value: string | null | undefined) =>
  (value == null ? {} : { [key]: value }) as { readonly [key in K]?: string };

const recipientOf = (id: string, r: RecipientClause) => ({
  '@type': ['dpv:Recipient', ...(r.role ? [ROLES[r.role]] : [])],
  'dct:identifier': id,
  'dpv:hasName': r.entity ?? (r.url && URL.parse(r.url)?.host) ?? id,
  ...given('dpv:hasContact', r.contact),
  ...given('dpv:hasAddress', r.address),
  ...given('dpv:hasLocation', r.country && `loc:${r.country}`),
  ...given('dpv:hasLegalBasis', r.transfer && `eu-gdpr:${r.transfer.mechanism}`),
});

/** Whoever operates the gateway receives the data in any case. */
const operatorOf = ({ processor, gatewayUrl }: ReceiptInput): ReturnType<typeof recipientOf> => ({
  '@type': ['dpv:Recipient', 'dpv:DataProcessor'],
  'dct:identifier': gatewayUrl,
  'dpv:hasName': processor,
});

const SOURCES: Readonly<Partial<Record<Category, string>>> = {
  profile: 'dpv:ThirdPartyDataSource',
  derived: 'dpv:DataControllerDataSource',
};

const PROCESSING = { collect: 'dpv:Collect', store: 'dpv:Store', disclose: 'dpv:Disclose' } as const;

/** How long each category is kept; a file goes as the words beside it do where no line is about files. */
function durationsOf(purpose: string, { retention, purposes }: InstructionsDocument) {
  const data = purposes[purpose]?.data ?? [];
  return retention
    .filter((line) => data.includes(line.data) && (line.purpose ?? purpose) === purpose)
    .map((line) => ({ '@type': 'dpv:StorageDuration', 'dct:subject': line.data, 'dpv:hasDuration': lasts(line.period) }));
} // prettier-ignore

function processOf(purpose: string, document: InstructionsDocument | undefined, input: ReceiptInput) {
  const clause = document?.purposes[purpose];
  const data = clause?.data ?? [];
  const terms = data.flatMap((category) => document?.categories?.[category]?.dpv ?? [TERMS[category]]);
  const recipients = Object.entries(document?.recipients ?? {}).filter(([, r]) => r.purposes.includes(purpose));
  const where = input.storedIn.length > 0 ? input.storedIn.map((country) => `loc:${country}`) : ['dpv:RandomLocation'];
  const kept = document ? durationsOf(purpose, document) : [];
  return {
    '@type': 'dpv:Process',
    'dct:identifier': purpose,
    'dpv:hasPurpose': `dpv:${clause?.dpv ?? 'Purpose'}`,
    'dpv:hasPersonalData': unique(terms).map((term) => `pd:${term}`),
    // What is asked for may be refused.
    'dpv:hasNecessity': 'dpv:Optional',
    'dpv:hasDataSource': unique(data.map((category) => SOURCES[category] ?? 'dpv:DataSubjectDataSource')),
    'dpv:hasProcessing': (clause?.operations ?? OPERATIONS).map((one) => PROCESSING[one]),
    'dpv:hasProcessingCondition': [{ '@type': 'dpv:ProcessingLocation', 'dpv:hasLocation': where }],
    'dpv:hasRecipient': [operatorOf(input), ...recipients.map(([id, r]) => recipientOf(id, r))],
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': where },
      ...(kept.length > 0 ? kept : [{ '@type': 'dpv:StorageDuration', 'dct:subject': purpose, 'dpv:hasDuration': until('the end of the contract') }]),
    ],
  };
} // prettier-ignore

/** null: the instructions give none. */
const partyOf = (role: string, id: string, party: Party | undefined) => ({
  '@type': ['dpv:Organisation', `dpv:${role}`],
  'dpv:hasIdentifier': id,
  'dpv:hasName': party?.name ?? '',
  'dpv:hasContact': party?.contact ?? '',
  'dpv:hasAddress': party?.address ?? null,
});

function partiesOf(document: InstructionsDocument | undefined, input: ReceiptInput) {
  const { controller, dpo, authority, jointControllers = [] } = document?.parties ?? {};
  const country = `loc:${controller?.country ?? 'EU'}`;
  return {
    'dpv:hasDataController': partyOf('DataController', input.privacyPage, controller),
    ...(jointControllers.length === 0 ? {} : { 'dpv:hasJointDataControllers': jointControllers.map((one) => partyOf('DataController', one.contact, one)) }),
    ...(dpo === undefined ? {} : { 'dpv:hasDataProtectionOfficer': { 'dpv:hasContact': dpo.contact } }),
    // Where people may complain: the one that the instructions name, and in any case that of the country.
    'dpv:hasAuthority': {
      '@type': ['dpv:DataProtectionAuthority'],
      'dpv:hasJurisdiction': authority?.country ? `loc:${authority.country}` : country,
      ...given('dpv:hasName', authority?.name),
      ...given('dpv:hasContact', authority?.contact),
      ...given('dpv:hasAddress', authority?.address),
    },
    'dpv:hasDataProcessor': {
      '@type': ['dpv:Organisation', 'dpv:DataProcessor'],
      'dpv:hasIdentifier': input.gatewayUrl,
      'dpv:hasName': input.processor,
      'schema:url': input.gatewayUrl,
    },
    'dpv:hasJurisdiction': country,
    'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
  };
} // prettier-ignore

/** By the articles that give them. */
const RIGHTS: Readonly<Record<string, string>> = {
  'A7-3': 'Right to withdraw consent',
  A15: 'Right of access',
  A16: 'Right to rectification',
  A17: 'Right to erasure',
  A18: 'Right to restriction of processing',
  A20: 'Right to data portability',
  A77: 'Right to complain to a supervisory authority',
};

/** Consent rests on Art. 6 in any case; what is special about the data comes on top. */
const basesOf = (clause: Purpose | undefined): string[] =>
  unique([clause?.basis ?? 'A6-1-a', clause?.art9].filter((one) => one !== undefined)).map((one) => `eu-gdpr:${one}`);

/** What a record describes: what the person answered; of a consent that was taken back what they had agreed to. */
function answeredIn(events: readonly ConsentListed[]): ConsentListed {
  const answered = events.findLast(({ state }) => BY_PERSON.has(state)) ?? events.at(-1)!;
  return (answered.state === 'withdrawn' && events.findLast(({ state }) => permits(state))) || answered;
}

/** One consent: one person, one purpose, all that happened to it. */
function recordOf(events: readonly ConsentListed[], input: ReceiptInput) {
  const last = events.at(-1)!;
  const answered = answeredIn(events);
  // What was answered is what they were told when they were asked.
  const asked = events.slice(0, events.indexOf(answered)).findLast(({ state }) => state === 'requested') ?? answered;
  const document = input.versions.get(asked.instruction_version)?.document;
  const consent = input.inForce ? consentFor(input.inForce, last.purpose) : null;
  return {
    '@id': urn(events[0]!.id),
    '@type': 'dpv:ConsentRecord',
    'dct:identifier': events[0]!.id,
    'dct:conformsTo': RECORD_PROFILE,
    'dpv:hasDataSubject': { '@id': urn(last.subject_id), '@type': 'dpv:DataSubject' },
    ...partiesOf(document, input),
    'dpv:hasLegalBasis': basesOf(document?.purposes[last.purpose]),
    'dpv:hasProcess': [processOf(last.purpose, document, input)],
    'dpv:hasNotice': {
      '@type': 'dpv:ConsentNotice',
      'dct:identifier': asked.text_id,
      'dct:hasVersion': asked.text_version,
      'dct:language': asked.language,
      'parley:sha256': asked.text_hash,
    },
    'dpv:hasConsentControl': {
      '@type': ['dpv:ProvideConsent', 'dpv:WithdrawConsent'],
      'dpv:isExercisedAt': `in the conversation on ${answered.channel}: START, STOP`,
    },
    'dpv:hasRight': Object.entries(RIGHTS).map(([right, title]) => ({
      '@type': ['dpv:DataSubjectRight', `eu-gdpr:${right}`],
      'dct:title': title,
      'dpv:isExercisedAt': input.privacyPage,
    })),
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
