// One event, decided, as the rows that it becomes: who wrote it, what is kept of it, and that sealed.
import {
  intentOf,
  isClaim,
  marketingOf,
  mayRefuse,
  type CompiledInstructions,
  type CompiledSensitive,
  type DecidedEvent,
  type KeptIdentifier,
} from '#libs/instructions';
import { CONTEXT_TYPES, reveal, type Content } from '#libs/kernel';
import type { MessageRow, Resolved, StatusRow, Store } from '#libs/store';
import { readAttempt } from './attempt.js';
import { sealInbound, type InboundBody, type Whose } from './body.js';
import type { Contacts } from './contacts.js';
import { dedupeHash, handlesOf, messageHash, routingOf, type SeenAs } from './identity.js';
import { keptOf, unattended } from './kept.js';
import { asKept, attachmentFrom, isTooLarge, mediaOf } from './media.js';
import { newMessageId } from './message-id.js';
import { saidOf } from './said.js';
import { createSignals } from './signals.js';
import { openAside } from './standing.js';
import type { OpenConnection, Tenants } from './tenants.js';
import type { Files } from './verify.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Updates that become a row of a conversation. */
const STORED: ReadonlySet<string> = new Set(['message', 'edit', 'revoke', 'reaction', 'watermark']);
/** Those that do where something of them is instructed beside who it is. */
const CONTEXT: ReadonlySet<string> = new Set(CONTEXT_TYPES);

/** Is there anything to store of it, or to pass on? */
function saysSomething({ identifiers, via }: DecidedEvent, { routing, tenant }: OpenConnection): boolean {
  const isWanted = (key: string) => tenant.instructions!.recipients.some((one) => one.identifiers.includes(key));
  return identifiers.some(
    ({ key, action }) =>
      !routing.includes(key) && key !== 'message_id' && (action !== 'pass' || (via === 'primary' && isWanted(key))),
  );
}

/** Of a pause that is known already: many failures come at once, each a little later than the last. */
const WORTH_WRITING_MS = 60_000;

/** Who wrote in which conversation. */
export interface Sender {
  readonly connection: OpenConnection;
  readonly routing: readonly KeptIdentifier[];
  readonly contact: Resolved;
  /** Our side wrote it elsewhere, or another app has the conversation: nobody is told of it. */
  readonly aside: Aside | undefined;
}

interface Aside {
  /** Purposes that are open for the person. */
  readonly open: ReadonlySet<string>;
  /** As what the message that it changes was seen. */
  readonly seenAs: SeenAs;
}

/** Of a message, who wrote it; of other events a delivery state, or nothing that is stored. */
export interface Met {
  readonly sender: Sender | null;
  readonly status: StatusRow | null;
}

export const NOTHING: Met = { sender: null, status: null };

/** A row that waits to be sealed. */
export interface Draft {
  readonly row: Omit<MessageRow, 'body'>;
  readonly whose: Whose;
  readonly kept: InboundBody;
  readonly mandate: DecidedEvent['store'];
  /** A worker will take it up for recipients: only then is there anybody to pass anything on to. */
  readonly worked: boolean;
  /** By which sections words were taken out. */
  readonly found: readonly CompiledSensitive[];
}

const NOTHING_FOUND: readonly CompiledSensitive[] = [];

/** Our side wrote it elsewhere. */
const isOwn = ({ own, via }: DecidedEvent): boolean => own === true || via === 'echo';

export interface FilingDeps {
  readonly store: Store;
  readonly contacts: Contacts;
  readonly tenants: Pick<Tenants, 'changed'>;
  readonly now: () => number;
}

