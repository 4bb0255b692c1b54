// Rules on kinds of data: known ones, special categories (Art. 9), and data about crime (Art. 10).
import { isAboutCrime, isDataTerm, isSpecial, labelOfData } from '../law/dpv-data.js';
import { pointer } from '../pointer.js';
import { entries, purposesOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

/** Categories that are declared to hold such data although their section does not allow it. */
function* declared(reading: Reading, isSuch: (term: string) => boolean, section: string): Iterable<Objection> {
  for (const { category, term, path } of termsOf(reading))
    if (isSuch(term))
      yield {
        path,
        message: `The category ${category} is declared to hold data on ${labelOfData(term)}, but \`${section}\` does not allow that.`,
        fix: `Remove the term, or set \`${section}: {mode: allow}\` with its legal ground.`,
      };
}

function* termsOf({ document }: Reading): Iterable<{ category: string; term: string; path: string }> {
  for (const [category, clause] of entries(document.categories))
    for (const [n, term] of (clause.dpv ?? []).entries())
      if (term !== undefined) yield { category, term, path: pointer('categories', category, 'dpv', n) };
}

/** Categories that are declared to hold special ones. */
const specialOnes = (reading: Reading): string[] =>
  [...termsOf(reading)].filter(({ term }) => isSpecial(term)).map(({ category }) => category);

export const specialRules: readonly Rule[] = [
  {
    rule: 'unknown-data-term',
    severity: 'error',
    article: 'Art. 5(1)(a), 30(1)(c) GDPR',
    *find(reading) {
      for (const { category, term, path } of termsOf(reading))
        if (!isDataTerm(term))
          yield {
            path,
            message: `What the category ${category} is said to hold is no kind of data of the Data Privacy Vocabulary 2.3.`,
            fix: 'Choose a term such as Communication, EmailAddress or Health.',
          };
    },
  },
  {
    rule: 'special-categories-without-condition',
    severity: 'error',
    article: 'Art. 9(2) GDPR',
    *find(reading) {
      const { document } = reading;
      if (document.specialCategories?.mode !== 'allow') return;
      const purposes = purposesOf(document);
      if (!purposes.some(([, purpose]) => purpose.art9))
        return yield {
          path: '/specialCategories',
          message: 'Special categories of data are allowed, but no purpose names a condition of Art. 9(2).',
          fix: 'Add `art9` to the purpose, for example A9-2-a (explicit consent) or A9-2-h (health care).',
        };
      const where = new Set<string>(['content', 'attachments', ...specialOnes(reading)]);
      for (const [id, { art9, data }] of purposes)
        if (!art9 && data?.some((category) => where.has(category)))
          yield {
            path: pointer('purposes', id, 'art9'),
            message: `Special categories of data are allowed, and the purpose ${id} uses what has them without a condition of Art. 9(2).`,
            fix: 'Add `art9` to it, or take `content`, `attachments` and what else is declared to hold such data out of its `data`.',
          };
    },
  },
  {
    rule: 'condition-without-effect',
    severity: 'warning',
    article: 'Art. 9(2) GDPR',
    *find({ document }) {
      if ((document.specialCategories?.mode ?? 'forbid') !== 'forbid') return;
      for (const [id, { art9 }] of purposesOf(document))
        if (art9)
          yield {
            path: pointer('purposes', id, 'art9'),
            message: `The purpose ${id} names a condition for special categories, but \`specialCategories\` forbids them: such words are taken out before.`,
            fix: 'Write `specialCategories: {mode: allow}`, or leave `art9` out.',
          };
    },
  },
  {
    rule: 'special-category-not-allowed',
    severity: 'error',
    article: 'Art. 9(1) GDPR',
    *find(reading) {
      if (reading.document.specialCategories?.mode !== 'allow') yield* declared(reading, isSpecial, 'specialCategories');
    },
  },
  {
    rule: 'criminal-data-without-ground',
    severity: 'error',
    article: 'Art. 10 GDPR',
    *find({ document }) {
      if (document.criminalData?.mode !== 'allow') return;
      if (purposesOf(document).some(([, purpose]) => purpose.art10)) return;
      yield {
        path: '/criminalData',
        message: 'Data about criminal convictions is allowed, but no purpose names the law that permits it.',
        fix: 'Add `art10` with that law to the purpose.',
      };
    },
  },
  {
    rule: 'criminal-data-not-allowed',
    severity: 'error',
    article: 'Art. 10 GDPR',
    *find(reading) {
      if (reading.document.criminalData?.mode !== 'allow') yield* declared(reading, isAboutCrime, 'criminalData');
    },
  },
]; // prettier-ignore
