// A message to a person → calls of the Send API, or the reason why Messenger cannot take it.
import type { Choice, HttpRequest, MediaType, OutboundContent, RefusalReason } from '#libs/kernel';
import { reveal } from '#libs/kernel';
import type { Refusal, RenderContext, RenderResult } from '../contract.js';
import { splitText } from '../shared/split-text.js';
import { partId } from '../shared/parts.js';
import { OPAQUE_PREFIX } from './bodies.js';
import { ATTACHMENT_TYPES, LIMITS } from './capabilities.js';

/** A body of the Send API without its recipient. */
type Call = Readonly<Record<string, unknown>>;
type Calls = readonly Call[] | Refusal;

/**
 * Outside the 24 hours nothing is sent: the HUMAN_AGENT tag is for answers typed by a person, the other message tags ended on
 * 27 April 2026, and marketing messages are not delivered to people in the EU or UK (Messenger Platform, May 2026).
 */
export function render(message: OutboundContent, context: RenderContext): RenderResult {
  const pageId = context.settings['pageId'];
  const recipient = recipientOf(context);
  if (typeof pageId !== 'string' || pageId === '') return refuse('no-address', 'the connection has no pageId');
  if (!recipient) return refuse('no-address', 'neither psid nor user_ref was kept');
  if (!context.windowOpen) return refuse('window-closed', 'more than 24 hours since the last message of the person');
  const calls = callsFor(message, context);
  if ('refused' in calls) return calls;
  return { requests: calls.map((call) => request(pageId, { recipient, ...call })) };
}

const request = (pageId: string, json: Call): HttpRequest => ({
  method: 'POST',
  base: 'meta-graph',
  url: `/${encodeURIComponent(pageId)}/messages`,
  bearer: { secret: 'accessToken' },
  json,
  expect: 'json',
  timeoutMs: 15_000,
  maxBytes: 65_536,
});

function recipientOf({ address }: RenderContext): Call | null {
  const value = (key: string) => address.find((one) => one.key === key)?.value;
  const [psid, userRef] = [value('psid'), value('user_ref')];
  if (psid) return { id: reveal(psid) };
  return userRef ? { user_ref: reveal(userRef) } : null;
}

function callsFor(message: OutboundContent, context: RenderContext): Calls {
  const send: Send = (body, part) => ({
    messaging_type: 'RESPONSE',
    message: { ...body, metadata: `${OPAQUE_PREFIX}${partId(context.opaqueId, part)}` },
  });
  switch (message.type) {
    case 'text':
      return map(texts(message.text, message.choices ?? []), send);
    case 'media':
      return map(media(message), send);
    case 'buttons':
      return map(buttons(message), send);
    case 'list':
      return map(list(message), send);
    case 'reaction':
      return reaction(message.emoji, context.target);
    case 'read':
      return [{ sender_action: 'mark_seen' }];
    case 'typing':
      return [{ sender_action: 'typing_on' }];
    case 'template':
      return refuse('unsupported', 'utility and marketing templates are not sent on Messenger');
    case 'location':
      return refuse('unsupported', 'the Send API has no location message');
    default:
      return message satisfies never;
  }
}

type Send = (body: Call, part: { readonly index: number; readonly of: number }) => Call;

const map = (calls: Calls, send: Send): Calls =>
  'refused' in calls ? calls : calls.map((body, index) => send(body, { index, of: calls.length }));

const refuse = (refused: RefusalReason, detail: string): Refusal => ({ refused, detail });

/** Choices go with the last part: quick replies stand above the composer until the next message. */
function texts(whole: string, choices: readonly Choice[]): Calls {
  const wrong =
    (whole.trim() === '' ? refuse('content', 'text is empty') : null) ??
    checkCount('choices', choices, LIMITS.quickReplies) ??
    checkChoices(choices, { title: LIMITS.quickReplyTitle });
  if (wrong) return wrong;
  const parts = splitText(whole, LIMITS.text);
  const quickReplies = choices.map(({ id, title }) => ({ content_type: 'text', title, payload: id }));
  return parts.map((text, index) => ({
    text,
    ...(index === parts.length - 1 && quickReplies.length > 0 ? { quick_replies: quickReplies } : {}),
  }));
}

