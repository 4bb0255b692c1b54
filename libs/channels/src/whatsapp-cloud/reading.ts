// One message while it is read: what its parts need to know of it.
import type { Exposures } from '../shared/exposures.js';
import type { Fields } from '../shared/read.js';
import type { MessagePlaces } from './places.js';
import type { Update } from './update.js';

/** Who the conversation is with, as far as the item says. */
export interface Person {
  readonly number: string | undefined;
  readonly user: string | undefined;
  readonly parent: string | undefined;
  /** The business's side wrote it. */
  readonly own: boolean;
}

/** Reading one item: it is found whole here so that the readers of its parts take three arguments at most. */
export interface Reading {
  readonly message: Fields;
  readonly places: MessagePlaces;
  readonly person: Person;
  readonly into: Exposures;
  readonly update: Update;
}
