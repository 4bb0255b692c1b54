// Facts about web chat: there is no platform in between, so the limits are ours and nobody else sees the conversation.
import type { Manifest } from '../contract.js';
import { LIMITS } from './capabilities.js';

const MiB = 1024 * 1024;
const OURS = 'Parley, web channel: own limit';
const DATE = '2026-11-23';

export const manifest: Manifest = {
  channel: 'web',
  title: 'Web chat (Direct Line 3.0)',
  hosts: [],
  bodyLimit: 256 * 1024,
  replyWindowMs: null,
  sendRate: { value: 100, source: OURS, date: DATE },
  slowRate: null,
  pairRate: null,
  maxText: { value: LIMITS.text, source: OURS, date: DATE },
  maxMedia: { image: 10 * MiB, video: 10 * MiB, audio: 10 * MiB, document: 10 * MiB, sticker: 10 * MiB },
  platformRole: { value: 'none', source: 'Served by the gateway itself: no platform takes part', date: DATE },
  platformRetention: {
    value: 'Nothing outside the gateway. The browser keeps the visitor id until its tab is closed.',
    source: 'Parley, web channel: session storage only, after the chat was opened',
    date: DATE,
  },
  platformCountries: [],
};
