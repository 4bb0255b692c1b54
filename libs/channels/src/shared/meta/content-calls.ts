// A content → bodies of the Send API of Meta's messengers, without their recipient, or the reason why it cannot be sent.
import type { Choice, OutboundContent, RefusalReason } from '#libs/kernel';
import type { Refusal } from '../../contract.js';
import { splitOver, splitText } from '../split-text.js';
import { SEND_LIMITS as LIMITS, type Sending } from './limits.js';

export type Call = Readonly<Record<string, unknown>>;
export type Calls = readonly Call[] | Refusal;
type Outbound<T extends OutboundContent['type']> = Extract<OutboundContent, { readonly type: T }>;

export const refuse = (refused: RefusalReason, detail: string): Refusal => ({ refused, detail });

/** Choices go with the last part: quick replies stand above the composer until the next message. */
export function texts(whole: string, choices: readonly Choice[], sending: Sending): Calls {
  const wrong =
    (whole.trim() === '' ? refuse('content', 'text is empty') : null) ??
    checkCount('choices', choices, LIMITS.quickReplies) ??
    checkChoices(choices, { title: LIMITS.quickReplyTitle });
  if (wrong) return wrong;
  const parts = splitText(whole, sending.maxText, sending.size);
  const quickReplies = choices.map(({ id, title }) => ({ content_type: 'text', title, payload: id }));
  return parts.map((text, index) => ({
    text,
    ...(index === parts.length - 1 && quickReplies.length > 0 ? { quick_replies: quickReplies } : {}),
  }));
}

/** Attachments carry no text: a caption follows as a message of its own. Meta fetches the URL, so it must be public. */
export function media({ media: kind, url, caption }: Outbound<'media'>, sending: Sending): Calls {
  const type = sending.attachmentTypes[kind];
  if (!type) return refuse('unsupported', `media of type ${kind}`);
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return refuse('content', 'the media URL is not https');
  const said = caption === undefined || caption.trim() === '' ? [] : texts(caption, [], sending);
  if ('refused' in said) return said;
  return [{ attachment: { type, payload: { url } } }, ...said];
}

/** Button template. Header and footer become paragraphs; what does not fit into the template goes before it as text. */
export function buttons({ text, buttons: choices, header, footer }: Outbound<'buttons'>, sending: Sending): Calls {
  const whole = [header, text, footer].filter((part) => part !== undefined && part.trim() !== '').join('\n\n');
  const wrong =
    (whole === '' ? refuse('content', 'text is empty') : null) ??
    (choices.length === 0 ? refuse('content', 'no buttons') : null) ??
    checkCount('buttons', choices, LIMITS.buttons) ??
    checkChoices(choices, { title: LIMITS.buttonTitle });
  if (wrong) return wrong;
  const { before, last } = splitOver(whole, LIMITS.buttonText, { max: sending.maxText, size: sending.size });
  const payload = { template_type: 'button', text: last, buttons: choices.map(({ id, title }) => postback(id, title)) };
  return [...before.map((part) => ({ text: part })), { attachment: { type: 'template', payload } }];
}

const postback = (id: string, title: string): Call => ({ type: 'postback', title, payload: id });

/** There is no list: the rows become a carousel of generic templates, each with the list's button. Section titles are left out. */
export function list({ text, button, sections }: Outbound<'list'>, sending: Sending): Calls {
  const rows = sections.flatMap((section) => section.rows);
  const wrong =
    (rows.length === 0 ? refuse('content', 'no rows') : null) ??
    checkCount('rows', rows, LIMITS.listRows) ??
    checkChoices([{ id: '-', title: button }], { title: LIMITS.buttonTitle }) ??
    checkChoices(rows, { title: LIMITS.rowTitle, description: LIMITS.rowDescription });
  if (wrong) return wrong;
  const before = texts(text, [], sending);
  if ('refused' in before) return before;
  const elements = rows.map(({ id, title, description }) => ({
    title,
    ...(description ? { subtitle: description } : {}),
    buttons: [postback(id, button)],
  }));
  return [...before, { attachment: { type: 'template', payload: { template_type: 'generic', elements } } }];
}

/** Any emoji (Messenger, 21 January 2026; Instagram, 30 June 2026): `react` sets or replaces, `unreact` takes back. */
export function reaction(emoji: string | null, target: string | undefined): Calls {
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
