// A webhook body of a Facebook page → events.
import { parserOf, type Noted } from '../shared/meta/parse.js';
import { READERS } from './bodies.js';
import { exposed } from './exposed.js';
import { declared } from './shape.js';

/** Subscription fields about the page itself: no person in them. Others of the feed carry an update, or are not ours. */
const PAGE_FIELDS: ReadonlyMap<unknown, 'info' | 'warning'> = new Map([
  ['messenger_template_status_update', 'info'],
  ['message_template_status_update', 'info'],
  ['marketing_message_delivery_failed', 'warning'],
  ['messaging_integrity', 'warning'],
  ['business_integrity', 'warning'],
]);

function noted(field: unknown): Noted | null {
  const severity = PAGE_FIELDS.get(field);
  return severity ? { body: { type: 'account', field: String(field), severity } } : null;
}

export const parse = parserOf({ channel: 'messenger', object: 'page', declared, readers: READERS, exposed, noted });
