// What an inbound update does to messages that are already stored: an edit replaces, a revoke empties, a receipt marks.
import type { OpenMessage, Store } from '#libs/store';
import { resealReduced, type InboundBody } from './body.js';
import type { TurnInHand } from './turn.js';

interface Effect {
  readonly store: Store;
  readonly hand: TurnInHand;
  readonly message: OpenMessage;
  readonly body: InboundBody & { readonly status?: 'delivered' | 'read'; readonly until?: number };
  /** What of it stays in the table. */
  readonly kept: InboundBody;
}

/** Repeating it is harmless: it may run again after a crash. */
export async function applyEffect({ store, hand, message, body, kept }: Effect): Promise<void> {
  const { tenantId } = hand.whose;
  if (message.type === 'watermark') {
    const { status, until } = body;
    if (status && until) await store.applyWatermark(tenantId, hand.conversationId, { status, until: new Date(until) });
    return;
  }
  if ((message.type !== 'edit' && message.type !== 'revoke') || !message.target) return;
  const original = await store.findByExternalId(tenantId, hand.connection.id, message.target);
  if (!original) return;
  // The new wording is sealed anew for the row that it replaces: its context names that row.
  const replacement = message.type === 'edit' && message.body ? resealReduced(hand.whose, original, kept) : null;
  await store.replaceBody(tenantId, original, replacement);
}
