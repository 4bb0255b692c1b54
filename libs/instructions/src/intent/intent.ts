// Does a message ask something of the gateway itself, rather than of the bot? Pure, bounded, and never sure without reason.
import { erasureIn, speaksOfDeletion } from './erase.js';
import { normalise } from './normalise.js';
import { rightAskedIn } from './rights/index.js';
import { isMarketing, type RightAsked } from './rights/rules.js';
import { asksToStop } from './stop/index.js';
import { INTENTS, WORDS, type Intent } from './words.js';

export interface FoundIntent {
  readonly intent: Intent;
  /** False: it may mean that. Then marketing stops and the controller is told, but the message goes its way. */
  readonly sure: boolean;
  /** With the wish to hear no more, the processing itself is objected to (Art. 21). */
  readonly objects?: true;
}

/** Words that a document adds, by language and intent. */
export type Keywords = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Longer messages have other things to say; reading them for wishes would take answers away from people. */
const MOST_WORDS = 16;
/** A wish with so little around it can mean nothing else. */
const SURE_WORDS = 10;
/** To be erased takes more words: "I want you to wipe my personal information from your systems". */
const SURE_ERASURE_WORDS = 13;
const LONGEST = 400;
const POLITE = /\b(please|pls|bitte|svp|s il vous plait|por favor|per favore|alstublieft|aub|prosze)\b/g;

/** What agrees, or only asks to be answered. */
const NO_CLAIM: ReadonlySet<Intent> = new Set(['start', 'who', 'recipients']);

/** Does it take something back or exercise a right, so that it counts whoever it is said to? It may be a wish to hear less, too. */
export const isClaim = ({ intent, sure }: FoundIntent): boolean => intent === 'stop' || (sure && !NO_CLAIM.has(intent));

/** The built-in words by what they are once normalised; the first intent in the list wins. */
const EXACT: ReadonlyMap<string, Intent> = new Map(
  INTENTS.toReversed().flatMap((intent) =>
    Object.values(WORDS).flatMap((words) => words[intent].map((word) => [normalise(word), intent] as const)),
  ),
);

const YIELDING: ReadonlySet<Intent> = new Set(['rectify', 'restrict', 'port', 'object']);

const withoutPolite = (text: string): string => normalise(text).replace(POLITE, '').replace(/\s+/g, ' ').trim();

const ownWord = (said: string, keywords: Keywords): Intent | undefined =>
  INTENTS.find((intent) =>
    Object.values(keywords).some((words) => words[intent]?.some((word) => withoutPolite(word) === said)),
  );

/** The exact words in all languages, also with a polite word; then phrases, in short messages. */
export function intentOf(text: string, keywords: Keywords = {}): FoundIntent | null {
  if (text.length > LONGEST) return null;
  const said = withoutPolite(text);
  if (said === '') return null;
  const word = EXACT.get(said) ?? ownWord(said, keywords);
  if (word) return found(said, word, true);
  const count = said.split(' ').length;
  if (count > MOST_WORDS) return null;
  const erasure = erasureIn(said);
  if (erasure === 'asked') return found(said, 'erase', count <= SURE_ERASURE_WORDS && !isQuestion(text));
  const right = takenBack(said, rightAskedIn(said));
  const sure = !isQuestion(text) || (right !== null && isAnswerable(said, right));
  if (right === 'object' && isMarketing(said)) return { intent: 'stop', sure };
  if (right) return found(said, right, sure);
  if (asksToStop(said)) return found(said, 'stop', count <= SURE_WORDS && !isQuestion(text));
  return erasure ? found(said, 'erase', false) : null;
}

/** Who speaks of deletion is given no copy: "remove everything you have about me" names data as a wish for one does. */
const takenBack = (said: string, right: RightAsked | null): RightAsked | null =>
  (right === 'access' || right === 'port') && speaksOfDeletion(said) ? null : right;

/** What else is asked for yields to the wish to hear no more, which is granted at once. */
function found(said: string, meant: Intent, sure: boolean): FoundIntent {
  if (!YIELDING.has(meant) || !asksToStop(said)) return { intent: meant, sure };
  return { intent: 'stop', sure, ...(meant === 'object' ? { objects: true } : {}) };
}

/** "Did you not send me the message?" is no wish to hear less. */
const isQuestion = (text: string): boolean => /\?\s*$/.test(text);

const OF_US =
  /\b(?:(?:can|could|would|will) (?:you|u)|(?:konnt|konnen|konntet|konnten|wurdet|wurden) (?:ihr|sie)|(?:pouvez|pourriez) vous|pueden|podeis|podrian|podriais|potete|potreste|(?:kunnen|kunt|kun|zouden) (?:jullie|u|je)|mozecie|podem|podiam|poderiam)\b/;
/** "What data do you have about me?" is a request; what closes something takes a question that is put to us: "could you freeze my data?" */
const isAnswerable = (said: string, right: RightAsked): boolean =>
  (right !== 'restrict' && right !== 'object') || OF_US.test(said);
