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
  'parley:act': { type: ['string', 'null'], pattern: '^sha256:[0-9a-f]{64}$' },
  'parley:instructions': object({ version: { type: 'integer', minimum: 1 }, sha256: hash, clause: text }),
});

const recipient = object(
  { 'dct:identifier': text, 'dpv:hasName': text, 'dpv:hasLocation': term('loc'), 'dpv:hasLegalBasis': term('eu-gdpr') },
  ['dpv:hasLocation', 'dpv:hasLegalBasis'],
);

const process = object({
  '@type': { const: 'dpv:Process' },
  'dct:identifier': text,
  'dpv:hasPurpose': term('dpv'),
  'dpv:hasPersonalData': listOf(term('pd'), 1),
  'dpv:hasRecipient': listOf(recipient),
  'dpv:hasStorageCondition': listOf(
    object({ '@type': { const: 'dpv:StorageDuration' }, 'dct:subject': text, 'dpv:hasDuration': duration }),
  ),
});

const organisation = (role: string) => ({
  type: 'array',
  prefixItems: [{ const: 'dpv:Organisation' }, { const: `dpv:${role}` }],
  items: false,
  minItems: 2,
});

const record = object(
  {
    '@id': urn,
    '@type': { const: 'dpv:ConsentRecord' },
    'dct:identifier': uuid,
    'dct:conformsTo': { const: RECORD_PROFILE },
    'dpv:hasDataSubject': object({ '@id': urn, '@type': { const: 'dpv:DataSubject' } }),
    'dpv:hasDataController': object(
      { '@type': organisation('DataController'), 'dpv:hasName': text, 'dpv:hasContact': text, 'dpv:hasAddress': text },
      ['dpv:hasAddress'],
    ),
    'dpv:hasDataProtectionOfficer': object({ 'dpv:hasContact': text }),
    'dpv:hasDataProcessor': object({
      '@type': organisation('DataProcessor'),
      'dpv:hasName': text,
      'schema:url': { type: 'string', format: 'uri' },
    }),
    'dpv:hasJurisdiction': term('loc'),
    'dpv:hasApplicableLaw': { const: 'eu-gdpr:GDPR' },
    'dpv:hasLegalBasis': { enum: ['eu-gdpr:A6-1-a', 'eu-gdpr:A9-2-a'] },
    'dpv:hasProcess': listOf(process, 1),
    'dpv:hasNotice': object({
      '@type': { const: 'dpv:ConsentNotice' },
      'dct:identifier': text,
      'dct:hasVersion': text,
      'dct:language': text,
      'parley:sha256': hash,
    }),
    'dpv:hasConsentControl': object({ '@type': listOf(term('dpv'), 1), 'dpv:isExercisedAt': text }),
    'dpv:hasRight': listOf(object({ '@type': listOf(text, 1), 'dct:title': text }), 1),
    'dpv:hasConsentStatus': listOf(status, 1),
    'parley:currentStatus': { enum: STATES },
  },
  ['dpv:hasDataProtectionOfficer'],
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
