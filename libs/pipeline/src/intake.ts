// The way in, while the platform waits: locate → verify → parse → decide → commit → 200. Nothing is written before decide.
import type { ChannelAdapter, HeaderLookup } from '#libs/channels';
import {
  apply,
  decide,
  NEW_SUBJECT,
  observations,
  type DecidedEvent,
  type Decision,
  type KeptIdentifier,
} from '#libs/instructions';
import { Problem, reveal, type ChannelEvent, type Content } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { MessageRow, ObservationRow, Resolved, StatusRow, Store } from '#libs/store';
import { readAttempt } from './attempt.js';
import { sealInbound, type Whose } from './body.js';
import type { Changes, Committer, Volume } from './committer.js';
import type { Contacts } from './contacts.js';
import { dedupeHash, handlesOf, messageHash, pseudonymiser, routingOf } from './identity.js';
import { keptOf } from './kept.js';
import { attachmentFrom, isTooLarge, mediaOf } from './media.js';
import { newMessageId } from './message-id.js';
import { createOwners, namedIn } from './owners.js';
import { createSignals } from './signals.js';
import type { OpenConnection, Tenants } from './tenants.js';
import { createUndeclared } from './undeclared.js';

declare const verified: unique symbol;

/** A request whose signature fits the secret of every connection in it. Only `verify` makes one. */
export interface VerifiedRequest {
  readonly [verified]: true;
  readonly payload: unknown;
  readonly adapter: ChannelAdapter;
  /** The connections that the request may speak for. */
  readonly connections: readonly OpenConnection[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface WebhookRequest {
  readonly raw: Buffer;
  readonly header: HeaderLookup;
}

export interface IntakeDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly channels: readonly ChannelAdapter[];
  readonly committer: Committer;
  readonly contacts: Contacts;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
  readonly log: Logger;
  readonly count: (
    outcome: 'accepted' | 'duplicate' | 'refused' | 'foreign' | 'unknown',
    channel: string,
    n: number,
  ) => void;
  readonly metaAppSecret: string | null;
  readonly now: () => number;
}

/** What became of a request. */
export interface Taken {
  readonly messages: readonly MessageRow[];
  /** Ids of those that were not there already. */
  readonly fresh: ReadonlySet<string>;
  /** Events that instructions do not provide for. */
  readonly refused: number;
}

/** Bytes that came with the request, by the id under which the content names them. */
type Files = ReadonlyMap<string, Buffer>;
const NO_FILES: Files = new Map();

const parsed = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** One event, decided, as the rows that it becomes. */
interface Filed {
  readonly message?: MessageRow;
  readonly status?: StatusRow;
  readonly observations: readonly ObservationRow[];
  readonly refused: boolean;
  /** By which it was accepted or refused. */
  readonly version: number | null;
  readonly clause: string;
}

type Rows = Pick<Filed, 'message' | 'status'>;

interface Sender {
  readonly connection: OpenConnection;
  readonly routing: readonly KeptIdentifier[];
  readonly contact: Resolved;
}

/** Updates that become a row of a conversation. */
const STORED: ReadonlySet<string> = new Set(['message', 'edit', 'revoke', 'reaction', 'watermark']);

/** What the ledger is told of an event: how many like it, never which. */
function leafOf(
  { channel, body: { type } }: ChannelEvent,
  tenantId: string,
  { refused, version, clause }: Filed,
): Volume {
  const outcome = refused ? 'refused' : 'accepted';
  const leaf = { type: 'intake', channel, event: type, outcome, instruction: version, clause, count: 1 };
  return { tenantId, key: `${tenantId}|${channel}|${type}|${outcome}|${version}|${clause}`, leaf };
}

export function createIntake(deps: IntakeDeps) {
  const { tenants, committer, contacts, store, now } = deps;
  const object = createSignals(store);
  const undeclared = createUndeclared();

  /** locate + verify, for a tenant's own app. @throws Problem not-found, bad-signature */
  async function verifyOwn(connectionId: string, channel: string, request: WebhookRequest): Promise<VerifiedRequest> {
    const connection = await tenants.connection(connectionId);
    if (!connection || connection.channel !== channel) throw new Problem('not-found');
    if (!connection.adapter.verify(request.raw, request.header, connection.secrets)) throw new Problem('bad-signature');
    const { adapter } = connection;
    return { payload: parsed(request.raw), adapter, connections: [connection] } as unknown as VerifiedRequest;
  }

  /** locate + verify, for an app shared by many tenants: each connection's own secret, or the shared app's, must fit. */
  async function verifyShared(channels: readonly string[], request: WebhookRequest): Promise<VerifiedRequest> {
    const payload = parsed(request.raw);
    const adapters = deps.channels.filter((c) => channels.includes(c.manifest.channel));
    const shared = deps.metaAppSecret;
    const fits = (adapter: ChannelAdapter, secrets: Readonly<Record<string, string>>): boolean =>
      adapter.verify(request.raw, request.header, secrets) ||
      (shared !== null && adapter.verify(request.raw, request.header, { ...secrets, appSecret: shared }));
    const found: OpenConnection[] = [];
    let namesAccounts = false;
    for (const adapter of adapters) {
      // Parsing is pure and bounded, so the accounts may be read before anything is known to be genuine.
      const named = namedIn(adapter.parse(payload, now()).events);
      namesAccounts ||= named.accounts.size > 0;
      found.push(...(await tenants.connectionsOf(adapter.manifest.channel, named)));
    }
    if (found.length === 0) {
      // A fact about accounts that nobody connected: there is nothing to deliver again, so the platform need not.
      const [adapter] = adapters;
      if (namesAccounts || !adapter || !fits(adapter, {})) throw new Problem('not-found');
      return { payload, adapter, connections: [] } as unknown as VerifiedRequest;
    }
    const connections = found.filter((c) => fits(c.adapter, c.secrets));
    if (connections.length === 0) throw new Problem('bad-signature');
    return { payload, adapter: connections[0]!.adapter, connections } as unknown as VerifiedRequest;
  }

  /** decide → rows. Personal data that was not instructed is out of reach from here on. */
  function file(event: ChannelEvent, connection: OpenConnection, files: Files): Filed | Promise<Filed> {
    const { tenant, channel, id: connectionId } = connection;
    const decision: Decision = decide(tenant.instructions, NEW_SUBJECT, event);
    const seen = observations(event, decision).map((o) => ({
      tenantId: tenant.id,
      connectionId,
      channel,
      kind: o.key,
      path: o.path,
      action: o.action,
      count: 1, // prettier-ignore
    }));
    const version = tenant.instructions?.version ?? null;
    if (decision.outcome === 'refused') return { observations: seen, refused: true, version, clause: decision.clause };
    const decided = apply(event, decision, pseudonymiser(tenant.keys, channel));
    const filed = { observations: seen, refused: false, version, clause: decision.store.instruction.clause };
    const rows = rowsOf(decided, connection, files);
    return rows instanceof Promise ? rows.then((later) => ({ ...later, ...filed })) : { ...rows, ...filed };
  }

  /** At once for most; what has to be looked up or changed on the way takes its time. */
  function rowsOf(event: DecidedEvent, connection: OpenConnection, files: Files): Rows | Promise<Rows> {
    if (!STORED.has(event.body.type)) return effectOf(event, connection);
    const routing = routingOf(event.identifiers, connection.routing);
    if (routing.length === 0 || event.via === 'history') return {};
    const contact = contacts.resolve(event, connection, routing);
    return contact instanceof Promise || files.size > 0
      ? Promise.resolve(contact).then((found) => withFiles(event, { connection, routing, contact: found, files }))
      : { message: messageOf(event, { connection, routing, contact }).row };
  }

  async function effectOf(event: DecidedEvent, connection: OpenConnection): Promise<Rows> {
    const { tenant } = connection;
    const { body } = event;
    switch (body.type) {
      case 'status':
        return {
          status: {
            tenantId: tenant.id,
            connectionId: connection.id,
            hash: messageHash(tenant.keys, body.target),
            ...readAttempt(body.opaque),
            status: body.status,
            code: body.errors?.[0] ? String(body.errors[0].code) : null,
            at: new Date(event.at),
          },
        };
      case 'identity-change': {
        const keep = (list: typeof body.current) =>
          list.flatMap((i) => event.identifiers.filter((k) => k.key === i.key).map((k) => ({ ...k, value: i.value })));
        await store.changeIdentity(event.store, tenant.keys, {
          previous: handlesOf(keep(body.previous), connection, tenant.keys),
          current: handlesOf(keep(body.current), connection, tenant.keys),
        });
        contacts.forget(tenant.id);
        return {};
      }
      case 'preference': {
        const routing = routingOf(event.identifiers, connection.routing);
        if (body.topic === 'tracking' && routing.length > 0)
          await object(connection, (await contacts.resolve(event, connection, routing)).subjectId);
        const hashes = handlesOf(routing, connection, tenant.keys).map((h) => h.hash);
        if (body.topic === 'marketing') await store.recordPreference(tenant.id, hashes, body.value === 'stop');
        return {};
      }
      case 'account':
        if (body.severity === 'stop' && connection.stopped_at === null) {
          await store.stopConnection(tenant.id, connection.id, body.field);
          await tenants.changed(tenant.id);
        }
        return {};
      case 'message':
      case 'edit':
      case 'revoke':
      case 'reaction':
      case 'watermark': // rows of their own, above
      case 'referral':
      case 'optin':
      case 'feedback':
      case 'account-linking':
      case 'group':
      case 'call':
      case 'click':
      case 'inference':
      case 'address-book':
      case 'handover':
      case 'unknown':
        return {}; // observed and counted; nothing of it is stored
    }
  }

  /** The row of a message, and what of it is sealed in there. */
  function messageOf(event: DecidedEvent, { connection, routing, contact }: Sender) {
    const { tenant } = connection;
    // A client that fetches for itself was told the id under which it will see its message.
    const given = connection.adapter.delivery === 'pull' && event.messageId ? reveal(event.messageId) : null;
    const id = given && UUID.test(given) ? given : newMessageId();
    const { body } = event;
    const about = 'target' in body ? body.target : body.type === 'message' ? body.replyTo : undefined;
    const own = event.own === true || event.via === 'echo';
    const state = own ? 'sent' : event.via === 'standby' ? 'done' : 'pending';
    const kept = keptOf(event, {
      instructions: tenant.instructions!,
      handles: routing.map((r) => r.key),
      worked: state === 'pending',
    });
    const whose = { tenantId: tenant.id, subjectId: contact.subjectId, key: contact.subjectKey };
    const row: MessageRow = {
      tenantId: tenant.id,
      id,
      connectionId: connection.id,
      conversationId: contact.conversationId,
      hash: dedupeHash(tenant.keys, event.dedupe),
      direction: own ? 'out' : 'in',
      type: body.type,
      contentType: event.contentType,
      body: sealInbound(event.store, whose, { id, body: kept }),
      target: about ? messageHash(tenant.keys, about) : null,
      state,
      version: event.store.instruction.version,
      clause: event.store.instruction.clause,
      at: new Date(event.at),
      fed: connection.adapter.delivery === 'pull',
    };
    return { row, whose, kept };
  }

  async function withFiles(event: DecidedEvent, sender: Sender & { readonly files: Files }): Promise<Rows> {
    const { row, whose, kept } = messageOf(event, sender);
    const { connection, files } = sender;
    if (files.size > 0) await keepFiles(connection, whose, { id: row.id, content: kept.content, files });
    return { message: row };
  }

  /** Files that came with a message and that instructions kept of it, before the commit that acknowledges them. */
  async function keepFiles(
    { tenant, channel }: OpenConnection,
    whose: Whose,
    of: { readonly id: string; readonly content: Content | null; readonly files: Files },
  ): Promise<void> {
    const rules = tenant.instructions?.channels[channel]?.files;
    if (!rules) return;
    const already = new Set((await store.attachmentsOf(whose.tenantId, of.id)).map((one) => one.position));
    for (const [position, media] of mediaOf(of.content).entries()) {
      const bytes = 'id' in media.source ? of.files.get(media.source.id) : undefined;
      if (!bytes || already.has(position) || isTooLarge(rules, bytes)) continue;
      await store.storeAttachment(
        whose.tenantId,
        await attachmentFrom(whose, of.id, { media, bytes, rules, position }),
      );
    }
  }

  /** commit: what many requests changed goes in together; then the conversations are woken. */
  async function take(request: VerifiedRequest, files: Files = NO_FILES): Promise<Taken> {
    const events = request.adapter.parse(request.payload, now());
    const ownersOf = createOwners(request.connections);
    const filed: Filed[] = [];
    const leaves = new Map<string, Volume>();
    for (const event of events.events) {
      const owners = ownersOf(event);
      if (owners.length === 0) deps.count('foreign', event.channel, 1);
      for (const owner of owners) {
        const filing = file(event, owner, files);
        const result = filing instanceof Promise ? await filing : filing;
        filed.push(result);
        deps.count(
          event.body.type === 'unknown' ? 'unknown' : result.refused ? 'refused' : 'accepted',
          event.channel,
          1,
        );
        const leaf = leafOf(event, owner.tenant.id, result);
        const before = leaves.get(leaf.key);
        if (before) before.leaf.count++;
        else leaves.set(leaf.key, leaf);
      }
    }
    const batch: Changes = {
      messages: filed.flatMap((f) => f.message ?? []),
      statuses: filed.flatMap((f) => f.status ?? []),
      observations: [...filed.flatMap((f) => f.observations), ...undeclared(request.connections, events.undeclared)],
      leaves: [...leaves.values()],
    };
    const refused = filed.filter((f) => f.refused).length;
    if (leaves.size === 0) return { messages: [], fresh: new Set(), refused };
    const fresh = await committer.commit(batch);
    deps.wake(batch.messages.filter((m) => fresh.has(m.id) && m.state === 'pending'));
    return { messages: batch.messages, fresh, refused };
  }

  return {
    /** A webhook of a tenant's own app. */
    own: async (connectionId: string, channel: string, request: WebhookRequest): Promise<Taken> =>
      take(await verifyOwn(connectionId, channel, request)),
    /** A webhook of an app shared by many tenants. */
    shared: async (channels: readonly string[], request: WebhookRequest): Promise<Taken> =>
      take(await verifyShared(channels, request)),
    /** An update that came in over a session that was authenticated already (web chat). */
    session: (connection: OpenConnection, payload: unknown, files: Files): Promise<Taken> =>
      take({ payload, adapter: connection.adapter, connections: [connection] } as unknown as VerifiedRequest, files),
  };
}

export type Intake = ReturnType<typeof createIntake>;
