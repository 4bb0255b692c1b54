// enforce → look up: of a person what no update brings is asked for at the platform, as far as it is instructed, and once a day at most.
import { LRUCache } from 'lru-cache';
import type { LookUpAnswer } from '#libs/channels';
import { apply, askedFor, decide, observations, type DecidedEvent, type Decision } from '#libs/instructions';
import { personal, type ChannelEvent, type HttpRequest, type HttpResponse } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { OpenMessage, Store } from '#libs/store';
import { sealProfile, type InboundBody } from './body.js';
import type { Committer, Volume } from './committer.js';
import { rightly } from './corrections.js';
import { createExposed } from './exposed.js';
import { openHeld } from './held/open-held.js';
import { dedupeHash, pseudonymiser } from './identity.js';
import { keptOf } from './kept.js';
import { newMessageId } from './message-id.js';
import { createPassed } from './passed.js';
import type { TurnInHand } from './turn.js';

/** By kind; `passing` goes along with this message and is not stored at all. */
export type LookedUp = Required<Pick<InboundBody, 'identifiers' | 'passing'>>;

/** @param open the purposes that are open for the person */
export type LookUpPerson = (hand: TurnInHand, message: OpenMessage, open: ReadonlySet<string>) => Promise<LookedUp>;

export interface LookUpDeps {
  readonly store: Pick<Store, 'profilesOf' | 'noteLookUpRefused' | 'replaceWrong'>;
  readonly committer: Pick<Committer, 'commit'>;
  /** Calls the platform with the connection's secrets filled in. */
  readonly send: (request: HttpRequest, hand: TurnInHand) => Promise<HttpResponse>;
  /** What is remembered of the connection has changed. */
  readonly changed: (tenantId: string) => Promise<void>;
  readonly count: (channel: string, outcome: LookUpAnswer['kind']) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** So long a message waits for it, and no longer: an answer that takes more time is asked for with a later message. */
const PATIENCE_MS = 2_000;
/** What was asked for and is not there is asked for again after this time, when the person writes. */
const AGAIN_MS = 24 * 3_600_000;
/** How long a refusal that is on record at the connection is taken for told. */
const TOLD_MS = 3_600_000;

const NOTHING: LookedUp = { identifiers: {}, passing: {} };

/** What is known already: values, and of each kind when and for which message it was last asked for. */
interface Known {
  readonly identifiers: Readonly<Record<string, string>>;
  readonly asked: ReadonlyMap<string, { readonly at: number; readonly of: string }>;
}

type Accepted = Extract<Decision, { outcome: 'accepted' }>;

export function createLookUp({ store, committer, send, changed, count, log, now }: LookUpDeps): LookUpPerson {
  const exposed = createExposed();
  const passed = createPassed(now);
  /** Connections whose platform is slow or throttles, until when none of their people is asked about here. */
  const resting = new LRUCache<string, number>({ max: 10_000 });

  async function knownOf(hand: TurnInHand): Promise<Known> {
    const asked = new Map<string, { at: number; of: string }>();
    let identifiers: Record<string, string> = {};
    for (const row of await store.profilesOf(hand.whose.tenantId, hand.conversationId)) {
      const body = openHeld(hand, await rightly(store, hand, row));
      identifiers = { ...identifiers, ...body.identifiers };
      for (const kind of body.asked?.kinds ?? []) asked.set(kind, { at: row.at.getTime(), of: body.asked!.of });
    }
    return { identifiers, asked };
  }

  /** What is passed on only is due once more when its message is delivered once more: no row has it. */
  function due(hand: TurnInHand, at: { wanted: readonly string[]; known: Known; message: OpenMessage }): string[] {
    const { channel } = hand.connection;
    return at.wanted.filter((kind) => {
      if (Object.hasOwn(at.known.identifiers, kind)) return false;
      const last = at.known.asked.get(kind);
      const isPassed = hand.instructions.channels[channel]?.identifiers[kind]?.do === 'pass';
      return last === undefined || now() - last.at > AGAIN_MS || (isPassed && last.of === at.message.id);
    });
  }

  async function ask(hand: TurnInHand, kinds: readonly string[]): Promise<LookUpAnswer | null> {
    const { adapter, settings, id, channel, stopped_at } = hand.connection;
    if (!adapter.lookUp || stopped_at !== null || now() < (resting.get(id) ?? 0)) return null;
    const address = hand.address().map((a) => ({ key: a.kind, value: personal(a.value), path: '' }));
    const request = adapter.lookUp.request(kinds, { address, settings });
    if (!request) return null;
    const response = await send({ ...request, timeoutMs: Math.min(request.timeoutMs, PATIENCE_MS) }, hand);
    const answer = adapter.lookUp.read(response, kinds);
    count(channel, answer.kind);
    if (answer.kind !== 'later') return answer;
    resting.set(id, now() + answer.afterMs);
    log.debug('look-up.later', { tenantId: hand.whose.tenantId, connectionId: id, waitMs: answer.afterMs });
    return null;
  }

  /** The tenant sees it at the connection: once an hour, however many people write. */
  async function note({ connection, whose: { tenantId } }: TurnInHand, answer: LookUpAnswer): Promise<void> {
    const { id, look_up_refused_at: before } = connection;
    const isTold = before !== null && now() - before.getTime() < TOLD_MS;
    const isRefused = answer.kind === 'not-permitted';
    if (isTold || (!isRefused && before === null)) return;
    await store.noteLookUpRefused(tenantId, id, isRefused ? answer.code : null);
    await changed(tenantId);
    if (isRefused) log.warn('look-up.refused', { tenantId, connectionId: id });
  }

  /** What the ledger is told: of which kinds, by which clause, and what came of it. How many, never of whom. */
  function leavesOf(hand: TurnInHand, kinds: readonly string[], came: { answer: LookUpAnswer; decided: DecidedEvent }): Volume[] {
    const { whose: { tenantId }, connection: { channel }, instructions: { version, hash, channels } } = hand;
    return kinds.map((identifier) => {
      const kept = came.decided.identifiers.find(({ key }) => key === identifier);
      const outcome = kept?.action ?? (came.answer.kind === 'found' ? 'absent' : came.answer.kind);
      const clause = channels[channel]?.identifiers[identifier]?.clause ?? 'default:identifier-not-listed';
      const leaf = { type: 'look-up', channel, identifier, outcome, version, hash, clause, count: 1 };
      return { tenantId, key: `${tenantId}|look-up|${channel}|${identifier}|${outcome}|${version}`, leaf };
    });
  } // prettier-ignore

  function rowOf(hand: TurnInHand, at: { event: ChannelEvent; decision: Accepted; body: InboundBody }) {
    const { connection, whose, conversationId } = hand;
    const id = newMessageId();
    const [first] = Object.keys(at.body.identifiers);
    const category = connection.adapter.identifiers.find(({ key }) => key === first)?.category ?? 'routing';
    const { version, clause } = at.decision.store.instruction;
    return {
      tenantId: whose.tenantId,
      id,
      connectionId: connection.id,
      conversationId,
      hash: dedupeHash(connection.tenant.keys, at.event.dedupe),
      direction: 'in' as const,
      type: 'profile',
      contentType: null,
      body: sealProfile(at.decision.store, whose, { id, body: at.body, category }),
      target: null,
      state: 'done',
      version,
      clause,
      at: new Date(at.event.at),
      fed: false,
    };
  }

  /** Decided, minimised and stored like an update that the platform sent; that it was asked is kept whatever it answered. */
  async function keep(
    hand: TurnInHand,
    kinds: readonly string[],
    came: { readonly answer: LookUpAnswer; readonly of: string; readonly open: ReadonlySet<string> },
  ): Promise<LookedUp> {
    const { connection, instructions } = hand;
    const event: ChannelEvent = {
      channel: connection.channel,
      account: connection.account,
      via: 'primary',
      at: now(),
      messageId: null,
      dedupe: personal(`look-up:${came.of}:${kinds.join()}`),
      identifiers: came.answer.kind === 'found' ? came.answer.identifiers : [],
      body: { type: 'profile' },
    };
    const decision = decide(instructions, { restricted: false, open: came.open }, event);
    if (decision.outcome === 'refused') return NOTHING;
    const decided = apply(event, decision, pseudonymiser(connection.tenant.keys, connection.channel));
    const {
      identifiers,
      forms,
      passing = {},
    } = keptOf(decided, { instructions, handles: connection.routing, worked: true });
    const body = { content: null, identifiers, ...(forms ? { forms } : {}), asked: { kinds, of: came.of } };
    await committer.commit({
      messages: [rowOf(hand, { event, decision, body })],
      statuses: [],
      observations: exposed(connection, observations(event, decision)),
      leaves: leavesOf(hand, kinds, { answer: came.answer, decided }),
    });
    return { identifiers, passing };
  }

  return async function lookUp(hand, message, open) {
    const { connection, instructions, turn } = hand;
    // Most channels have nothing to look up, and most instructions want nothing looked up: then nothing is read either.
    if (
      !connection.adapter.lookUp ||
      Object.keys(instructions.channels[connection.channel]?.lookUps ?? {}).length === 0
    )
      return NOTHING;
    const known = await knownOf(hand);
    const before = { identifiers: known.identifiers, passing: {} };
    if (message.type !== 'message' || turn.restricted) return before;
    const kinds = due(hand, { wanted: askedFor(instructions, connection.channel, open), known, message });
    if (kinds.length === 0) return before;
    const remembered = passed.of({ hand, message, open }, kinds);
    if (remembered) return { ...before, passing: remembered };
    const answer = await ask(hand, kinds);
    if (!answer) return before;
    await note(hand, answer);
    const { identifiers, passing } = await keep(hand, kinds, { answer, of: message.id, open });
    passed.keep({ hand, message, open }, { kinds, passing });
    return { identifiers: { ...known.identifiers, ...identifiers }, passing };
  };
}
