// All rules of the linter (Art. 28(3) last sentence: tell the controller if an instruction infringes the law).
import { answerRules } from './answers.js';
import { consentRules } from './consent.js';
import { identifierRules } from './identifiers.js';
import { marketingRules } from './marketing.js';
import { notCarriedOut } from './not-carried-out.js';
import { noticeRules } from './notice.js';
import { partyRules } from './parties.js';
import { purposeRules } from './purposes.js';
import { recipientRules } from './recipients.js';
import { referenceRules } from './references.js';
import { retentionRules } from './retention.js';
import { rightsRules } from './rights.js';
import type { Rule } from './rule.js';
import { specialRules } from './special.js';
import { statisticRules } from './statistics.js';
import { subProcessorRules } from './sub-processors.js';
import { transferRules } from './transfers.js';
import { transportRules } from './transport.js';

export const RULES: readonly Rule[] = [
  ...partyRules,
  ...purposeRules,
  ...marketingRules,
  ...consentRules,
  ...answerRules,
  ...specialRules,
  ...identifierRules,
  ...noticeRules,
  ...retentionRules,
  ...statisticRules,
  ...recipientRules,
  ...transportRules,
  ...subProcessorRules,
  ...transferRules,
  ...rightsRules,
  ...referenceRules,
  ...notCarriedOut,
];
