// Where a number of the person's own comes from: the best guess for the numbers that they write without a country.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** ISO 3166 alpha-2 of an international number without or with its plus; null: it is none. */
export function regionOfNumber(value: string): string | null {
  if (!/^\+?[1-9]\d{6,14}$/.test(value)) return null;
  return parsePhoneNumberFromString(value.startsWith('+') ? value : `+${value}`)?.country ?? null;
}
