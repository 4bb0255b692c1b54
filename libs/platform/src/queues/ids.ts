// Job data: ids and nothing else, so that a queue dashboard can be shown to operators.
import { isUuid, Personal, PersonalDataLeak } from '#libs/kernel';

declare const checked: unique symbol;
/** What a job may carry: lists of uuids by name. */
export type Ids<T> = T & { readonly [checked]: true };

/** @throws TypeError for anything but uuids; PersonalDataLeak for personal data. */
export function idsOnly<T extends { readonly [K in keyof T]: readonly string[] }>(data: T): Ids<T> {
  for (const value of Object.values<readonly unknown[]>(data).flat()) {
    if (value instanceof Personal) throw new PersonalDataLeak();
    if (!(typeof value === 'string' && isUuid(value))) throw new TypeError('a job carries ids only');
  }
  return data as Ids<T>;
}
