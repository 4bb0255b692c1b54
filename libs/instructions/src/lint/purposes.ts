// Rules on purposes: each has a basis, a known meaning, and what its basis demands.
import { asksConsent } from '../consent/consent.js';
import { isPurposeTerm } from '../law/dpv-purposes.js';
import { pointer } from '../pointer.js';
import { isMarketing } from '../marketing.js';
import { purposesOf } from './reading.js';
import type { Rule } from './rule.js';

export const purposeRules: readonly Rule[] = [
  {
    rule: 'purpose-without-basis',
    severity: 'error',
    article: 'Art. 6(1) GDPR',
    *find({ document }) {
      for (const [id, purpose] of purposesOf(document)) {
        if (purpose.basis) continue;
        yield {
          path: pointer('purposes', id, 'basis'),
          message: `The purpose ${id} names no legal basis; without one the data must not be processed.`,
          fix: 'Add `basis`, for example A6-1-b where a contract with the person needs it.',
        };
      }
    },
  },
  {
    rule: 'unknown-purpose-term',
    severity: 'error',
    article: 'Art. 5(1)(b) GDPR',
    *find({ document }) {
      for (const [id, { dpv }] of purposesOf(document)) {
        if (dpv === undefined || isPurposeTerm(dpv)) continue;
        yield {
          path: pointer('purposes', id, 'dpv'),
          message: `What the purpose ${id} means is not a purpose of the Data Privacy Vocabulary 2.3.`,
          fix: 'Choose a term such as CustomerCare, CustomerOrderManagement or RequestedServiceProvision.',
        };
      }
    },
  },
  {
    rule: 'no-balancing-test',
    severity: 'warning',
    article: 'Art. 6(1)(f) GDPR',
    *find({ document }) {
      for (const [id, purpose] of purposesOf(document)) {
        if (purpose.basis !== 'A6-1-f' || purpose.balancingTest) continue;
        yield {
          path: pointer('purposes', id, 'balancingTest'),
          message: `The purpose ${id} relies on legitimate interests, but names no balancing test.`,
          fix: 'Add `balancingTest` with the reference under which the assessment is filed.',
        };
      }
    },
  },
  {
    rule: 'marketing-without-consent',
    severity: 'error',
    article: 'Art. 13 ePrivacy Directive',
    *find({ document }) {
      for (const [id, purpose] of purposesOf(document)) {
        if (!isMarketing(purpose) || asksConsent(purpose) || purpose.softOptIn === true) continue;
        yield {
          path: pointer('purposes', id),
          message: `The purpose ${id} is marketing by message; that needs consent, or existing customers who can opt out each time.`,
          fix: 'Set `basis: A6-1-a` with a consent text, or `softOptIn: true` where Art. 13(2) applies.',
        };
      }
    },
  },
  {
    rule: 'selling-personal-data',
    severity: 'error',
    article: 'Art. 28(10), Art. 5(1)(b) GDPR',
    *find({ document }) {
      for (const [id, { dpv }] of purposesOf(document)) {
        if (dpv !== 'SellDataToThirdParties' && dpv !== 'SellInsightsFromData') continue;
        yield {
          path: pointer('purposes', id, 'dpv'),
          message: `The purpose ${id} sells what people write; a gateway for conversations does not carry that out.`,
          fix: 'Take this purpose out, or name the one for which people write to you, such as CustomerCare.',
        };
      }
    },
  },
];
