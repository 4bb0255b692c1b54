// Whom a message goes to: the number in `to`, else the user id in `recipient`.
import { reveal, type ExposedIdentifier } from '#libs/kernel';

const NUMBER = /^\+?\d{5,15}$/;
/** Business-scoped user id or parent id. Source: Meta, Business-scoped user IDs (March 2026). */
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

export const isUserId = (value: string | undefined): boolean => value !== undefined && USER_ID.test(value);

export type Address = { readonly to: string } | { readonly recipient: string };

/**
 * Only one of the two is sent. A user id in `to` would be answered with 200 and then silently dropped, so both are checked by
 * their form: what was kept as a pseudonym is no address either.
 */
export function addressOf(kept: readonly ExposedIdentifier[]): Address | undefined {
  const find = (key: string, form: RegExp) =>
    kept
      .filter((one) => one.key === key)
      .map((one) => reveal(one.value))
      .find((value) => form.test(value));
  const number = find('wa_id', NUMBER);
  if (number !== undefined) return { to: number.replace('+', '') };
  const user = find('user_id', USER_ID);
  return user === undefined ? undefined : { recipient: user };
}