export function createFiling({ store, contacts, tenants, now }: FilingDeps) {
  const object = createSignals(store);

  async function changeIdentity(
    event: DecidedEvent,
    body: Extract<DecidedEvent['body'], { type: 'identity-change' }>,
    connection: OpenConnection,
  ): Promise<Met> {
    const { tenant } = connection;
    const keep = (list: typeof body.current) =>
      list.flatMap((i) => event.identifiers.filter((k) => k.key === i.key).map((k) => ({ ...k, value: i.value })));
    await store.changeIdentity(event.store, tenant.keys, {
      previous: handlesOf(keep(body.previous), connection, tenant.keys),
      current: handlesOf(keep(body.current), connection, tenant.keys),
      at: new Date(event.at),
    });
    contacts.forget(tenant.id);
    return NOTHING;
  }

  async function prefer(
    event: DecidedEvent,
    body: Extract<DecidedEvent['body'], { type: 'preference' }>,
    connection: OpenConnection,
  ): Promise<Met> {
    const { tenant } = connection;
    const routing = routingOf(event.identifiers, connection.routing);
    if (body.topic === 'tracking' && routing.length > 0)
      await object(connection, (await contacts.resolve(event, connection, routing)).subjectId);
    const shown = { handles: handlesOf(routing, connection, tenant.keys), at: new Date(event.at) };
    if (body.topic === 'marketing')
      await store.recordPreference(tenant.keys, shown, {
        stopped: body.value === 'stop',
        purposes: tenant.instructions ? marketingOf(tenant.instructions) : [],
        under: {
          channel: connection.channel,
          version: event.store.instruction.version,
          clause: event.store.instruction.clause,
        },
      });
    return NOTHING;
  }

  async function stop({ tenant, id }: OpenConnection, reason: string): Promise<Met> {
    await store.stopConnection(tenant.id, id, reason);
    await tenants.changed(tenant.id);
    return NOTHING;
  }

  /** Counted from when the platform said so: what it repeats, or delivers late, pauses for no longer. */
  async function pause(connection: OpenConnection, { code, until }: { code: string; until: number }): Promise<Met> {
    const { tenant, id, paused_until: before } = connection;
    if (until <= now() || until - (before?.getTime() ?? 0) < WORTH_WRITING_MS) return NOTHING;
    await store.pauseConnection(tenant.id, id, { until: new Date(until), code });
    await tenants.changed(tenant.id);
    return NOTHING;
  }

  /** A message from before another app had the conversation is changed as well as one from since. */
  async function seenAs(event: DecidedEvent, { adapter, tenant, id }: OpenConnection): Promise<SeenAs> {
    const { body, via } = event;
    if (!adapter.echoesApart || (body.type !== 'edit' && body.type !== 'revoke')) return 'm';
    if (isOwn(event)) return via === 'standby' ? 'standby' : 'echo';
    return (await store.findByExternalId(tenant.id, id, messageHash(tenant.keys, body.target))) ? 'm' : 'standby';
  }

  async function metAside(event: DecidedEvent, found: Resolved, connection: OpenConnection): Promise<Aside> {
    const [open, as] = await Promise.all([
      openAside(connection.tenant.instructions!, found.subjectId, store),
      seenAs(event, connection),
      event.via === 'standby' && store.heardAside(connection.tenant.id, found.conversationId, new Date(event.at)),
    ]);
    return { open, seenAs: as };
  }

  function effectOf(event: DecidedEvent, connection: OpenConnection): Met | Promise<Met> {
    const { tenant } = connection;
    const { body } = event;
    switch (body.type) {
      case 'status':
        return {
          sender: null,
          status: {
            tenantId: tenant.id,
            connectionId: connection.id,
            hash: messageHash(tenant.keys, body.target),
            ...readAttempt(body.opaque),
            status: body.status,
            code: body.errors?.[0] ? String(body.errors[0].code) : null,
            version: event.store.instruction.version,
            clause: event.store.instruction.clause,
            at: new Date(event.at),
          },
        };
      case 'identity-change':
        return changeIdentity(event, body, connection);
      case 'preference':
        return prefer(event, body, connection);
      case 'account':
        if (body.severity === 'stop') return connection.stopped_at === null ? stop(connection, body.field) : NOTHING;
        if (body.pause) return pause(connection, { code: String(body.pause.code), until: event.at + body.pause.ms });
        return NOTHING;
      case 'message':
      case 'edit':
      case 'revoke':
      case 'reaction':
      case 'watermark': // rows of their own
      case 'referral':
      case 'optin':
      case 'feedback':
      case 'account-linking': // rows where they say something
      case 'group':
      case 'call':
      case 'click':
      case 'inference':
      case 'address-book':
      case 'comment':
      case 'handover':
      case 'profile':
      case 'unknown':
        return NOTHING; // observed and counted; nothing of it is stored
    }
  }

  return {
    /** Who wrote, or what else the event does: at once for most; what has to be looked up or changed on the way takes its time. */
    meet(event: DecidedEvent, connection: OpenConnection): Met | Promise<Met> {
      const { type } = event.body;
      if (!STORED.has(type) && !(CONTEXT.has(type) && saysSomething(event, connection)))
        return effectOf(event, connection);
      const routing = routingOf(event.identifiers, connection.routing);
      if (routing.length === 0 || event.via === 'history') return NOTHING;
      const contact = contacts.resolve(event, connection, routing);
      const met = (found: Resolved, aside?: Aside): Met => ({
        sender: { connection, routing, contact: found, aside },
        status: null,
      });
      if (isOwn(event) || event.via === 'standby')
        return Promise.resolve(contact).then(async (found) => met(found, await metAside(event, found, connection)));
      return contact instanceof Promise ? contact.then((found) => met(found)) : met(contact);
    },

    /** Files that came with a message and that instructions kept of it, before the commit that acknowledges them. */
    async keepFiles({ row, whose, kept }: Draft, { tenant, channel }: OpenConnection, files: Files): Promise<void> {
      const { instructions } = tenant;
      const rules = instructions?.channels[channel]?.files;
      if (!instructions || !rules) return;
      const already = new Set((await store.attachmentsOf(whose.tenantId, row.id)).map((one) => one.position));
      for (const [position, media] of mediaOf(kept.content).entries()) {
        const bytes = 'id' in media.source ? files.get(media.source.id) : undefined;
        if (!bytes || already.has(position) || isTooLarge(rules, bytes)) continue;
        const kept = asKept(rules, bytes);
        if (kept)
          await store.storeAttachment(
            whose.tenantId,
            attachmentFrom(whose, row.id, { media, bytes: kept, position, instructions }),
          );
      }
    },
  };
}

