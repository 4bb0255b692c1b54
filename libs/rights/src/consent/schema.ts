// The published schema of a consent receipt: the fields that ISO/IEC TS 27560 and the GDPR profile ask for must be there.
import { CONSENT_STATES } from '#libs/instructions';
import { RECEIPT_PROFILE, RECEIPT_SCHEMA_ID, RECORD_PROFILE } from './record.js';

const text = { type: 'string', minLength: 1 } as const;
const time = { type: 'string', format: 'date-time' } as const;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const urn = { type: 'string', pattern: '^urn:uuid:[0-9a-f-]{36}$' } as const;
const term = (prefix: string) => ({ type: 'string', pattern: `^${prefix}:[A-Za-z0-9-]+$` });
const listOf = (items: object, minItems = 0) => ({ type: 'array', items, minItems });
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

const STATES = Object.values(CONSENT_STATES).map((state) => `dpv:${state}`);
const duration = object({ '@type': { enum: ['dpv:TemporalDuration', 'dpv:UntilEventDuration'] }, 'rdf:value': text });

const status = object({
  '@type': { type: 'array', prefixItems: [{ enum: STATES }], items: { const: 'dpv:ExpressedConsent' }, minItems: 1 },
  'dpv:isIndicatedAtTime': time,
  'dpv:isIndicatedBy': { enum: ['dpv:DataSubject', 'dpv:DataController'] },
  'dpv:hasDuration': duration,
  'dpv:hasIndicationMethod': text,
  'parley:source': { enum: ['message', 'platform', 'request', 'gateway'] },
  'parley:act': { type: ['string', 'null'], pattern: '^sha256:[0-9a-f]{64}$' },
  'parley:instructions': object({ version: { type: 'integer', minimum: 1 }, sha256: hash, clause: text }),
});

const recipient = object(
  {
    '@type': { type: 'array', prefixItems: [{ const: 'dpv:Recipient' }], items: term('dpv'), minItems: 1 },
    'dct:identifier': text,
    'dpv:hasName': text,
    'dpv:hasContact': text,
    'dpv:hasAddress': text,
    'dpv:hasLocation': term('loc'),
    'dpv:hasLegalBasis': term('eu-gdpr'),
  },
  ['dpv:hasContact', 'dpv:hasAddress', 'dpv:hasLocation', 'dpv:hasLegalBasis'],
);

const location = (type: string) =>
  object({
    '@type': { const: type },
    'dpv:hasLocation': listOf({ type: 'string', pattern: '^(loc:[A-Z]{2}|dpv:RandomLocation)$' }, 1),
  });
const storageLocation = location('dpv:StorageLocation');
const storageDuration = object({
  '@type': { const: 'dpv:StorageDuration' },
  'dct:subject': text,
  'dpv:hasDuration': duration,
});

const process = object({
  '@type': { const: 'dpv:Process' },
  'dct:identifier': text,
  'dpv:hasPurpose': term('dpv'),
  'dpv:hasPersonalData': listOf(term('pd'), 1),
  'dpv:hasNecessity': { const: 'dpv:Optional' },
  'dpv:hasDataSource': listOf(term('dpv'), 1),
  'dpv:hasProcessing': listOf(term('dpv'), 1),
  'dpv:hasProcessingCondition': listOf(location('dpv:ProcessingLocation'), 1),
  'dpv:hasRecipient': listOf(recipient, 1),
  'dpv:hasStorageCondition': {
    ...listOf({ anyOf: [storageLocation, storageDuration] }),
    allOf: [{ contains: storageLocation }, { contains: storageDuration }],
  },
});

const organisation = (role: string) => ({
  type: 'array',
  prefixItems: [{ const: 'dpv:Organisation' }, { const: `dpv:${role}` }],
  items: false,
  minItems: 2,
});

/** An address that nobody instructed is null. */
const controller = object({
  '@type': organisation('DataController'),
  'dpv:hasIdentifier': text,
  'dpv:hasName': text,
  'dpv:hasContact': text,
  'dpv:hasAddress': { type: ['string', 'null'], minLength: 1 },
});

const authority = object(
  {
    '@type': listOf({ const: 'dpv:DataProtectionAuthority' }, 1),
    'dpv:hasJurisdiction': term('loc'),
    'dpv:hasName': text,
    'dpv:hasContact': text,
    'dpv:hasAddress': text,
  },
  ['dpv:hasName', 'dpv:hasContact', 'dpv:hasAddress'],
);

const right = object({ '@type': listOf(text, 1), 'dct:title': text, 'dpv:isExercisedAt': text });

const record = object(
  {
    '@id': urn,
    '@type': { const: 'dpv:ConsentRecord' },
    'dct:identifier': uuid,
    'dct:conformsTo': { const: RECORD_PROFILE },
    'dpv:hasDataSubject': object({ '@id': urn, '@type': { const: 'dpv:DataSubject' } }),
    'dpv:hasDataController': controller,
    'dpv:hasJointDataControllers': listOf(controller, 1),
    'dpv:hasDataProtectionOfficer': object({ 'dpv:hasContact': text }),
    'dpv:hasAuthority': authority,
    'dpv:hasDataProcessor': object({
      '@type': organisation('DataProcessor'),
      'dpv:hasIdentifier': text,
      'dpv:hasName': text,
      'schema:url': { type: 'string', format: 'uri' },
    }),
    'dpv:hasJurisdiction': term('loc'),
    'dpv:hasApplicableLaw': { const: 'eu-gdpr:GDPR' },
    'dpv:hasLegalBasis': listOf(term('eu-gdpr'), 1),
    'dpv:hasProcess': listOf(process, 1),
    'dpv:hasNotice': object({
      '@type': { const: 'dpv:ConsentNotice' },
      'dct:identifier': text,
      'dct:hasVersion': text,
      'dct:language': text,
      'parley:sha256': hash,
    }),
    'dpv:hasConsentControl': object({ '@type': listOf(term('dpv'), 1), 'dpv:isExercisedAt': text }),
    'dpv:hasRight': listOf(right, 1),
    'dpv:hasConsentStatus': listOf(status, 1),
    'parley:currentStatus': { enum: STATES },
  },
  ['dpv:hasDataProtectionOfficer', 'dpv:hasJointDataControllers'],
);

export const RECEIPT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: RECEIPT_SCHEMA_ID,
  title: 'Parley consent receipt, version 1',
  description: 'A consent receipt as ISO/IEC TS 27560:2023, in the DPV profile for the GDPR: JSON-LD with these keys, whatever else a reader of JSON-LD may accept.',
  ...object({
    '@context': { type: 'object', additionalProperties: { type: 'string', format: 'uri' } },
    '@id': urn,
    '@type': { const: 'dpv:ConsentReceipt' },
    'dct:identifier': uuid,
    'dct:conformsTo': { type: 'array', contains: { const: RECEIPT_PROFILE }, items: { type: 'string', format: 'uri' } },
    'dct:created': time,
    'dct:creator': text,
    'schema:recipient': { const: 'dpv:DataSubject' },
    'dpv:hasRecordOfActivity': listOf(record, 1),
  }),
}; // prettier-ignore
