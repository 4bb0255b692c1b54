// deliver → settle: a queued message goes out through its channel, within the reply window and the platform's limits.
import { LRUCache } from 'lru-cache';
import type { ChannelAdapter, Fact } from '#libs/channels';
import { marketingOf, pointer } from '#libs/instructions';
import { personal, type HttpRequest, type HttpResponse, type OutboundContent, type SendOutcome } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import { ABOUT_RIGHTS, type Echo, type Marketing, type OpenMessage, type Store } from '#libs/store';
import { opened } from '#libs/vault';
import { attemptId } from './attempt.js';
import { openBody } from './body.js';
import { messageHash } from './identity.js';
import { LONGEST_HELD_MS, pausedFor, spread, STOPPED_MS, stoppedFor } from './stopped.js';
import { openTokens, restoreAnswer } from './tokens.js';
import { refOf, type Step, type TurnInHand } from './turn.js';

/** Takes one place in a key's rate; a positive `waitMs` means that it was not free and nothing was taken. */
export interface RateLimiter {
  take(
    key: string,
    rate: { readonly points: number; readonly perSecond: number },
  ): Promise<{ readonly waitMs: number }>;
}

export interface DeliverDeps {
  readonly store: Store;
  /** Calls the platform with the connection's secrets filled in; only hosts of the channel's manifest. */
  readonly send: (request: HttpRequest, hand: TurnInHand) => Promise<HttpResponse>;
  readonly limiter: RateLimiter;
  /** Tells clients that fetch for themselves (web chat) that there is something new. */
  readonly published: (conversationId: string) => Promise<void>;
  readonly count: (channel: string, outcome: SendOutcome['kind']) => void;
  /** A message became a dead letter. */
  readonly gaveUp: () => void;
  /** Whether and when a connection may send has changed: whoever remembers it looks again. */
  readonly changed: (tenantId: string) => Promise<void>;
  readonly log: Logger;
  readonly now: () => number;
}

/** `isLast`: nothing else is open, so the conversation is given back with the last word. */
export type Deliver = (hand: TurnInHand, message: OpenMessage, isLast: boolean) => Promise<Step>;

/** When nobody knows whether it went out, how long a status or an echo may take to tell us that it did. */
const UNCERTAIN_MS = 5_000;
const UNCERTAIN = 'uncertain';
const MAX_ATTEMPTS = 8;
/** A code of the platform's own, not `timeout` or `http-504`. */
const PLATFORM_ERROR = /^\d/;
/** Told to wait so long, a connection is paused in all processes, and for its tenant to see. */
const LONG_REST_MS = 60_000;
const LAPSES: ReadonlySet<string> = new Set(['typing', 'read', 'reaction']); // not worth a dead letter

const isSlow = (content: OutboundContent): boolean =>
  content.type === 'media' && (content.media === 'audio' || content.media === 'video');

/** It may not go any more; or something came that has to be looked at before. */
const notSent = (may: 'no' | 'look'): Step => ({ next: 'on', ...(may === 'look' ? { look: true } : {}) });

/** What the person's wish to hear no more is about, and under which clause it was heard. */
const marketingIn = ({ instructions, connection: { channel } }: TurnInHand): Marketing => ({
  purposes: marketingOf(instructions),
  under: { channel, version: instructions.version, clause: pointer('channels', channel) },
});

