// The whole line from the parsed update to the answered message, on a real PostgreSQL, with whom it calls on real sockets.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { CHANNELS, type WebTransport } from '#libs/channels';
import type { InstructionsDocument } from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import { createEgress, createLogger } from '#libs/platform';
import { RECIPIENT_KINDS } from '#libs/recipients';
import { openStore } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { startTestDatabase } from '../../store/test/database.js';
import { until } from '../../../test/support/until.js';
import {
  createApplier,
  createEndings,
  createLapses,
  createStaleTokens,
  createBulkhead,
  createCommitter,
  createContacts,
  createDeliver,
  createIntake,
  createLookUp,
  createMedia,
  createModel,
  createProcess,
  createRoute,
  openBody,
  openForPerson,
  openTenants,
  permitOf,
  type InboundBody,
} from '../src/index.js';
import { startEndpoint } from './endpoint.js';

export type Change = (d: Record<string, never> & { [key: string]: unknown }) => void;

/** Nothing waits for a rate here. */
const limiter = { take: async () => ({ waitMs: 0 }) };

/** @param meta where Meta's API is, should anything be sent there */
export async function startLine({ meta = 'http://127.0.0.1:9' }: { readonly meta?: string } = {}) {
  const database = await startTestDatabase();
  const bot = await startEndpoint('/in');
  const store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 6, onError: () => undefined });
  const admin = new pg.Pool({ connectionString: database.url });
  // A connection that is about to end may still be told that the server ends.
  admin.on('error', () => undefined);
  admin.on('connect', (client) => client.on('error', () => undefined));
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const facts = { channels: Object.fromEntries(CHANNELS.map((c) => [c.manifest.channel, c.identifiers])) };
  const tenants = openTenants({ store, channels: CHANNELS, facts, privacyPage: () => 'http://gateway.example/privacy' });
  const egress = createEgress({ allowPrivate: true, bases: { 'meta-graph': meta, 'instagram-graph': meta } });
  const call = (request: Parameters<typeof egress.send>[0], permit = permitOf(request.url, {})) =>
    egress.send(request, permit);
  const woken: { tenantId: string; conversationId: string }[] = [];
  const wake = (items: readonly { tenantId: string; conversationId: string; delayMs?: number }[]): void =>
    void woken.push(...items);
  const committer = createCommitter(store);
  const now = Date.now;
  /** How far ahead the clock is by which it is known when a platform may be asked again, how long a file was waited for, and for word of a sending, in ms. */
  const clock = { ahead: 0 };
  const contacts = createContacts(store);
  await contacts.start();
  await tenants.start();
  const intake = createIntake({
    store, tenants, channels: CHANNELS, committer, contacts, wake, count: () => undefined, metaAppSecret: null, now,
  });
  /** Rights that were exercised in a chat. */
  const exercised: string[] = [];
  /** Those of which nothing is said there. */
  const exercisedAside: string[] = [];
  /** How long each look-up was given, in ms. */
  const patience: number[] = [];
  /** What happens once a visitor of a site can see a message. */
  const shown = { after: async (): Promise<unknown> => undefined };
  const bulkhead = createBulkhead(now);
  const media = createMedia({ store, send: (request, hand) => egress.send(request, { hosts: [], secrets: hand.connection.secrets }), urlOf: async (_t, id) => `http://gateway.example/${id}`, log, now: () => now() + clock.ahead });
  const told: { tenantId: string; subjectId: string; conversationId: string; disclosed: readonly { recipient: string }[] }[] = [];
  const route = createRoute({
    store, tenants, recipients: RECIPIENT_KINDS, call, bulkhead, media, look: createModel({ store, tenants, call, bulkhead, log, now }),
    lookUp: createLookUp({ store, committer, send: (request, hand) => (patience.push(request.timeoutMs), egress.send(request, { hosts: [], secrets: hand.connection.secrets })), changed: tenants.changed, count: () => undefined, log, now: () => now() + clock.ahead }),
    openRequest: async (right, _hand, { aside }) => (exercised.push(right), aside && exercisedAside.push(right), 'http://gateway.example/requests/a-code'), tellLate: async (tenantId, late) => void told.push({ tenantId, ...late }),
    receiptUrl: (code) => `http://gateway.example/receipts/${code}`, count: () => undefined, gaveUp: () => undefined, log, now,
  });
  const deliver = createDeliver({ store, changed: tenants.changed, send: (request, hand) => egress.send(request, { hosts: [], secrets: hand.connection.secrets }), limiter, published: async () => void (await shown.after()), count: () => undefined, gaveUp: () => undefined, log, now: () => now() + clock.ahead });
  const process = createProcess({ store, tenants, route, deliver, wake, took: () => undefined, gaveUp: () => undefined, log });
  const applierOf = (over: typeof store) => createApplier({ store: over, facts, settleMs: 50, log, now });
  const applier = applierOf(store);
  const endingsOf = (over: typeof store) => createEndings({ store: over, facts, settleMs: 50, log, now });
  const lapses = createLapses({ store, log, now });

  /** Works until nobody is woken any more. */
  async function work(): Promise<void> {
    for (let next = woken.shift(); next; next = woken.shift()) await process(next.tenantId, next.conversationId);
  }

  /** Works on every conversation of a tenant, woken or not. */
  async function workOn(tenantId: string): Promise<void> {
    const { rows } = await admin.query<{ id: string }>('SELECT id FROM parley.conversation WHERE tenant_id = $1', [tenantId]);
    woken.push(...rows.map(({ id }) => ({ tenantId, conversationId: id })));
    await work();
  }

  async function tenant(change: Change = () => undefined) {
    const made = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
    const keys = (await store.tenantKeys(made.id))!;
    const site = { channel: 'web', name: 'Site', account: null, settings: { origins: [] }, secrets: {}, health: 'healthy', reason: null };
    const { id: connectionId } = await store.createConnection(made.id, site, keys);

    /** Puts the short form, changed, in force. */
    async function approve(next: Change): Promise<number> {
      const document = shortForm(bot.url) as unknown as Parameters<Change>[0];
      next(document);
      const version = await store.submitInstructions(made.id, { hash: randomUUID(), document, findings: [] });
      await store.approveInstructions(made.id, version, { name: 'test', credential: 'test', rules: [], signature: 'none', needed: 1 });
      await tenants.changed(made.id);
      return version;
    }
    await approve(change);

    /** One visitor of the site. */
    function visitor() {
      const [visitorId, conversationId] = [`dl_${randomBytes(8).toString('hex')}`, randomUUID()];
      return {
        visitorId, conversationId,
        async says(activity: object, more: { transport?: WebTransport; takenMs?: number; files?: { mime: string; name?: string; bytes: Buffer }[] } = {}): Promise<string> {
          const connection = (await tenants.connection(connectionId))!;
          const files = (more.files ?? []).map((file) => ({ ...file, id: randomUUID() }));
          const payload = {
            activity: { type: 'message', ...activity }, transport: more.transport ?? {}, visitorId, conversationId, activityId: v7({ msecs: more.takenMs ?? Date.now() }),
            ...(files.length > 0 ? { uploads: files.map(({ id, mime, name }) => ({ id, mime, name })) } : {}),
          };
          const bytes = new Map(files.map((file) => [file.id, file.bytes]));
          const taken = await intake.session(connection, payload, bytes);
          return taken.messages[0]?.id ?? '';
        },
      };
    }

    interface Row { readonly id: string; readonly direction: string; readonly state: string; readonly body: Buffer | null; readonly conversation_id: string; readonly subject_id: string; readonly wrapped_key: Buffer; readonly tokens: Buffer | null }
    const rows = async (): Promise<Row[]> => (await admin.query<Row>(
      `SELECT m.id, m.direction, m.state, m.body, m.conversation_id, c.subject_id, c.tokens, s.wrapped_key FROM parley.message m
       JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
       WHERE m.tenant_id = $1 ORDER BY m.id`, [made.id])).rows;
    const opened = async <T>(direction: string, open: (whose: Parameters<typeof openBody>[0], row: Row & { body: Buffer }) => T): Promise<(T | null)[]> =>
      (await rows()).filter((row) => row.direction === direction).map((row) =>
        row.body === null ? null : open({ tenantId: made.id, subjectId: row.subject_id, key: openSubjectKey(keys, row.subject_id, row.wrapped_key) }, { ...row, body: row.body }));
    /** What the table holds, opened. */
    const held = (): Promise<(InboundBody | null)[]> => opened('in', (whose, row) => openBody(whose, row.id, row.body));
    const said = (): Promise<(OutboundContent | null)[]> => opened('out', (whose, row) => openBody<OutboundContent>(whose, row.id, row.body));
    /** The same as the person may see it. */
    const shown = (direction: 'in' | 'out'): Promise<unknown[]> => opened(direction, (whose, row) => openForPerson<unknown>(whose, { ...row, conversationId: row.conversation_id }));
    const query = async <R extends object>(text: string): Promise<R[]> => (await admin.query<R>(text, [made.id])).rows;
    return { id: made.id, keys, connectionId, approve, visitor, rows, held, said, shown, query };
  }

  return {
    databaseDir: database.dir,
    /** Who is to be told of an erasure that was over before they answered. */
    told,
    store, bot, exercised, exercisedAside, shown, clock, patience, tenant, work, workOn, applier, applierOf, endingsOf, lapses, admin, intake, tenants,
    /** Runs the job until it has nothing to do. */
    async applied(tenantId: string, version: number) {
      return until('the version is applied', async () => {
        await applier.run();
        const row = await store.application(tenantId, version);
        return row?.finished_at ? row : null;
      });
    },
    /** Carries consents that ended through until nothing is due. */
    async ended(tenantId: string) {
      const endings = endingsOf(store);
      return until('the consent is carried through', async () => {
        await endings.run();
        const { rows } = await admin.query<{ finished_at: Date | null }>('SELECT * FROM parley.consent_ending WHERE tenant_id = $1 ORDER BY id', [tenantId]);
        return rows.every((row) => row.finished_at !== null) ? rows : null;
      });
    },
    /** Looks at the tokens of whatever lost words. */
    freshTokens: () => createStaleTokens({ store, log }).run(),
    async stop() {
      await bot.close();
      egress.close();
      await admin.end();
      await store.close();
      await database.stop();
    },
  };
} // prettier-ignore

export type Line = Awaited<ReturnType<typeof startLine>>;

const shortForm = (url: string): InstructionsDocument => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: 'Acme GmbH', country: 'DE', contact: 'privacy@acme.example' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments', 'network', 'device'] } },
  channels: { web: { identifiers: { visitor_id: 'keep' } } },
  texts: {},
  retention: [{ data: 'content', period: 'P30D' }],
  recipients: { bot: { kind: 'webhook', url, country: 'DE', purposes: ['support'], data: ['content', 'attachments'] } },
}); // prettier-ignore
