// What an inbound update does to messages that are already stored: an edit replaces, a revoke empties, a receipt marks.
import type { Aim, Change, OpenMessage, Store } from '#libs/store';
import { resealReduced, type InboundBody } from './body.js';
import { afterDelivery, openHeld } from './held/open-held.js';
import type { Step, TurnInHand } from './turn.js';

const changeOf = (hand: TurnInHand, { id, type, target, direction }: OpenMessage): Change | null =>
  (type === 'edit' || type === 'revoke') && target
    ? { messageId: id, conversationId: hand.conversationId, connectionId: hand.connection.id, type, target, direction }
    : null;

/** An update with what it changes. An edit that came before its message is the message: as it reads now. */
export interface Aimed {
  readonly message: OpenMessage;
  readonly aim: Aim | null;
}

export async function aimed(store: Store, hand: TurnInHand, message: OpenMessage): Promise<Aimed> {
  const change = changeOf(hand, message);
  const aim = change && (await store.aimOf(hand.whose.tenantId, change));
  return change?.type === 'edit' && aim?.at === 'itself'
    ? { message: { ...message, type: 'message', target: null }, aim: null }
    : { message, aim };
}

interface Effect extends Aimed {
  readonly store: Store;
  readonly hand: TurnInHand;
  readonly body: InboundBody;
  /** What of it is held until it is delivered. */
  readonly kept: InboundBody;
  /** Of an edit: purposes that are open for the person; for others it brings nothing back. */
  readonly open?: ReadonlySet<string> | undefined;
}

/** Repeating it is harmless: it may run again after a crash. */
export async function applyEffect({ store, hand, message, aim, body, kept, open }: Effect): Promise<void> {
  const { tenantId } = hand.whose;
  if (message.type === 'watermark') {
    const { status, until } = body;
    if (status && until) await store.applyWatermark(tenantId, hand.conversationId, { status, until: new Date(until) });
    return;
  }
  const change = changeOf(hand, message);
  if (!change || aim?.at !== 'message') return;
  if (change.type === 'revoke') await store.takeBack(tenantId, change, aim.id);
  // The new wording is sealed anew for the row that it replaces: its context names that row.
  else if (message.body) {
    const stays = aim.held ? kept : afterDelivery(hand, kept, open);
    await store.reword(tenantId, aim.id, resealReduced(hand.whose, aim.id, stays));
  }
}

/** What staff edited or took back elsewhere is so here; recipients were not told what they wrote, and are not told this. */
export async function applyOwn(store: Store, hand: TurnInHand, given: OpenMessage): Promise<Step> {
  const { message, aim } = await aimed(store, hand, given);
  const body = openHeld(hand, message);
  await applyEffect({ store, hand, message, aim, body, kept: body });
  await store.settleOwn(hand.whose.tenantId, message.id, { empty: message.type === 'edit' && aim?.at === 'gone' });
  return { next: 'on' };
}
