// A message of ours as the row that is queued, and as the loop finds it.
import type { Dependence } from '#libs/instructions';
import type { Mandate, OutboundContent } from '#libs/kernel';
import type { OpenMessage, OutboundRow } from '#libs/store';
import { sealOutbound } from './body.js';
import { newMessageId } from './message-id.js';
import type { TurnInHand } from './turn.js';

export function outboundRow(
  hand: TurnInHand,
  mandate: Mandate,
  made: Partial<Dependence> & { readonly content: OutboundContent; readonly replyTo: string | null },
): OutboundRow {
  const id = newMessageId();
  const { version, clause } = mandate.instruction;
  return {
    id,
    type: made.content.type,
    body: sealOutbound(mandate, hand.whose, { id, content: made.content }),
    replyTo: made.replyTo,
    version,
    clause,
    purposes: made.purposes ?? [],
    underConsent: made.underConsent ?? [],
    marketing: made.marketing ?? false,
    fleeting: made.fleeting ?? false,
  };
}

/** Can one word of the person's end what it was written for? */
export const isStoppable = (of: Pick<OpenMessage, 'purposes' | 'under_consent' | 'marketing'>): boolean =>
  of.marketing || (of.purposes.length > 0 && of.purposes.length === of.under_consent.length);

/** A message that was just queued, as the loop finds open ones. */
export const asOpen = (row: OutboundRow, marked = false): OpenMessage => ({
  id: row.id,
  direction: 'out',
  type: row.type,
  content_type: null,
  body: row.body,
  target: null,
  reply_to: row.replyTo,
  state: 'queued',
  code: null,
  attempts: 0,
  replays: 0,
  waiting: null,
  purposes: row.purposes,
  under_consent: row.underConsent,
  marketing: row.marketing ?? false,
  version: row.version,
  at: new Date(),
  ...(marked ? { marked } : {}),
});
