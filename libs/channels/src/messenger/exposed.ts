// Which identifiers one update of Messenger exposes, beside those that stand at the paths of the registry.
import { expose, place } from '../shared/exposures.js';
import { exposing, sidesOf } from '../shared/meta/exposed.js';
import { fields } from '../shared/read.js';
import { identifiers } from './identifiers.js';

const sides = sidesOf('psid');
const LABELLED = place('psid', 'user.id');

export const exposed = exposing({
  kinds: identifiers,
  parts: ['location', 'ads_context_data', 'nlp_entities', 'feedback', 'lead_form', 'order'],
  conditional: ['psid'],
  read(update, own, into) {
    sides(update, own, into);
    expose(into, LABELLED, fields(update['user'])['id']);
  },
});
