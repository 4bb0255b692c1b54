// Facts about Messenger as a platform: hosts, limits, reply window, Meta's own role. Each with source and date.
import type { Manifest } from '../contract.js';
import { BODY_LIMIT, MOST_BYTES } from '../shared/meta/media.js';

const HOUR_MS = 3_600_000;

/** Meta serves what people attach from hosts beneath these domains, by signed URLs that expire; nothing else is fetched. */
export const MEDIA_HOST_SUFFIXES = ['.fbcdn.net', '.fbsbx.com'] as const;

export const manifest: Manifest = {
  channel: 'messenger',
  title: 'Facebook Messenger',
  hosts: ['graph.facebook.com', ...MEDIA_HOST_SUFFIXES],
  bodyLimit: BODY_LIMIT,
  replyWindowMs: {
    value: 24 * HOUR_MS,
    source: 'Messenger Platform, Send messages: standard messaging window',
    date: '2026-05-01',
  },
  sendRate: { value: 300, source: 'Messenger Platform, Rate limits: Send API text per page', date: '2026-03-01' },
  slowRate: {
    value: 10,
    source: 'Messenger Platform, Rate limits: Send API audio or video per page',
    date: '2026-03-01',
  },
  // Meta limits sends to one thread without printing a number: nothing is assumed, its throttling answers are obeyed.
  pairRate: null,
  maxText: { value: 2000, source: 'Messenger Platform, Send API: message.text', date: '2026-05-01' },
  maxMedia: { image: MOST_BYTES, video: MOST_BYTES, audio: MOST_BYTES, document: MOST_BYTES, sticker: MOST_BYTES },
  platformRole: {
    value: 'controller',
    source: 'Meta Terms of Service and Privacy Policy: Messenger is a service to the person',
    date: '2026-06-30',
  },
  platformRetention: {
    value:
      'Meta keeps the conversation for the person and the page until either deletes it; the page cannot make Meta erase it. ' +
      'Attachment URLs in webhooks expire.',
    source: 'Messenger Platform, Saving assets: attachments in threads are visible until a user deletes the message',
    date: '2026-04-22',
  },
  platformCountries: ['US', 'IE'],
};
