// What the Send API of Meta's messengers takes, and the capabilities that follow.
import type { MediaType } from '#libs/kernel';
import type { Capabilities } from '../../contract.js';
import type { Measure } from '../split-text.js';

/**
 * Lengths in characters, counts in items: quick replies (Messenger 22 April 2026, Instagram 30 June 2026), button template (22 April,
 * 30 June 2026), generic template (22 April, 30 June 2026), the same for both.
 */
export const SEND_LIMITS = {
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

/** What one messenger sends differently. */
export interface Sending {
  readonly maxText: number;
  /** How the length of a text is counted. */
  readonly size: Measure;
  /** Our media types → attachment types of the Send API. */
  readonly attachmentTypes: Readonly<Partial<Record<MediaType, string>>>;
}

export const capabilitiesOf = ({ maxText, attachmentTypes }: Sending): Capabilities => ({
  text: {
    maxLength: maxText,
    splits: ['maxLength'],
    maxChoices: SEND_LIMITS.quickReplies,
    maxChoiceTitle: SEND_LIMITS.quickReplyTitle,
    maxChoiceId: SEND_LIMITS.payload,
  },
  media: { types: Object.keys(attachmentTypes), caption: true },
  buttons: { max: SEND_LIMITS.buttons, maxTitle: SEND_LIMITS.buttonTitle, maxId: SEND_LIMITS.payload },
  list: {
    maxRows: SEND_LIMITS.listRows,
    maxTitle: SEND_LIMITS.rowTitle,
    maxDescription: SEND_LIMITS.rowDescription,
    maxButton: SEND_LIMITS.buttonTitle,
    maxId: SEND_LIMITS.payload,
  },
  reaction: {},
  read: {},
  typing: {},
});
