// The closed list of data categories that a document instructs on (reference: instructions, section "categories").

export const CATEGORIES = [
  'routing',
  'profile',
  'content',
  'attachments',
  'network',
  'device',
  'consent-record',
  'derived',
] as const;

/** A category of personal data, as used in `purposes.*.data` and `retention[].data`. */
export type Category = (typeof CATEGORIES)[number];
