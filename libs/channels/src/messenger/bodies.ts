// The objects of an update that only Messenger has, beside those that Meta's messengers share.
import type { Content } from '#libs/kernel';
import { messageBody, readersOf, type Readers, type Said } from '../shared/meta/readers.js';
import { bounded, fields, isFields, items, text, type Fields } from '../shared/read.js';
import { contentOf } from './content.js';

/** By field name of the update (Messenger Platform, Webhook events, June 2026). */
export const READERS: Readers = {
  ...readersOf(contentOf),
  account_linking: () => [{ body: { type: 'account-linking' } }],
  messaging_feedback: () => [{ body: { type: 'feedback' } }],
  policy_enforcement: policy,
  order,
  messaging_customer_information: (object) => form(object, 'customer_information'),
  // Meta prints no payload of it: read where it is built like the form above, else reported as unknown.
  messaging_in_thread_lead_form_submit: (object) => form(object, 'in_thread_lead_form'),
  // `inbox_labels`: what the page's staff noted about the person.
  label: () => [{ body: { type: 'address-book' } }],
};

/** `block` ends sending for the page, `unblock` restores it; warnings announce a block. */
function policy(object: Fields): readonly Said[] {
  const action = object['action'];
  const severity = action === 'block' ? 'stop' : action === 'unblock' ? 'info' : 'warning';
  return [{ body: { type: 'account', field: 'policy_enforcement', severity } }];
}

/** `send_cart`: goods of the page's catalogue, and what the person wrote beside them. It has no id of its own. */
function order(object: Fields): readonly Said[] {
  if (!items(object['products']).some((product) => isFields(product))) return [];
  return [{ body: messageBody({ type: 'order', order: bounded(object) }) }];
}

/** The answers of a form that Messenger shows, by the names of its questions. */
function form(object: Fields, name: string): readonly Said[] {
  const responses = items(object['screens']).flatMap((screen) => items(fields(screen)['responses']).map(fields));
  const answers = responses.flatMap(({ key, value }) => {
    const [question, given] = [text(key), text(value)];
    return question === undefined || given === undefined ? [] : [[question, given] as const];
  });
  if (answers.length === 0) return [];
  const content: Content = { type: 'form', name, answers: Object.fromEntries(answers) };
  return [{ body: messageBody(content) }];
}
