// What Messenger tells of a person who is asked about.
import { lookUpOf } from '../shared/meta/look-up.js';
import { identifiers } from './identifiers.js';

export const lookUp = lookUpOf({
  handle: 'psid',
  kinds: identifiers,
  baseOf: () => 'meta-graph',
  // Messenger Platform, User Profile API: accounts made with a phone number have no profile (2018218). Nobody answers to the id: 33, 2018001.
  nothing: new Set(['100/2018218', '100/33', '100/2018001']),
});
