// A backend of the Direct Line surface that keeps everything in memory and does what the port promises, for tests of the surface.
import { randomBytes } from 'node:crypto';
import { echoActivity, toActivity, CHANNELS, type Activity, type WebPayload } from '#libs/channels';
import { reveal, type Content, type OutboundContent } from '#libs/kernel';
import type {
  DirectLineBackend,
  FeedRequest,
  Received,
  SiteConnection,
  Upload,
} from '../../apps/gateway/src/directline/backend.js';

export const SITE_KEY = 'site-key-of-acme';
export const SITE: SiteConnection = {
  tenantId: '0198aaaa-0000-7000-8000-000000000001',
  connectionId: '0198aaaa-0000-7000-8000-000000000002',
  origins: ['https://shop.example'],
};

/** The stored content of an inbound message → what the bot says to it, in order. */
export type Script = (content: Content) => readonly OutboundContent[];

interface Kept {
  readonly activities: Activity[];
  readonly dedupes: Map<string, string>;
}

export interface MemoryBackend extends DirectLineBackend {
  /** Everything that was received, in order. */
  readonly received: { readonly payload: WebPayload; readonly uploads: readonly Upload[] }[];
  /** Says something to the visitor, as a bot that answers later. */
  say(conversationId: string, content: OutboundContent): void;
  /** While set, `receive` refuses or fails. */
  trouble: 'refuse' | 'fail' | null;
  gone: boolean;
}

export function memoryBackend(script: Script = () => []): MemoryBackend {
  const adapter = CHANNELS.find((one) => one.manifest.channel === 'web')!;
  const conversations = new Map<string, Kept>();
  const listeners = new Map<string, Set<() => void>>();
  const spent = new Set<string>();
  let ids = 0;

  const kept = (id: string): Kept => {
    const known = conversations.get(id) ?? { activities: [], dedupes: new Map() };
    conversations.set(id, known);
    return known;
  };
  const tell = (id: string): void => listeners.get(id)?.forEach((listener) => listener());

  const backend: MemoryBackend = {
    tokenKey: randomBytes(32),
    received: [],
    trouble: null,
    gone: false,
    connectionBySiteKey: async (siteKey) => (siteKey === SITE_KEY && !backend.gone ? SITE : null),
    connection: async (id) => (id === SITE.connectionId && !backend.gone ? SITE : null),
    async receive(_connectionId, payload, uploads): Promise<Received> {
      await new Promise((done) => setImmediate(done));
      if (backend.trouble === 'fail') throw new Error('the database is away');
      if (backend.trouble === 'refuse') return { kind: 'refused' };
      backend.received.push({ payload, uploads });
      for (const { body, at, dedupe } of adapter.parse(payload, Date.now()).events) {
        if (body.type !== 'message') continue;
        const { conversationId, visitorId, activityId } = payload;
        const { activities, dedupes } = kept(conversationId);
        const before = dedupes.get(reveal(dedupe));
        if (before) return { kind: 'accepted', activityId: before };
        dedupes.set(reveal(dedupe), activityId);
        const content = reveal(body.content);
        activities.push(echoActivity(content, { id: activityId, at, conversationId, visitorId }));
        tell(conversationId); // before it is acknowledged, as NOTIFY does
        for (const answer of script(content)) backend.say(conversationId, answer);
      }
      return { kind: 'accepted', activityId: payload.activityId };
    },
    async feed({ conversationId, after, limit }: FeedRequest) {
      const conversation = conversations.get(conversationId);
      if (!conversation) return { activities: [], watermark: after ?? '', more: false };
      const from = Number(after ?? 0);
      const activities = conversation.activities.slice(from, from + limit);
      return { activities, watermark: String(from + activities.length), more: activities.length === limit };
    },
    subscribe(conversationId, onNew) {
      const all = listeners.get(conversationId) ?? new Set();
      listeners.set(conversationId, all.add(onNew));
      return () => void all.delete(onNew);
    },
    async spend(ticketId) {
      await new Promise((resolve) => setTimeout(resolve, 10)); // as long as a database takes
      return !spent.has(ticketId) && Boolean(spent.add(ticketId));
    },
    say(conversationId, content) {
      const replyToId = kept(conversationId).activities.findLast((one) => one.from.role === 'user')?.id;
      const frame = { id: `bot-${++ids}`, at: Date.now(), conversationId, ...(replyToId ? { replyToId } : {}) };
      const activity = toActivity(content, frame);
      if (activity) kept(conversationId).activities.push(activity);
      tell(conversationId);
    },
  };
  return backend;
}
