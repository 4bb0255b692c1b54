// Keyed hashes of what platforms call things: how persons and messages are found again without their ids being stored.
import type { ChannelAdapter } from '#libs/channels';
import type { KeptIdentifier, Pseudonymise } from '#libs/instructions';
import { reveal, type Personal } from '#libs/kernel';
import type { Connection, Handle } from '#libs/store';
import { blindIndex, type TenantKeys } from '#libs/vault';

type Where = Pick<Connection, 'id' | 'settings' | 'account'> & {
  readonly adapter: ChannelAdapter;
  /** Keys of its routing identifiers, the preferred one first. */
  readonly routing: readonly string[];
};

/** How far an identifier links: a BSUID means the same person in one portfolio, a page-scoped id on one page. */
function scopeOf(key: string, at: Omit<Where, 'routing'>): string {
  const kind = at.adapter.identifiers.find((k) => k.key === key);
  const channel = at.adapter.manifest.channel;
  if (kind?.scope === 'global') return `${channel}|${key}`;
  const portfolio = at.adapter.portfolioSetting && at.settings[at.adapter.portfolioSetting];
  if (kind?.scope === 'portfolio' && portfolio) return `${channel}|${key}|${String(portfolio)}`;
  return `${channel}|${key}|${at.account ?? at.id}`;
}

/** Is an identifier of this kind made for one person alone? What is good everywhere (a number) gets another owner some day. */
const isNeverPassedOn = (adapter: ChannelAdapter, key: string): boolean =>
  adapter.identifiers.find((kind) => kind.key === key)?.scope !== 'global';

/** The kept identifiers by which a person can be found and answered, in the channel's order of preference. */
export function routingOf(kept: readonly KeptIdentifier[], routing: readonly string[]): KeptIdentifier[] {
  const found: KeptIdentifier[] = [];
  for (const key of routing) {
    const identifier = kept.find((k) => k.key === key && k.action === 'keep');
    if (identifier) found.push(identifier);
  }
  return found;
}

/** The same with the keyed hashes under which they are found. */
export const handlesOf = (kept: readonly KeptIdentifier[], at: Where, keys: TenantKeys): Handle[] =>
  routingOf(kept, at.routing).map(({ key, value, clause }) => {
    const scope = scopeOf(key, at);
    const handle = { hash: blindIndex(keys, scope, reveal(value)), kind: key, value, clause };
    return isNeverPassedOn(at.adapter, key) ? { ...handle, within: scope } : handle;
  });

/** What `pseudonymise` puts in place of a value: the same for the same value of a kind, on one channel of one tenant. */
export const pseudonymiser =
  (keys: TenantKeys, channel: string): Pseudonymise =>
  (key, value) =>
    blindIndex(keys, `pseudonym|${channel}|${key}`, value).toString('base64url');

/** Hash of a redelivery-stable id: what makes the same update the same. */
export const dedupeHash = (keys: TenantKeys, dedupe: Personal<string>): Buffer =>
  blindIndex(keys, 'dedupe', reveal(dedupe));

/** How a platform's id of a message came to us, where the platform tells the ways apart. */
export type SeenAs = 'm' | 'echo' | 'standby';

/** Hash by which replies, reactions and statuses find the message with this platform id; `echo`: one that staff wrote elsewhere, `standby`: one to another app. */
export const messageHash = (keys: TenantKeys, messageId: Personal<string>, as: SeenAs = 'm'): Buffer =>
  blindIndex(keys, 'dedupe', `${as}:${reveal(messageId)}`);

/** A person as somebody outside names one: by channel, kind of identifier, and value. */
export interface NamedPerson {
  readonly channel: string;
  readonly kind: string;
  readonly value: Personal<string>;
}

/** A telephone number as platforms write it: digits only. */
export const digitsOf = (value: string): string => value.replace(/^\+|[ ()/-]/g, '');

/** The value as written, and a telephone number also as platforms write it. */
const spellings = (value: string): string[] => [...new Set([value, digitsOf(value)])];

/** The hashes by which that person may be known, one for each connection that could have met them. */
export const lookupHashes = (
  person: NamedPerson,
  connections: readonly Omit<Where, 'routing'>[],
  keys: TenantKeys,
): Buffer[] =>
  connections
    .filter((at) => at.adapter.manifest.channel === person.channel)
    .flatMap((at) => spellings(reveal(person.value)).map((value) => blindIndex(keys, scopeOf(person.kind, at), value)))
    .filter((hash, n, all) => all.findIndex((other) => other.equals(hash)) === n);
