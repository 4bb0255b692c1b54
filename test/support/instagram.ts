// An Instagram account of a tenant of the journeys, connected like the others.
import { took, type Acme } from './acme.js';

export interface InstagramDoor {
  readonly accountId: string;
  readonly connectionId: string;
  /** Where the tenant's own app posts to. */
  readonly url: string;
  readonly deletionUrl: string;
}

let made = 0;

export async function connectInstagram(gatewayUrl: string, tenant: Acme, pageId?: string): Promise<InstagramDoor> {
  const accountId = `7${Date.now()}${++made}`;
  const settings = {
    accountId,
    ...(pageId === undefined ? {} : { pageId }),
    accessToken: 'IGAA-account',
    appSecret: tenant.secret,
    verifyToken: tenant.verifyToken,
  };
  const connection = took(
    await tenant.call('POST', '/connections', { channel: 'instagram', name: 'instagram', settings }),
    'instagram',
  );
  const here = (url: unknown): string => gatewayUrl + new URL(String(url)).pathname;
  return {
    accountId,
    connectionId: String(connection['id']),
    url: here(connection['webhookUrl']),
    deletionUrl: here(connection['deletionUrl']),
  };
}
