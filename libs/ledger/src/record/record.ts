// The record of processing that a processor keeps per controller (Art. 30(2) GDPR), made from what is in force: nobody
// fills it in, so it cannot differ from what happens.
import { OPERATIONS, type InstructionsDocument } from '#libs/instructions';
import { MEASURES } from './measures.js';
import { headOf, type Standing } from './standing.js';
import { roleOf } from './sub-processors.js';

const DPV = 'https://w3id.org/dpv#';

export type ProcessingRecord = ReturnType<typeof recordOfProcessing>;

export function recordOfProcessing(standing: Standing) {
  const document = standing.inForce?.document ?? null;
  return {
    schema: 'parley-record/1',
    law: 'Art. 30(2) GDPR',
    ...headOf(standing),
    controller: document?.parties.controller ?? null,
    jointControllers: document?.parties.jointControllers ?? [],
    representative: document?.parties.representative ?? null,
    dataProtectionOfficer: document?.parties.dpo ?? null,
    supervisoryAuthority: document?.parties.authority ?? null,
    processing: document ? processingOf(document) : [],
    channels: channelsOf(standing),
    recipients: document ? recipientsOf(document) : [],
    transfers: document ? transfersOf(document) : [],
    retention: retentionOf(document),
    atEndOfContract: document && (document.contract?.atEnd ?? 'delete'),
    measures: MEASURES,
  };
}

export const retentionOf = (document: InstructionsDocument | null) =>
  (document?.retention ?? []).map(({ data, purpose, start, period, then: end, reason }) => ({
    data,
    purpose: purpose ?? null,
    start: start ?? 'last-activity',
    period,
    atEnd: end ?? 'erase',
    reason: reason ?? null,
  }));

/** Categories of processing carried out on behalf of the controller. */
const processingOf = ({ purposes }: InstructionsDocument) =>
  Object.entries(purposes).map(([id, purpose]) => ({
    id,
    purpose: purpose.dpv,
    purposeIri: `${DPV}${purpose.dpv}`,
    legalBasis: purpose.basis ?? null,
    specialCategoryCondition: purpose.art9 ?? null,
    categories: purpose.data,
    operations: purpose.operations ?? OPERATIONS,
    marketing: purpose.marketing ?? false,
  }));

/** Channels that are connected or instructed, with what the platform says of itself. */
function channelsOf({ inForce, connections, manifests }: Standing) {
  const instructed = inForce?.document.channels ?? {};
  return manifests
    .map((manifest) => ({ manifest, connected: connections.filter((c) => c.channel === manifest.channel) }))
    .filter(({ manifest, connected }) => connected.length > 0 || Object.hasOwn(instructed, manifest.channel))
    .map(({ manifest, connected }) => ({
      channel: manifest.channel,
      title: manifest.title,
      connections: connected.map(({ name }) => name),
      identifiers: Object.entries(instructed[manifest.channel]?.identifiers ?? {}).map(([kind, action]) => ({
        kind,
        action: typeof action === 'string' ? action : action.do,
      })),
      platformRole: manifest.platformRole.value,
      platformCountries: manifest.platformCountries,
      platformRetention: manifest.platformRetention.value,
    }));
}

const recipientsOf = ({ recipients }: InstructionsDocument) =>
  Object.entries(recipients).map(([id, recipient]) => ({
    id,
    name: recipient.entity ?? null,
    kind: recipient.kind,
    role: roleOf(recipient),
    country: recipient.country ?? null,
    host: recipient.url ? new URL(recipient.url).host : null,
    purposes: recipient.purposes,
    categories: recipient.data,
    identifiers: recipient.identifiers ?? [],
  }));

/** Recipients in third countries, and the safeguard that each transfer stands on. */
const transfersOf = ({ recipients }: InstructionsDocument) =>
  Object.entries(recipients).flatMap(([id, { country, transfer }]) =>
    transfer
      ? [
          {
            recipient: id,
            country: country ?? null,
            mechanism: transfer.mechanism,
            reference: transfer.ref ?? null,
            validUntil: transfer.validUntil ?? null,
          },
        ]
      : [],
  );
