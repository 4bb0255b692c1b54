// The processing instructions: the document, its reading and its rulings. Pure.
export { apply, observations, valueUnder, type Pseudonymise } from './apply.js';
export { isSealedBy, type ChoiceSeal } from './choices.js';
export { compile, keptBeside, type CompileMeta } from './compile.js';
export {
  answeredStates,
  answerOf,
  answersTo,
  mayRefuse,
  refusedBy,
  type ConsentAnswer,
  type Said,
} from './consent/answer.js';
export { ASK_AGAIN_AFTER, asksConsent, consentsOf, type CompiledConsent } from './consent/consent.js';
export { dependsOn, gateOf, INDEPENDENT, type Dependence, type Gate } from './consent/gate.js';
export {
  after,
  CONSENT_STATES,
  lapseOf,
  permits,
  stateOf,
  type ConsentAct,
  type ConsentRecord,
  type ConsentState,
} from './consent/states.js';
export { categoryRuling, coveringOf, NOT_LISTED } from './cover.js';
export { consultMandate, decide, localeUnder, replyMandate } from './decide.js';
export * from './decision.js';
export * from './detect/index.js';
export { diff, type Change } from './diff/diff.js';
export { treatmentFor } from './free-text.js';
export {
  OPERATIONS,
  TREATMENTS,
  type InstructionsDocument,
  type Party,
  type Purpose,
  type RecipientClause,
  type Treatment,
} from './document.js';
export { FILE_METADATA, isPermitted, type FileRules } from './files.js';
export { REPEATING } from './guards.js';
export { isGuarded } from './keep-content.js';
export { closedBy, heldWithout } from './held/ending.js';
export {
  fleetingCategories,
  fleetingCategory,
  heldRules,
  readingHeld,
  reduce,
  type Form,
  type Held,
  type HeldRules,
} from './held/reduce.js';
export { stricterThan, type Stricter } from './held/stricter.js';
export { intentOf, isClaim, type FoundIntent } from './intent/intent.js';
export { standingOfAge, withAge, type AgeRecord, type AgeStanding } from './minors/age.js';
export { ageFor, type CompiledMinors } from './minors/minors.js';
export { AGE_BUTTONS, ageAnswerOf, ageChoices } from './minors/answer.js';
export { closedByStop, marketingOf } from './marketing.js';
export { templateFor, UNSENDABLE, type TemplateAt } from './templates.js';
export { askedFor } from './look-ups.js';
export { minimise, recipientsFor, type NotDisclosed } from './minimise.js';
export { labelOfData } from './law/dpv-data.js';
export { labelOfPurpose } from './law/dpv-purposes.js';
export { hashDocument, parseDocument, type Parsed } from './parse.js';
export { announcedBy, outOfTerm } from './register.js';
export { approvalsFor, infringements, located, review } from './review.js';
export {
  changesOfHolds,
  holdsAt,
  holdScopesAt,
  responsePeriod,
  RIGHTS,
  rightsMandate,
  rightsRuling,
  type InForce,
  type HoldScope,
  type LegalHold,
  type Right,
} from './rights.js';
export { findSensitive, type FoundTerm } from './special/find.js';
export { sensitiveTold } from './special/told.js';
export { screen, screenWritten, unattendedSections, type CompiledSensitive, type Screened } from './special/special.js';
export { SENSITIVE_TERMS, type SensitiveKind } from './special/terms/list.js';
export { SCHEMA } from './schema/index.js';
export { statisticsPlan, type BinUnit, type Dimension, type StatisticsPlan } from './statistics.js';
export { endOf } from './period.js';
export { pointer } from './pointer.js';
export { notice } from './texts.js';
export { toldOf, type Told } from './told.js';
