// enforce, of special categories: what a message must not hold is taken out of what is stored, and the person is told.
import {
  endOf,
  replyMandate,
  screenWritten,
  sensitiveTold,
  type CompiledSensitive,
  type FilledText,
  type Screened,
} from '#libs/instructions';
import type { OpenMessage, OutboundRow, SensitiveFound, Store } from '#libs/store';
import { newSubjectTag } from '#libs/vault';
import { resealReduced, type InboundBody } from './body.js';
import { outboundRow } from './outbound.js';
import { newMessageId } from './message-id.js';
import type { TurnInHand } from './turn.js';

export interface Screening {
  /** As they are from here on. */
  readonly message: OpenMessage;
  readonly body: InboundBody;
  /** Queued to be told before the message goes on. */
  readonly told: readonly OutboundRow[];
}

export type Screen = (hand: TurnInHand, message: OpenMessage, body: InboundBody) => Promise<Screening | 'lost'>;

const TREATED: ReadonlySet<string> = new Set(['message', 'edit', 'feedback']);
/** Before the time is over, not after it: by a minute, of shorter times by a half. */
const EARLY_MS = 60_000;

function purgeAt(within: string | null, from: Date): Date | null {
  if (within === null) return null;
  const length = (endOf(from, within) ?? from).getTime() - from.getTime();
  return new Date(from.getTime() + length - Math.min(EARLY_MS, length / 2));
}

export function createScreen({
  store,
  now,
}: {
  readonly store: Pick<Store, 'recordSensitive' | 'findByExternalId'>;
  readonly now: () => number;
}): Screen {
  /** An edit takes the place of the message that it edits: both hold it. */
  async function holdersOf(hand: TurnInHand, message: OpenMessage): Promise<string[]> {
    if (message.type !== 'edit' || !message.target) return [message.id];
    const original = await store.findByExternalId(hand.whose.tenantId, hand.connection.id, message.target);
    return original === null ? [message.id] : [message.id, original];
  }

  function tellOf(hand: TurnInHand, message: OpenMessage, at: { one: CompiledSensitive; shown: FilledText | null }) {
    const mandate = replyMandate(hand.instructions);
    // Whose data is restricted is not written to (Art. 18); what must not be kept is taken out all the same.
    if (!mandate || !at.shown || hand.turn.restricted) return null;
    const row = outboundRow(hand, mandate, { content: { type: 'text', text: at.shown.body }, replyTo: message.id });
    return { row, againAfter: at.one.mode === 'forbid' ? ('hour' as const) : ('never' as const) };
  }

  async function foundIn(
    hand: TurnInHand,
    message: OpenMessage,
    screened: Omit<Screened, 'content'>,
  ): Promise<SensitiveFound[]> {
    const holders = await holdersOf(hand, message);
    const from = new Date(Math.min(now(), message.at.getTime()));
    const hashes = new Set<string>();
    return screened.found.flatMap((one) => {
      const text = sensitiveTold(hand.instructions, one, hand.turn.locale ?? screened.language);
      // Both sections may name one text: nobody is told the same twice at once.
      const shown = text && !hashes.has(text.hash) ? text : null;
      if (shown) hashes.add(shown.hash);
      return holders.map((contentOf, n) => ({
        id: newMessageId(),
        contentOf,
        section: one.section,
        mode: one.mode,
        tell: n === 0 ? tellOf(hand, message, { one, shown }) : null,
        textHash: shown?.hash ?? '',
        language: shown?.language ?? '',
        version: hand.instructions.version,
        clause: one.clause,
        purgeAt: purgeAt(one.purgeWithin, from),
      }));
    });
  }

  return async function screenMessage(hand, message, body) {
    const asIs = { message, body, told: [] };
    if (!TREATED.has(message.type)) return asIs;
    const screened = screenWritten(body, hand.instructions.sensitive);
    if (screened.found.length === 0) return asIs;
    const { left } = screened;
    const sealed = left === body ? null : resealReduced(hand.whose, message.id, left);
    const told = await store.recordSensitive(
      hand.whose.tenantId,
      { conversationId: hand.conversationId, lease: hand.lease },
      {
        messageId: message.id,
        body: sealed,
        found: await foundIn(hand, message, screened),
        leaf: {
          type: 'special-category',
          ...newSubjectTag(hand.whose.key),
          mode: sealed ? 'forbid' : screened.found[0]!.mode,
          version: hand.instructions.version,
          hash: hand.instructions.hash,
          clause: screened.found[0]!.clause,
          clauses: screened.found.map(({ clause }) => clause),
        },
      },
    );
    if (told === null) return 'lost';
    return { message: sealed ? { ...message, body: sealed } : message, body: left, told };
  };
}
