// The language of public pages: the first of the reader's that there is, English otherwise.

export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Of what people read before they write, and of what they are told: those in which the gateway understands wishes. */
export type ChatLanguage = Language | 'it' | 'nl' | 'pl' | 'pt';

export function languageOf(header: string | undefined): Language;
/** @param texts by language */
export function languageOf<L extends string>(header: string | undefined, texts: Readonly<Record<L, unknown>>): L;
export function languageOf(header: string | undefined, texts?: object): string {
  const known: readonly string[] = texts ? Object.keys(texts) : LANGUAGES;
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((one) => known.includes(one)) ?? 'en';
}

export const day = (language: string, at: Date): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

export const moment = (language: string, at: Date): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
