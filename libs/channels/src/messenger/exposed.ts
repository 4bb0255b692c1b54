// Which identifiers one update exposes: the registry's own paths are read, so that a row is all it takes to notice a new one.
import type { ExposedIdentifier } from '#libs/kernel';
import { expose, place, type Exposures, type Place } from '../shared/exposures.js';
import { bounded, fields, items, type Fields } from '../shared/read.js';
import { contactReply } from './contact-reply.js';
import { identifiers } from './identifiers.js';

interface Route {
  readonly where: Place;
  readonly steps: readonly { readonly field: string; readonly each: boolean }[];
  /** The row names a whole part of an update: its value is the part's JSON. */
  readonly part: boolean;
}

const PARTS: ReadonlySet<string> = new Set([
  'location',
  'ads_context_data',
  'nlp_entities',
  'feedback',
  'lead_form',
  'order',
]);

/** Kinds whose paths hold them under a condition only: read by {@link conditional}. */
const CONDITIONAL: ReadonlySet<string> = new Set(['psid', 'quick_reply_email', 'quick_reply_phone']);

const routes: readonly Route[] = identifiers
  .filter((kind) => !CONDITIONAL.has(kind.key))
  .flatMap((kind) => kind.paths.filter((path) => !path.includes(':')).map((path) => route(kind.key, path)));

function route(key: string, path: string): Route {
  const steps = path.split('.').map((step) => ({ field: step.replace('[]', ''), each: step.endsWith('[]') }));
  return { where: place(key, path), steps, part: PARTS.has(key) };
}

/** All identifiers of an update; `own` says that the page wrote it, so that the person is the recipient. */
export function exposed(update: Fields, own: boolean): readonly ExposedIdentifier[] {
  const into: Exposures = [];
  conditional(update, own, into);
  for (const { where, steps, part } of routes) {
    for (const value of follow(update, steps))
      expose(into, where, part && isFieldsOrList(value) ? JSON.stringify(bounded(value)) : value);
  }
  return into;
}

const SENDER = place('psid', 'sender.id');
const RECIPIENT = place('psid', 'recipient.id');
const LABELLED = place('psid', 'user.id');

function conditional(update: Fields, own: boolean, into: Exposures): void {
  if (own) expose(into, RECIPIENT, fields(update['recipient'])['id']);
  else expose(into, SENDER, fields(update['sender'])['id']);
  expose(into, LABELLED, fields(update['user'])['id']);
  const message = fields(update['message']);
  const contact = contactReply(message);
  if (!contact) return;
  expose(into, place(contact.key, 'message.quick_reply.payload'), fields(message['quick_reply'])['payload']);
  expose(into, place(contact.key, 'message.text'), message['text']);
}

function follow(update: Fields, steps: Route['steps']): readonly unknown[] {
  let found: readonly unknown[] = [update];
  for (const { field, each } of steps) {
    found = found.flatMap((value) => {
      const inner = fields(value)[field];
      if (inner === undefined || inner === null) return [];
      return each ? items(inner) : [inner];
    });
    if (found.length === 0) return found;
  }
  return found;
}

const isFieldsOrList = (value: unknown): boolean => typeof value === 'object' && value !== null;
