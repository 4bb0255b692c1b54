// Global Privacy Control: which purposes a browser's signal Sec-GPC objects to, where a document takes it as an objection.
import type { Incomplete, InstructionsDocument, Purpose } from './document.js';
import { isA } from './law/dpv-purposes.js';
import { isMarketing } from './marketing.js';

/** Marketing with all that is beneath it, and measuring how people use a service. */
export const isObjectedBySignal = (purpose: Incomplete<Purpose>): boolean =>
  isMarketing(purpose) || isA(purpose.dpv ?? '', 'ServiceUsageAnalytics');

export const objectedBySignal = ({ purposes }: Pick<InstructionsDocument, 'purposes'>): readonly string[] =>
  Object.entries(purposes)
    .filter(([, purpose]) => isObjectedBySignal(purpose))
    .map(([id]) => id);
