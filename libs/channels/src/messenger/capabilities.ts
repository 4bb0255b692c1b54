// What Messenger can send to a person, with the limits that rendering obeys. A missing key is refused.
import type { Capabilities } from '../contract.js';

/** Lengths in characters, counts in items. Messenger Platform: Send API, quick replies, button and generic template (22 April 2026). */
export const LIMITS = {
  text: 2000,
  quickReplies: 13,
  quickReplyTitle: 20,
  payload: 1000,
  buttonText: 640,
  buttons: 3,
  buttonTitle: 20,
  listRows: 10,
  rowTitle: 80,
  rowDescription: 80,
} as const;

/** Our media types → attachment types of the Send API. A sticker has no upload: only Meta's own sticker ids can be sent. */
export const ATTACHMENT_TYPES = { image: 'image', video: 'video', audio: 'audio', document: 'file' } as const;

/**
 * No `template`: utility messages need a permission whose availability in the EU is unknown, marketing messages are not
 * delivered to people in the EU or UK at all (Marketing messages, May 2026), message tags ended on 27 April 2026.
 * No `location`: the Send API has no such message.
 */
export const capabilities: Capabilities = {
  text: {
    maxLength: LIMITS.text,
    splits: ['maxLength'],
    maxChoices: LIMITS.quickReplies,
    maxChoiceTitle: LIMITS.quickReplyTitle,
    maxChoiceId: LIMITS.payload,
  },
  media: { types: Object.keys(ATTACHMENT_TYPES), caption: true },
  buttons: { max: LIMITS.buttons, maxTitle: LIMITS.buttonTitle, maxId: LIMITS.payload },
  list: {
    maxRows: LIMITS.listRows,
    maxTitle: LIMITS.rowTitle,
    maxDescription: LIMITS.rowDescription,
    maxButton: LIMITS.buttonTitle,
    maxId: LIMITS.payload,
  },
  reaction: {},
  read: {},
  typing: {},
};
