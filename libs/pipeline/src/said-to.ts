// What a message is said to: words do not name the question that they answer.
import type { OpenMessage, Store } from '#libs/store';
import { madeAt } from './message-id.js';
import type { TurnInHand } from './turn.js';

export type SaidToReads = Pick<Store, 'findByExternalId' | 'lastOfOurs'>;

/** So long a question may be on its way when it is answered; a word that has waited longer is none to it. */
const CROSSING_MS = 5_000;

/** Our message that it quotes, otherwise what was said last of ours, unless that came long after it. */
export async function saidTo(
  hand: TurnInHand,
  { id, target }: Pick<OpenMessage, 'id' | 'target'>,
  store: SaidToReads,
): Promise<string | null> {
  const { tenantId } = hand.whose;
  if (target) return store.findByExternalId(tenantId, hand.connection.id, target);
  const last = await store.lastOfOurs(tenantId, hand.conversationId, id);
  return last !== null && madeAt(last) - madeAt(id) < CROSSING_MS ? last : null;
}
