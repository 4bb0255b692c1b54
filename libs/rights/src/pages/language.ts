// The language of public pages: the first of the reader's that there is, English otherwise.

/** Those in which the gateway understands wishes. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** @param accepted an Accept-Language header */
export function languageOf(accepted: string | undefined): Language {
  const wanted = (accepted ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((one) => LANGUAGES.filter((known) => known === one))[0] ?? 'en';
}

/** English dates as Europe writes them. */
const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : language);

/** One of each language: making it takes longer than a hundred dates. */
const formatter = (style: Intl.DateTimeFormatOptions): ((language: Language) => Intl.DateTimeFormat) => {
  const made = new Map<Language, Intl.DateTimeFormat>();
  return (language) => {
    const format = made.get(language) ?? new Intl.DateTimeFormat(localeOf(language), { ...style, timeZone: 'UTC' });
    made.set(language, format);
    return format;
  };
};
const days = formatter({ dateStyle: 'long' });
const moments = formatter({ dateStyle: 'medium', timeStyle: 'short' });

export const day = (language: Language, at: Date): string => days(language).format(at);

export const moment = (language: Language, at: Date): string => `${moments(language).format(at)} UTC`;
