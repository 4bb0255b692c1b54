// Reads what stood at a time: instructions in force then, accounts connected then.
import type { Manifest } from '#libs/channels';
import type { InstructionsDocument } from '#libs/instructions';
import type { Store, TenantRow } from '#libs/store';
import type { Standing } from './standing.js';

export interface StandingDeps {
  readonly store: Pick<Store, 'instructionsAt' | 'connectionsAt'>;
  readonly manifests: readonly Manifest[];
  readonly processor: string | null;
  readonly gatewayUrl: string;
}

export type StandingOf = (tenant: Pick<TenantRow, 'id' | 'slug' | 'name'>, at: Date) => Promise<Standing>;

export const createStandingOf =
  ({ store, ...facts }: StandingDeps): StandingOf =>
  async ({ id, slug, name }, at) => {
    const [{ version }, connections] = await Promise.all([store.instructionsAt(id, at), store.connectionsAt(id, at)]);
    return {
      ...facts,
      at,
      tenant: { slug, name },
      inForce: version && {
        version: version.version,
        hash: version.hash,
        since: version.approved_at,
        document: version.document as InstructionsDocument,
      },
      connections,
    };
  };
