// A word or a button to stop overtakes our own answers: it is effective before the next of them is sent, not after what is queued (Art. 7(3)).
import { intentOf, refusedBy } from '#libs/instructions';
import type { OpenMessage, Store } from '#libs/store';
import { openBody } from './body.js';
import { saidOf } from './said.js';
import type { TurnInHand } from './turn.js';

function wantsToStop({ whose, instructions }: TurnInHand, message: OpenMessage): boolean {
  if (!message.body || message.direction !== 'in' || message.type !== 'message') return false;
  const said = saidOf(openBody(whose, message.id, message.body).content);
  const found = intentOf(said.text ?? '', instructions.keywords);
  if (found?.intent === 'stop' && found.sure) return true;
  return refusedBy(said.choice) !== null;
}

/** Looks anew: it may have come while we were at work. @returns the message that says it; null: nobody wants to stop */
export function createOvertake({ store }: { readonly store: Pick<Store, 'openMessages'> }) {
  return async function overtaking(hand: TurnInHand): Promise<OpenMessage | null> {
    const open = await store.openMessages(hand.whose.tenantId, hand.conversationId);
    return open.find((message) => wantsToStop(hand, message)) ?? null;
  };
}
