// enforce → minimise → route: what a recipient may have of one message goes to it, and its answer is queued.
import {
  dependsOn,
  minimise,
  notice,
  recipientsFor,
  INDEPENDENT,
  replyMandate,
  templateFor,
  unsendable,
  type CompiledRecipient,
  type Dependence,
  type FilledText,
  type MinimisedTurn,
  type TemplateAt,
} from '#libs/instructions';
import { personal, type Content, type HttpRequest, type HttpResponse, type OutboundContent } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import { secretsFor, takes, type RecipientContext, type RecipientKind, type RecipientOutcome } from '#libs/recipients'; // prettier-ignore
import type { Disclosed, OpenMessage, OutboundRow, Settled, Store } from '#libs/store';
import { newSubjectTag, pseudonymOf } from '#libs/vault';
import { openBody, resealReduced, type InboundBody } from './body.js';
import type { Bulkhead } from './bulkhead.js';
import { correctedOf, rightly } from './corrections.js';
import { aimed, applyEffect } from './effects.js';
import { mayContinue, prepareFreeText, type FreeText } from './free-text.js';
import { createGate, type Handled, type RightAsked } from './gate.js';
import { mediaOf, type MediaIntake } from './media.js';
import { newMessageId } from './message-id.js';
import { NOT_ASKED, type Looked, type LookThrough } from './model.js';
import { permitOf, type CallPermit } from './permit.js';
import { asOpen, outboundRow } from './outbound.js';
import { afterDelivery, keepsFiles, openHeld } from './held/open-held.js';
import { createScreen } from './screen.js';
import { openTokens, restoreWritten } from './tokens.js';
import { refOf, type Step, type TurnInHand } from './turn.js';
import type { Tenants } from './tenants.js';

export interface RouteDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly recipients: readonly RecipientKind[];
  /** Calls a recipient: only the hosts of its line in the register may be called. */
  readonly call: (request: HttpRequest, permit: CallPermit) => Promise<HttpResponse>;
  readonly bulkhead: Bulkhead;
  readonly media: MediaIntake;
  /** Asks the controller's own detectors. */
  readonly look: LookThrough;
  /** Opens a request for a right that a person asked for in the chat. */
  readonly openRequest: (right: RightAsked, hand: TurnInHand) => Promise<void>;
  /** Where a person finds the receipt that a code opens. */
  readonly receiptUrl: (code: string) => string;
  /** Recipient kind and what became of the call. */
  readonly count: (kind: string, outcome: RecipientOutcome['kind']) => void;
  /** A message became a dead letter. */
  readonly gaveUp: () => void;
  readonly log: Logger;
  readonly now: () => number;
}

export type Route = (hand: TurnInHand, message: OpenMessage) => Promise<Step>;

/** A message of ours, and what it depends on. */
interface Reply extends Dependence {
  readonly content: OutboundContent;
}

/** What asking all recipients of one message came to. */
type Asked =
  | {
      readonly kind: 'answered';
      readonly replies: readonly Reply[];
      readonly disclosed: readonly Disclosed[];
      /** Recipients that got nothing, and the clause that kept it from them. */
      readonly withheld: readonly { readonly recipient: string; readonly refused: string; readonly clause: string }[];
    }
  | { readonly kind: 'rest'; readonly code: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly code: string };

const EVENTS = { message: 'message', edit: 'edit', revoke: 'revoke', reaction: 'reaction' } as const;

const ofOurs = (content: OutboundContent): Reply => ({ content, ...INDEPENDENT });

/** For the ledger: what was decided of a message without asking anybody, and by which clause. Nobody can tell of whom. */
const decisionLeaf = ({ instructions, whose }: TurnInHand, decided: string, clause = `default:${decided}`) => ({
  type: 'decision',
  ...newSubjectTag(whose.key),
  decided,
  version: instructions.version,
  clause,
});

/** The identifiers of a message, those by which its person is answered, and what was put right of the person. */
const identifiersOf = (hand: TurnInHand, body: InboundBody): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(hand.address().map(({ kind, value }) => [kind, value] as const).toReversed()),
  ...correctedOf(hand),
  ...body.identifiers,
}); // prettier-ignore

/** From here on this message is the person's last one. */
function remember({ progress }: TurnInHand, message: OpenMessage, content: Content | null): void {
  if (message.type !== 'message' && message.type !== 'reaction') return;
  progress.lastInboundAt = message.at;
  if (message.type === 'reaction') return;
  progress.lastMessageId = message.id;
  progress.tail = content?.type === 'text' ? content.text : null;
}

