// The door through which personal data is encrypted: it takes a mandate that covers the category.
import { reveal, type Category, type Mandate, type Personal } from '#libs/kernel';
import { seal } from './cipher.js';

/** Thrown when a mandate does not cover what is to be stored: a defect, never an expected outcome. */
export class NotMandated extends Error {
  constructor(category: Category) {
    super(`no mandate covers the category ${category}`);
    this.name = 'NotMandated';
  }
}

/** Where a value belongs: becomes the authenticated context of its encryption. */
export interface Place {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly table: string;
  readonly row: string;
  readonly field: string;
}

export const contextOf = (place: Place): string =>
  `${place.tenantId}|${place.subjectId}|${place.table}|${place.row}|${place.field}`;

/** Seals a value about a person under that person's key. @throws NotMandated (GDPR Art. 28(3)(a)) */
export function sealPersonal<T>(
  mandate: Mandate,
  category: Category,
  sealing: { readonly key: Buffer; readonly value: Personal<T>; readonly place: Place },
): Buffer {
  if (!mandate.covers(category)) throw new NotMandated(category);
  const value = reveal(sealing.value);
  return seal(sealing.key, typeof value === 'string' ? value : JSON.stringify(value), contextOf(sealing.place));
}
