// What of a stored message a mandate lets one read. The platform's own ids and addresses stay inside.
import type { Category, Content, IdentifierKind, Mandate } from '#libs/kernel';
import type { InboundBody } from '#libs/pipeline';

export interface Readable {
  readonly content: unknown;
  readonly identifiers?: Readonly<Record<string, string>>;
}

type Covers = (category: Category) => boolean;

function contentFor(covers: Covers, content: Content): unknown {
  if (content.type === 'group') {
    const items = content.items.map((item) => contentFor(covers, item)).filter((item) => item !== null);
    return items.length > 0 ? { type: 'group', items } : null;
  }
  if (content.type !== 'media') return covers('content') ? content : null;
  const caption = covers('content') && content.caption !== undefined ? { caption: content.caption } : {};
  if (!covers('attachments')) return 'caption' in caption ? { type: 'media', media: content.media, ...caption } : null;
  const { media, mime, fileName, voice } = content;
  return { type: 'media', media, mime, fileName, voice, ...caption };
}

/** An inbound body: content by its category, identifiers each by its own. */
export function readableInbound(mandate: Mandate, body: InboundBody, kinds: readonly IdentifierKind[]): Readable {
  const covers: Covers = (category) => mandate.covers(category);
  const identifiers = Object.entries(body.identifiers ?? {}).filter(([key]) => {
    const kind = kinds.find((one) => one.key === key);
    return kind !== undefined && covers(kind.category);
  });
  return {
    content: body.content ? contentFor(covers, body.content) : null,
    ...(identifiers.length > 0 ? { identifiers: Object.fromEntries(identifiers) } : {}),
  };
}

/** What the tenant's side wrote: as it was sent. */
export const readableOutbound = (mandate: Mandate, content: unknown): Readable => ({
  content: mandate.covers('content') ? content : null,
});
