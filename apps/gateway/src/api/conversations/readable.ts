// What of a stored message a mandate lets one read. The platform's own ids and addresses stay inside.
import type { Category, Content, IdentifierKind, Mandate, OutboundContent } from '#libs/kernel';
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

/**
 * Of what the platform told (also what staff wrote elsewhere): content by its category, identifiers each by its own. What we sent: as it was
 * sent.
 */
export function readable(
  mandate: Mandate,
  body: InboundBody | OutboundContent,
  kinds: readonly IdentifierKind[],
): Readable {
  const covers: Covers = (category) => mandate.covers(category);
  if ('type' in body) return { content: covers('content') ? body : null };
  const identifiers = Object.entries(body.identifiers ?? {}).filter(([key]) => {
    const kind = kinds.find((one) => one.key === key);
    return kind !== undefined && covers(kind.category);
  });
  return {
    content: body.content ? contentFor(covers, body.content) : null,
    ...(identifiers.length > 0 ? { identifiers: Object.fromEntries(identifiers) } : {}),
  };
}
