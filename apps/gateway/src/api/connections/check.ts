// Do the credentials work? Asked of the platform; whatever keeps it from answering makes the connection unhealthy.
import type { ChannelAdapter, PublicSettings, Secrets } from '#libs/channels';
import type { Egress, Logger } from '#libs/platform';

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
