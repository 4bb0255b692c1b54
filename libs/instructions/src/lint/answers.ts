// Rules on answers to a question for consent: each word can be heard, and means one thing.
import { asksConsent } from '../consent/consent.js';
import { OPERATIONS, type Incomplete, type Purpose } from '../document.js';
import { intentOf, type Keywords } from '../intent/intent.js';
import { isOneOf, normalise } from '../intent/normalise.js';
import { isMarketing } from '../marketing.js';
import { pointer } from '../pointer.js';
import { consentTexts, entries, purposesOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

const ANSWERS = ['accept', 'refuse'] as const;

interface Word {
  readonly answer: (typeof ANSWERS)[number];
  readonly word: string;
  readonly path: string;
}

/** Of all languages: an answer counts in any of them. */
const wordsOf = ({ document }: Reading, id: string): Word[] =>
  ANSWERS.flatMap((answer) =>
    entries(document.texts?.[id]?.[answer]).flatMap(([language, words]) =>
      words.map((word, n) => ({ answer, word, path: pointer('texts', id, answer, language, n) })),
    ),
  );

/** What else a word means that is to be a yes; null: nothing. */
function otherMeaning({ document }: Reading, word: string, refuse: readonly string[]): string | null {
  if (isOneOf(word, refuse)) return 'no, too';
  const intent = intentOf(word, Object.fromEntries(entries(document.keywords)) as Keywords)?.intent;
  return intent === undefined || intent === 'start' ? null : `a request to the gateway (\`${intent}\`)`;
}

function* unclear(reading: Reading): Iterable<Objection> {
  for (const id of consentTexts(reading).keys()) {
    const words = wordsOf(reading, id);
    const refuse = words.filter(({ answer }) => answer === 'refuse').map(({ word }) => word);
    for (const { answer, word, path } of words) {
      const fix = 'Choose another word, or leave it out.';
      const other = answer === 'accept' ? otherMeaning(reading, word, refuse) : null;
      if (normalise(word) === '')
        yield { path, message: `The text ${id} has an answer without a letter or a digit: it is never recognised.`, fix };
      else if (other !== null)
        yield { path, message: `In the text ${id} "${word}" is to mean yes, but it means ${other}: such an answer is no clear one.`, fix };
    }
  }
} // prettier-ignore

/** Does what people write reach anybody, us included, for this purpose? */
const hears = ({ data = [], operations = OPERATIONS }: Incomplete<Purpose>): boolean =>
  data.includes('content') && operations.includes('collect') && operations.some((one) => one !== 'collect');

export const answerRules: readonly Rule[] = [
  {
    rule: 'consent-words-unclear',
    severity: 'error',
    article: 'Art. 4(11), 7(3) GDPR',
    find: unclear,
  },
  {
    rule: 'answers-unheard',
    severity: 'error',
    article: 'Art. 7(3), 21(3) GDPR',
    *find({ document }) {
      const purposes = purposesOf(document);
      if (purposes.some(([, purpose]) => hears(purpose))) return;
      for (const [id, purpose] of purposes)
        if (asksConsent(purpose) || isMarketing(purpose))
          yield {
            path: pointer('purposes', id, 'data'),
            message: `No purpose uses what people write, so that it is dropped unread: nobody could agree to ${id} or end it by a word.`,
            fix: `Add \`content\` to the \`data\` of ${id}, or of another purpose.`,
          };
    },
  },
];