export function createDeliver(deps: DeliverDeps): Deliver {
  const { store, limiter, log, now } = deps;
  /** Connections that the platform told to slow down for a moment, until when: each process finds that out by itself. */
  const resting = new LRUCache<string, number>({ max: 10_000 });
  /** When this process first had something to deliver. */
  let upSince: number | null = null;

  /** The platform can tell only those who are up: the time that we were not there does not count, in ms. */
  function untilTold({ code }: OpenMessage): number {
    upSince ??= now();
    return code === UNCERTAIN ? upSince + UNCERTAIN_MS - now() : 0;
  }

  /** The store makes a dead letter of what failed, also when it was a status that said so before we were answered. */
  async function settle(
    hand: TurnInHand,
    message: OpenMessage,
    end: { state: 'sent' | 'failed'; code: string | null; hashes?: readonly Buffer[]; release?: boolean },
  ): Promise<boolean | null> {
    const { tenantId } = hand.whose;
    const { more, lettered } = await store.settleSent(tenantId, {
      messageId: message.id,
      conversationId: hand.conversationId,
      connectionId: hand.connection.id,
      hashes: end.hashes ?? [],
      state: end.state,
      code: end.code,
      fed: end.state === 'sent' && hand.connection.adapter.delivery === 'pull',
      release: end.release ? hand.lease : null,
      due: end.release ? await hand.due() : null,
    });
    if (lettered && !LAPSES.has(message.type)) {
      deps.gaveUp();
      log.warn('dead-letter.created', { tenantId, messageId: message.id });
    }
    return more;
  }

  /** Parts of it may have gone out: they are its own, also where their echoes came first. */
  async function fail(hand: TurnInHand, message: OpenMessage, code: string): Promise<Step> {
    const hashes = await store.sentParts(hand.whose.tenantId, message.id);
    await settle(hand, message, { state: 'failed', code, hashes });
    return { next: 'on' };
  }

  async function again(
    hand: TurnInHand,
    message: OpenMessage,
    retry: { code: string; afterMs: number },
  ): Promise<Step> {
    await store.requeue(hand.whose.tenantId, message.id, retry.code);
    return { next: 'rest', afterMs: retry.afterMs };
  }

  /**
   * 1, 7, 49 and 343 s: Meta's updates take up to five minutes (code 2), maintenance one (131057). Of what went out without our hearing
   * of it a status or an echo tells, which is given its time. A code of the platform's own says that nothing went out, but not where
   * only the text of an echo would tell.
   */
  function retryAfter({ connection: { adapter } }: TurnInHand, attempt: number, code: string): number {
    const ms = Math.round(1_000 * 7 ** (attempt - 1) * (0.75 + Math.random() / 2));
    const isKnown = code === 'unreachable' || (!adapter.echoText && PLATFORM_ERROR.test(code));
    return isKnown ? ms : Math.max(ms, UNCERTAIN_MS);
  }

  /**
   * The platform's id of what is quoted, or of the person's last message, which is reacted to or marked as read; where instructions
   * kept it. A recipient may name anything: what is not of this conversation and person is not found.
   */
  async function targetOf(hand: TurnInHand, content: OutboundContent): Promise<string | undefined> {
    const about = LAPSES.has(content.type) ? hand.progress.lastMessageId : null;
    const id = about ?? ('replyTo' in content ? content.replyTo : undefined);
    const sealed = id && (await store.bodyOf(hand.whose.tenantId, id, about ? undefined : hand.conversationId));
    return sealed ? opened(() => openBody(hand.whose, id, sealed))?.messageId : undefined;
  }

  /** Another app has the conversation, or had it when the person last wrote: there nothing is said of our own accord. */
  function isAnothers({ turn, progress }: TurnInHand): boolean {
    return turn.aside_at !== null && (progress.lastInboundAt === null || turn.aside_at >= progress.lastInboundAt);
  }

  function windowOpen(adapter: ChannelAdapter, lastInboundAt: Date | null): boolean {
    const window = adapter.manifest.replyWindowMs;
    return window === null || (lastInboundAt !== null && now() - lastInboundAt.getTime() < window.value);
  }

  async function renderFor(hand: TurnInHand, message: OpenMessage, content: OutboundContent) {
    const { adapter, settings } = hand.connection;
    const target = await targetOf(hand, content);
    return adapter.render(content, {
      address: hand.address().map((a) => ({ key: a.kind, value: personal(a.value), path: '' })),
      settings,
      opaqueId: attemptId(message),
      windowOpen: windowOpen(adapter, hand.progress.lastInboundAt),
      ...(target ? { target } : {}),
    });
  }

  async function rest(hand: TurnInHand, told: { code: string; afterMs: number }): Promise<void> {
    const { tenantId } = hand.whose;
    const { id: connectionId } = hand.connection;
    const until = now() + told.afterMs;
    resting.set(connectionId, until);
    if (told.afterMs < LONG_REST_MS) return;
    await store.pauseConnection(tenantId, connectionId, { until: new Date(until), code: told.code });
    await deps.changed(tenantId);
    log.warn('connection.paused', { tenantId, connectionId, waitMs: told.afterMs });
  }

  /** How long the connection must still wait: because the platform said so, or to stay within its rate. */
  async function limited(hand: TurnInHand, content: OutboundContent): Promise<number> {
    const { sendRate, slowRate } = hand.connection.adapter.manifest;
    const rested = Math.max((resting.get(hand.connection.id) ?? 0) - now(), pausedFor(hand.connection, now()));
    if (rested > 0) return rested;
    const take = async (what: string, rate: Fact<number>): Promise<number> =>
      (await limiter.take(`${what}:${hand.connection.id}`, { points: 1, perSecond: rate.value })).waitMs;
    const slow = slowRate && isSlow(content) ? await take('slow', slowRate) : 0;
    return slow || take('connection', sendRate);
  }

  /**
   * The last attempt may have arrived, and no status names our id: the platform's id of an echo in this conversation that says the same,
   * and that no message of ours has taken. Should staff have written it, the person has read it once, too.
   */
  async function echoed(
    hand: TurnInHand,
    message: OpenMessage,
    at: { readonly request: HttpRequest; readonly taken: readonly Buffer[] },
  ): Promise<Buffer | null> {
    const said = message.attempts > 0 ? hand.connection.adapter.echoText?.(at.request) : null;
    if (said == null) return null;
    const textOf = ({ id, body }: Echo): string | null => {
      const content = opened(() => openBody(hand.whose, id, body))?.content;
      return content?.type === 'text' ? content.text : null;
    };
    const echoes = await store.echoesSince(hand.whose.tenantId, hand.conversationId, message.id);
    const same = echoes.find((one) => !at.taken.some((hash) => hash.equals(one.hash)) && textOf(one) === said);
    return same?.hash ?? null;
  }

  /** A part that the platform took is remembered: the next attempt goes on behind it. */
  async function sendAll(
    hand: TurnInHand,
    message: OpenMessage,
    requests: readonly HttpRequest[],
  ): Promise<{ outcome: SendOutcome; hashes: readonly Buffer[] }> {
    const { tenantId } = hand.whose;
    const inParts = requests.length > 1;
    const hashes = inParts ? [...(await store.sentParts(tenantId, message.id))] : [];
    const open = hashes.length;
    let outcome: SendOutcome = { kind: 'accepted', messageId: null };
    for (const [n, request] of requests.entries()) {
      if (n < open) continue;
      const before = n === open ? await echoed(hand, message, { request, taken: hashes }) : null;
      if (!before) outcome = hand.connection.adapter.interpret(await deps.send(request, hand), message.attempts + 1);
      if (outcome.kind !== 'accepted') break;
      const id = outcome.messageId ?? (inParts ? personal(`${message.id}:${n}`) : null);
      if (before) hashes.push(before);
      else if (id) hashes.push(messageHash(hand.connection.tenant.keys, id));
      if (inParts && n < requests.length - 1) await store.keepSentParts(tenantId, message.id, hashes);
    }
    return { outcome, hashes };
  }

  /** Of a stopped connection: what becomes of a message that is not tried; null: it is the one that tries. */
  async function held(hand: TurnInHand, message: OpenMessage): Promise<Step | null> {
    const afterMs = stoppedFor(hand.connection, now());
    if (afterMs === null) return null;
    // An answer that waited so long is none any more.
    if (LAPSES.has(message.type) || now() - message.at.getTime() > LONGEST_HELD_MS)
      return fail(hand, message, 'connection-stopped');
    if (afterMs === 0) return null;
    const code = 'connection-stopped';
    return message.marked
      ? again(hand, message, { code, afterMs: spread(afterMs) })
      : { next: 'rest', afterMs: spread(afterMs) };
  }

  async function sent(
    hand: TurnInHand,
    message: OpenMessage,
    end: { readonly hashes: readonly Buffer[]; readonly isLast: boolean },
  ): Promise<Step> {
    const more = await settle(hand, message, { state: 'sent', code: null, hashes: end.hashes, release: end.isLast });
    if (end.hashes.length > 1) await store.keepSentParts(hand.whose.tenantId, message.id, null);
    return more === null ? { next: 'on' } : { next: 'on', released: { more } };
  }

  return async function deliver(hand, message, isLast) {
    const { tenantId } = hand.whose;
    const isFetched = hand.connection.adapter.delivery === 'pull';
    // Cancelled or restricted meanwhile, or none of its purposes is open any more: it is the last look at them before it goes out.
    const mayGo = async () => (message.marked ? 'yes' : store.markSending(tenantId, message.id, refOf(hand)));
    // Found as `sending`: a worker died in between. A status that names our id may still say that it went out; what is fetched from us did not.
    if (message.state === 'sending')
      return again(hand, message, { code: UNCERTAIN, afterMs: isFetched ? 0 : UNCERTAIN_MS });
    if ((hand.turn.restricted && message.type !== ABOUT_RIGHTS) || !message.body)
      return fail(hand, message, 'restricted');
    if (message.type === ABOUT_RIGHTS && isAnothers(hand)) return fail(hand, message, 'another-app');
    if (!hand.instructions.channels[hand.connection.channel]?.enabled)
      return fail(hand, message, 'channel-not-enabled');
    const tokens = openTokens(hand.whose, hand.conversationId, hand.progress.tokens);
    const content = restoreAnswer(openBody<OutboundContent>(hand.whose, message.id, message.body), tokens);
    const rendered = await renderFor(hand, message, content);
    if ('refused' in rendered) return fail(hand, message, rendered.refused);
    if (isFetched) {
      const may = await mayGo();
      if (may !== 'yes') return notSent(may);
      // Clients see it under our own id, and name it by that when they answer it.
      const hashes = LAPSES.has(message.type) ? [] : [messageHash(hand.connection.tenant.keys, personal(message.id))];
      const ended = await sent(hand, message, { hashes, isLast });
      await deps.published(hand.conversationId);
      return ended;
    }
    const heldBack = await held(hand, message);
    if (heldBack) return heldBack;
    const untoldMs = untilTold(message);
    if (untoldMs > 0) return { next: 'rest', afterMs: untoldMs };
    const waitMs = await limited(hand, content);
    if (waitMs > 0 && message.marked) return again(hand, message, { code: 'limited', afterMs: waitMs });
    if (waitMs > 0) return { next: 'rest', afterMs: waitMs };

    const may = await mayGo();
    if (may !== 'yes') return notSent(may);
    const attempt = message.attempts + 1;
    const { outcome, hashes } = await sendAll(hand, message, rendered.requests);
    deps.count(hand.connection.channel, outcome.kind);
    switch (outcome.kind) {
      case 'accepted':
        if (hand.connection.stopped_at !== null) {
          await store.setConnectionHealth(tenantId, hand.connection.id, { health: 'healthy', reason: null });
          await deps.changed(tenantId);
          log.info('connection.healthy', { tenantId, connectionId: hand.connection.id });
        }
        return sent(hand, message, { hashes, isLast });
      case 'retry':
        if (attempt >= outcome.attempts) return fail(hand, message, outcome.code);
        return again(hand, message, { code: outcome.code, afterMs: retryAfter(hand, attempt, outcome.code) });
      case 'throttled':
        if (attempt >= MAX_ATTEMPTS) return fail(hand, message, outcome.code);
        if (outcome.scope === 'connection') await rest(hand, outcome);
        log.debug('delivery.throttled', { tenantId, messageId: message.id, waitMs: outcome.afterMs });
        return again(hand, message, { code: outcome.code, afterMs: outcome.afterMs });
      case 'refused':
        if (outcome.reason === 'opted-out')
          await store.stopMarketing(tenantId, hand.living.subjectId, marketingIn(hand));
        return fail(hand, message, `${outcome.reason}:${outcome.code}`);
      case 'stopped':
        await store.stopConnection(tenantId, hand.connection.id, `${outcome.reason}:${outcome.code}`);
        await deps.changed(tenantId);
        log.warn('connection.stopped', { tenantId, connectionId: hand.connection.id });
        if (LAPSES.has(message.type)) return fail(hand, message, `${outcome.reason}:${outcome.code}`);
        // Nothing is wrong with the message: it waits until the connection works.
        return again(hand, message, { code: `${outcome.reason}:${outcome.code}`, afterMs: spread(STOPPED_MS) });
    }
  };
}
