// The client's own ids of what it sent: it shows "sending" until it sees its id again. In memory, because nobody instructed to keep them.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { v7 as uuid } from 'uuid';
import type { Activity } from '#libs/channels';

const MINUTES_10 = 10 * 60_000;
const NONE: ReadonlySet<Promise<unknown>> = new Set();

export type Echoes = ReturnType<typeof createEchoes>;

/**
 * Where instructions keep `client_activity_id`, the feed brings it by itself, at any time and from any process; otherwise clients
 * of this process see it for ten minutes.
 */
export function createEchoes() {
  const theirs = new LRUCache<string, string>({ max: 20_000, ttl: MINUTES_10 });
  const ours = new LRUCache<string, string>({ max: 20_000, ttl: MINUTES_10 });
  const inFlight = new Map<string, Set<Promise<unknown>>>();

  return {
    /** Our id for a client's message: the same one when the client sends it again, the same in every part. */
    idFor(conversationId: string, sent: { readonly clientId: string | undefined; readonly words: string }): string {
      const fresh = uuid();
      if (sent.clientId === undefined) return fresh;
      const key = createHash('sha256')
        .update(JSON.stringify([conversationId, sent.clientId, sent.words]))
        .digest('base64');
      const known = ours.get(key) ?? fresh;
      ours.set(key, known);
      return known;
    },
    remember(activityId: string, clientId: string | undefined): void {
      if (clientId !== undefined) theirs.set(activityId, clientId);
    },
    /** Runs the intake; streams wait for it, because its message may be in the feed before we know its id. */
    async during<T>(conversationId: string, work: Promise<T>): Promise<T> {
      const running = inFlight.get(conversationId) ?? new Set();
      inFlight.set(conversationId, running.add(work));
      try {
        return await work;
      } finally {
        running.delete(work);
        if (running.size === 0) inFlight.delete(conversationId);
      }
    },
    settled: (conversationId: string): Promise<unknown> => Promise.allSettled(inFlight.get(conversationId) ?? NONE),
    /** An activity of the feed as this visitor sees it: with their own id, and the client's id of it. */
    dress(activity: Activity, visitorId: string): Activity {
      if (activity.from.role !== 'user') return activity;
      const clientId = activity.channelData?.clientActivityID ?? theirs.get(activity.id);
      return {
        ...activity,
        from: { id: visitorId, role: 'user' },
        ...(clientId === undefined ? {} : { channelData: { clientActivityID: clientId } }),
      };
    },
  };
}
