// Whose an event is: of the account that it names, of all accounts of the holder that it names, or of nobody here.
import type { ChannelEvent } from '#libs/kernel';
import type { Named, OpenConnection } from './tenants.js';

export const namedIn = (events: readonly ChannelEvent[]): Named => ({
  accounts: new Set(events.flatMap(({ account }) => account ?? [])),
  portfolios: new Set(events.flatMap(({ account, portfolio }) => (account === null ? (portfolio ?? []) : []))),
});

const NOBODY: readonly OpenConnection[] = [];

/** Which of the connections that a request may speak for an event of it belongs to. */
export function createOwners(connections: readonly OpenConnection[]) {
  const byAccount = new Map(connections.map((c) => [`${c.channel}|${c.account}`, [c]]));
  const single = connections.length === 1 ? connections : NOBODY;
  return function ownersOf({ channel, account, portfolio, body }: ChannelEvent): readonly OpenConnection[] {
    if (account !== null) return byAccount.get(`${channel}|${account}`) ?? NOBODY;
    if (portfolio === undefined) return single;
    const held = connections.filter((c) => c.portfolio === portfolio);
    // A fact about the holder concerns each of its accounts; anything else is one account's, and which is not known.
    return body.type === 'account' || held.length === 1 ? held : NOBODY;
  };
}
