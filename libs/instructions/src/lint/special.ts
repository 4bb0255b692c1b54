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

/** Categories that hold free text or files, or are declared to hold such data. */
const holding = (reading: Reading, isSuch: (term: string) => boolean): ReadonlySet<string> =>
  new Set([
    'content',
    'attachments',
    ...[...termsOf(reading)].filter(({ term }) => isSuch(term)).map(({ category }) => category),
  ]);

/** A kind of data that is forbidden unless each purpose that uses it names why it may. */
interface Kind {
  readonly section: 'specialCategories' | 'criminalData';
  readonly ground: 'art9' | 'art10';
  readonly isSuch: (term: string) => boolean;
  readonly nobody: string;
  readonly one: (purpose: string) => string;
  readonly fix: string;
}

const ARTICLE_9: Kind = {
  section: 'specialCategories',
  ground: 'art9',
  isSuch: isSpecial,
  nobody: 'Special categories of data are allowed, but no purpose names a condition of Art. 9(2).',
  one: (purpose) =>
    `Special categories of data are allowed, and the purpose ${purpose} uses what has them without a condition of Art. 9(2).`,
  fix: 'Add `art9` to the purpose, for example A9-2-a (explicit consent) or A9-2-h (health care).',
};

const ARTICLE_10: Kind = {
  section: 'criminalData',
  ground: 'art10',
  isSuch: isAboutCrime,
  nobody: 'Data about criminal convictions is allowed, but no purpose names the law that permits it.',
  one: (purpose) =>
    `Data about criminal convictions is allowed, and the purpose ${purpose} uses what has it without naming the law that permits it.`,
  fix: 'Add `art10` with that law to the purpose.',
};

/** Where such data is allowed, each purpose that uses what may have it is looked at: one ground does not serve another purpose. */
function* withoutGround(reading: Reading, { section, ground, isSuch, nobody, one, fix }: Kind): Iterable<Objection> {
  const { document } = reading;
  if (document[section]?.mode !== 'allow') return;
  const purposes = purposesOf(document);
  if (!purposes.some(([, purpose]) => purpose[ground])) return yield { path: pointer(section), message: nobody, fix };
  const where = holding(reading, isSuch);
  for (const [id, purpose] of purposes)
    if (!purpose[ground] && purpose.data?.some((category) => where.has(category)))
      yield {
        path: pointer('purposes', id, ground),
        message: one(id),
        fix: `Add \`${ground}\` to it, or take \`content\`, \`attachments\` and what else is declared to hold such data out of its \`data\`.`,
      };
}

/** A ground for what is taken out before. */
function* withoutEffect({ document }: Reading, { section, ground }: Kind, what: string): Iterable<Objection> {
  if ((document[section]?.mode ?? 'forbid') !== 'forbid') return;
  for (const [id, purpose] of purposesOf(document))
    if (purpose[ground])
      yield {
        path: pointer('purposes', id, ground),
        message: `The purpose ${id} names ${what}, but \`${section}\` forbids them: such words are taken out before.`,
        fix: `Write \`${section}: {mode: allow}\`, or leave \`${ground}\` out.`,
      };
}

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
    find: (reading) => withoutGround(reading, ARTICLE_9),
  },
  {
    rule: 'condition-without-effect',
    severity: 'warning',
    article: 'Art. 9(2) GDPR',
    find: (reading) => withoutEffect(reading, ARTICLE_9, 'a condition for special categories'),
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
    find: (reading) => withoutGround(reading, ARTICLE_10),
  },
  {
    rule: 'ground-without-effect',
    severity: 'warning',
    article: 'Art. 10 GDPR',
    find: (reading) => withoutEffect(reading, ARTICLE_10, 'a law for data about criminal convictions'),
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
