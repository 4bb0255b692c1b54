// Facts about Instagram as a platform: hosts, limits, reply window, Meta's own role. Each with source and date.
import type { Manifest } from '../contract.js';
import { BODY_LIMIT, MOST_BYTES } from '../shared/meta/media.js';
import { SENDING } from './capabilities.js';

const HOUR_MS = 3_600_000;

/** Meta serves what people attach from hosts beneath these domains, by signed URLs that expire; nothing else is fetched. */
export const MEDIA_HOST_SUFFIXES = ['.fbsbx.com', '.cdninstagram.com', '.fbcdn.net'] as const;

export const manifest: Manifest = {
  channel: 'instagram',
  title: 'Instagram',
  // The first where the account is reached through a Facebook page, the second with Instagram Login.
  hosts: ['graph.facebook.com', 'graph.instagram.com', ...MEDIA_HOST_SUFFIXES],
  bodyLimit: BODY_LIMIT,
  replyWindowMs: {
    value: 24 * HOUR_MS,
    source: 'Instagram Platform, Send messages: 24 hours to respond to any message',
    date: '2026-11-29',
  },
  sendRate: {
    value: 300,
    source: 'Messenger Platform, Rate limits: Messenger API for Instagram, Send API text per professional account',
    date: '2026-03-23',
  },
  slowRate: {
    value: 10,
    source:
      'Messenger Platform, Rate limits: Messenger API for Instagram, Send API audio or video per professional account',
    date: '2026-03-23',
  },
  // Meta limits sends to one thread without printing a number: nothing is assumed, its throttling answers are obeyed.
  pairRate: null,
  maxText: {
    value: SENDING.maxText,
    source: 'Instagram Messaging, Send a message: UTF-8, 1000 bytes or less (in bytes, not in characters)',
    date: '2026-07-02',
  },
  maxMedia: { image: MOST_BYTES, video: MOST_BYTES, audio: MOST_BYTES, document: MOST_BYTES, sticker: MOST_BYTES },
  platformRole: {
    value: 'controller',
    source: 'Instagram Terms of Use and Meta Privacy Policy: Instagram is a service to the person',
    date: '2026-11-29',
  },
  platformRetention: {
    value:
      'Meta keeps the conversation for both sides until they delete it; whoever unsends a message takes it from both. ' +
      'URLs of media expire; the media of a story must not be stored by anybody who receives it.',
    source: 'Instagram Messaging, Story mention; Instagram Platform, Webhook notification examples',
    date: '2026-11-29',
  },
  platformCountries: ['US', 'IE'],
};
