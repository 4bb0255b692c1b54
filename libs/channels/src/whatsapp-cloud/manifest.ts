// Facts about WhatsApp Cloud API as a platform: hosts, limits, reply window, Meta's own role. Each with source and date.
import type { Manifest } from '../contract.js';

const MB = 1_000_000;
const HOUR_MS = 3_600_000;

/** Where Meta serves inbound media from, by URLs that live five minutes and need the token. */
export const MEDIA_HOSTS = ['lookaside.fbsbx.com', 'mmg.whatsapp.net'] as const;

export const manifest: Manifest = {
  channel: 'whatsapp-cloud',
  title: 'WhatsApp Cloud API',
  hosts: ['graph.facebook.com', ...MEDIA_HOSTS],
  // "Payload up to 3 MB": WhatsApp webhooks overview, March 2026.
  bodyLimit: 3 * 1024 * 1024,
  replyWindowMs: { value: 24 * HOUR_MS, source: 'Send messages: customer service windows', date: '2026-03-10' },
  sendRate: {
    value: 80,
    source: 'Throughput: messages per second and phone number, both directions',
    date: '2026-03-10',
  },
  slowRate: null,
  pairRate: {
    value: { burst: 45, everyMs: 6000 },
    source: 'About the platform: pair rate limits (one message per 6 s to one person, 45 borrowed from the future)',
    date: '2026-03-10',
  },
  maxText: {
    value: 4096,
    source: 'Text messages: body, maximum 4096 characters (general knowledge)',
    date: '2026-03-10',
  },
  // Media page: audio and video 16 MB, documents 100 MB, images 5 MB; animated stickers 500 KB (general knowledge).
  maxMedia: { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB, sticker: 500_000 },
  platformRole: {
    value: 'processor',
    source: 'Data privacy and security: Meta as processor for Cloud API',
    date: '2026-03-10',
  },
  platformRetention: {
    value:
      'Messages are kept at most 30 days, user identifiers until 30 days after the last status; less with local storage (60 ' +
      'minutes in use) or no storage (60 minutes). The contact book keeps numbers with their user ids until it is switched off.',
    source: 'Data privacy and security; no storage; business-scoped user IDs',
    date: '2026-03-10',
  },
  // Transfer to the US under the WhatsApp Business Data Transfer Addendum.
  platformCountries: ['IE', 'US'],
};
