// minimise, of text: what is found in it goes to each recipient, and into the table, as instructed; and comes back for the person.
import {
  detectAcross,
  detector,
  TREATMENTS,
  treatContent,
  treatmentFor,
  type Detector,
  type Treatment,
} from '#libs/instructions';
import type { Content, OutboundContent } from '#libs/kernel';
import type { OpenMessage } from '#libs/store';
import type { InboundBody } from './body.js';
import { detectOptions, tokenTable, withoutFound } from './kept.js';
import { openTokens, restoreAnswer, restoreWritten, sealTokens } from './tokens.js';
import type { TurnInHand } from './turn.js';

/** Could a text go on with something that the one before began? It would begin with the rest of it. */
export const mayContinue = (content: Content | null): boolean =>
  content?.type === 'text' && /^\s*[\p{N}@+.(/-]/u.test(content.text);

/** One message's text, treated with the tokens of its conversation. */
export interface FreeText {
  /** What the person wrote, as far as it may be known here. */
  readonly content: Content | null;
  treatFor(recipient: string): (content: Content) => Content;
  restore(recipient: string, answers: readonly OutboundContent[]): readonly OutboundContent[];
  /** What stays of it in the table; the very same body when nothing changes. */
  kept(): InboundBody;
  /** Sealed, when there are new ones to keep; null otherwise. */
  tokens(): Buffer | null;
}

const stricter = (a: Treatment, b: Treatment): Treatment =>
  TREATMENTS[Math.max(TREATMENTS.indexOf(a), TREATMENTS.indexOf(b))]!;

/**
 * @param hand its progress says what the person wrote just before: a number may be split over two messages.
 * @param also what else looks for something: the controller's own detector, which was asked before
 * @param known by what else the person is known: it was looked up
 */
export function prepareFreeText(
  hand: TurnInHand,
  message: OpenMessage,
  given: {
    readonly body: InboundBody;
    readonly also?: (local: Detector) => Detector;
    readonly known?: readonly string[];
  },
): FreeText {
  const { body } = given;
  const { freeText: rules } = hand.instructions;
  const { conversationId, whose, progress } = hand;
  const known = openTokens(whose, conversationId, progress.tokens);
  const table = tokenTable(known);
  // It came while tokens were instructed: a laxer version since then is for new data only.
  const storing = stricter(rules.beforeStore, body.tokens ? 'tokenise' : 'as-is');
  const content = storing === 'tokenise' ? restoreWritten(body.content, body.tokens ?? known) : body.content;
  const beside = [...Object.values(body.identifiers), ...(given.known ?? [])];
  const own = content === null ? [] : [...hand.address().map(({ value }) => value), ...beside];
  const options = content === null ? null : detectOptions(hand.instructions, { own, locale: hand.turn.locale });
  const first = content?.type === 'text' ? content.text : null;
  const tail = progress.lastMessageId === message.id ? null : (progress.tail ?? null);

  const alone = options && detector(options);
  const across: Detector = (text) =>
    text === first && tail && options ? detectAcross({ tail, text }, options) : (alone?.(text) ?? []);
  const find = given.also?.(across) ?? across;
  const treated = (one: Content, how: Treatment): Content =>
    how === 'as-is' || !options ? one : treatContent(one, { how, kinds: options.kinds, find, token: table.token });
  const howFor = (recipient: string): Treatment => treatmentFor(rules, recipient, storing);
  return {
    content,
    treatFor: (recipient) => (one) => treated(one, howFor(recipient)),
    restore: (recipient, answers) =>
      // Instructed to be stored as tokens, it is put together when it is sent.
      howFor(recipient) === 'tokenise' && storing !== 'tokenise'
        ? answers.map((answer) => restoreAnswer(answer, table.map()))
        : answers,
    kept() {
      if (storing === 'as-is' || content === null) return body;
      const { tokens: _moved, ...rest } = body;
      const identifiers = withoutFound(body.identifiers, { forms: body.forms, find });
      const left = { ...rest, content: treated(content, storing), identifiers };
      return JSON.stringify(left) === JSON.stringify(body) ? body : left;
    },
    tokens: () => (table.map() === known ? null : sealTokens(whose, conversationId, table.map())),
  };
}
