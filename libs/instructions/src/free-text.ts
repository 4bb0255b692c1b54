// What a recipient gets of what was found in free text, going by the section `freeText`.
import type { CompiledFreeText } from './decision.js';
import { treatmentBefore, type Treatment } from './document.js';

/** What is not stored is not given away either, and its tokens would have nothing to stand for. */
export function treatmentFor(
  rules: CompiledFreeText,
  recipient: string,
  storing: Treatment = rules.beforeStore,
): Treatment {
  return storing === 'redact' ? 'redact' : treatmentBefore(rules, recipient);
}
