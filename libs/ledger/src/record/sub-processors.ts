// The register of sub-processors (Art. 28(2) and (4) GDPR; Annex IV of the clauses): who, where, what for, on what footing.
import type { RecipientClause } from '#libs/instructions';
import { headOf, type Standing } from './standing.js';

/** Who is not said to be anything else is taken to act for the processor: the stricter reading. */
export const roleOf = ({ role }: RecipientClause): NonNullable<RecipientClause['role']> => role ?? 'sub-processor';

const subProcessorOf = (id: string, clause: RecipientClause) => ({
  id,
  name: clause.entity ?? null,
  address: clause.address ?? null,
  country: clause.country ?? null,
  contact: clause.contact ?? null,
  host: clause.url ? new URL(clause.url).host : null,
  task: clause.kind,
  purposes: clause.purposes,
  categories: clause.data,
  identifiers: clause.identifiers ?? [],
  transfer: clause.transfer
    ? {
        mechanism: clause.transfer.mechanism,
        reference: clause.transfer.ref ?? null,
        validUntil: clause.transfer.validUntil ?? null,
      }
    : null,
  contractSigned: clause.signed ?? null,
  receivesFrom: clause.from ?? null,
  erasure: clause.erasure ? { toldAt: new URL(clause.erasure.url).host, within: clause.erasure.ackWithin ?? 'P1D' } : null,
}); // prettier-ignore

export const subProcessorsIn = ({ inForce }: Pick<Standing, 'inForce'>) =>
  Object.entries(inForce?.document.recipients ?? {})
    .filter(([, clause]) => roleOf(clause) === 'sub-processor')
    .map(([id, clause]) => subProcessorOf(id, clause));

/** Platforms of connected or instructed channels: not chosen by this gateway, but on the way of the data. */
export function platformsIn({ inForce, connections, manifests }: Standing) {
  const instructed = inForce?.document.channels ?? {};
  return manifests
    .filter(({ channel, platformRole }) =>
      platformRole.value !== 'none' && (Object.hasOwn(instructed, channel) || connections.some((one) => one.channel === channel)))
    .map(({ channel, title, platformRole, platformCountries, platformRetention }) => ({
      channel,
      title,
      role: platformRole.value,
      source: `${platformRole.source}, ${platformRole.date}`,
      countries: platformCountries,
      retention: platformRetention.value,
    }));
} // prettier-ignore

export const subProcessorRegister = (standing: Standing) => ({
  schema: 'parley-sub-processors/1',
  law: 'Art. 28(2) and (4) GDPR',
  ...headOf(standing),
  subProcessors: subProcessorsIn(standing),
  platforms: platformsIn(standing),
});

export type SubProcessorRegister = ReturnType<typeof subProcessorRegister>;
