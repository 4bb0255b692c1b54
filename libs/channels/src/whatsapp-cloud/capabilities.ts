// What WhatsApp can send to a person, with the limits that rendering obeys. A missing key is refused.
import type { Capabilities } from '../contract.js';

/**
 * Lengths in UTF-16 units, counts in items. Meta: Text, Interactive reply buttons, Interactive list, Media and Location messages
 * (March 2026; inner limits partly general knowledge). `header` and `footer` are the same for buttons and lists.
 */
export const LIMITS = {
  text: 4096,
  caption: 1024,
  fileName: 240,
  header: 60,
  footer: 60,
  buttonsText: 1024,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listText: 4096,
  listButton: 20,
  listRows: 10,
  listSections: 10,
  sectionTitle: 24,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
  locationName: 1000,
  locationAddress: 1000,
} as const;

/** Choices of a text become reply buttons where they fit, list rows where only those do: hence the wider limit of the two. */
export const capabilities: Capabilities = {
  text: {
    maxLength: LIMITS.text,
    splits: ['maxLength'],
    maxChoices: LIMITS.listRows,
    maxChoiceTitle: LIMITS.rowTitle,
    maxChoiceDescription: LIMITS.rowDescription,
    maxChoiceId: LIMITS.buttonId,
  },
  media: {
    types: ['image', 'video', 'audio', 'document', 'sticker'],
    maxCaption: LIMITS.caption,
    splits: ['maxCaption'],
    maxFileName: LIMITS.fileName,
  },
  buttons: {
    max: LIMITS.buttons,
    maxTitle: LIMITS.buttonTitle,
    maxId: LIMITS.buttonId,
    maxText: LIMITS.buttonsText,
    splits: ['maxText'],
    maxHeader: LIMITS.header,
    maxFooter: LIMITS.footer,
  },
  list: {
    maxRows: LIMITS.listRows,
    maxSections: LIMITS.listSections,
    maxTitle: LIMITS.rowTitle,
    maxDescription: LIMITS.rowDescription,
    maxId: LIMITS.rowId,
    maxText: LIMITS.listText,
    splits: ['maxText'],
    maxButton: LIMITS.listButton,
    maxSectionTitle: LIMITS.sectionTitle,
  },
  template: {},
  location: { maxName: LIMITS.locationName, maxAddress: LIMITS.locationAddress },
  reaction: {},
  read: {},
  typing: {},
};
