// The processing instructions: the document, its reading and its rulings. Pure.
export { apply, observations, type Pseudonymise } from './apply.js';
export { compile, type CompileMeta } from './compile.js';
export type { CompiledConsent } from './consent/consent.js';
export {
  answerOf,
  answersTo,
  gateOf,
  type ConsentRecord,
  type ConsentState,
  type Gate,
  type Said,
} from './consent/gate.js';
export { consultMandate, decide, replyMandate } from './decide.js';
export * from './decision.js';
export * from './detect/index.js';
export { diff, type Change } from './diff/diff.js';
export type { InstructionsDocument, RecipientClause } from './document.js';
export { intentOf, type FoundIntent } from './intent/intent.js';
export { minimise, recipientsFor, type NotDisclosed } from './minimise.js';
export { labelOfData } from './law/dpv-data.js';
export { labelOfPurpose } from './law/dpv-purposes.js';
export { hashDocument, parseDocument, type Parsed } from './parse.js';
export { review } from './review.js';
export {
  holdsAt,
  responsePeriod,
  RIGHTS,
  rightsMandate,
  rightsRuling,
  type InForce,
  type LegalHold,
  type Right,
} from './rights.js';
export { SCHEMA } from './schema/index.js';
export { statisticsPlan, type BinUnit, type Dimension, type StatisticsPlan } from './statistics.js';
export { endOf } from './period.js';
export { notice } from './texts.js';
export { toldOf, type Told } from './told.js';
