// Which addresses may be called: decided on the very address that a connection is made to.
import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Routed on the public internet: no loopback, private, link-local, metadata, shared, mapped, tunnelled or reserved one. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}

/** Is this host of a URL an address already? Then no name is looked up, and it is checked by itself. */
export function literalOf(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
}

export type Resolve = (hostname: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => void;

export const systemResolve: Resolve = (hostname, done) =>
  lookup(hostname, { all: true, order: 'verbatim' }, (error, found) => done(error, found ?? []));

/** Why a connection was not made although a name was found. */
export class ForbiddenAddress extends Error {
  readonly code = 'EFORBIDDENADDRESS';
  constructor() {
    super('an address of this name may not be called');
    this.name = 'ForbiddenAddress';
  }
}

/**
 * Looks a name up once for the connection that is about to be made, and answers only if every address may be called:
 * what is checked is what is connected to, whatever the name says a moment later.
 */
export const lookupOf =
  (resolve: Resolve, mayCall: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, (error, found) => {
      const [first] = found;
      if (error || !first) return done(error ?? new ForbiddenAddress(), '', 4);
      if (!found.every(({ address }) => mayCall(address))) return done(new ForbiddenAddress(), '', 4);
      if (options.all) return done(null, [...found]);
      return done(null, first.address, first.family);
    });
  };
