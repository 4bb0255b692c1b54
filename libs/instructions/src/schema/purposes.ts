// Sections on why and what: purposes, categories, special categories, minors.
import { CATEGORIES } from '#libs/kernel';
import { OPERATIONS } from '../document.js';
import {
  about,
  category,
  closed,
  country,
  date,
  id,
  identifierKey,
  instant,
  language,
  line,
  listOf,
  mapOf,
  period,
  text,
} from './shapes.js';

// `basis` is not required here: a purpose without one is the linter's finding, which says more than a schema can.
export const purposes = {
  ...mapOf(
    closed(
      {
        dpv: about('A purpose of the Data Privacy Vocabulary 2.3, for example CustomerCare.', line),
        basis: about('Art. 6(1) GDPR: A6-1-a consent, b contract, c legal obligation, d vital interests, e public task, f legitimate interests.', { type: 'string', pattern: '^A6-1-[a-f]$' }),
        art9: about('Art. 9(2) GDPR: the condition under which special categories may be processed.', { type: 'string', pattern: '^A9-2-[a-j]$' }),
        art10: about('The law that permits processing of data about criminal convictions (Art. 10 GDPR).', line),
        consent: about('Id of the text by which consent is asked for.', id),
        balancingTest: about('Reference to the balancing test of Art. 6(1)(f) GDPR.', line),
        marketing: { type: 'boolean' },
        softOptIn: about('Existing customers, own similar products, opt-out offered each time (Art. 13(2) ePrivacy Directive).', { type: 'boolean' }),
        operations: listOf({ type: 'string', enum: OPERATIONS }),
        data: { ...listOf(category), minItems: 1 },
        features: about('Look-ups that this purpose needs, by identifier kind.', listOf(identifierKey)),
        description: mapOf(text, language),
      },
      ['dpv', 'data'],
    ),
  ),
  minProperties: 1,
}; // prettier-ignore

export const categories = mapOf(
  closed({ dpv: about('Terms of DPV 2.3, extension pd: Health, EmailAddress.', listOf(line)), freeText: { type: 'boolean' } }),
  category,
); // prettier-ignore

const sensitive = closed(
  { mode: { type: 'string', enum: ['forbid', 'warn', 'allow'] }, text: id, purgeWithin: period },
  ['mode'],
);
export const specialCategories = sensitive;
export const criminalData = sensitive;

export const minors = closed(
  {
    mode: { type: 'string', enum: ['not-directed', 'refuse', 'guardian'] },
    ages: mapOf({ type: 'integer', minimum: 10, maximum: 18 }, country),
  },
  ['mode'],
);

export const retention = {
  type: 'array',
  maxItems: 200,
  items: closed(
    {
      data: { type: 'string', enum: CATEGORIES },
      purpose: id,
      start: {
        type: 'string',
        enum: ['ingest', 'last-activity', 'conversation-end', 'withdrawal'],
        description: '`withdrawal`: the end of the consent, by a withdrawal or otherwise.',
      },
      period,
      // oxlint-disable-next-line unicorn/no-thenable -- a key of the document
      then: { type: 'string', enum: ['erase', 'aggregate'] },
      reason: about('Why longer than three years.', line),
    },
    ['data', 'period'],
  ),
};

export const legalHolds = listOf(
  closed(
    {
      scope: about('What it is called; also, unless `data` says it, a purpose or a category. Anything else keeps every category.', line),
      basis: line,
      from: date,
      until: about('The first day on which it no longer stands.', date),
      review: date,
      data: about('What it keeps.', listOf(category)),
      connections: about('Names of the connections whose conversations it keeps; all unless given.', listOf(line)),
      messages: about('Messages of which time it keeps; of any time unless given.', closed({ from: instant, until: instant })),
    },
    ['scope', 'basis', 'from'],
  ),
); // prettier-ignore
