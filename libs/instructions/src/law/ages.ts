// From which age a person may consent alone to an online service (Art. 8(1) GDPR), per country; as of November 2026.

/** Years. Where a country made no law the Regulation's own sixteen applies. A document may say more, never less: `law.minorAges`. */
const CONSENT_AGES: Readonly<Record<string, number>> = {
  AT: 14, BE: 13, BG: 14, CY: 14, CZ: 15, DE: 16, DK: 15, EE: 13, ES: 14, FI: 13, FR: 15, GR: 15, HR: 16, HU: 16, IE: 16,
  IS: 13, IT: 14, LI: 16, LT: 14, LU: 16, LV: 13, MT: 13, NL: 16, NO: 13, PL: 16, PT: 13, RO: 16, SE: 13, SI: 15, SK: 16,
}; // prettier-ignore

export const consentAge = (country: string): number =>
  Object.hasOwn(CONSENT_AGES, country) ? (CONSENT_AGES[country] ?? 16) : 16;
