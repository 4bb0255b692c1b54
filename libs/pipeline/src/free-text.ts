// minimise, of text: what is found in it goes to each recipient as instructed, and comes back for the person.
import {
  detectAcross,
  detector,
  NO_TOKENS,
  regionOfNumber,
  restoreFrom,
  tokenise,
  treatContent,
  type DetectKind,
  type DetectOptions,
  type TokenMap,
} from '#libs/instructions';
import type { Content, OutboundContent } from '#libs/kernel';
import type { OpenMessage } from '#libs/store';
import { contextOf, seal, unseal, type Place } from '#libs/vault';
import type { InboundBody, Whose } from './body.js';
import type { TurnInHand } from './turn.js';

/** The tokens of a conversation belong to its person, like the text that they stand for. */
const placeOf = (whose: Whose, conversationId: string): Place => ({
  tenantId: whose.tenantId,
  subjectId: whose.subjectId,
  table: 'conversation',
  row: conversationId,
  field: 'tokens',
});

export const openTokens = (whose: Whose, conversationId: string, sealed: Buffer | null): TokenMap =>
  sealed === null
    ? NO_TOKENS
    : (JSON.parse(unseal(whose.key, sealed, contextOf(placeOf(whose, conversationId))).toString()) as TokenMap);

const sealTokens = (whose: Whose, conversationId: string, map: TokenMap): Buffer =>
  seal(whose.key, JSON.stringify(map), contextOf(placeOf(whose, conversationId)));

/** Fields of an answer that are not words for the person. */
const NOT_WORDS: ReadonlySet<string> = new Set(['type', 'media', 'url', 'id', 'language', 'emoji']);

function restoreIn(value: unknown, map: TokenMap): unknown {
  if (typeof value === 'string') return restoreFrom(value, map);
  if (Array.isArray(value)) return value.map((one) => restoreIn(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, NOT_WORDS.has(key) ? one : restoreIn(one, map)]),
  );
}

/** A recipient's answer, put back together: the person sees their own words, not our tokens. */
export const restoreAnswer = (answer: OutboundContent, map: TokenMap): OutboundContent =>
  restoreIn(answer, map) as OutboundContent;

/** Could a text go on with something that the one before began? It would begin with the rest of it. */
export const mayContinue = (content: Content | null): boolean =>
  content?.type === 'text' && /^\s*[\p{N}@+.(/-]/u.test(content.text);

/** One message's text, treated per recipient with the tokens of its conversation. */
export interface FreeText {
  treatFor(recipient: string): (content: Content) => Content;
  restore(recipient: string, answers: readonly OutboundContent[]): readonly OutboundContent[];
  /** Sealed, when there are new ones to keep; null otherwise. */
  tokens(): Buffer | null;
}

/** Where numbers of this conversation come from: the person's own, the controller's country, the language's. */
function optionsFor(hand: TurnInHand, body: InboundBody): DetectOptions {
  const { instructions, turn } = hand;
  const own = [...hand.address().map(({ value }) => value), ...Object.values(body.identifiers)];
  const language = turn.locale?.split('-')[1] ?? turn.locale?.split('-')[0];
  const regions = [...own.map(regionOfNumber), instructions.country, language].filter((one) => one != null);
  return { kinds: instructions.freeText.detect, regions, own };
}

/** @param hand its progress says what the person wrote just before: a number may be split over two messages. */
export function prepareFreeText(hand: TurnInHand, message: OpenMessage, body: InboundBody): FreeText {
  const { freeText: rules } = hand.instructions;
  const { conversationId, whose, progress } = hand;
  const kept = openTokens(whose, conversationId, progress.tokens);
  const options = body.content === null ? null : optionsFor(hand, body);
  const find = options && detector(options);
  const first = body.content?.type === 'text' ? body.content.text : null;
  const tail = progress.lastMessageId === message.id ? null : (progress.tail ?? null);
  let map = kept;
  const token = (kind: DetectKind, value: string): string => {
    const made = tokenise(map, kind, value);
    map = made.map;
    return made.token;
  };
  return {
    treatFor: (recipient) => (content) => {
      const how = rules.beforeRecipient[recipient] ?? 'tokenise';
      if (how === 'as-is' || !options || !find) return content;
      const across = (text: string) => (text === first && tail ? detectAcross({ tail, text }, options) : find(text));
      return treatContent(content, { how, kinds: options.kinds, find: across, token });
    },
    restore: (recipient, answers) =>
      (rules.beforeRecipient[recipient] ?? 'tokenise') === 'tokenise'
        ? answers.map((answer) => restoreAnswer(answer, map))
        : answers,
    tokens: () => (map === kept ? null : sealTokens(whose, conversationId, map)),
  };
}
