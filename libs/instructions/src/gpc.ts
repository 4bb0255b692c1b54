// Global Privacy Control: which purposes a browser's signal Sec-GPC objects to, where a document takes it as an objection.
import type { InstructionsDocument } from './document.js';
import { isA } from './law/dpv-purposes.js';

/** Marketing with all that is beneath it, and measuring how people use a service. */
const OBJECTED = ['Marketing', 'ServiceUsageAnalytics'] as const;

export const objectedBySignal = ({ purposes }: Pick<InstructionsDocument, 'purposes'>): readonly string[] =>
  Object.entries(purposes)
    .filter(([, { marketing, dpv }]) => marketing === true || OBJECTED.some((term) => isA(dpv, term)))
    .map(([id]) => id);
