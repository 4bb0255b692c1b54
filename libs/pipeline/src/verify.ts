// locate and verify: which connections a request may speak for. Until its signature fits their secrets, nothing of it is believed.
import type { ChannelAdapter, HeaderLookup } from '#libs/channels';
import { Problem } from '#libs/kernel';
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
  /** Whose secrets may fit. Never empty. */
  readonly candidates: readonly OpenConnection[];
  /** The shared app's, which may fit as well. */
  readonly appSecret: string | null;
}

/** A request whose signature fits the secret of every connection that is left. Only `verify` makes one. */
export interface Genuine {
  readonly [verified]: true;
  readonly raw: Buffer;
  readonly connections: readonly OpenConnection[];
}

/** The same, read; or an update over a session that was authenticated already. */
export interface VerifiedRequest {
  readonly [verified]: true;
  readonly payload: unknown;
  /** The connections that the request may speak for. */
  readonly connections: readonly OpenConnection[];
  readonly files: Files;
}

/** An update that came in over a session that was authenticated already (web chat). */
export const ofSession = (connection: OpenConnection, payload: unknown, files: Files): VerifiedRequest =>
  ({ payload, connections: [connection], files }) as unknown as VerifiedRequest;

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
    const candidates: OpenConnection[] = [];
    for (const adapter of channels.filter((c) => names.includes(c.manifest.channel))) {
      // Parsing is pure and bounded, so the accounts may be read before anything is known to be genuine.
      const accounts = new Set(adapter.parse(payload, now()).events.flatMap((e) => e.account ?? []));
      candidates.push(...(await tenants.connectionsOf(adapter.manifest.channel, [...accounts])));
    }
    if (candidates.length === 0) throw new Problem('not-found');
    return { request, candidates, appSecret: metaAppSecret };
  }

  return ({ request, to }: Posted): Located | Promise<Located> => {
    if ('channels' in to) return shared(to.channels, request);
    const own = (connection: OpenConnection | null): Located => {
      if (!connection || connection.channel !== to.channel) throw new Problem('not-found');
      return { request, candidates: [connection], appSecret: null };
    };
    const found = tenants.connection(to.connectionId);
    return found instanceof Promise ? found.then(own) : own(found);
  };
}

/** @throws Problem bad-signature */
export function verify({ request: { raw, header }, candidates, appSecret }: Located): Genuine {
  const connections = candidates.filter(
    ({ adapter, secrets }) =>
      adapter.verify(raw, header, secrets) ||
      (appSecret !== null && adapter.verify(raw, header, { ...secrets, appSecret })),
  );
  if (connections.length === 0) throw new Problem('bad-signature');
  return { raw, connections } as unknown as Genuine;
}

/** What is no JSON has no events. */
export const read = ({ raw, connections }: Genuine): VerifiedRequest =>
  ({ payload: parsed(raw), connections, files: NO_FILES }) as unknown as VerifiedRequest;
