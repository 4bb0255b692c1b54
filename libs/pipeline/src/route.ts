// enforce → route: what becomes of one message: gated, given to whom it may go to, and what was answered is queued.
import { notice, INDEPENDENT, replyMandate, type FilledText, type Right } from '#libs/instructions';
import type { Content, OutboundContent } from '#libs/kernel';
import { ABOUT_RIGHTS, type Disclosed, type OpenMessage, type OutboundRow, type Settled } from '#libs/store';
import { newSubjectTag } from '#libs/vault';
import { createAsk, isForwarded, type AskDeps, type Reply } from './ask.js';
import { openBody, resealReduced, type InboundBody } from './body.js';
import { rightly } from './corrections.js';
import { askedBy } from './consent-question.js';
import { aimed, applyEffect } from './effects.js';
import { mayContinue, prepareFreeText } from './free-text.js';
import { createGate, wishOf, withPage } from './gate.js';
import type { Handled } from './gated.js';
import type { LookedUp, LookUpPerson } from './look-up.js';
import { mediaOf } from './media.js';
import { newMessageId } from './message-id.js';
import { NOT_ASKED, type LookThrough } from './model.js';
import { asOpen, isStoppable, outboundRow } from './outbound.js';
import { afterDelivery, keepsFiles, openHeld } from './held/open-held.js';
import { createScreen } from './screen.js';
import { openTokens, restoreWritten } from './tokens.js';
import { refOf, type Step, type TurnInHand } from './turn.js';

export interface RouteDeps extends AskDeps {
  /** Asks the controller's own detectors. */
  readonly look: LookThrough;
  /** What is known of the person because the platform was asked. */
  readonly lookUp: LookUpPerson;
  /** Opens a request for a right that a person exercised in the chat; answers the address of its page. */
  readonly openRequest: (right: Right, hand: TurnInHand, how: { readonly aside: boolean }) => Promise<string>;
  /** What went out to recipients while its person was erased: they are to be told, too. */
  readonly tellLate: (tenantId: string, late: { readonly subjectId: string; readonly conversationId: string; readonly disclosed: readonly Disclosed[] }) => Promise<void>; // prettier-ignore
  /** Where a person finds the receipt that a code opens. */
  readonly receiptUrl: (code: string) => string;
  /** A message became a dead letter. */
  readonly gaveUp: (stage: 'route' | 'media') => void;
}

export type Route = (hand: TurnInHand, message: OpenMessage) => Promise<Step>;

const ofOurs = (content: OutboundContent): Reply => ({ content, ...INDEPENDENT });

/** For the ledger: what was decided of a message without asking anybody, and by which clause. Nobody can tell of whom. */
const decisionLeaf = ({ instructions, whose }: TurnInHand, decided: string, clause = `default:${decided}`) => ({
  type: 'decision',
  ...newSubjectTag(whose.key),
  decided,
  version: instructions.version,
  hash: instructions.hash,
  clause,
});

/** Rights are exercised also by whoever has restricted what is done with their data (Art. 18(2)): nothing else of theirs is looked at. */
function exercisesRight(hand: TurnInHand, message: OpenMessage, content: Content | null): boolean {
  const wish = message.type === 'message' && message.waiting === null ? wishOf(hand, content) : null;
  return wish?.sure === true && wish.intent !== 'start';
}

/** A message with what was looked up of its person: what came with it goes before. */
const besides = (body: InboundBody, { identifiers, passing }: LookedUp): InboundBody => ({
  ...body,
  identifiers: { ...identifiers, ...body.identifiers },
  passing: { ...passing, ...body.passing },
});

/** From here on this message is the person's last one. */
function remember({ progress }: TurnInHand, message: OpenMessage, content: Content | null): void {
  if (message.type !== 'message' && message.type !== 'reaction') return;
  progress.lastInboundAt = message.at;
  if (message.type === 'reaction') return;
  progress.lastMessageId = message.id;
  progress.tail = content?.type === 'text' ? content.text : null;
}

