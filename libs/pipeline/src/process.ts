// The way on, one conversation at a time: enforce → minimise → route → deliver → settle.
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from '#libs/platform';
import { MOST_OPEN, openHandles, type DueTimes, type OpenMessage, type Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import type { Deliver } from './deliver.js';
import { applyOwn } from './effects.js';
import { asksNothing, overtaking, wordsAlone } from './overtake.js';
import type { Route } from './route.js';
import type { Tenants } from './tenants.js';
import type { Released, Step, TurnInHand } from './turn.js';

export interface ProcessDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly route: Route;
  readonly deliver: Deliver;
  readonly wake: (items: readonly { tenantId: string; conversationId: string; delayMs?: number }[]) => void;
  /** How long a conversation was worked on. */
  readonly took: (seconds: number) => void;
  /** A message became a dead letter. */
  readonly gaveUp: (stage: 'route' | 'deliver') => void;
  readonly log: Logger;
}

const RENEW_MS = 5_000;
const GONE_MS = 10 * 60_000;
/** Who rests longer is found by the sweep: a job would outlive the conversation, should its person be erased meanwhile. */
const LONGEST_QUEUED_MS = 30_000;
/** With the pauses in between, more than ten minutes. */
const MOST_FAILURES = 10;
/** Its instructions ended while it was worked on: it waits for others like one that comes now. */
const UNINSTRUCTED_MS = 1_000;

type Newest = TurnInHand['progress']['newest'];

const newestOf = (open: readonly OpenMessage[], before: Newest): Newest =>
  open.reduce<Newest>((newest, one) => (newest && newest.id > one.id ? newest : one), before);

/** Ids are times. */
const madeAt = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

