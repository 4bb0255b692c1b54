// The tokens of a conversation: sealed under its person's key, and put back where somebody may see the words.
import { NO_TOKENS, restoreFrom, type TokenMap } from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import { contextOf, seal, unseal, type Place } from '#libs/vault';
import { openBody, type InboundBody, type Whose } from './body.js';

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

export const sealTokens = (whose: Whose, conversationId: string, map: TokenMap): Buffer =>
  seal(whose.key, JSON.stringify(map), contextOf(placeOf(whose, conversationId)));

/** Fields of an answer that are not words for the person. */
const NOT_WORDS: ReadonlySet<string> = new Set(['type', 'media', 'url', 'id', 'language', 'emoji', 'replyTo']);
const ALL_WORDS: ReadonlySet<string> = new Set();

function mapStrings(value: unknown, change: (text: string) => string, except: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change, except));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, except.has(key) ? one : mapStrings(one, change, except)]),
  );
}

/** The words of an answer, each changed. */
export const changeWords = (answer: OutboundContent, change: (text: string) => string): OutboundContent =>
  mapStrings(answer, change, NOT_WORDS) as OutboundContent;

/** A recipient's answer, put back together: the person sees their own words, not our tokens. */
export const restoreAnswer = (answer: OutboundContent, map: TokenMap): OutboundContent =>
  map === NO_TOKENS ? answer : changeWords(answer, (text) => restoreFrom(text, map));

/** What a person wrote, put back together. */
export const restoreWritten = <T>(content: T, map: TokenMap): T =>
  map === NO_TOKENS ? content : (mapStrings(content, (text) => restoreFrom(text, map), ALL_WORDS) as T);

/** All that a body says, wherever it stands. */
export const wordsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
};

interface Sealed {
  readonly id: string;
  readonly body: Buffer;
  readonly conversationId: string;
  /** Of the conversation, sealed. */
  readonly tokens: Buffer | null;
}

/** A stored message as the person may see it: their own words. @throws SealBroken */
export function openForPerson<T = InboundBody>(whose: Whose, { id, body, conversationId, tokens }: Sealed): T {
  const { tokens: own, ...opened } = openBody<T & { readonly tokens?: TokenMap }>(whose, id, body);
  return restoreWritten(opened as T, own ?? openTokens(whose, conversationId, tokens));
}
