// minimise → ask: each recipient gets what it may have of one message, and what it answered is as it will be sent.
import {
  dependsOn,
  minimise,
  recipientsFor,
  templateFor,
  UNSENDABLE,
  type CompiledRecipient,
  type Dependence,
  type MinimisedTurn,
  type TemplateAt,
} from '#libs/instructions';
import {
  CONTEXT_TYPES,
  personal,
  type Content,
  type HttpRequest,
  type HttpResponse,
  type OutboundContent,
} from '#libs/kernel';
import type { Logger } from '#libs/platform';
import { secretsFor, takes, type RecipientContext, type RecipientKind, type RecipientOutcome } from '#libs/recipients'; // prettier-ignore
import type { Disclosed, OpenMessage, Store } from '#libs/store';
import { pseudonymOf } from '#libs/vault';
import type { InboundBody } from './body.js';
import type { Bulkhead } from './bulkhead.js';
import { correctedOf } from './corrections.js';
import type { FreeText } from './free-text.js';
import type { MediaIntake } from './media.js';
import type { Looked } from './model.js';
import { permitOf, wentOut, type CallPermit } from './permit.js';
import type { Tenants } from './tenants.js';
import { refOf, type TurnInHand } from './turn.js';

export interface AskDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly recipients: readonly RecipientKind[];
  /** Calls a recipient: only the hosts of its line in the register may be called. */
  readonly call: (request: HttpRequest, permit: CallPermit) => Promise<HttpResponse>;
  readonly bulkhead: Bulkhead;
  readonly media: MediaIntake;
  /** Recipient kind and what became of the call. */
  readonly count: (kind: string, outcome: RecipientOutcome['kind']) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** A message of ours, and what it depends on. */
export interface Reply extends Dependence {
  readonly content: OutboundContent;
}

/** What asking all recipients of one message came to. `disclosed`: to whom something went out, however it ended. */
type Asked = { readonly disclosed: readonly Disclosed[] } & (
  | {
      readonly kind: 'answered';
      readonly replies: readonly Reply[];
      /** Recipients that got nothing, and the clause that kept it from them. */
      readonly withheld: readonly { readonly recipient: string; readonly refused: string; readonly clause: string }[];
    }
  | { readonly kind: 'rest'; readonly code: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly code: string }
  /** The turn is somebody else's by now: whoever was not asked yet gets nothing. */
  | { readonly kind: 'lost' }
);

/** What one of them answered, and whether it was sent anything; null: nobody may be asked any more. */
type Told = { readonly outcome: RecipientOutcome; readonly sent: boolean } | null;

const unsent = (outcome: RecipientOutcome): Told => ({ outcome, sent: false });

const EVENTS: ReadonlySet<string> = new Set(['message', 'edit', 'revoke', 'reaction', ...CONTEXT_TYPES]);
const CONTEXT: ReadonlySet<string> = new Set(CONTEXT_TYPES);

/** Of an update that is all identifiers, a recipient that is given none of them has nothing to hear. */
const isTold = ({ identifiers, passing }: InboundBody, turn: MinimisedTurn): boolean =>
  Object.keys({ ...identifiers, ...passing }).some((key) => key in turn.identifiers);

/** Is it something that recipients are told of? */
export const isForwarded = ({ type }: OpenMessage): boolean => EVENTS.has(type);

const eventOf = ({ type }: OpenMessage) => type as RecipientContext['event'];

/** The identifiers of a message, those by which its person is answered, and what was put right of the person. */
const identifiersOf = (hand: TurnInHand, body: InboundBody): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(hand.address().map(({ kind, value }) => [kind, value] as const).toReversed()),
  ...correctedOf(hand),
  ...body.identifiers,
}); // prettier-ignore

/** A template depends on the purpose that it names; all else on the purposes of whoever answers. */
function repliesOf(at: TemplateAt, messages: readonly OutboundContent[]): Reply[] {
  const dependence = dependsOn(at.compiled, at.purposes, at.open);
  const dependsOf = (one: OutboundContent): Dependence =>
    one.type === 'template' ? (templateFor(at, one.purpose, false) ?? UNSENDABLE) : dependence;
  return messages.map((one) => ({ content: one, ...dependsOf(one) }));
}

