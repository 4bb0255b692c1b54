// A webhook body of an Instagram professional account → events.
import { parserOf, type Noted } from '../shared/meta/parse.js';
import { readersOf } from '../shared/meta/readers.js';
import { fields, isFields, text } from '../shared/read.js';
import { contentOf } from './content.js';
import { exposed } from './exposed.js';
import { declared } from './shape.js';

/** What people write for everybody to read: noted, and no conversation, since nobody wrote to the business alone. */
const PUBLIC: ReadonlySet<unknown> = new Set(['comments', 'live_comments', 'mentions']);

function noted(field: unknown, value: unknown, account: string | null): Noted | null {
  if (field === 'story_insights') return { body: { type: 'account', field: 'story_insights', severity: 'info' } };
  if (!PUBLIC.has(field) || !isFields(value)) return null;
  const { id, self_ig_scoped_id: self } = fields(value['from']);
  const own = text(self) !== undefined || (account !== null && text(id) === account);
  if (!own) return { body: { type: 'comment' }, identifiers: exposed(value, false) };
  // The business's own: somebody else's in it is only the comment that it answers.
  return { body: { type: 'comment' }, identifiers: exposed({ parent_id: value['parent_id'] }, true), own: true };
}

export const parse = parserOf({
  channel: 'instagram',
  object: 'instagram',
  declared,
  readers: readersOf(contentOf),
  exposed,
  noted,
});
