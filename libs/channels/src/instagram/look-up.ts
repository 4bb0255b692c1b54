// What Instagram tells of a person who is asked about.
import { lookUpOf } from '../shared/meta/look-up.js';
import { baseOf } from './account.js';
import { identifiers } from './identifiers.js';

export const lookUp = lookUpOf({
  handle: 'igsid',
  kinds: identifiers,
  baseOf,
  // Instagram Messaging, User Profile API: "User consent is required", of who has not written; 230, as reported by others. Nobody there: 33, 2534014.
  nothing: new Set(['230', '100/33', '100/2018001', '100/2534014']),
});
