// Who writes in which conversation: resolved once, then remembered for a short while, so that the hot path needs no query.
import { LRUCache } from 'lru-cache';
import type { DecidedEvent } from '#libs/instructions';
import { PERSONS, type Handle, type Resolved, type Store } from '#libs/store';
import type { OpenConnection } from './tenants.js';

/** Longest time that a subject's key stays in memory unused, should word of an erasure not arrive. */
const REMEMBER_MS = 30_000;

export interface Contacts {
  resolve(event: DecidedEvent, connection: OpenConnection, handles: readonly Handle[]): Promise<Resolved>;
  forget(tenantId: string): void;
  /** From now on an erasure in any process is heard of here. */
  start(): Promise<void>;
}

export function createContacts(store: Pick<Store, 'listen' | 'resolveContact'>): Contacts {
  const known = new LRUCache<string, Promise<Resolved>>({ max: 50_000, ttl: REMEMBER_MS });
  const forget = (tenantId: string): void => {
    for (const key of known.keys()) if (key.startsWith(tenantId)) known.delete(key);
  };
  return {
    forget,
    start: () => store.listen(PERSONS, { onMessage: forget, onGap: () => known.clear() }),
    resolve(event, connection, handles) {
      const { tenant } = connection;
      // Only the web channel names conversations itself: several may be open with one visitor.
      const thread = connection.adapter.delivery === 'pull' ? (event.conversation ?? '') : '';
      const hashes = handles.map((h) => h.hash.toString('base64')).join('|');
      const key = `${tenant.id}|${connection.id}|${thread}|${hashes}`;
      const cached = known.get(key);
      if (cached) return cached;
      const resolving = store.resolveContact(event.store, tenant.keys, {
        connectionId: connection.id,
        thread,
        locale: event.locale ?? null,
        handles,
        ...(thread ? { conversationId: thread } : {}),
      });
      known.set(key, resolving);
      resolving.catch(() => known.delete(key));
      return resolving;
    },
  };
}
