// A browser's signal as its person's objection (Sec-GPC), where the instructions take it as one.
import { LRUCache } from 'lru-cache';
import type { Store } from '#libs/store';
import type { OpenConnection } from './tenants.js';

/** The signal comes with each request, and is recorded once. */
export function createSignals(store: Pick<Store, 'recordObjection'>) {
  const heard = new LRUCache<string, true>({ max: 50_000 });
  return async function object({ tenant, channel }: OpenConnection, subjectId: string): Promise<void> {
    const purposes = tenant.instructions?.channels[channel]?.gpc ?? [];
    const key = `${subjectId}|${tenant.instructions?.version}`;
    if (purposes.length === 0 || heard.has(key)) return;
    await store.recordObjection(tenant.keys, [subjectId], purposes);
    heard.set(key, true);
  };
}
