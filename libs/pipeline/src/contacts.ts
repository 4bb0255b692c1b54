// Who writes in which conversation: resolved once, then remembered for a short while, so that the hot path needs no query.
import { LRUCache } from 'lru-cache';
import type { DecidedEvent, KeptIdentifier } from '#libs/instructions';
import { reveal } from '#libs/kernel';
import { PERSONS, type Resolved, type Store } from '#libs/store';
import { handlesOf } from './identity.js';
import type { OpenConnection } from './tenants.js';

/** Longest time that a person's identifiers and key stay in memory, should word of an erasure not arrive. */
const REMEMBER_MS = 30_000;

export interface Contacts {
  /** At once where they are remembered. `routing` is never empty. */
  resolve(
    event: DecidedEvent,
    connection: OpenConnection,
    routing: readonly KeptIdentifier[],
  ): Resolved | Promise<Resolved>;
  forget(tenantId: string): void;
  /** From now on an erasure in any process is heard of here. */
  start(): Promise<void>;
  stop(): void;
}

export function createContacts(store: Pick<Store, 'listen' | 'resolveContact'>): Contacts {
  const known = new LRUCache<string, Resolved | Promise<Resolved>>({
    max: 50_000,
    ttl: REMEMBER_MS,
    ttlResolution: 1_000, // else each look-up asks for the time
  });
  let purging: NodeJS.Timeout | undefined;
  const forget = (tenantId: string): void => {
    for (const key of known.keys()) if (key.startsWith(tenantId)) known.delete(key);
  };
  return {
    forget,
    async start() {
      purging = setInterval(() => known.purgeStale(), REMEMBER_MS).unref();
      await store.listen(PERSONS, { onMessage: forget, onGap: () => known.clear() });
    },
    stop: () => clearInterval(purging),
    resolve(event, connection, routing) {
      const { tenant } = connection;
      // Only the web channel names conversations itself: several may be open with one visitor.
      const thread = connection.adapter.delivery === 'pull' ? (event.conversation ?? '') : '';
      let key = `${tenant.id}|${connection.id}|${thread}`;
      for (const identifier of routing) key += `|${identifier.key}=${reveal(identifier.value)}`;
      const cached = known.get(key);
      if (cached) return cached;
      const resolving = store.resolveContact(event.store, tenant.keys, {
        connectionId: connection.id,
        thread,
        locale: event.locale ?? null,
        handles: handlesOf(routing, connection, tenant.keys),
        at: new Date(event.at),
        ...(thread ? { conversationId: thread } : {}),
      });
      known.set(key, resolving);
      const settle = (resolved: Resolved | null): void => {
        // Whoever was forgotten meanwhile stays forgotten.
        if (known.peek(key) !== resolving) return;
        if (resolved) known.set(key, resolved);
        else known.delete(key);
      };
      resolving.then(settle, () => settle(null));
      return resolving;
    },
  };
}
