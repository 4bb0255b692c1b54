// Which identifiers one update of Meta's messengers exposes: the registry's own paths are read, so that a row is all it takes to notice a new one.
import type { ExposedIdentifier, IdentifierKind } from '#libs/kernel';
import { expose, place, type Exposures, type Place } from '../exposures.js';
import { bounded, fields, items, type Fields } from '../read.js';
import { contactReply } from './contact-reply.js';

interface Route {
  readonly where: Place;
  readonly steps: readonly { readonly field: string; readonly each: boolean }[];
  /** The row names a whole part of an update: its value is the part's JSON. */
  readonly part: boolean;
}

export interface Exposing {
  readonly kinds: readonly IdentifierKind[];
  /** Keys of rows that name a whole part of an update. */
  readonly parts: readonly string[];
  /** Keys of rows whose paths hold them under a condition only, which `read` knows. */
  readonly conditional: readonly string[];
  /** `own`: the business wrote it, so that the person is the recipient. */
  readonly read: (update: Fields, own: boolean, into: Exposures) => void;
}

/** Rows that every messenger of Meta's reads under a condition. */
const CONTACT_KEYS: readonly string[] = ['quick_reply_email', 'quick_reply_phone'];

/** All identifiers of an update. */
export function exposing({ kinds, parts, conditional, read }: Exposing) {
  const routes = kinds
    .filter(({ key }) => !CONTACT_KEYS.includes(key) && !conditional.includes(key))
    .flatMap(({ key, paths }) =>
      paths.filter((path) => !path.includes(':')).map((path) => route(place(key, path), parts.includes(key))),
    );
  return (update: Fields, own: boolean): readonly ExposedIdentifier[] => {
    const into: Exposures = [];
    read(update, own, into);
    exposeContact(update, into);
    for (const { where, steps, part } of routes) {
      for (const value of follow(update, steps))
        expose(into, where, part && isFieldsOrList(value) ? JSON.stringify(bounded(value)) : value);
    }
    return into;
  };
}

function route(where: Place, part: boolean): Route {
  const steps = where.path.split('.').map((step) => ({ field: step.replace('[]', ''), each: step.endsWith('[]') }));
  return { where, steps, part };
}

/** The person of an update: whoever of its two sides is not the business. */
export function sidesOf(key: string) {
  const [sender, recipient] = [place(key, 'sender.id'), place(key, 'recipient.id')];
  return (update: Fields, own: boolean, into: Exposures): void => {
    const [where, side] = own ? [recipient, update['recipient']] : [sender, update['sender']];
    expose(into, where, fields(side)['id']);
  };
}

function exposeContact(update: Fields, into: Exposures): void {
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
