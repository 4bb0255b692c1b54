// locate and verify: which connections a request may speak for. Until its signature fits their secrets, nothing of it is believed.
import type { ChannelAdapter, HeaderLookup } from '#libs/channels';
import { Problem } from '#libs/kernel';
import { namedIn } from './owners.js';
import type { OpenConnection, Tenants } from './tenants.js';

declare const verified: unique symbol;

/** Bytes that came with the request, by the id under which the content names them. */
export type Files = ReadonlyMap<string, Buffer>;
const NO_FILES: Files = new Map();

export interface WebhookRequest {
  readonly raw: Buffer;
  readonly header: HeaderLookup;
}

/** A request, and what its route says of whom it is for. */
export interface Posted {
  readonly request: WebhookRequest;
  readonly to:
    | { readonly connectionId: string; readonly channel: string }
    /** An app that many tenants share. */
    | { readonly channels: readonly string[] };
}

export interface Located {
  readonly request: WebhookRequest;
  readonly adapter: ChannelAdapter;
  /** Whose secrets may fit; none: it names nobody, so that the shared app's alone may. */
  readonly candidates: readonly OpenConnection[];
  /** The shared app's, which may fit as well. */
  readonly appSecret: string | null;
}

/** A request whose signature fits the secret of every connection that is left. Only `verify` makes one. */
export interface Genuine {
  readonly [verified]: true;
  readonly raw: Buffer;
  readonly adapter: ChannelAdapter;
  readonly connections: readonly OpenConnection[];
}

/** The same, read; or an update over a session that was authenticated already. */
export interface VerifiedRequest {
  readonly [verified]: true;
  readonly payload: unknown;
  readonly adapter: ChannelAdapter;
  /** The connections that the request may speak for. */
  readonly connections: readonly OpenConnection[];
  readonly files: Files;
}

/** An update that came in over a session that was authenticated already (web chat). */
export const ofSession = (connection: OpenConnection, payload: unknown, files: Files): VerifiedRequest =>
  ({ payload, adapter: connection.adapter, connections: [connection], files }) as unknown as VerifiedRequest;

const parsed = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
};

export interface LocateDeps {
  readonly tenants: Pick<Tenants, 'connection' | 'connectionsOf'>;
  readonly channels: readonly ChannelAdapter[];
  readonly metaAppSecret: string | null;
  readonly now: () => number;
}

/** At once where the connection is in memory. @throws Problem not-found */
export function createLocate({ tenants, channels, metaAppSecret, now }: LocateDeps) {
  async function shared(names: readonly string[], request: WebhookRequest): Promise<Located> {
    const payload = parsed(request.raw);
    const adapters = channels.filter((c) => names.includes(c.manifest.channel));
    const candidates: OpenConnection[] = [];
    let namesAccounts = false;
    for (const adapter of adapters) {
      // Parsing is pure and bounded, so the accounts may be read before anything is known to be genuine.
      const named = namedIn(adapter.parse(payload, now()).events);
      namesAccounts ||= named.accounts.size > 0;
      candidates.push(...(await tenants.connectionsOf(adapter.manifest.channel, named)));
    }
    const adapter = candidates[0]?.adapter ?? adapters[0];
    // A fact about accounts that nobody connected is taken in all the same: the platform need not deliver it again.
    if (!adapter || (candidates.length === 0 && namesAccounts)) throw new Problem('not-found');
    return { request, adapter, candidates, appSecret: metaAppSecret };
  }

  return ({ request, to }: Posted): Located | Promise<Located> => {
    if ('channels' in to) return shared(to.channels, request);
    const own = (connection: OpenConnection | null): Located => {
      if (!connection || connection.channel !== to.channel) throw new Problem('not-found');
      return { request, adapter: connection.adapter, candidates: [connection], appSecret: null };
    };
    const found = tenants.connection(to.connectionId);
    return found instanceof Promise ? found.then(own) : own(found);
  };
}

/**
 * The shared app's secret speaks for accounts that somebody proved to have: anybody can enter the account of somebody else.
 * @throws Problem bad-signature; not-found where it names nobody
 */
export function verify({ request: { raw, header }, adapter, candidates, appSecret }: Located): Genuine {
  const isShared = (by: ChannelAdapter): boolean => appSecret !== null && by.verify(raw, header, { appSecret });
  const connections = candidates.filter(
    (c) => c.adapter.verify(raw, header, c.secrets) || (c.proven_at !== null && isShared(c.adapter)),
  );
  if (connections.length === 0) {
    const genuine = isShared(adapter);
    if (candidates.length > 0) throw new Problem(genuine ? 'not-found' : 'bad-signature');
    if (!genuine) throw new Problem('not-found');
  }
  return { raw, adapter: connections[0]?.adapter ?? adapter, connections } as unknown as Genuine;
}

/** What is no JSON has no events. */
export const read = ({ raw, adapter, connections }: Genuine): VerifiedRequest =>
  ({ payload: parsed(raw), adapter, connections, files: NO_FILES }) as unknown as VerifiedRequest;
