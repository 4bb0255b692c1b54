// Coarsening: which kinds of identifier have a coarser form, and what it is (action `truncate`).
import ipaddr from 'ipaddr.js';
import type { IdentifierKind } from '#libs/kernel';

/** `network`: IPv4 /24, IPv6 /48. `hour`: times. `tenth`: coordinates, about 11 km. `path`: a page without its query. */
export type Coarsening = 'network' | 'hour' | 'tenth' | 'path';

/** By DPV term, because the same values look alike: a time in seconds and a phone number are both ten digits. */
const BY_TERM: Readonly<Record<string, Coarsening>> = {
  IPAddress: 'network',
  GPSCoordinate: 'tenth',
  CommunicationsMetadata: 'hour',
  BrowsingBehaviour: 'path',
  BrowsingReferral: 'path',
};

/** How a kind is coarsened; null: it has no coarser form, and the linter says so. */
export function coarseningOf(kind: IdentifierKind): Coarsening | null {
  for (const term of kind.dpv) if (Object.hasOwn(BY_TERM, term)) return BY_TERM[term] ?? null;
  return null;
}

const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const;
const HOUR_MS = 3_600_000;

function network(value: string): string | null {
  // Four parts: `52.5` would pass as a short form of an address.
  if (!ipaddr.IPv4.isValidFourPartDecimal(value) && !ipaddr.IPv6.isValid(value)) return null;
  const address = ipaddr.process(value);
  const cidr = `${address.toNormalizedString()}/${KEPT_BITS[address.kind()]}`;
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.networkAddressFromCIDR(cidr).toString();
}

/** Of ms since 1970. */
export const startOfHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/** ISO 8601, or seconds or milliseconds since 1970 between the years 2001 and 2286. */
function hour(value: string): string | null {
  const ms = /^\d{10}$/.test(value) ? Number(value) * 1000 : /^\d{13}$/.test(value) ? Number(value) : Date.parse(value);
  if (!Number.isFinite(ms) || !/^\d{4}-\d{2}-\d{2}T|^\d{10}$|^\d{13}$/.test(value)) return null;
  return new Date(startOfHour(ms)).toISOString();
}

const COORDINATE = /^-?\d{1,3}(\.\d+)?$/;

function tenth(value: string): string | null {
  const parts = value.split(',').map((part) => part.trim());
  return parts.length <= 2 && parts.every((part) => COORDINATE.test(part))
    ? parts.map((part) => roundDegrees(Number(part)).toFixed(1)).join(',')
    : null;
}

function path(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const { protocol, host, pathname } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${host}${pathname}` : null;
}

const WAYS: Readonly<Record<Coarsening, (value: string) => string | null>> = { network, hour, tenth, path };

/** Degrees to one decimal. */
export const roundDegrees = (degrees: number): number => Math.round(degrees * 10) / 10;

/** @returns what is left, or null when the value is not of the form that its kind promises: then nothing is left. */
export const coarsen = (how: Coarsening, value: string): string | null => WAYS[how](value);
