// The tokens of one conversation: `[email:1]` is the first e-mail address that was written in it, here and again later.
import { DETECT_KINDS, type DetectKind } from './found.js';

/** Values by kind; the number of a token is the place of its value, from 1; '' where a value was let go. Plain JSON: to be sealed and stored. */
export type TokenMap = Readonly<Partial<Record<DetectKind, readonly string[]>>>;

export const NO_TOKENS: TokenMap = {};

const TOKEN = new RegExp(`^\\[(${DETECT_KINDS.join('|')}):([1-9]\\d{0,5})\\]$`);

/** @returns the token of a value, and the map that knows it: the same map when it knew it already. */
export function tokenise(
  map: TokenMap,
  kind: DetectKind,
  value: string,
): { readonly map: TokenMap; readonly token: string } {
  const values = map[kind] ?? [];
  const known = values.indexOf(value);
  if (known >= 0) return { map, token: `[${kind}:${known + 1}]` };
  return { map: { ...map, [kind]: [...values, value] }, token: `[${kind}:${values.length + 1}]` };
}

/** What a token stands for in this conversation; undefined: it never gave it out, or the value was let go. */
export function valueIn(map: TokenMap, token: string): string | undefined {
  const [, kind, number] = TOKEN.exec(token) ?? [];
  return kind === undefined ? undefined : map[kind as DetectKind]?.[Number(number) - 1] || undefined;
}

/** As it is compared: what stands between letters and digits is written in many ways, and may be the end of a message. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** What these words still say, by token or in full; numbers stay as they are. The same map where nothing goes. */
export function tokensIn(map: TokenMap, words: readonly string[]): TokenMap {
  const [asWritten, inFull] = [words.join('\n'), bare(words.join(' '))];
  const isSaid = (kind: string, value: string, n: number): boolean =>
    asWritten.includes(`[${kind}:${n + 1}]`) || inFull.includes(bare(value));
  const left = Object.entries(map).map(([kind, values]) => {
    const said = values.map((value, n) => (value !== '' && isSaid(kind, value, n) ? value : ''));
    return [kind, said] as const;
  });
  const isSame = left.every(([kind, said]) => said.every((value, n) => value === map[kind as DetectKind]![n]));
  return isSame ? map : Object.fromEntries(left);
}

const ANY_TOKEN = new RegExp(`\\[(${DETECT_KINDS.join('|')}):[1-9]\\d{0,5}\\]`, 'g');

/** Tokens become the names of their kinds, wherever they stand: nothing leads back from them any more. */
export function withoutTokens<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(ANY_TOKEN, '[$1]') as T;
  if (Array.isArray(value)) return value.map(withoutTokens) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutTokens(one)])) as T;
}