export function createAsk(deps: AskDeps) {
  const { store, tenants, bulkhead, media, log, now } = deps;
  const kinds = new Map(deps.recipients.map((k) => [k.kind, k]));

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
      event: eventOf(message),
      // Of a revoke that came before its message nothing is known but itself.
      ...(target && target !== message.id ? { target } : {}),
      at: message.at,
      instruction: at.turn.mandate.instruction,
      ...(await media.listed(hand, { messageId: message.id, content: at.content }, at.turn)),
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
    hand: TurnInHand,
    turn: MinimisedTurn,
    at: { readonly kind: RecipientKind; readonly context: RecipientContext; readonly given: Disclosed },
  ): Promise<Told> {
    const { tenantId } = hand.whose;
    if (at.kind.transport === 'in-process')
      return { outcome: { kind: 'answered', messages: at.kind.answer(turn, at.context) }, sent: true };
    const secrets = secretsFor(at.kind, at.context.secret);
    if (secrets === null) return unsent({ kind: 'refused', code: 'no-key' });
    const place = bulkhead.enter(`${tenantId}|${at.given.recipient}`);
    if ('waitMs' in place) return unsent({ kind: 'retry', code: 'busy', afterMs: place.waitMs });
    let may = false;
    try {
      // Whoever was asked before may have taken its time, and the person may have been erased or restricted meanwhile.
      may = await store.beginAsking(tenantId, refOf(hand), at.given);
    } finally {
      if (!may) place.done(null);
    }
    if (!may) return null;
    const response = await deps.call(at.kind.render(turn, at.context), permitOf(at.context.url, secrets));
    const outcome = at.kind.interpret(response, hand.turn.attempts + 1, Math.random());
    place.done(outcome.kind === 'retry');
    deps.count(at.kind.kind, outcome.kind);
    return { outcome, sent: wentOut(response) };
  }

  return async function askAll(
    hand: TurnInHand,
    message: OpenMessage,
    of: {
      readonly body: InboundBody;
      readonly open: ReadonlySet<string>;
      readonly had: ReadonlySet<string> | undefined;
      readonly freeText: FreeText;
      readonly looked: Looked;
    },
  ): Promise<Asked> {
    const { body, open, freeText, looked } = of;
    const replies: Reply[] = [];
    const disclosed: Disclosed[] = [...looked.disclosed];
    const withheld: { recipient: string; refused: string; clause: string }[] = [];
    const { instructions, whose } = hand;
    const content: Content | null = body.emoji ? { type: 'text', text: body.emoji } : freeText.content;
    // Given as it was written, nobody needs to look through it.
    const asIs = (id: string): boolean => instructions.freeText.beforeRecipient[id] === 'as-is';
    for (const recipient of recipientsFor(instructions)) {
      const kind = kinds.get(recipient.kind);
      if (!kind || !takes(kind, eventOf(message)) || recipient.purposes.some((one) => of.had?.has(one))) continue;
      const treat = freeText.treatFor(recipient.id);
      const turn = minimise({
        compiled: instructions,
        state: { restricted: hand.turn.restricted },
        recipient,
        open,
        treat: (one) => treat(asIs(recipient.id) ? one : looked.guard(one)),
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
      if (CONTEXT.has(message.type) && !isTold(freeText.kept(), turn)) continue;
      const context = await contextFor(hand, message, { recipient, turn, content });
      const { purpose, categories, mandate } = turn;
      const { version, clause } = mandate.instruction;
      const given: Disclosed = { recipient: recipient.id, purpose, categories, version, clause };
      const told = await ask(hand, turn, { kind, context, given });
      if (told === null) return { kind: 'lost', disclosed };
      const { outcome, sent } = told;
      if (sent) disclosed.push(given);
      if (outcome.kind === 'retry') return { kind: 'rest', code: outcome.code, afterMs: outcome.afterMs, disclosed };
      if (outcome.kind !== 'answered') {
        log.warn('recipient.failed', { tenantId: whose.tenantId, messageId: message.id });
        return { kind: 'refused', code: outcome.kind === 'gone' ? 'gone' : outcome.code, disclosed };
      }
      const at: TemplateAt = { compiled: instructions, purposes: recipient.purposes, open, declined: false };
      replies.push(...repliesOf(at, freeText.restore(recipient.id, outcome.messages)));
    }
    return { kind: 'answered', replies, disclosed, withheld };
  };
}
