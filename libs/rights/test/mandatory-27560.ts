// What a consent record must hold: ISO/IEC TS 27560:2023 and the GDPR, as the DPV guide lists them. Facts, in our own names.
// Source: w3c/dpv, guides/consent-27560.html, sections 7.2 and 8 (final community group report of 15 February 2026), read on 2026-11-29.

/** Which of the two makes it mandatory. */
type By = 'iso' | 'gdpr' | 'both';

/** Where it is in a record of ours: keys from the outside in; lists are gone through, and `Key=value` keeps of a list what is so. */
export const MANDATORY: readonly (readonly [field: string, by: By, path: readonly string[]])[] = [
  ['schema version', 'iso', ['dct:conformsTo']],
  ['record id', 'iso', ['dct:identifier']],
  ['person', 'iso', ['dpv:hasDataSubject', '@id']],
  ['notice', 'both', ['dpv:hasNotice', 'dct:identifier']],
  ['language', 'iso', ['dpv:hasNotice', 'dct:language']],
  ['purpose', 'both', ['dpv:hasProcess', 'dpv:hasPurpose']],
  ['personal data and their types', 'both', ['dpv:hasProcess', 'dpv:hasPersonalData']],
  ['legal basis, and the type of consent', 'both', ['dpv:hasLegalBasis']],
  ['where data come from', 'gdpr', ['dpv:hasProcess', 'dpv:hasDataSource']],
  ['what is done with them', 'gdpr', ['dpv:hasProcess', 'dpv:hasProcessing']],
  ['whether they are needed', 'gdpr', ['dpv:hasProcess', 'dpv:hasNecessity']],
  ['storage locations', 'both', ['dpv:hasProcess', 'dpv:hasStorageCondition', '@type=dpv:StorageLocation', 'dpv:hasLocation']],
  ['retention periods', 'both', ['dpv:hasProcess', 'dpv:hasStorageCondition', '@type=dpv:StorageDuration', 'dpv:hasDuration']],
  ['processing locations', 'gdpr', ['dpv:hasProcess', 'dpv:hasProcessingCondition', 'dpv:hasLocation']],
  ['recipients', 'both', ['dpv:hasProcess', 'dpv:hasRecipient', 'dpv:hasName']],
  ['type and role of recipients', 'both', ['dpv:hasProcess', 'dpv:hasRecipient', '@type']],
  ['jurisdiction', 'iso', ['dpv:hasJurisdiction']],
  ['how it is withdrawn', 'both', ['dpv:hasConsentControl', 'dpv:isExercisedAt']],
  ['rights, and where they are exercised', 'gdpr', ['dpv:hasRight', 'dpv:isExercisedAt']],
  ['authority', 'gdpr', ['dpv:hasAuthority', 'dpv:hasJurisdiction']],
  ['controller: id', 'iso', ['dpv:hasDataController', 'dpv:hasIdentifier']],
  ['controller: name', 'both', ['dpv:hasDataController', 'dpv:hasName']],
  ['controller: role', 'gdpr', ['dpv:hasDataController', '@type']],
  ['controller: contact', 'both', ['dpv:hasDataController', 'dpv:hasContact']],
  ['controller: address', 'both', ['dpv:hasDataController', 'dpv:hasAddress']],
  ['event: time', 'both', ['dpv:hasConsentStatus', 'dpv:isIndicatedAtTime']],
  ['event: how long it counts', 'both', ['dpv:hasConsentStatus', 'dpv:hasDuration']],
  ['event: who', 'both', ['dpv:hasConsentStatus', 'dpv:isIndicatedBy']],
  ['event: state', 'both', ['dpv:hasConsentStatus', '@type']],
]; // prettier-ignore
