// The identifier registry of Instagram, part 2: stories, posts and comments, which are there for others to see.
import type { IdentifierKind } from '#libs/kernel';

/** What all of them have in common. */
const shown = {
  phases: ['during'],
  scope: 'none',
  role: 'metadata',
  category: 'derived',
  reply: 'none',
  sensitivity: 'medium',
  of: 'subject',
  suggested: 'drop',
} as const satisfies Partial<IdentifierKind>;

const STORY =
  'a story lives for 24 hours, its address no longer; its media must not be stored (Meta, Story mention): at most `pass` it';
const POST = 'mostly a post of somebody else; the address expires';

export const publicIdentifiers: readonly IdentifierKind[] = [
  {
    ...shown,
    key: 'username',
    paths: ['from.username', 'profile-api:username'],
    dpv: ['Username', 'PubliclyAvailableSocialMedia'],
    phases: ['before', 'during'],
    scope: 'global',
    role: 'profile',
    category: 'profile',
    sensitivity: 'high',
    lookedUp: true,
    needs: 'subscription to comments or live_comments, or a call to the User Profile API; messages do not carry it',
    lifetime: 'public, changeable',
  },
  {
    ...shown,
    key: 'story_id',
    paths: ['message.reply_to.story.id', 'message.attachments[].payload.story_media_id'],
    dpv: ['SocialMediaCommunication'],
    lifetime: STORY,
  },
  {
    ...shown,
    key: 'story_url',
    paths: [
      'message.reply_to.story.url',
      'message.attachments[].payload.url',
      'message.attachments[].payload.story_media_url',
    ],
    dpv: ['SocialMediaCommunication', 'Picture'],
    lifetime: STORY,
  },
  {
    ...shown,
    key: 'post_id',
    paths: ['message.attachments[].payload.ig_post_media_id', 'message.attachments[].payload.reel_video_id'],
    dpv: ['SocialMediaCommunication'],
    of: 'third-party',
    lifetime: POST,
  },
  {
    ...shown,
    key: 'post_url',
    paths: ['message.attachments[].payload.url'],
    dpv: ['SocialMediaCommunication', 'Picture'],
    of: 'third-party',
    lifetime: POST,
  },
  {
    ...shown,
    key: 'post_title',
    paths: ['message.attachments[].payload.title'],
    dpv: ['SocialMediaCommunication'],
    of: 'third-party',
    lifetime: 'what the author wrote under the post',
  },
  {
    ...shown,
    key: 'comment_id',
    paths: ['id', 'comment_id', 'parent_id'],
    dpv: ['UID'],
    phases: ['before', 'during'],
    scope: 'message',
    role: 'correlation',
    needs: 'subscription to comments, live_comments or mentions',
    lifetime: 'per comment; leads to it and to its author',
  },
  {
    ...shown,
    key: 'comment',
    paths: ['text'],
    dpv: ['SocialMediaCommunication', 'Opinion'],
    phases: ['before', 'during'],
    role: 'content',
    category: 'content',
    needs: 'subscription to comments or live_comments',
    lifetime: 'public; noted and never stored, whatever is instructed',
  },
  {
    ...shown,
    key: 'commented_media',
    paths: ['media.id', 'media.original_media_id', 'media_id', 'media.ad_id', 'media.ad_title'],
    dpv: ['SocialMediaCommunication'],
    phases: ['before', 'during'],
    sensitivity: 'low',
    needs: 'subscription to comments, live_comments or mentions',
    lifetime: 'what was commented on: a post, or the advertisement made of it',
  },
];
