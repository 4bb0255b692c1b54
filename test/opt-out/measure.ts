// Labelled messages, and how many wishes to hear no more are understood; and of other messages, how many are mistaken for one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intentOf } from '#libs/instructions';

export const LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `cases` may be looked at while rules are made; `held-out` only says what came of it. */
export type Part = 'cases' | 'held-out';

export interface Messages {
  readonly stop: readonly string[];
  readonly innocent: readonly string[];
}

export const messagesOf = (part: Part, language: Language): Messages =>
  JSON.parse(readFileSync(join('test', 'opt-out', part, `${language}.json`), 'utf8')) as Messages;

export interface Judged {
  readonly understood: { readonly n: number; readonly of: number };
  /** Of those, how many surely: the others stop marketing and are marked in the ledger, and go their way. */
  readonly surely: { readonly n: number; readonly of: number };
  readonly mistaken: { readonly n: number; readonly of: number };
  /** Of the innocent ones, how many are kept from the bot. */
  readonly withheld: { readonly n: number; readonly of: number };
  readonly misses: readonly string[];
}

export function judge({ stop, innocent }: Messages): Judged {
  const stops = (text: string): boolean => intentOf(text)?.intent === 'stop';
  const surely = (text: string): boolean => stops(text) && intentOf(text)?.sure === true;
  const count = (texts: readonly string[], fits: (text: string) => boolean) => ({ n: texts.filter(fits).length, of: texts.length }); // prettier-ignore
  return {
    understood: count(stop, stops),
    surely: count(stop, surely),
    mistaken: count(innocent, stops),
    withheld: count(innocent, surely),
    misses: [...stop.filter((text) => !stops(text)), ...innocent.filter(stops).map((text) => `mistaken: ${text}`)],
  };
}