export function createRoute(deps: RouteDeps): Route {
  const { store, media, log, now } = deps;
  const askAll = createAsk(deps);
  const gates = createGate({ store, receiptUrl: deps.receiptUrl, now });
  const screen = createScreen({ store, now });

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
    let page = '';
    for (const right of gate.rights ?? []) page = await deps.openRequest(right, hand, { aside: gate.aside === true });
    const leaf = decisionLeaf(hand, gate.decided, gate.clause ?? gate.consent?.events[0]?.clause);
    const rows = replies(hand, message, withPage(gate, page).map(ofOurs));
    // Whoever is restricted is heard of rights alone; and the right may restrict them before its answer is out.
    const isAboutRights = hand.turn.restricted || (gate.rights?.length ?? 0) > 0;
    return {
      state: gate.state,
      replies: isAboutRights ? rows.map((row) => ({ ...row, type: ABOUT_RIGHTS })) : rows,
      ...(gate.hold ? { hold: gate.hold } : {}),
      ...(gate.consent ? { consent: askedBy(gate.consent, rows) } : {}),
      leaf: gate.unsure ? { ...leaf, unsure: 'stop' } : leaf,
    };
  }

  /** What went out is on record also where nothing is settled with it. */
  async function keepDisclosed(hand: TurnInHand, disclosed: readonly Disclosed[]): Promise<void> {
    const { tenantId, subjectId } = hand.whose;
    if (!(await store.settleAsked(tenantId, refOf(hand), disclosed)))
      await deps.tellLate(tenantId, { subjectId, conversationId: hand.conversationId, disclosed });
  }

  async function letter(
    { whose: { tenantId }, conversationId }: TurnInHand,
    { id: messageId }: OpenMessage,
    of: { readonly stage: 'route' | 'media'; readonly code: string },
  ): Promise<void> {
    await store.deadLetter(tenantId, { id: newMessageId(), conversationId, messageId, ...of });
    deps.gaveUp(of.stage);
    log.warn('dead-letter.created', { tenantId, messageId });
  }

  return async function route(hand, given) {
    const { tenantId } = hand.whose;
    const { message: aimedAt, aim } = await aimed(store, hand, given);
    const arrived = await rightly(store, hand, aimedAt);
    const read = openHeld(hand, arrived);
    const mandate = replyMandate(hand.instructions);
    // The first notice goes before everything: until it is out, a message is not looked at.
    const isHeard = arrived.type === 'message' && !read.aside;
    const first = isHeard && mandate && !hand.turn.restricted ? firstNotice(hand) : null;
    const screened =
      first || read.aside ? { message: arrived, body: read, told: [] } : await screen(hand, arrived, read);
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
      const keeps = keepsFiles(hand, stored, stays);
      // What nobody could have of it yet may still be had: given up like what a bot did not take, with a letter to replay.
      const lacks = missing !== null && message.type === 'message' && !isOpen && stays !== undefined && keeps;
      if (lacks) await letter(hand, message, { stage: 'media', code: missing! });
      const settled: Settled = {
        messageId: message.id,
        type: message.type,
        state: 'done',
        replies: [],
        disclosed: [],
        at: message.at,
        leaf: null,
        // What depends on consent is looked at once more before it goes out.
        sendsFirst: !s.consent?.closes && !isChange && !(s.replies?.[0] && isStoppable(asOpen(s.replies[0]))),
        ...(tokens ? { tokens } : {}),
        ...(left !== stored ? { body: resealReduced(hand.whose, message.id, left) } : {}),
        ...(isOpen || mediaOf(stored.content).length === 0 || keeps ? {} : { withoutFiles: true }),
        ...s,
        ...(lacks ? { state: 'dead' } : {}),
      };
      const ended = await store.settleInbound(tenantId, turnOf, settled);
      if (ended === 'lost') {
        await keepDisclosed(hand, settled.disclosed);
        return { next: 'lost' };
      }
      hand.progress.tokens = tokens ?? hand.progress.tokens;
      const stopped = settled.consent?.marketingStopped;
      if (stopped !== undefined) hand.progress.marketingStoppedAt = stopped ? new Date(now()) : null;
      // What it changed may be among the messages that are open, and what came meanwhile may be a word to stop.
      return settled.consent?.closes || isChange || (settled.sendsFirst && ended === 'queued')
        ? { next: 'on', look: true }
        : { next: 'on', queued: settled.replies.map((row, n) => asOpen(row, n === 0 && ended === 'sending')) };
    };

    let stored = opened;
    let missing: string | null = null;
    if (message.type === 'edit' && aim?.at === 'gone')
      return settle({ state: 'dropped', leaf: decisionLeaf(hand, 'nothing-to-edit') });
    const open = message.type === 'edit' && isChange ? await gates.open(hand) : undefined;
    await applyEffect({ store, hand, message, aim, body: opened, kept: freeText.kept(), open });
    if (read.aside) {
      const { stays, ...taken } = await gates.aside(hand, message, { ...opened, content: freeText.content });
      return settle(await handled(hand, message, taken), stays);
    }
    if (!isForwarded(message)) return settle({});
    if (hand.turn.restricted && !exercisesRight(hand, message, freeText.content))
      return settle({ state: 'restricted', leaf: decisionLeaf(hand, 'restricted') });
    // It came before a version that accepts nothing here.
    if (!hand.instructions.channels[hand.connection.channel]?.enabled)
      return settle({
        state: 'dropped',
        leaf: decisionLeaf(hand, 'channel-not-enabled', `/channels/${hand.connection.channel}`),
      });
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

    const fetched = await media.fetch(hand, message, opened);
    // The bot is not to blame: it has all its attempts left.
    if (fetched.kind === 'rest') return { next: 'rest', afterMs: fetched.afterMs };
    missing = fetched.missing;
    if (fetched.body !== opened) {
      stored = fetched.body;
      freeText = prepareFreeText(hand, message, { body: stored });
    }

    const body: InboundBody = { ...stored, content: freeText.content };
    const gate = await gates.pass(hand, message, body);
    if (gate.kind === 'handled') {
      remember(hand, message, freeText.content);
      return settle(await handled(hand, message, gate), gate.stays);
    }
    const profile = await deps.lookUp(hand, message, gate.stays);
    const known = Object.values(profile.identifiers);
    const looked = await deps.look(hand, freeText.content, gate.open);
    if (looked !== NOT_ASKED || known.length > 0)
      freeText = prepareFreeText(hand, message, { body: stored, also: looked.also, known });
    const asked = await askAll(hand, message, {
      body: besides(body, profile),
      open: gate.open,
      had: gate.had,
      freeText,
      looked,
    });
    if (asked.kind === 'lost') {
      await keepDisclosed(hand, asked.disclosed);
      return { next: 'lost' };
    }
    if (asked.kind === 'rest') {
      log.debug('recipient.failed', { tenantId, messageId: message.id, waitMs: asked.afterMs });
      await keepDisclosed(hand, asked.disclosed);
      return { next: 'rest', afterMs: asked.afterMs, failed: asked.code !== 'busy' };
    }
    remember(hand, message, freeText.content);
    if (asked.kind === 'refused') {
      await letter(hand, message, { stage: 'route', code: asked.code });
      return settle({ state: 'dead', disclosed: asked.disclosed });
    }
    const said = replies(hand, message, [...asked.replies, ...gate.questions.map(ofOurs)]);
    const settled = {
      replies: said,
      disclosed: asked.disclosed,
      ...(gate.hold ? { hold: gate.hold } : {}),
      ...(gate.consent ? { consent: askedBy(gate.consent, said) } : {}),
      leaf: {
        type: 'disclosure',
        ...newSubjectTag(hand.whose.key),
        version: hand.instructions.version,
        hash: hand.instructions.hash,
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
