// Countries and transfers as a person reads them: `Germany (DE)`, `Art. 46(2)(c) GDPR`.
import type { Transfer } from '../document.js';
import { adequacyOf } from '../law/countries.js';

const NAMES = new Intl.DisplayNames(['en'], { type: 'region' });

const ARTICLE = /^(United|Netherlands|Philippines|Isle|Faroe)/;

export function named(country: string): string {
  const name = NAMES.of(country) ?? country;
  return `${ARTICLE.test(name) ? 'the ' : ''}${name} (${country})`;
}

const LEVELS = ['within', 'adequate', 'partly', 'none'] as const;

/** The higher, the less of the protection of the GDPR there is (Arts. 44 to 46). */
export const farness = (country: string): number => LEVELS.indexOf(adequacyOf(country));

const GROUNDS: Readonly<Record<string, string>> = {
  A45: 'an adequacy decision',
  A46: 'safeguards',
  A49: 'a derogation',
};

/** What permits a transfer: the ground, its article, its reference and its end. */
export function ground({ mechanism, ref, validUntil }: Transfer): string {
  const [article = '', ...parts] = mechanism.split('-');
  const place = `Art. ${article.slice(1)}${parts.map((part) => `(${part})`).join('')} GDPR`;
  return [`${GROUNDS[article] ?? 'a ground'} (${place}${ref === undefined ? '' : `, ${ref}`})`, validUntil === undefined ? '' : ` until ${validUntil}`].join('');
} // prettier-ignore
