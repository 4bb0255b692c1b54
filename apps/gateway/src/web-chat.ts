// The Direct Line surface's backend: sessions become intake, stored messages become the feed, commits wake the streams.
import { hkdfSync } from 'node:crypto';
import { echoActivity, toActivity, type Activity } from '#libs/channels';
import type { OutboundContent } from '#libs/kernel';
import { openForPerson, type Intake, type OpenConnection, type Tenants } from '#libs/pipeline';
import type { Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import type { DirectLineBackend, FeedRequest, SiteConnection } from './directline/backend.js';

/** NOTIFY channel for conversations whose clients fetch for themselves; the payload is the conversation's id. */
const PUBLISHED = 'parley_published';

export interface WebChatDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly intake: Intake;
  readonly masterKey: Buffer;
}

export interface WebChat {
  readonly backend: DirectLineBackend;
  /** Tells the streams of all processes that a conversation has something new. */
  published(conversationId: string): Promise<void>;
  start(): Promise<void>;
}

type FeedRow = Awaited<ReturnType<Store['feed']>>[number];

const siteOf = (connection: OpenConnection | null): SiteConnection | null => {
  if (!connection || connection.adapter.delivery !== 'pull') return null;
  const { origins } = connection.settings;
  return {
    tenantId: connection.tenant.id,
    connectionId: connection.id,
    origins: Array.isArray(origins) ? (origins as string[]) : [],
  };
};

export function createWebChat({ store, tenants, intake, masterKey }: WebChatDeps): WebChat {
  const listeners = new Map<string, Set<() => void>>();
  const tell = (conversationId: string): void => listeners.get(conversationId)?.forEach((listener) => listener());
  const published = (conversationId: string): Promise<void> => store.notify(PUBLISHED, conversationId);

  /** Edits and reactions have a number in the feed, but nothing that this client could show. */
  async function activityOf(row: FeedRow, request: FeedRequest): Promise<Activity | null> {
    const owner = await tenants.tenant(request.tenantId);
    if (!owner || row.body === null) return null;
    const key = openSubjectKey(owner.keys, row.subject_id, row.wrapped_key);
    const whose = { tenantId: request.tenantId, subjectId: row.subject_id, key };
    const frame = {
      id: row.id,
      at: row.at.getTime(),
      conversationId: request.conversationId,
      ...(row.reply_to ? { replyToId: row.reply_to } : {}),
    };
    const sealed = { id: row.id, body: row.body, conversationId: request.conversationId, tokens: row.tokens };
    if (row.direction === 'out') return toActivity(openForPerson<OutboundContent>(whose, sealed), frame);
    if (row.type !== 'message') return null;
    const { content, identifiers } = openForPerson(whose, sealed);
    const clientActivityId = identifiers['client_activity_id'];
    return echoActivity(content, { ...frame, visitorId: '', ...(clientActivityId ? { clientActivityId } : {}) });
  }

  const backend: DirectLineBackend = {
    tokenKey: new Uint8Array(hkdfSync('sha256', masterKey, '', 'parley web chat', 32)),

    async connectionBySiteKey(siteKey) {
      const found = await store.locate({ siteKey });
      return found && siteOf(await tenants.connection(found.id));
    },

    connection: async (id) => siteOf(await tenants.connection(id)),

    async receive(connectionId, payload, uploads) {
      const connection = await tenants.connection(connectionId);
      if (!connection) return { kind: 'refused' };
      const files = new Map(uploads.map(({ id, bytes }) => [id, bytes]));
      const { messages, fresh, refused } = await intake.session(connection, payload, files);
      if (refused > 0) return { kind: 'refused' };
      const [message] = messages;
      if (!message) return { kind: 'accepted', activityId: payload.activityId };
      if (fresh.has(message.id)) {
        await published(message.conversationId);
        return { kind: 'accepted', activityId: message.id };
      }
      const before = await store.findByExternalId(connection.tenant.id, connection.id, message.hash);
      return { kind: 'accepted', activityId: before ?? message.id };
    },

    async feed(request) {
      const { tenantId, conversationId, after, limit, fetched = false } = request;
      const from = after !== null && /^\d{1,15}$/.test(after) ? Number(after) : 0;
      const rows = await store.feed(tenantId, conversationId, { after: from, limit, fetched });
      const shown = await Promise.all(rows.map((row) => activityOf(row, request)));
      const activities = shown.filter((activity) => activity !== null);
      const watermark = rows.at(-1)?.feed ?? after ?? '';
      const more = rows.length === limit;
      // Clients take a page without activities for the end.
      if (activities.length === 0 && more) return backend.feed({ ...request, after: watermark, fetched: false });
      return { activities, watermark, more };
    },

    subscribe(conversationId, onNew) {
      const all = listeners.get(conversationId) ?? new Set();
      listeners.set(conversationId, all.add(onNew));
      return () => {
        all.delete(onNew);
        if (all.size === 0) listeners.delete(conversationId);
      };
    },

    spend: (ticketId, until) => store.spendTicket(ticketId, until),
  };

  return {
    backend,
    published,
    start: () =>
      store.listen(PUBLISHED, { onMessage: tell, onGap: () => [...listeners.keys()].forEach((id) => tell(id)) }),
  };
}
