// A browser's signal as its person's objection (Sec-GPC), where the instructions take it as one.
import { LRUCache } from 'lru-cache';
import { pointer } from '#libs/instructions';
import type { Store } from '#libs/store';
import type { OpenConnection } from './tenants.js';

/** The signal comes with each request, and is recorded once. */
export function createSignals(store: Pick<Store, 'recordObjection'>) {
  const heard = new LRUCache<string, true>({ max: 50_000 });
  return async function object({ tenant, channel }: OpenConnection, subjectId: string): Promise<void> {
    const { version, channels } = tenant.instructions ?? {};
    const purposes = channels?.[channel]?.gpc ?? [];
    const key = `${subjectId}|${version}`;
    if (version === undefined || purposes.length === 0 || heard.has(key)) return;
    const by = { version, clause: pointer('channels', channel, 'gpc') };
    await store.recordObjection(tenant.keys, { subjects: [subjectId], hashes: [] }, { purposes, by });
    heard.set(key, true);
  };
}
