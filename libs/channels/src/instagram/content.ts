// What may be attached to a message on Instagram → the common content.
import type { Content } from '#libs/kernel';
import { contentReader, FILES, linkTo, template, urlOf } from '../shared/meta/content.js';
import { text, type Fields } from '../shared/read.js';

/** Types of attachments that show a story; its media may not be stored (Instagram Messaging, Story mention). */
export const STORIES: ReadonlySet<unknown> = new Set(['story_mention', 'ig_story', 'story']);

/** Types that share a post or a reel, mostly of somebody else. `share` and `media` are older (Webhook examples, 24 November 2025). */
export const POSTS: ReadonlySet<unknown> = new Set(['ig_post', 'ig_reel', 'reel', 'post', 'share', 'media']);

/**
 * Of a story or a post only is kept that it was there: what it is called and where it lies are identifier kinds of their own
 * (`story_url`, `post_url`, …), which instructions can pass on without storing them.
 */
function attachment(item: Fields, written: string): readonly Content[] {
  const type = text(item['type']);
  if (type === undefined) return [];
  const url = urlOf(item);
  const media = FILES.get(type);
  if (media && url !== undefined) return [{ type: 'media', media, source: { url } }];
  if (type === 'fallback' && url !== undefined) return linkTo(url, item, written);
  if (type === 'template') return [template(item)];
  return [{ type: 'unsupported', what: type }];
}

export const contentOf = contentReader((attachments, written) =>
  attachments.flatMap((item) => attachment(item, written)),
);
