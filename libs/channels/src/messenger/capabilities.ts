// What Messenger can send to a person. A missing key is refused.
import type { Capabilities } from '../contract.js';
import { capabilitiesOf, type Sending } from '../shared/meta/limits.js';
import { inUnits } from '../shared/split-text.js';

/**
 * Messenger Platform, Send API (22 April 2026). A sticker has no upload: only Meta's own sticker ids can be sent.
 */
export const SENDING: Sending = {
  maxText: 2000,
  size: inUnits,
  attachmentTypes: { image: 'image', video: 'video', audio: 'audio', document: 'file' },
};

/**
 * No `template`: utility messages need a permission whose availability in the EU is unknown, marketing messages are not
 * delivered to people in the EU or UK at all (Marketing messages, May 2026), message tags ended on 27 April 2026.
 * No `location`: the Send API has no such message.
 */
export const capabilities: Capabilities = capabilitiesOf(SENDING);
