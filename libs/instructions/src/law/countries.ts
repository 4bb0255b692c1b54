// Where personal data may go without more (Arts. 44–45 GDPR): general knowledge of the month below, strict where unsure.

/** The month of these lists, which `law.adequacyList` may name. */
export const ADEQUACY_LIST = '2026-11';

/** EU member states, and Iceland, Liechtenstein and Norway. ISO 3166-1. */
export const EEA: ReadonlySet<string> = new Set([
  'AT', 'BE', 'BG', 'HR', 'CY', 'CZ', 'DK', 'EE', 'FI', 'FR', 'DE', 'GR', 'HU', 'IE', 'IT', 'LV', 'LT', 'LU', 'MT', 'NL',
  'PL', 'PT', 'RO', 'SK', 'SI', 'ES', 'SE', 'IS', 'LI', 'NO',
]); // prettier-ignore

/** Countries with a general adequacy decision (Art. 45(3)). */
export const ADEQUATE: ReadonlySet<string> = new Set([
  'AD', 'AR', 'CH', 'FO', 'GB', 'GG', 'IL', 'IM', 'JE', 'JP', 'KR', 'NZ', 'UY',
]); // prettier-ignore

/** Adequate for some recipients only: the document has to say which certificate or scope it relies on. */
export const PARTLY_ADEQUATE: Readonly<Record<string, string>> = {
  US: 'the certification of the recipient under the Data Privacy Framework',
  CA: 'that the recipient is a commercial organisation under PIPEDA',
};

export const adequacyOf = (country: string): 'within' | 'adequate' | 'partly' | 'none' => {
  if (EEA.has(country)) return 'within';
  if (ADEQUATE.has(country)) return 'adequate';
  return Object.hasOwn(PARTLY_ADEQUATE, country) ? 'partly' : 'none';
};
