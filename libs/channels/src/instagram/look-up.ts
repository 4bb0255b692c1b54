// What Instagram tells of a person who is asked about.
import { lookUpOf } from '../shared/meta/look-up.js';
import { baseOf } from './account.js';
import { identifiers } from './identifiers.js';

export const lookUp = lookUpOf({
  handle: 'igsid',
  kinds: identifiers,
  baseOf,
  // Instagram Messaging, User Profile API: "User consent is required", of who has not written: 230, as reported by others, as is 9010, "No
  // matching Instagram user", of Meta's own reviewers. Nobody answers to the id: 33, 2018001, 2534014.
  nothing: new Set(['230', '9010', '100/33', '100/2018001', '100/2534014']),
});
