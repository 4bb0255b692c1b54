// The gateway's own buttons: made for the person who is asked, and known again as theirs.
import { isSealedBy, type ChoiceSeal } from '#libs/instructions';
import type { Store } from '#libs/store';
import { choiceSeal } from '#libs/vault';
import type { TurnInHand } from './turn.js';

const sealOf =
  ({ connection }: TurnInHand, subjectId: string): ChoiceSeal =>
  (says) =>
    choiceSeal(connection.tenant.keys, subjectId, says);

export const sealFor = (hand: TurnInHand): ChoiceSeal => sealOf(hand, hand.living.subjectId);

/** Was it put there for this person, under whichever of their ids (docs/decisions/0019)? */
export async function isOwnButton(hand: TurnInHand, id: string, store: Pick<Store, 'wholePersons'>): Promise<boolean> {
  if (isSealedBy(sealFor(hand), id)) return true;
  const { tenantId, subjectId } = hand.living;
  return (await store.wholePersons(tenantId, [subjectId])).some((one) => isSealedBy(sealOf(hand, one), id));
}
