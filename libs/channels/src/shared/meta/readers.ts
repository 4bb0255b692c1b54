// The objects that an update of Meta's messengers may carry, each with its reader: one field of the platform → bodies of events.
import { personal, type Content, type EventBody } from '#libs/kernel';
import { fields, instant, items, text, type Fields } from '../read.js';
import { choice } from './content.js';

/** What one object of an update says. `key` tells redeliveries apart where the object has an id of its own. */
export interface Said {
  readonly body: EventBody;
  /** The platform's id of this message. */
  readonly mid?: string;
  readonly key?: string;
}

/** Answers nothing when the object lacks what makes it that object. */
export type Reader = (object: Fields, now: number) => readonly Said[];

/** By field name of the update. */
export type Readers = Readonly<Record<string, Reader>>;

/**
 * What both messengers may send (Messenger Platform, Webhook events, June 2026; Instagram Platform, Webhook notification examples,
 * 24 November 2025). `contentOf` reads a `message`, whose attachments differ.
 */
export const readersOf = (contentOf: (message: Fields) => Content): Readers => ({
  message: (object) => message(object, contentOf),
  message_edit: edit,
  reaction,
  read: (object, now) => receipts(object, 'read', now),
  delivery: (object, now) => receipts(object, 'delivered', now),
  postback,
  referral: () => [{ body: { type: 'referral' } }],
  optin,
  pass_thread_control: () => handover('pass_thread_control'),
  take_thread_control: () => handover('take_thread_control'),
  request_thread_control: () => handover('request_thread_control'),
  app_roles: () => handover('app_roles'),
  response_feedback: feedback,
});

/** Put before our own id in `metadata`, so that an echo of another app's message is never taken for ours. */
export const OPAQUE_PREFIX = 'parley:';

function message(object: Fields, contentOf: (message: Fields) => Content): readonly Said[] {
  const mid = text(object['mid']);
  if (object['is_deleted'] === true) return mid === undefined ? [] : [revoke(mid)];
  const opaque = ownId(object);
  if (opaque !== undefined && mid !== undefined) return [sent(mid, opaque)];
  const replyTo = text(fields(object['reply_to'])['mid']);
  const body = messageBody(contentOf(object));
  return [{ body: replyTo === undefined ? body : { ...body, replyTo: personal(replyTo) }, ...named(mid) }];
}

/** The id that we gave the message of which this is the echo. */
function ownId(object: Fields): string | undefined {
  const metadata = object['is_echo'] === true ? text(object['metadata']) : undefined;
  return metadata?.startsWith(OPAQUE_PREFIX) ? metadata.slice(OPAQUE_PREFIX.length) : undefined;
}

/** The echo of our own message says that it was sent, and under which id, even before the answer to our call does. */
const sent = (mid: string, opaque: string): Said => ({
  body: { type: 'status', target: personal(mid), status: 'sent', opaque },
  key: `sent:${mid}`,
});

export const messageBody = (content: Content) => ({
  type: 'message' as const,
  content: personal(content),
  contentType: content.type,
});

const named = (mid: string | undefined) => (mid === undefined ? {} : { mid, key: `m:${mid}` });

const revoke = (mid: string): Said => ({ body: { type: 'revoke', target: personal(mid) }, key: `revoke:${mid}` });

/** Up to five edits of one message, counted by `num_edit`. */
function edit(object: Fields): readonly Said[] {
  const [mid, written, count] = [text(object['mid']), text(object['text']), text(object['num_edit'])];
  if (mid === undefined || written === undefined) return [];
  const content = personal<Content>({ type: 'text', text: written });
  return [
    {
      body: { type: 'edit', target: personal(mid), content, contentType: 'text' },
      ...(count === undefined ? {} : { key: `edit:${mid}:${count}` }),
    },
  ];
}

function reaction(object: Fields): readonly Said[] {
  const mid = text(object['mid']);
  const emoji = text(object['emoji']) ?? text(object['reaction']);
  const taken = object['action'] === 'unreact';
  if (mid === undefined || (!taken && emoji === undefined)) return [];
  return [
    { body: { type: 'reaction', target: personal(mid), emoji: taken || emoji === undefined ? null : personal(emoji) } },
  ];
}

/** Up to a time, or, where Meta names only messages, one status for each. */
function receipts(object: Fields, status: 'delivered' | 'read', now: number): readonly Said[] {
  const until = instant(object['watermark'], now);
  const mids = [...items(object['mids']), object['mid']].flatMap((mid) => text(mid) ?? []);
  if (until === undefined) {
    return mids.map((mid) => ({ body: { type: 'status', target: personal(mid), status }, key: `${status}:${mid}` }));
  }
  const targets = mids.length === 0 ? {} : { targets: mids.map((mid) => personal(mid)) };
  return [{ body: { type: 'watermark', status, until, ...targets } }];
}

function postback(object: Fields): readonly Said[] {
  const content: Content = choice(object['payload'], object['title']) ?? { type: 'unsupported', what: 'postback' };
  return [{ body: messageBody(content), ...named(text(object['mid'])) }];
}

/** Of one answer. */
function feedback(object: Fields): readonly Said[] {
  const mid = text(object['mid']);
  return [{ body: { type: 'feedback', ...(mid === undefined ? {} : { target: personal(mid) }) } }];
}

const PREFERENCES: ReadonlyMap<string, 'stop' | 'resume'> = new Map([
  ['STOP NOTIFICATIONS', 'stop'],
  ['RESUME NOTIFICATIONS', 'resume'],
]);

function optin(object: Fields): readonly Said[] {
  const value = PREFERENCES.get(text(object['notification_messages_status']) ?? '');
  return [{ body: value ? { type: 'preference', topic: 'marketing', value } : { type: 'optin' } }];
}

/** The action is one of our own names, never a value of the platform's. */
const handover = (action: string): readonly Said[] => [{ body: { type: 'handover', action } }];