export function createRoute(deps: RouteDeps): Route {
  const { store, tenants, bulkhead, media, log, now } = deps;
  const kinds = new Map(deps.recipients.map((k) => [k.kind, k]));
  const passGate = createGate({ store, receiptUrl: deps.receiptUrl, now });
  const screen = createScreen({ store, now });

  async function contextFor(
    hand: TurnInHand,
    message: OpenMessage,
    at: { recipient: CompiledRecipient; turn: MinimisedTurn; content: Content | null },
  ): Promise<RecipientContext> {
    const { tenant } = hand.connection;
    const pseudonym = (id: string): string => pseudonymOf(tenant.keys, at.recipient.id, id);
    const target = message.target && (await store.findByExternalId(tenant.id, hand.connection.id, message.target));
    return {
      messageId: message.id,
      conversation: pseudonym(hand.conversationId),
      subject: pseudonym(hand.whose.subjectId),
      channel: hand.connection.channel,
      event: EVENTS[message.type as keyof typeof EVENTS],
      // Of a revoke that came before its message nothing is known but itself.
      ...(target && target !== message.id ? { target } : {}),
      at: message.at,
      instruction: at.turn.mandate.instruction,
      attachments: await media.listed(hand, { messageId: message.id, content: at.content }, at.turn),
      url: at.recipient.url,
      secret: await tenants.recipientSecret(tenant.id, at.recipient.id),
      model: at.recipient.model,
      prompt: at.recipient.prompt,
      // Ours to speak to the person with; a recipient gets it where it is instructed to, like any identifier.
      locale: at.turn.identifiers['locale'] ?? null,
      now: new Date(now()),
    };
  }

  async function ask(
    turn: MinimisedTurn,
    at: { kind: RecipientKind; context: RecipientContext; attempt: number; key: string },
  ): Promise<RecipientOutcome> {
    if (at.kind.transport === 'in-process') return { kind: 'answered', messages: at.kind.answer(turn, at.context) };
    const secrets = secretsFor(at.kind, at.context.secret);
    if (secrets === null) return { kind: 'refused', code: 'no-key' };
    const place = bulkhead.enter(at.key, now());
    if ('waitMs' in place) return { kind: 'retry', code: 'busy', afterMs: place.waitMs };
    const response = await deps.call(at.kind.render(turn, at.context), permitOf(at.context.url, secrets));
    const outcome = at.kind.interpret(response, at.attempt, Math.random());
    place.done(outcome.kind === 'retry');
    deps.count(at.kind.kind, outcome.kind);
    return outcome;
  }

  async function askAll(
    hand: TurnInHand,
    message: OpenMessage,
    given: {
      readonly body: InboundBody;
      readonly open: ReadonlySet<string>;
      readonly freeText: FreeText;
      readonly looked: Looked;
    },
  ): Promise<Asked> {
    const { body, open, freeText, looked } = given;
    const replies: Reply[] = [];
    const disclosed: Disclosed[] = [...looked.disclosed];
    const withheld: { recipient: string; refused: string; clause: string }[] = [];
    const { instructions, whose } = hand;
    const content: Content | null = body.emoji ? { type: 'text', text: body.emoji } : freeText.content;
    // Given as it was written, nobody needs to look through it.
    const treatFor = (id: string) => {
      const treat = freeText.treatFor(id);
      const asIs = instructions.freeText.beforeRecipient[id] === 'as-is';
      return (one: Content): Content => treat(asIs ? one : looked.guard(one));
    };
    for (const recipient of recipientsFor(instructions)) {
      const kind = kinds.get(recipient.kind);
      if (!kind || !takes(kind, EVENTS[message.type as keyof typeof EVENTS])) continue;
      const turn = minimise({
        compiled: instructions,
        state: { restricted: hand.turn.restricted },
        recipient,
        open,
        treat: treatFor(recipient.id),
        content: content === null ? null : personal(content),
        contentType: content?.type ?? null,
        identifiers: recipient.identifiers.length > 0 ? identifiersOf(hand, body) : {},
        channel: hand.connection.channel,
        ...(body.passing ? { passing: body.passing } : {}),
        now: now(),
      });
      if ('refused' in turn) {
        withheld.push({ recipient: recipient.id, ...turn });
        continue;
      }
      const context = await contextFor(hand, message, { recipient, turn, content });
      const outcome = await ask(turn, {
        kind,
        context,
        attempt: hand.turn.attempts + 1,
        key: `${whose.tenantId}|${recipient.id}`,
      });
      if (outcome.kind === 'retry') return { kind: 'rest', code: outcome.code, afterMs: outcome.afterMs };
      if (outcome.kind !== 'answered') {
        log.warn('recipient.failed', { tenantId: whose.tenantId, messageId: message.id });
        return { kind: 'refused', code: outcome.kind === 'gone' ? 'gone' : outcome.code };
      }
      const dependence = dependsOn(instructions, recipient.purposes, open);
      const at: TemplateAt = { compiled: instructions, purposes: recipient.purposes, open, declined: false };
      const dependsOf = (one: OutboundContent): Dependence =>
        one.type === 'template' ? (templateFor(at, one.purpose, false) ?? unsendable(at, one.purpose)) : dependence;
      replies.push(
        ...freeText.restore(recipient.id, outcome.messages).map((one) => ({ content: one, ...dependsOf(one) })),
      );
      const { purpose, categories, mandate } = turn;
      const { version, clause } = mandate.instruction;
      disclosed.push({ recipient: recipient.id, purpose, categories, version, clause });
    }
    return { kind: 'answered', replies, disclosed, withheld };
  }

  /** What the person wrote just before, where this message may go on with it: a number split over two. */
  async function tailFor(
    hand: TurnInHand,
    message: OpenMessage,
    body: InboundBody,
  ): Promise<string | null | undefined> {
    const { lastMessageId } = hand.progress;
    if (!lastMessageId || lastMessageId === message.id || !mayContinue(body.content)) return undefined;
    const sealed = await store.bodyOf(hand.whose.tenantId, lastMessageId);
    const last = sealed && openBody(hand.whose, lastMessageId, sealed).content;
    const { text } = last?.type === 'text' ? last : { text: null };
    return text && restoreWritten(text, openTokens(hand.whose, hand.conversationId, hand.progress.tokens));
  }

  /** The first notice, once per conversation and wording (Art. 13; AI Act Art. 50(1)). */
  function firstNotice(hand: TurnInHand): FilledText | null {
    const text = notice(hand.instructions, 'first-notice', hand.turn.locale ?? undefined);
    // Who was given it in another language was given it.
    const wordings = Object.values(hand.instructions.texts['first-notice'] ?? {});
    return text && !wordings.some(({ hash }) => hash === hand.progress.noticeHash) ? text : null;
  }

  const replies = (hand: TurnInHand, message: OpenMessage, made: readonly Reply[]): OutboundRow[] => {
    const mandate = replyMandate(hand.instructions);
    return mandate ? made.map((reply) => outboundRow(hand, mandate, { ...reply, replyTo: message.id })) : [];
  };

  /** What the gate dealt with by itself, as its turn's changes; a right asked for becomes a request first. */
  async function handled(hand: TurnInHand, message: OpenMessage, gate: Handled) {
    if (gate.right) await deps.openRequest(gate.right, hand);
    const { decided } = gate;
    return {
      state: gate.state,
      replies: replies(hand, message, gate.replies.map(ofOurs)),
      ...(gate.hold ? { hold: gate.hold } : {}),
      ...(gate.consent ? { consent: gate.consent } : {}),
      leaf: decisionLeaf(hand, decided, gate.clause ?? gate.consent?.events[0]?.clause),
    };
  }

  return async function route(hand, given) {
    const { tenantId } = hand.whose;
    const { message: aimedAt, aim } = await aimed(store, hand, given);
    const arrived = await rightly(store, hand, aimedAt);
    const read = openHeld(hand, arrived);
    const mandate = replyMandate(hand.instructions);
    // The first notice goes before everything: until it is out, a message is not looked at.
    const first = arrived.type === 'message' && mandate && !hand.turn.restricted ? firstNotice(hand) : null;
    const screened = first ? { message: arrived, body: read, told: [] } : await screen(hand, arrived, read);
    if (screened === 'lost') return { next: 'lost' };
    const { message, body: opened } = screened;
    if (screened.told.length > 0) return { next: 'on', queued: [...screened.told.map((row) => asOpen(row)), message] };
    hand.progress.tail ??= await tailFor(hand, message, opened);
    let freeText = prepareFreeText(hand, message, { body: opened });
    const isChange = aim?.at === 'message';
    const turnOf = refOf(hand);
    const settle = async (s: Partial<Settled>, stays?: ReadonlySet<string>): Promise<Step> => {
      // What may yet be dropped keeps its tokens with it: the conversation's table outlives it.
      const isOpen = s.hold !== undefined || s.state === 'restricted' || s.state === 'dropped';
      const left = isOpen ? stored : afterDelivery(hand, freeText.kept(), stays);
      // Tokens stand for what is held; of what is not they would be all that is left.
      const isGone = !isOpen && stored.content !== null && left.content === null;
      const tokens = s.state === 'dropped' || isGone ? null : freeText.tokens();
      const settled: Settled = {
        messageId: message.id,
        type: message.type,
        state: 'done',
        replies: [],
        disclosed: [],
        at: message.at,
        leaf: null,
        // What depends on consent is looked at once more before it goes out.
        sendsFirst:
          hand.connection.adapter.delivery === 'push' &&
          !s.consent?.release &&
          !isChange &&
          (s.replies?.[0]?.underConsent ?? null) === null &&
          s.replies?.[0]?.marketing !== true,
        ...(tokens ? { tokens } : {}),
        ...(left !== stored ? { body: resealReduced(hand.whose, message.id, left) } : {}),
        ...(isOpen || mediaOf(stored.content).length === 0 || keepsFiles(hand, stored, stays)
          ? {}
          : { withoutFiles: true }),
        ...s,
      };
      if (!(await store.settleInbound(tenantId, turnOf, settled))) return { next: 'lost' };
      hand.progress.tokens = tokens ?? hand.progress.tokens;
      const stopped = settled.consent?.marketingStopped;
      if (stopped !== undefined) hand.progress.marketingStoppedAt = stopped ? new Date(now()) : null;
      // What it changed may be among the messages that are open.
      return settled.consent?.release || isChange
        ? { next: 'on', look: true }
        : { next: 'on', queued: settled.replies.map((row, n) => asOpen(row, n === 0 && settled.sendsFirst === true)) };
    };

    let stored = opened;
    if (message.type === 'edit' && aim?.at === 'gone')
      return settle({ state: 'dropped', leaf: decisionLeaf(hand, 'nothing-to-edit') });
    await applyEffect({ store, hand, message, aim, body: opened, kept: freeText.kept() });
    if (!(message.type in EVENTS)) return settle({});
    if (hand.turn.restricted) return settle({ state: 'restricted', leaf: decisionLeaf(hand, 'restricted') });
    // It came before a version that accepts nothing here.
    if (!hand.instructions.channels[hand.connection.channel]?.enabled)
      return settle({
        state: 'dropped',
        leaf: decisionLeaf(hand, 'channel-not-enabled', `/channels/${hand.connection.channel}`),
      });
    const fetched = await media.fetch(hand, message, opened);
    if (fetched.kind === 'rest') return { next: 'rest', afterMs: fetched.afterMs, failed: true };
    if (fetched.body !== opened) {
      stored = fetched.body;
      freeText = prepareFreeText(hand, message, { body: stored });
    }

    if (first && mandate) {
      // Queued before anything is forwarded; the loop sends it and then comes back to this message.
      const row = outboundRow(hand, mandate, { content: { type: 'text', text: first.body }, replyTo: message.id });
      hand.progress.noticeHash = first.hash;
      hand.progress.lastInboundAt = message.at;
      hand.progress.lastMessageId = message.id;
      const { hash, language, clause } = first;
      const leaf = { ...decisionLeaf(hand, 'notice-given', clause), textHash: hash, language };
      const notice = { row, hash, at: message.at, lastMessageId: message.id, leaf };
      const held = await store.queueNotice(tenantId, turnOf, notice);
      return held ? { next: 'on', queued: [asOpen(row), message] } : { next: 'lost' };
    }

    const body: InboundBody = { ...stored, content: freeText.content };
    const gate = await passGate(hand, message, body);
    if (gate.kind === 'handled') {
      remember(hand, message, freeText.content);
      return settle(await handled(hand, message, gate), gate.stays);
    }
    const looked = await deps.look(hand, freeText.content, gate.open);
    if (looked !== NOT_ASKED) freeText = prepareFreeText(hand, message, { body: stored, also: looked.also });
    const asked = await askAll(hand, message, { body, open: gate.open, freeText, looked });
    if (asked.kind === 'rest') {
      log.debug('recipient.failed', { tenantId, messageId: message.id, waitMs: asked.afterMs });
      return { next: 'rest', afterMs: asked.afterMs, failed: asked.code !== 'busy' };
    }
    remember(hand, message, freeText.content);
    if (asked.kind === 'refused') {
      const letter = {
        id: newMessageId(),
        conversationId: hand.conversationId,
        messageId: message.id,
        stage: 'route',
        code: asked.code,
      };
      await store.deadLetter(tenantId, letter);
      deps.gaveUp();
      log.warn('dead-letter.created', { tenantId, messageId: message.id });
      return settle({ state: 'dead', disclosed: looked.disclosed });
    }
    const settled = {
      replies: replies(hand, message, [...asked.replies, ...gate.questions.map(ofOurs)]),
      disclosed: asked.disclosed,
      ...(gate.hold ? { hold: gate.hold } : {}),
      ...(gate.consent ? { consent: gate.consent } : {}),
      leaf: {
        type: 'disclosure',
        ...newSubjectTag(hand.whose.key),
        version: hand.instructions.version,
        clause: (asked.disclosed[0] ?? asked.withheld[0])?.clause ?? 'default:no-recipient',
        ...(asked.withheld.length > 0 ? { withheld: asked.withheld } : {}),
        recipients: asked.disclosed.map((d) => d.recipient),
        replies: asked.replies.length,
        ...(gate.unsure ? { unsure: 'stop' } : {}),
      },
    };
    return settle(settled, gate.stays);
  };
}
