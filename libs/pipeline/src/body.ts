// What a message row holds, sealed under its subject's key: the content and identifiers that were instructed to be kept.
import { personal, type Category, type Content, type Mandate, type OutboundContent } from '#libs/kernel';
import { seal, sealPersonal, unseal, contextOf, type Place } from '#libs/vault';

export interface InboundBody {
  readonly content: Content | null;
  /** Identifiers kept beside the routing ones, by key. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** The platform's id of the message, only where instructed: it is needed to quote and to mark as read. */
  readonly messageId?: string;
  /** Of a reaction; null: it was taken back. */
  readonly emoji?: string | null;
}

export interface Whose {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly key: Buffer;
}

const placeOf = (whose: Whose, messageId: string): Place => ({
  tenantId: whose.tenantId,
  subjectId: whose.subjectId,
  table: 'message',
  row: messageId,
  field: 'body',
});

const sealAs = (
  mandate: Mandate,
  category: Category,
  sealed: { whose: Whose; messageId: string; value: unknown },
): Buffer =>
  sealPersonal(mandate, category, {
    key: sealed.whose.key,
    value: personal(sealed.value),
    place: placeOf(sealed.whose, sealed.messageId),
  });

/** The category that an inbound body needs a mandate for: content where there is any, otherwise routing. */
const categoryOf = (body: InboundBody): Category =>
  body.content === null
    ? 'routing'
    : body.content.type === 'media' && !body.content.caption
      ? 'attachments'
      : 'content';

export const sealInbound = (mandate: Mandate, whose: Whose, message: { id: string; body: InboundBody }): Buffer =>
  sealAs(mandate, categoryOf(message.body), { whose, messageId: message.id, value: message.body });

export const sealOutbound = (
  mandate: Mandate,
  whose: Whose,
  message: { id: string; content: OutboundContent },
): Buffer =>
  sealAs(mandate, mandate.covers('content') ? 'content' : 'routing', {
    whose,
    messageId: message.id,
    value: message.content,
  });

/** Opens a sealed body. @throws SealBroken */
export function openBody<T = InboundBody>(whose: Whose, messageId: string, sealed: Buffer): T {
  return JSON.parse(unseal(whose.key, sealed, contextOf(placeOf(whose, messageId))).toString()) as T;
}

/** Seals a body again that lost a part: what is left was covered by the mandate of the whole. */
export const resealReduced = (whose: Whose, messageId: string, body: InboundBody): Buffer =>
  seal(whose.key, JSON.stringify(body), contextOf(placeOf(whose, messageId)));

/** Moves a sealed body to another row of the same person: an edit takes the place of what it edits. */
export const reseal = (whose: Whose, move: { from: { id: string; body: Buffer | null }; to: string }): Buffer | null =>
  move.from.body === null
    ? null
    : seal(
        whose.key,
        unseal(whose.key, move.from.body, contextOf(placeOf(whose, move.from.id))),
        contextOf(placeOf(whose, move.to)),
      );
