// Job data: ids and small counts, so that a queue dashboard can be shown to operators.
import { Personal, PersonalDataLeak } from '#libs/kernel';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LARGEST_COUNT = 1_000;

declare const checked: unique symbol;
/** What a job may carry: uuids by name, and small counts. */
export type Ids<T> = T & { readonly [checked]: true };

/** @throws TypeError for anything but a uuid or a small whole number; PersonalDataLeak for personal data. */
export function idsOnly<T extends { readonly [K in keyof T]: string | number }>(data: T): Ids<T> {
  for (const value of Object.values<unknown>(data)) {
    if (value instanceof Personal) throw new PersonalDataLeak();
    const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_COUNT;
    if (!isCount && !(typeof value === 'string' && UUID.test(value))) throw new TypeError('a job carries ids only');
  }
  return data as Ids<T>;
}
