// What web chat can show to a person, with the limits that rendering obeys. A missing key is refused.
import type { Capabilities } from '../contract.js';

/** Lengths in characters, counts in items: what people can still read and tap on a small screen. */
export const LIMITS = {
  text: 65_536,
  choices: 20,
  choiceTitle: 80,
  choiceId: 1000,
  choiceDescription: 200,
  caption: 4096,
  fileName: 255,
  buttons: 10,
  listRows: 50,
  sections: 10,
  sectionTitle: 80,
  placeName: 1000,
} as const;

/** No `template`: platforms demand them, a browser does not. No `reaction` and `read`: Direct Line clients show neither. */
export const capabilities: Capabilities = {
  text: {
    maxLength: LIMITS.text,
    maxChoices: LIMITS.choices,
    maxChoiceTitle: LIMITS.choiceTitle,
    maxChoiceId: LIMITS.choiceId,
  },
  media: {
    types: ['image', 'video', 'audio', 'document', 'sticker'],
    maxCaption: LIMITS.caption,
    maxFileName: LIMITS.fileName,
  },
  buttons: {
    max: LIMITS.buttons,
    maxTitle: LIMITS.choiceTitle,
    maxId: LIMITS.choiceId,
    maxText: LIMITS.text,
    maxHeader: LIMITS.caption,
    maxFooter: LIMITS.caption,
  },
  list: {
    maxRows: LIMITS.listRows,
    maxTitle: LIMITS.choiceTitle,
    maxDescription: LIMITS.choiceDescription,
    maxId: LIMITS.choiceId,
    maxText: LIMITS.text,
    maxSections: LIMITS.sections,
    maxSectionTitle: LIMITS.sectionTitle,
  },
  location: { maxName: LIMITS.placeName, maxAddress: LIMITS.placeName },
  typing: {},
};