type Outbound<T extends OutboundContent['type']> = Extract<OutboundContent, { readonly type: T }>;

/** Attachments carry no text: a caption follows as a message of its own. Meta fetches the URL, so it must be public. */
function media({ media: kind, url, caption }: Outbound<'media'>): Calls {
  const type = attachmentType(kind);
  if (!type) return refuse('unsupported', `media of type ${kind}`);
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return refuse('content', 'the media URL is not https');
  const said = caption === undefined || caption.trim() === '' ? [] : texts(caption, []);
  if ('refused' in said) return said;
  return [{ attachment: { type, payload: { url, is_reusable: false } } }, ...said];
}

const attachmentType = (kind: MediaType): string | undefined =>
  kind === 'sticker' ? undefined : ATTACHMENT_TYPES[kind];

/** Button template. Header and footer become paragraphs; what does not fit into the template goes before it as text. */
function buttons({ text, buttons: choices, header, footer }: Outbound<'buttons'>): Calls {
  const whole = [header, text, footer].filter((part) => part !== undefined && part.trim() !== '').join('\n\n');
  const wrong =
    (whole === '' ? refuse('content', 'text is empty') : null) ??
    (choices.length === 0 ? refuse('content', 'no buttons') : null) ??
    checkCount('buttons', choices, LIMITS.buttons) ??
    checkChoices(choices, { title: LIMITS.buttonTitle });
  if (wrong) return wrong;
  const parts = splitText(whole, LIMITS.buttonText);
  const last = parts.at(-1) ?? whole;
  const payload = { template_type: 'button', text: last, buttons: choices.map(({ id, title }) => postback(id, title)) };
  return [...parts.slice(0, -1).map((part) => ({ text: part })), { attachment: { type: 'template', payload } }];
}

const postback = (id: string, title: string): Call => ({ type: 'postback', title, payload: id });

/** Messenger has no list: the rows become a carousel of generic templates, each with the list's button. Section titles are left out. */
function list({ text, button, sections }: Outbound<'list'>): Calls {
  const rows = sections.flatMap((section) => section.rows);
  const wrong =
    (rows.length === 0 ? refuse('content', 'no rows') : null) ??
    checkCount('rows', rows, LIMITS.listRows) ??
    checkChoices([{ id: '-', title: button }], { title: LIMITS.buttonTitle }) ??
    checkChoices(rows, { title: LIMITS.rowTitle, description: LIMITS.rowDescription });
  if (wrong) return wrong;
  const before = texts(text, []);
  if ('refused' in before) return before;
  const elements = rows.map(({ id, title, description }) => ({
    title,
    ...(description ? { subtitle: description } : {}),
    buttons: [postback(id, button)],
  }));
  return [...before, { attachment: { type: 'template', payload: { template_type: 'generic', elements } } }];
}

/** Messenger Platform, Sender actions (21 January 2026): `react` sets or replaces, `unreact` takes back. */
function reaction(emoji: string | null, target: string | undefined): Calls {
  if (target === undefined) return refuse('content', 'the message to react to is no longer known');
  if (emoji === null) return [{ sender_action: 'unreact', payload: { message_id: target } }];
  return [{ sender_action: 'react', payload: { message_id: target, reaction: emoji } }];
}

const checkCount = (what: string, all: readonly unknown[], most: number): Refusal | null =>
  all.length > most ? refuse('too-long', `more than ${most} ${what}`) : null;

function checkChoices(
  choices: readonly Choice[],
  most: { readonly title: number; readonly description?: number },
): Refusal | null {
  for (const { id, title, description } of choices) {
    if (id === '' || title.trim() === '') return refuse('content', 'a choice has no id or no title');
    if (title.length > most.title) return refuse('too-long', `a title is longer than ${most.title} characters`);
    if (id.length > LIMITS.payload) return refuse('too-long', `an id is longer than ${LIMITS.payload} characters`);
    if (most.description !== undefined && (description?.length ?? 0) > most.description) {
      return refuse('too-long', `a description is longer than ${most.description} characters`);
    }
  }
  return null;
}
