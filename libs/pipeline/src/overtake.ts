// A word to stop overtakes our own answers: it is effective before the next of them is sent, not after what is queued (Art. 7(3)).
import { intentOf } from '#libs/instructions';
import type { OpenMessage, Store } from '#libs/store';
import { openBody } from './body.js';
import { saidOf } from './said.js';
import type { TurnInHand } from './turn.js';

const says = (hand: TurnInHand, message: OpenMessage): string | null => {
  if (!message.body || message.direction !== 'in' || message.type !== 'message') return null;
  const { content } = openBody(hand.whose, message.id, message.body);
  return saidOf(content ?? null).text;
};

/** Looks anew: the word may have come while we were at work. @returns the message that says it; null: nobody wants to stop */
export function createOvertake({ store }: { readonly store: Pick<Store, 'openMessages'> }) {
  return async function overtaking(hand: TurnInHand): Promise<OpenMessage | null> {
    const open = await store.openMessages(hand.whose.tenantId, hand.conversationId);
    return (
      open.find((message) => {
        const text = says(hand, message);
        const found = text === null ? null : intentOf(text, hand.instructions.keywords);
        return found?.intent === 'stop' && found.sure;
      }) ?? null
    );
  };
}
