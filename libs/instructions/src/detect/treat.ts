// What becomes of what was found: left as it is, replaced by a token, or by the name of its kind.
import type { Treatment } from '../document.js';
import { DETECT_KINDS, type DetectKind, type Found } from './found.js';
import { valueIn, type TokenMap } from './tokens.js';

export interface TextTreatment {
  readonly how: Treatment;
  /** The token of a value, the same for the same value throughout a conversation: see `tokenise`. */
  readonly token: (kind: DetectKind, value: string) => string;
}

/** @returns the text with everything found replaced; redaction leaves the kind: `[email]`. */
export function treat(text: string, found: readonly Found[], { how, token }: TextTreatment): string {
  if (how === 'as-is') return text;
  const parts: string[] = [];
  let from = 0;
  for (const { kind, start, end, value } of found) {
    parts.push(text.slice(from, start), how === 'redact' ? `[${kind}]` : token(kind, value));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** As bots hand them on: with other capitals, blanks, full-width signs, or escaped for Markdown. */
const TOKEN = new RegExp(`\\\\?[[［] ?(${DETECT_KINDS.join('|')}) ?[:：] ?(\\d{1,6}) ?\\\\?[\\]］]`, 'giu');

/** Puts a bot's reply back together for the person; a token that the conversation never gave out stays as it is. */
export const restore = (text: string, valueOf: (token: string) => string | undefined): string =>
  text.replaceAll(
    TOKEN,
    (written, kind: string, number: string) => valueOf(`[${kind.toLowerCase()}:${Number(number)}]`) ?? written,
  );

/** For the common case: a reply and the tokens of its conversation. */
export const restoreFrom = (text: string, map: TokenMap): string => restore(text, (token) => valueIn(map, token));
