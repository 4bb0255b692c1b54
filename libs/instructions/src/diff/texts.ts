// What changes of a text: its wording by language, what counts as yes and no, how long a consent stands, when people are asked again.
import { ASK_AGAIN_AFTER, HOLD_FOR } from '../consent/consent.js';
import type { TextClause } from '../document.js';
import { along, both, fields, membership, more, less, type Change, type Meaning } from './steps.js';

type Texts = readonly [TextClause | undefined, TextClause | undefined];

const MEANINGS = (id: string): Readonly<Record<string, Meaning>> => ({
  version: { name: `the version of the text ${id}` },
  expires: { laxer: more, say: (value, { is }) => (value === null ? `a consent to ${id} ${is} good until it is withdrawn` : `a consent to ${id} ${is} good for ${value}`) },
  askAgainAfter: { absent: ASK_AGAIN_AFTER, laxer: less, say: (value, { is }) => `whoever refuses ${id} ${is} left alone for ${value} before they are asked again` },
  meanwhile: { absent: 'hold', laxer: along('discard', 'hold'), say: (value, { is }) => `what people write before they answer ${id} ${is} ${value === 'discard' ? 'discarded' : 'held until they do'}` },
  holdFor: { absent: HOLD_FOR, laxer: more, say: (value, { is }) => `what waits for an answer to ${id} ${is} held for ${value}` },
}); // prettier-ignore

const KEYS: ReadonlySet<string> = new Set([...Object.keys(MEANINGS('')), 'purposes', 'accept', 'refuse']);

const ANSWERS = { accept: ['a yes', ['laxer', 'stricter']], refuse: ['a no', ['stricter', 'laxer']] } as const;

export function* text(at: string, [was, is]: Texts, id: string): Iterable<Change> {
  for (const [language, a, b] of both(was, is))
    if (!KEYS.has(language) && a !== b) {
      const now = a === undefined ? `is also there in ${language} from now on` : b === undefined ? `is no longer there in ${language}` : `reads otherwise (${language})`;
      yield { path: `${at}/${language}`, kind: 'changed', words: `The text ${id} ${now}.` };
    }
  yield* fields(at, [was, is], MEANINGS(id));
  yield* membership(`${at}/purposes`, [was?.purposes ?? [], is?.purposes ?? []], {
    added: (names) => `From now on the text ${id} is about ${names}, too.`,
    removed: (names) => `From now on the text ${id} is no longer about ${names}.`,
    kinds: ['changed', 'changed'],
  });
  for (const [key, [answer, kinds]] of Object.entries(ANSWERS) as [keyof typeof ANSWERS, (typeof ANSWERS)['accept']][])
    for (const [language, a, b] of both(was?.[key], is?.[key]))
      yield* membership(`${at}/${key}/${language}`, [a ?? [], b ?? []], {
        added: (words) => `From now on ${words} (${language}) counts as ${answer} to ${id}, too.`,
        removed: (words) => `From now on ${words} (${language}) no longer counts as ${answer} to ${id}.`,
        kinds,
      });
} // prettier-ignore