/** May it take something back, what was written or a consent, or exercise a right? Then a worker sees to that, whoever has the conversation. */
function isOurs({ body }: DecidedEvent, content: Content | null, instructions: CompiledInstructions): boolean {
  if (body.type !== 'message') return body.type === 'edit' || body.type === 'revoke';
  const said = saidOf(content);
  const found = intentOf(said.text ?? '', instructions.keywords);
  if (found && isClaim(found)) return true;
  return mayRefuse(instructions.consents, said);
}

/** What is kept of an event, and how far a worker has to do with it. */
function keptFor(event: DecidedEvent, { connection, routing, aside }: Sender) {
  const instructions = connection.tenant.instructions!;
  const whole = keptOf(event, { instructions, handles: routing.map((r) => r.key), worked: !aside });
  if (!aside) return { kept: whole, found: NOTHING_FOUND, state: 'pending' } as const;
  const own = isOwn(event);
  const pending = isOurs(event, whole.content, instructions) && (!own || event.body.type !== 'message');
  const open = pending && !own ? null : aside.open;
  const { kept, found } = unattended(whole, event, { instructions, open });
  if (!pending) return { kept, found, state: own ? 'sent' : 'done' } as const;
  return { kept: own ? kept : { ...kept, aside: true as const }, found, state: 'pending' } as const;
}

/** The row of a message, and what of it is to be sealed in there. */
export function draftOf(event: DecidedEvent, sender: Sender): Draft {
  const { connection, contact, aside } = sender;
  const { tenant } = connection;
  // A client that fetches for itself was told the id under which it will see its message.
  const given = connection.adapter.delivery === 'pull' && event.messageId ? reveal(event.messageId) : null;
  const id = given && UUID.test(given) ? given : newMessageId();
  const { body } = event;
  const about = 'target' in body ? body.target : body.type === 'message' ? body.replyTo : undefined;
  const { kept, found, state } = keptFor(event, sender);
  const row = {
    tenantId: tenant.id,
    id,
    connectionId: connection.id,
    conversationId: contact.conversationId,
    hash: dedupeHash(tenant.keys, event.dedupe),
    direction: isOwn(event) ? ('out' as const) : ('in' as const),
    type: body.type,
    contentType: event.contentType,
    target: about ? messageHash(tenant.keys, about, aside?.seenAs) : null,
    state,
    version: event.store.instruction.version,
    clause: event.store.instruction.clause,
    at: new Date(event.at),
    fed: connection.adapter.delivery === 'pull',
  };
  const whose = { tenantId: tenant.id, subjectId: contact.subjectId, key: contact.subjectKey };
  return { row, whose, kept, mandate: event.store, worked: !aside, found };
}

export const sealed = ({ row, whose, kept, mandate }: Draft): MessageRow => ({
  ...row,
  body: sealInbound(mandate, whose, { id: row.id, body: kept }),
});
