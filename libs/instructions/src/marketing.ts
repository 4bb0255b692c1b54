// Which purposes are marketing, and which of them a person's wish to hear no more of it closes (Art. 21(3); Art. 13(2) ePrivacy Directive).
import type { ConsentRecord } from './consent/states.js';
import type { CompiledInstructions } from './decision.js';
import type { Incomplete, Purpose } from './document.js';
import { isA } from './law/dpv-purposes.js';

export const isMarketing = (purpose: Incomplete<Purpose>): boolean =>
  purpose.marketing === true || isA(purpose.dpv ?? '', 'Marketing');

/** The purposes of these instructions that are marketing. */
export const marketingOf = ({ purposes }: Pick<CompiledInstructions, 'purposes'>): readonly string[] =>
  Object.entries(purposes).flatMap(([id, { marketing }]) => (marketing ? id : []));

/** All marketing, whatever it rests on, but what the person consented to afterwards. */
export function closedByStop(
  compiled: CompiledInstructions,
  records: readonly ConsentRecord[],
  stoppedAt: Date | null,
): readonly string[] {
  if (stoppedAt === null) return [];
  const again = (purpose: string): boolean =>
    records.some((r) => r.purpose === purpose && (r.state === 'given' || r.state === 'renewed') && r.at > stoppedAt);
  return marketingOf(compiled).filter((id) => !again(id));
}
