// What Instagram can send to a person. A missing key is refused.
import type { Capabilities } from '../contract.js';
import { capabilitiesOf, type Sending } from '../shared/meta/limits.js';
import { inBytes } from '../shared/split-text.js';

/**
 * Instagram Messaging, Send a message (2 July 2026): 1000 bytes of text; images of 8 MB, audio, video and PDF files of 25 MB, which Meta
 * fetches itself. Of stickers there is only a heart.
 */
export const SENDING: Sending = {
  maxText: 1000,
  size: inBytes,
  attachmentTypes: { image: 'image', video: 'video', audio: 'audio', document: 'file' },
};

/** No `template`: Instagram has no utility messages, and marketing messages are not delivered in the EU or UK. No `location`. */
export const capabilities: Capabilities = capabilitiesOf(SENDING);
