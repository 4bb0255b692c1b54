// Which identifiers one update of Instagram exposes, beside those that stand at the paths of the registry.
import { expose, place, type Exposures } from '../shared/exposures.js';
import { exposing, sidesOf } from '../shared/meta/exposed.js';
import { fields, items, type Fields } from '../shared/read.js';
import { POSTS, STORIES } from './content.js';
import { identifiers } from './identifiers.js';

const sides = sidesOf('igsid');
const AUTHOR = place('igsid', 'from.id');
const AUTHOR_NAME = place('username', 'from.username');

const SEEN = place('seen', 'read');

const URL_PATH = 'message.attachments[].payload.url';
const STORY_URL = place('story_url', URL_PATH);
const STORY_MEDIA = place('story_url', 'message.attachments[].payload.story_media_url');
const ANSWERED_STORY = place('story_url', 'message.reply_to.story.url');
const POST_URL = place('post_url', URL_PATH);
const POST_TITLE = place('post_title', 'message.attachments[].payload.title');
const FILE_URL = place('attachment_url', URL_PATH);

/** Whose address it is that one path holds depends on the type beside it. That of a page that is shared (`fallback`) is content. */
function attached(item: Fields, into: Exposures): void {
  const { url, title, story_media_url } = fields(item['payload']);
  expose(into, STORY_MEDIA, story_media_url);
  if (STORIES.has(item['type'])) expose(into, STORY_URL, url);
  else if (POSTS.has(item['type'])) {
    expose(into, POST_URL, url);
    expose(into, POST_TITLE, title);
  } else if (item['type'] !== 'fallback') expose(into, FILE_URL, url);
}

export const exposed = exposing({
  kinds: identifiers,
  parts: ['ads_context_data'],
  conditional: ['igsid', 'username', SEEN.key, STORY_URL.key, POST_URL.key, POST_TITLE.key, FILE_URL.key],
  read(update, own, into) {
    sides(update, own, into);
    // That it was is all that is told beside which message it was.
    if (update['read'] !== undefined) expose(into, SEEN, 'read');
    // Of a comment. What the business wrote itself is signed with its own name.
    const author = fields(update['from']);
    if (!own) {
      expose(into, AUTHOR, author['id']);
      expose(into, AUTHOR_NAME, author['username']);
    }
    const { attachments, reply_to } = fields(update['message']);
    expose(into, ANSWERED_STORY, fields(fields(reply_to)['story'])['url']);
    for (const item of items(attachments)) attached(fields(item), into);
  },
});
