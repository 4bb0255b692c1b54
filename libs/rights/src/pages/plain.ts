// What the law and the documents call by letters and codes, in words that people read (Art. 12(1)).
import { Duration } from 'luxon';
import type { Category } from '#libs/kernel';
import type { ChatLanguage } from './language.js';
import { PRIVACY_TEXTS } from './privacy-texts.js';

const LAW: Readonly<Record<string, string>> = {
  de: 'DSGVO',
  fr: 'RGPD',
  es: 'RGPD',
  nl: 'AVG',
  pl: 'RODO',
  pt: 'RGPD',
};

/** `A6-1-b` → `Art. 6(1)(b) GDPR`. */
export const article = (language: string, term: string): string => {
  const [, number, paragraph, letter] = /^A(\d+)-(\d+)(?:-([a-z]))?/.exec(term) ?? [];
  return number === undefined
    ? term
    : `Art. ${number}(${paragraph})${letter ? `(${letter})` : ''} ${LAW[language] ?? 'GDPR'}`;
};

/** `P30D` → `30 days`, in the reader's language. */
export const periodIn = (language: string, period: string): string => {
  const duration = Duration.fromISO(period, { locale: language });
  return duration.isValid ? duration.toHuman() : period;
};

export const countryIn = (language: string, country: string | undefined): string =>
  country === undefined ? '–' : (new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country);

/** `content` → `what you write`. */
export const categoriesIn = (language: ChatLanguage, data: readonly Category[]): string =>
  data.map((category) => PRIVACY_TEXTS[language].categories[category]).join(', ');