export function createProcess({ store, tenants, route, deliver, wake, took, gaveUp, log }: ProcessDeps) {
  async function pickUp(tenantId: string, conversationId: string): Promise<TurnInHand | null> {
    const tenant = await tenants.tenant(tenantId);
    // Without instructions nothing is forwarded or answered; what waits is kept until a version is in force.
    if (!tenant?.instructions) return null;
    const lease = randomUUID();
    const turn = await store.takeTurn(tenantId, conversationId, lease);
    if (!turn) return null;
    const connection = await tenants.connection(turn.connection_id);
    if (!connection) {
      // Removed with what waits: it is found again only because it is still there.
      const seen = turn.open.map(({ id }) => id);
      await store.releaseTurn(tenantId, conversationId, { lease, retryInMs: GONE_MS, seen, due: null });
      return null;
    }
    const key = openSubjectKey(tenant.keys, turn.subject_id, turn.wrapped_key);
    const whose = { tenantId, subjectId: turn.subject_id, key };
    const living = turn.living_key
      ? { tenantId, subjectId: turn.living_id, key: openSubjectKey(tenant.keys, turn.living_id, turn.living_key) }
      : whose;
    const progress = {
      noticeHash: turn.notice_hash,
      lastInboundAt: turn.last_inbound_at,
      lastMessageId: turn.last_message_id,
      marketingStoppedAt: turn.marketing_stopped_at,
      tokens: turn.tokens,
      tail: undefined,
      seen: new Set<string>(),
      newest: null as TurnInHand['progress']['newest'],
    };
    let opened: ReturnType<typeof openHandles> | null = null;
    const address = () => (opened ??= openHandles(living, turn.handles));
    // Without it the times stay as they were: the daily look at all of them puts them right.
    const due = async (): Promise<DueTimes | null> => {
      const { newest } = progress;
      const ruling = newest && (await tenant.ruling().catch(() => null));
      return ruling && ruling.dueOf({ at: madeAt(newest.id), version: newest.version }, new Date());
    };
    return {
      conversationId,
      lease,
      turn,
      connection,
      instructions: tenant.instructions,
      whose,
      living,
      progress,
      address,
      due,
    };
  }

  /** How often the work on a message threw here. */
  const failures = new LRUCache<string, number>({ max: 10_000 });

  /** Each message under the version in force when its turn comes: a long turn does not keep an old one alive. */
  async function routed(hand: TurnInHand, message: OpenMessage): Promise<Step> {
    const instructions = (await tenants.tenant(hand.whose.tenantId))?.instructions;
    if (!instructions) return { next: 'rest', afterMs: UNINSTRUCTED_MS };
    return route(instructions === hand.instructions ? hand : { ...hand, instructions }, message);
  }

  /** What throws again and again is our mistake, not the message's; but it must not hold up its conversation for ever. */
  async function step(hand: TurnInHand, message: OpenMessage, isLast: boolean): Promise<Step> {
    const stage = message.direction === 'in' ? 'route' : 'deliver';
    try {
      if (stage === 'route') return await routed(hand, message);
      return await (message.state === 'pending' ? applyOwn(store, hand, message) : deliver(hand, message, isLast));
    } catch (error) {
      const { tenantId } = hand.whose;
      const times = (failures.get(message.id) ?? 0) + 1;
      failures.set(message.id, times);
      if (times < MOST_FAILURES) throw error;
      log.error('turn.failed', { tenantId, conversationId: hand.conversationId, error });
      await store.giveUp(tenantId, message.id);
      gaveUp(stage);
      log.warn('dead-letter.created', { tenantId, messageId: message.id });
      return { next: 'on', look: true };
    }
  }

  /** Looks anew. What was looked at, and asks nothing of the gateway, is new to nobody any more. */
  async function look(hand: TurnInHand, before: readonly OpenMessage[]): Promise<OpenMessage[]> {
    const heard = before.filter((message) => asksNothing(hand, message)).map(({ id }) => id);
    const open = await store.openMessages(hand.whose.tenantId, hand.conversationId, heard);
    hand.progress.seen.clear();
    return open;
  }

  /** The turn was taken for something else: what rests goes on resting. */
  function restOf({ turn }: TurnInHand, { direction, marked }: OpenMessage): Step | null {
    const theirs = direction === 'in';
    const afterMs = theirs ? turn.rests_ms : turn.ours_rest_ms;
    return afterMs > 0 && marked !== true ? { next: 'rest', afterMs, theirs } : null;
  }

  /** Works until nothing is open: our answer to a message goes out before the next message is looked at. */
  async function workThrough(hand: TurnInHand, isHeld: () => boolean): Promise<Step> {
    const { turn, progress } = hand;
    let open = turn.open;
    let mayBeMore = open.length === MOST_OPEN;
    const lookAnew = async (): Promise<void> => {
      open = await look(hand, open);
      mayBeMore = open.filter(({ unheard }) => unheard).length === MOST_OPEN;
    };
    for (;;) {
      for (const { id } of open) progress.seen.add(id);
      progress.newest = newestOf(open, progress.newest);
      const due = open.find((m) => m.direction === 'out') ?? open[0];
      if (!due) return { next: 'on' };
      if (!isHeld()) return { next: 'lost' };
      const ahead = due.marked ? null : (overtaking(hand, open, due) ?? (mayBeMore ? wordsAlone(hand, open) : null));
      // The last of many may be the one that counts; and before one that is beyond the next ones there may be others.
      if (!ahead && !due.marked && (mayBeMore || due.beyond)) {
        await lookAnew();
        continue;
      }
      const first = ahead ?? due;
      const rest = ahead ? null : restOf(hand, due);
      if (rest) return rest;
      const others = open.filter((m) => m.id !== first.id);
      const ended = await step(hand, first, others.length === 0);
      if (ended.next === 'rest') return { ...ended, theirs: due.direction === 'in' };
      if (ended.next !== 'on' || ended.released) return ended;
      open = [...(ended.queued ?? []), ...others];
      if (ended.look) await lookAnew();
    }
  }

  /** The job: ids only. Safe to run at any time, any number of times, anywhere. */
  return async function processConversation(tenantId: string, conversationId: string): Promise<void> {
    const hand = await pickUp(tenantId, conversationId);
    if (!hand) return;
    const began = performance.now();
    let held = true;
    const renewal = setInterval(() => {
      store.renewLease(tenantId, conversationId, hand.lease).then(
        (still) => (held &&= still),
        () => undefined, // the lease outlasts a short absence of the database
      );
    }, RENEW_MS);
    let rest: number | null = null;
    let theirs = false;
    let failed = false;
    let released: Released | null = null;
    try {
      const ended = await workThrough(hand, () => held);
      if (ended.next === 'rest') [rest, theirs, failed] = [ended.afterMs, ended.theirs === true, ended.failed === true];
      if (ended.next === 'on') released = ended.released ?? null;
    } catch (error) {
      log.error('turn.failed', { tenantId, conversationId, error });
      failed = true;
      rest = 1_000 * 2 ** Math.min(hand.turn.attempts, 8);
    } finally {
      clearInterval(renewal);
      const due = released ? null : await hand.due();
      const end = { lease: hand.lease, retryInMs: rest, theirs, failed, seen: [...hand.progress.seen], due };
      // What came while we worked has woken nobody: a job of this conversation was running.
      const more = released
        ? released.more
        : held && (await store.releaseTurn(tenantId, conversationId, end).catch(() => false));
      if (rest !== null && rest <= LONGEST_QUEUED_MS) wake([{ tenantId, conversationId, delayMs: rest + 20 }]);
      if (more) wake([{ tenantId, conversationId }]);
      took((performance.now() - began) / 1_000);
    }
  };
}
