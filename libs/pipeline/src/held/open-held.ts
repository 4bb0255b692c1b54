// What of a stored message may be held: by a version that came since, by what the person leaves open, and once it was delivered.
import { fleetingCategories, fleetingCategory, heldRules, reduce } from '#libs/instructions';
import type { OpenMessage } from '#libs/store';
import { openBody, type InboundBody } from '../body.js';
import { pseudonymiser } from '../identity.js';
import type { TurnInHand } from '../turn.js';

type State = { readonly state: 'open' | 'delivered'; readonly open?: ReadonlySet<string> };

const reduced = (hand: TurnInHand, body: InboundBody, { state, open }: State): InboundBody => {
  const { channel, tenant } = hand.connection;
  const rules = heldRules(hand.instructions, channel, open);
  return reduce(body, { rules, state }, pseudonymiser(tenant.keys, channel));
};

/** A stricter version holds at once: also where the job that applies it has not come yet. */
export function openHeld(hand: TurnInHand, message: Pick<OpenMessage, 'id' | 'body' | 'version'>): InboundBody {
  if (!message.body) return { content: null, identifiers: {} };
  const body = openBody(hand.whose, message.id, message.body);
  return hand.instructions.earlier.has(message.version) ? reduced(hand, body, { state: 'open' }) : body;
}

/** Purposes of the document that are closed for the person. */
const closes = ({ instructions }: TurnInHand, open: ReadonlySet<string> | undefined): boolean =>
  open !== undefined && Object.keys(instructions.purposes).some((purpose) => !open.has(purpose));

/**
 * What is left when nobody waits for it any more; the very same body where nothing goes.
 * @param open purposes that are open for the person; left out: that is not settled by this message
 */
export function afterDelivery(hand: TurnInHand, body: InboundBody, open?: ReadonlySet<string>): InboundBody {
  if (closes(hand, open)) return reduced(hand, body, { state: 'delivered', open: open! });
  const rulings = hand.instructions.channels[hand.connection.channel]?.identifiers ?? {};
  const passes =
    body.passing !== undefined ||
    body.fleeting !== undefined ||
    body.until !== undefined ||
    Object.values(rulings).some((ruling) => ruling.do === 'pass') ||
    fleetingCategories(hand.instructions).length > 0;
  return passes ? reduced(hand, body, { state: 'delivered' }) : body;
}

/** Files stay with a message only as long as a purpose that is open covers them. */
export const keepsFiles = (hand: TurnInHand, { fleeting }: InboundBody, open?: ReadonlySet<string>): boolean =>
  fleeting?.includes(fleetingCategory('attachments')) !== true &&
  heldRules(hand.instructions, hand.connection.channel, open).attachments.do === 'keep';
