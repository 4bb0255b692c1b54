// Do the credentials work? Asked of the platform; whatever keeps it from answering makes the connection unhealthy, until it is asked again.
import type { ChannelAdapter, PublicSettings, Secrets } from '#libs/channels';
import type { Tenants } from '#libs/pipeline';
import type { Egress, Isolate, Logger } from '#libs/platform';
import type { Store } from '#libs/store';

export interface Health {
  readonly health: string;
  readonly reason: string | null;
}

export async function checkCredentials(
  egress: Egress,
  adapter: ChannelAdapter,
  given: { readonly settings: PublicSettings; readonly secrets: Secrets },
): Promise<Health> {
  if (!adapter.check) return { health: 'healthy', reason: null };
  const request = adapter.check.request(given.settings);
  const response = await egress.send(request, { hosts: adapter.manifest.hosts, secrets: given.secrets });
  const found = adapter.check.read(response, given.settings);
  return { health: found.health, reason: 'reason' in found ? found.reason : null };
}

/** Operators hear that it works, or that it does not; why stands in the connection, in the platform's words or ours. */
export const logHealth = (
  log: Logger,
  { health }: Health,
  of: { readonly tenantId: string; readonly connectionId: string },
): void => log.event(health === 'healthy' ? 'connection.healthy' : 'connection.unhealthy', of);

export interface CheckDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly egress: Egress;
  readonly log: Logger;
}

/** What was found of a connection, for all processes to know. */
export async function keepHealth(
  { store, tenants, log }: Omit<CheckDeps, 'egress'>,
  of: { readonly tenantId: string; readonly connectionId: string },
  health: Health,
): Promise<void> {
  await store.setConnectionHealth(of.tenantId, of.connectionId, health);
  logHealth(log, health, of);
  await tenants.changed(of.tenantId);
}

const MOST_AT_ONCE = 200;

/** A round over those that did not work: the platform may not have been there to be asked, or knows of the account by now. */
export const createConnectionChecks = (deps: CheckDeps & { readonly isolate: Isolate }) => async (): Promise<void> => {
  const due = await deps.store.connectionsToCheck(MOST_AT_ONCE);
  await deps.isolate({ name: 'connection-checks', atOnce: 4 }, due, async ({ tenant_id: tenantId, id }) => {
    const connection = await deps.tenants.connection(id);
    if (!connection) return;
    const health = await checkCredentials(deps.egress, connection.adapter, connection);
    await keepHealth(deps, { tenantId, connectionId: id }, health);
  });
};
