// Rules on words that people answer and ask with: each can be heard, and means one thing.
import { asksConsent } from '../consent/consent.js';
import { OPERATIONS, type Incomplete, type Purpose } from '../document.js';
import { intentOf, type Keywords } from '../intent/intent.js';
import { isOneOf, normalise } from '../intent/normalise.js';
import { INTENTS } from '../intent/words.js';
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
function otherMeaning(reading: Reading, word: string, refuse: readonly string[]): string | null {
  if (isOneOf(word, refuse)) return 'no, too';
  const intent = intentOf(word, keywordsOf(reading))?.intent;
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

const keywordsOf = ({ document }: Reading): Keywords => Object.fromEntries(entries(document.keywords)) as Keywords;

/** Each keyword that the document adds, and what it is heard as. */
function* keywordsHeard(reading: Reading) {
  const all = keywordsOf(reading);
  for (const [language, intents] of entries(all))
    // Whatever else stands there is no list of words: the schema says so.
    for (const intent of INTENTS)
      for (const [n, word] of (intents[intent] ?? []).entries())
        yield {
          intent,
          word,
          path: pointer('keywords', language, intent, n),
          heard: intentOf(word, all)?.intent ?? null,
        };
}

function* unheard(reading: Reading): Iterable<Objection> {
  for (const { intent, word, path, heard } of keywordsHeard(reading)) {
    if (heard === null)
      yield {
        path,
        message: `The keyword for \`${intent}\` has no letter and no digit beside polite words: it is never recognised.`,
        fix: 'Choose a word that people would write, or leave it out.',
      };
    else if (heard !== intent)
      yield {
        path,
        message: `The keyword "${word}" is to mean \`${intent}\`, but it means \`${heard}\` already, and is never heard as anything else.`,
        fix: 'Choose another word, or leave it out.',
      };
  }
}

function* withoutLetter(reading: Reading): Iterable<Objection> {
  for (const { intent, word, path, heard } of keywordsHeard(reading))
    if (heard !== null && !/\p{L}/u.test(word))
      yield {
        path,
        message: `The keyword "${word}" is to mean \`${intent}\`, but it has no letter: whoever answers a question of the bot by a number would ask for that.`,
        fix: 'Choose a word that people would write for nothing else.',
      };
}

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
    rule: 'keyword-unheard',
    severity: 'error',
    article: 'Art. 12(2) GDPR',
    find: unheard,
  },
  {
    rule: 'keyword-without-letter',
    severity: 'warning',
    article: 'Art. 12(2) GDPR',
    find: withoutLetter,
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
