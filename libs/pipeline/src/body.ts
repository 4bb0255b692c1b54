// What a message row holds, sealed under its subject's key: the content and identifiers that were instructed to be kept.
import type { Held, TokenMap } from '#libs/instructions';
import { personal, type Category, type Content, type Mandate, type OutboundContent } from '#libs/kernel';
import type { Without } from '#libs/store';
import { contextOf, seal, sealPersonal, unseal, type Place } from '#libs/vault';

/** Identifiers are those kept beside the routing ones; `messageId` is needed to quote and to mark as read. */
export interface InboundBody extends Held {
  /** What the tokens in its content stand for, until a worker has moved it into the conversation's table. */
  readonly tokens?: TokenMap;
  /** Another app has the conversation: it has its effect here, and nobody is told of it. */
  readonly aside?: true;
  /** Of what the platform answered: which kinds it was asked for, and for the sake of which message. */
  readonly asked?: { readonly kinds: readonly string[]; readonly of: string };
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
function categoryOf({ content, emoji }: InboundBody): Category {
  if (content === null) return emoji ? 'content' : 'routing';
  return isFileOnly(content) ? 'attachments' : 'content';
}

const isFileOnly = (content: Content): boolean =>
  content.type === 'group' ? content.items.every(isFileOnly) : content.type === 'media' && !content.caption;

export const sealInbound = (mandate: Mandate, whose: Whose, message: { id: string; body: InboundBody }): Buffer =>
  sealAs(mandate, categoryOf(message.body), { whose, messageId: message.id, value: message.body });

/** What was looked up, as a row of its own. */
export const sealProfile = (
  mandate: Mandate,
  whose: Whose,
  profile: { id: string; body: InboundBody; category: Category },
): Buffer => sealAs(mandate, profile.category, { whose, messageId: profile.id, value: profile.body });

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
export const resealReduced = (whose: Whose, messageId: string, body: InboundBody | OutboundContent): Buffer =>
  seal(whose.key, JSON.stringify(body), contextOf(placeOf(whose, messageId)));

const lacking = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _over, ...rest } = record;
  return rest;
};

/** A sealed body without one kind of identifier, whose own period is over; null: it is not in it. */
export const withoutIdentifier: Without = ({ messageId, body: sealed, ...whose }, kind) => {
  const { messageId: quoted, ...body } = openBody(whose, messageId, sealed);
  const isQuoted = kind === 'message_id' && quoted !== undefined;
  const isHeld = [body.identifiers, body.passing].some((values) => values && Object.hasOwn(values, kind));
  if (!isQuoted && !isHeld) return null;
  return resealReduced(whose, messageId, {
    ...body,
    identifiers: lacking(body.identifiers ?? {}, kind),
    ...(body.forms ? { forms: lacking(body.forms, kind) } : {}),
    ...(body.passing ? { passing: lacking(body.passing, kind) } : {}),
    ...(quoted === undefined || isQuoted ? {} : { messageId: quoted }),
  });
};
