// What the law and the documents call by letters and codes, in words that people read (Art. 12(1)).
import { Duration } from 'luxon';
import type { Category } from '#libs/kernel';
import type { Language } from './language.js';
import { PRIVACY_TEXTS } from './privacy-texts.js';

const LAW: Readonly<Record<Language, string>> = {
  en: 'GDPR',
  it: 'GDPR',
  de: 'DSGVO',
  fr: 'RGPD',
  es: 'RGPD',
  nl: 'AVG',
  pl: 'RODO',
  pt: 'RGPD',
};

/** `A6-1-b` → `Art. 6(1)(b) GDPR`. */
export const article = (language: Language, term: string): string => {
  const [, number, paragraph, letter] = /^A(\d+)-(\d+)(?:-([a-z]))?/.exec(term) ?? [];
  return number === undefined ? term : `Art. ${number}(${paragraph})${letter ? `(${letter})` : ''} ${LAW[language]}`;
};

/** `P30D` → `30 days`, in the reader's language. */
export const periodIn = (language: Language, period: string): string => {
  const duration = Duration.fromISO(period, { locale: language });
  return duration.isValid ? duration.toHuman() : period;
};

export const countryIn = (language: Language, country: string | undefined): string =>
  country === undefined ? '–' : (new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country);

/** `2500000` → `2.5 MB`, in the reader's language. */
export function bytesIn(language: Language, bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power]!;
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 });
  return format.format(bytes / 1000 ** power);
}

/** `content` → `what you write`. */
export const categoriesIn = (language: Language, data: readonly Category[]): string =>
  data.map((category) => PRIVACY_TEXTS[language].categories[category]).join(', ');
