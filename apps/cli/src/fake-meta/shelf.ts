// The shelf on which media lie, by id.
import { createHash } from 'node:crypto';

import { mediaId } from './ids.js';

export interface Media {
  readonly id: string;
  readonly mime: string;
  readonly bytes: Buffer;
}

export interface MediaShelf {
  put(mime: string, bytes: Buffer): Media;
  get(id: string): Media | undefined;
  delete(id: string): boolean;
  clear(): void;
}

export function mediaShelf(): MediaShelf {
  const shelf = new Map<string, Media>();
  return {
    put(mime, bytes) {
      const media = { id: mediaId(), mime, bytes };
      shelf.set(media.id, media);
      return media;
    },
    get: (id) => shelf.get(id),
    delete: (id) => shelf.delete(id),
    clear: () => shelf.clear(),
  };
}

/** SHA-256 of media: base64 in webhooks, hex when asked by id. */
export const digestOf = (media: Media, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(media.bytes).digest(encoding);
