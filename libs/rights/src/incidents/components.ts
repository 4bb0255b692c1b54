// What of a gateway may have been reached, in words of an operator, and what that means for the data. Pure.
import { UUID_PATTERN } from '#libs/kernel';
import type { IncidentReach } from '#libs/store';

/** DPV 2.x terms: read, changed, or lost. */
export const SUSPICIONS = ['ConfidentialityBreach', 'IntegrityBreach', 'AvailabilityBreach'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** `database`, `backups`: what is held. `api`: what whoever has a key to the management API can read. `gateway`: the memory of a process. The rest: what passed that way. */
export const COMPONENT = new RegExp(
  `^(database|backups|gateway|api|master-key|connection:${UUID_PATTERN}|recipient:[a-z][a-z0-9-]{0,63})$`,
);

const named = (components: readonly string[], kind: string): string[] =>
  components.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1));

/**
 * The master key alone opens nothing, but whoever has it may have the rest: the careful reading is that everything held is concerned. The
 * memory of a process has the keys of those whose messages it worked on.
 */
export function reachOf(components: readonly string[]): IncidentReach & { readonly keysExposed: boolean } {
  const has = (one: string): boolean => components.includes(one);
  return {
    rest: has('database') || has('backups') || has('api') || has('master-key'),
    flow: has('gateway'),
    connections: named(components, 'connection'),
    recipients: named(components, 'recipient'),
    keysExposed: has('master-key') || has('gateway'),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  database: 'the database: everything held until the end of the time',
  backups: 'backups of the database: everything held until the end of the time',
  api: 'the management API, or a key to it: everything held until the end of the time, as it can be read there',
  gateway: 'the memory of a process of the gateway: what passed in the time',
  'master-key': 'the key above all keys',
  connection: 'an account on a channel: what passed by it in the time',
  recipient: 'a recipient: what it was given in the time',
};

export const inWords = (component: string): string => {
  const [kind = '', name] = component.split(':');
  return `${WORDS[kind] ?? kind}${name === undefined ? '' : ` (${name})`}`;
};
