// Rules on consent and age: a text for each purpose, never bundled, with words for yes and no.
import { asksConsent } from '../consent/consent.js';
import { consentAge } from '../law/ages.js';
import { pointer } from '../pointer.js';
import { languagesOf } from '../texts.js';
import { bundlesTerms } from './bundled.js';
import { consentTexts, daysOf, entries, has, isNothing, purposesOf } from './reading.js';
import type { Rule } from './rule.js';

/** Shorter than this (six months), asking again is pestering; longer than that, holding is storing. */
const PEACE_DAYS = 180;
const HELD_DAYS = 1;
/** Whoever agreed and comes back within a week is not to be asked once more. */
const STANDS_DAYS = 7;

/** What a period of nothing does to a consent. */
const OF_NOTHING = [
  ['expires', 'a consent ends in the moment in which it is given', 'Leave `expires` out, or name a period for which it stands.'],
  ['askAgainAfter', 'who refused, or said nothing, is asked again by every message', 'Leave `askAgainAfter` out: six months is the default.'],
  ['holdFor', 'the time to answer is over when the question is asked', 'To keep nothing until the answer, write `meanwhile: discard`, and leave `holdFor` out.'],
] as const; // prettier-ignore

export const consentRules: readonly Rule[] = [
  {
    rule: 'consent-without-text',
    severity: 'error',
    article: 'Art. 7(1), 9(2)(a) GDPR',
    *find({ document }) {
      for (const [id, purpose] of purposesOf(document)) {
        if (!asksConsent(purpose) || (purpose.consent && has(document.texts, purpose.consent))) continue;
        yield {
          path: pointer('purposes', id, 'consent'),
          message: `The purpose ${id} relies on consent, but no text says how people are asked.`,
          fix: 'Add `consent` with the id of a text, and that text under `texts`.',
        };
      }
    },
  },
  {
    rule: 'consent-bundled',
    severity: 'error',
    article: 'Art. 7(2), 7(4) GDPR',
    *find(reading) {
      const { texts, purposes } = reading.document;
      for (const [id, users] of consentTexts(reading)) {
        if (id === 'terms' || id === 'first-notice')
          yield {
            path: pointer('texts', id),
            message: `The text ${id} asks for consent together with something else; agreeing to terms is no consent.`,
            fix: 'Write a text of its own for the consent.',
          };
        else
          for (const [language] of languagesOf(texts?.[id] ?? {}).filter(([, body]) => bundlesTerms(body)))
            yield {
              path: pointer('texts', id, language),
              message: `The text ${id} in ${language} asks to agree to terms in the same breath; such a consent is not free, and does not count.`,
              fix: 'Ask for the consent alone.',
            };
        const listed = texts?.[id]?.purposes ?? users;
        for (const [n, purpose] of listed.entries())
          if (purpose !== undefined && has(purposes, purpose) && !asksConsent(purposes?.[purpose]))
            yield {
              path: pointer('texts', id, 'purposes', n),
              message: `The consent text ${id} also covers ${purpose}, which is not based on consent: people would believe they can refuse it.`,
              fix: `Take ${purpose} out of the \`purposes\` of this text.`,
            };
        for (const user of users)
          if (!listed.includes(user))
            yield {
              path: pointer('texts', id, 'purposes'),
              message: `The consent text ${id} does not say that it is about the purpose ${user}.`,
              fix: `Add ${user} to its \`purposes\`.`,
            };
      }
    },
  },
  {
    rule: 'consent-not-granular',
    severity: 'warning',
    article: 'Recital 43, Art. 7(4) GDPR',
    *find(reading) {
      for (const [id, users] of consentTexts(reading))
        if (users.length > 1)
          yield {
            path: pointer('texts', id, 'purposes'),
            message: `The text ${id} asks for several purposes at once; people must be able to agree to one and refuse another.`,
            fix: 'Write one text per purpose.',
          };
    },
  },
  {
    rule: 'consent-without-words',
    severity: 'error',
    article: 'Art. 4(11), 7(3) GDPR',
    *find(reading) {
      for (const id of consentTexts(reading).keys()) {
        const text = reading.document.texts?.[id] ?? {};
        for (const [language] of languagesOf(text))
          for (const answer of ['accept', 'refuse'] as const)
            if ((text[answer]?.[language]?.length ?? 0) === 0)
              yield {
                path: pointer('texts', id, answer, language),
                message: `The text ${id} does not say which words in ${language} mean ${answer === 'accept' ? 'yes' : 'no'}; silence is not consent.`,
                fix: `Add \`${answer}: {${language}: [...]}\`.`,
              };
      }
    },
  },
  {
    rule: 'asks-again-soon',
    severity: 'warning',
    article: 'Art. 4(11), Art. 7(4) GDPR',
    *find(reading) {
      for (const id of consentTexts(reading).keys()) {
        const period = reading.document.texts?.[id]?.askAgainAfter;
        if (period !== undefined && daysOf(period) < PEACE_DAYS)
          yield {
            path: pointer('texts', id, 'askAgainAfter'),
            message: `Whoever refused is asked again after ${period}, sooner than in six months; to be asked until one agrees is no free choice.`,
            fix: 'Leave it out: six months is the default.',
          };
      }
    },
  },
  {
    rule: 'consent-lapses-soon',
    severity: 'warning',
    article: 'Art. 4(11), Art. 7(4) GDPR',
    *find(reading) {
      for (const id of consentTexts(reading).keys()) {
        const period = reading.document.texts?.[id]?.expires;
        if (period !== undefined && !isNothing(period) && daysOf(period) < STANDS_DAYS)
          yield {
            path: pointer('texts', id, 'expires'),
            message: `Whoever agreed is asked again after ${period}, in the same matter; and what is kept on the consent goes each time.`,
            fix: 'Let it stand for as long as people expect, for example `expires: P1Y`, or leave it out.',
          };
      }
    },
  },
  {
    rule: 'consent-period-of-nothing',
    severity: 'error',
    article: 'Art. 4(11), 7(3) GDPR',
    *find(reading) {
      for (const id of consentTexts(reading).keys())
        for (const [key, what, fix] of OF_NOTHING) {
          const period = reading.document.texts?.[id]?.[key];
          if (period !== undefined && isNothing(period))
            yield { path: pointer('texts', id, key), message: `In the text ${id} ${what}.`, fix };
        }
    },
  },
  {
    rule: 'held-for-long',
    severity: 'warning',
    article: 'Art. 5(1)(e) GDPR',
    *find(reading) {
      for (const id of consentTexts(reading).keys()) {
        const period = reading.document.texts?.[id]?.holdFor;
        if (period !== undefined && daysOf(period) > HELD_DAYS)
          yield {
            path: pointer('texts', id, 'holdFor'),
            message: `Messages are held for ${period} without consent; that is longer than it takes to answer a question.`,
            fix: 'Hold for minutes or hours, for example `holdFor: PT15M`.',
          };
      }
    },
  },
  {
    rule: 'age-below-threshold',
    severity: 'error',
    article: 'Art. 8(1) GDPR',
    *find({ document }) {
      if (!purposesOf(document).some(([, purpose]) => asksConsent(purpose))) return;
      for (const [section, ages] of [
        ['minors', document.minors?.ages],
        ['law', document.law?.minorAges],
      ] as const)
        for (const [country, age] of entries(ages)) {
          const stated = section === 'minors' ? document.law?.minorAges?.[country] : undefined;
          const threshold = Math.max(consentAge(country), stated ?? 0);
          if (age < threshold)
            yield {
              path: section === 'minors' ? pointer('minors', 'ages', country) : pointer('law', 'minorAges', country),
              message: `In ${country} a person can consent alone from ${threshold}; the document says ${age}.`,
              fix: `Set it to ${threshold} or more.`,
            };
        }
    },
  },
];
