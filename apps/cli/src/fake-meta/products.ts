// Messenger and Instagram: one Send API, and what differs between the two.
import type { GraphError } from './errors.js';
import { igMid, mid } from './ids.js';
import type { World } from './world.js';

export interface Product {
  /** How its webhooks call it. */
  readonly object: string;
  /** The account that webhooks name, and whose reply window counts. */
  readonly account: string;
  readonly newId: () => string;
  readonly maxText: { readonly of: (text: string) => number; readonly most: number };
  readonly unknownPerson: GraphError;
  readonly windowClosed: GraphError;
  /** What an echo says beside the message: the app, and the app's own note. */
  readonly echo: (metadata: unknown) => Readonly<Record<string, unknown>>;
  /** The marks of a message that arrived and was read. */
  readonly delivered: (id: string, now: number) => Readonly<Record<string, unknown>> | null;
  readonly read: (id: string, now: number) => Readonly<Record<string, unknown>>;
}

const OUTSIDE = 'This message is sent outside of allowed window.';

const messenger = ({ behaviour }: World, page: string): Product => ({
  object: 'page',
  account: page,
  newId: mid,
  maxText: { of: (text) => [...text].length, most: 2000 },
  unknownPerson: { code: 100, subcode: 2018001, details: 'No matching user found' },
  windowClosed: { code: 10, subcode: 2018278, details: OUTSIDE },
  echo: (metadata) => ({
    app_id: Number(behaviour.appId),
    ...(typeof metadata === 'string' ? { metadata } : {}),
  }),
  delivered: (id, now) => ({ delivery: { mids: [id], watermark: now } }),
  read: (_id, now) => ({ read: { watermark: now } }),
});

/** Instagram Messaging, Send a message (2 July 2026), Webhook notification examples (24 November 2025). */
const instagram = (account: string): Product => ({
  object: 'instagram',
  account,
  newId: igMid,
  maxText: { of: (text) => Buffer.byteLength(text), most: 1000 },
  unknownPerson: { code: 100, subcode: 2534014, details: 'The requested user cannot be found.' },
  windowClosed: { code: 10, subcode: 2534022, details: OUTSIDE },
  echo: () => ({}),
  delivered: () => null,
  read: (id) => ({ read: { mid: id } }),
});

/** Who sends is a page in both products, or an Instagram account: whose person it is tells, or that the account was read as one. */
export function productOf(world: World, sender: string, person: string): Product {
  const written = world.people.instagramAccountOf(person);
  if (written !== undefined) return instagram(written);
  return world.instagramAccounts.has(sender) ? instagram(sender) : messenger(world, sender);
}
