// What of a stored message may be held: by a version that came since, and once what was only passed on was delivered.
import { heldRules, reduce } from '#libs/instructions';
import type { OpenMessage } from '#libs/store';
import { openBody, type InboundBody } from '../body.js';
import { pseudonymiser } from '../identity.js';
import type { TurnInHand } from '../turn.js';

const reduced = (hand: TurnInHand, body: InboundBody, state: 'open' | 'delivered'): InboundBody => {
  const { channel, tenant } = hand.connection;
  return reduce(body, { rules: heldRules(hand.instructions, channel), state }, pseudonymiser(tenant.keys, channel));
};

/** A stricter version holds at once: also where the job that applies it has not come yet. */
export function openHeld(hand: TurnInHand, message: OpenMessage): InboundBody {
  if (!message.body) return { content: null, identifiers: {} };
  const body = openBody(hand.whose, message.id, message.body);
  return message.version < hand.instructions.version ? reduced(hand, body, 'open') : body;
}

/** What is left when nobody waits for it any more; the very same body where nothing goes. */
export function afterDelivery(hand: TurnInHand, body: InboundBody): InboundBody {
  const rulings = hand.instructions.channels[hand.connection.channel]?.identifiers ?? {};
  const passes = body.passing !== undefined || Object.values(rulings).some((ruling) => ruling.do === 'pass');
  return passes ? reduced(hand, body, 'delivered') : body;
}
