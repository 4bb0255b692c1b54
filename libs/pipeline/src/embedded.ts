// What is inside of files that came with an event: exposed like what the event says, and only that it is there.
import { FILE_METADATA } from '#libs/instructions';
import { reveal, type ChannelEvent, type IdentifierKind } from '#libs/kernel';
import { mediaOf } from './media.js';
import { carriesMetadata } from './strip-metadata.js';
import type { Files } from './verify.js';

/** On a channel that has metadata of files among its kinds, each file that carries some has exposed it. */
export function withEmbedded(event: ChannelEvent, kinds: readonly IdentifierKind[], files: Files): ChannelEvent {
  if (files.size === 0 || !('content' in event.body)) return event;
  const kind = kinds.find(({ key }) => key === FILE_METADATA);
  if (!kind) return event;
  const carrying = mediaOf(reveal(event.body.content)).filter(({ source }) => {
    const bytes = 'id' in source ? files.get(source.id) : undefined;
    return bytes !== undefined && carriesMetadata(bytes);
  });
  return carrying.length === 0 ? event : { ...event, embedded: carrying.map(() => ({ key: kind.key, path: kind.paths[0]! })) };
} // prettier-ignore
