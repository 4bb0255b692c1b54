// Labelled sentences on special categories and offences, and how many of them are recognised; and of others, how many are mistaken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSensitive, SENSITIVE_TERMS } from '#libs/instructions';

export const LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `cases` may be looked at while terms are chosen; `held-out` and `indirect` only say what came of it. */
export type Part = 'cases' | 'held-out' | 'indirect';

export interface Sentences {
  readonly special: readonly string[];
  readonly criminal: readonly string[];
  readonly innocent: readonly string[];
}

export const sentencesOf = (part: Part, language: Language): Sentences =>
  JSON.parse(readFileSync(join('test', 'special', part, `${language}.json`), 'utf8')) as Sentences;

const isAbout = (section: 'special' | 'criminal', text: string): boolean =>
  findSensitive(text).some(({ kind }) => (SENSITIVE_TERMS[kind] === 'Criminal') === (section === 'criminal'));

export interface Judged {
  readonly special: { readonly found: number; readonly of: number };
  readonly criminal: { readonly found: number; readonly of: number };
  /** Innocent sentences in which something was found. */
  readonly mistaken: { readonly found: number; readonly of: number };
  readonly misses: readonly string[];
}

export function judge({ special, criminal, innocent }: Sentences): Judged {
  const missed = (section: 'special' | 'criminal', texts: readonly string[]) =>
    texts.filter((text) => !isAbout(section, text));
  const [noSpecial, noCriminal] = [missed('special', special), missed('criminal', criminal)];
  const mistaken = innocent.filter((text) => findSensitive(text).length > 0);
  return {
    special: { found: special.length - noSpecial.length, of: special.length },
    criminal: { found: criminal.length - noCriminal.length, of: criminal.length },
    mistaken: { found: mistaken.length, of: innocent.length },
    misses: [...noSpecial, ...noCriminal, ...mistaken.map((text) => `mistaken: ${text}`)],
  };
}
