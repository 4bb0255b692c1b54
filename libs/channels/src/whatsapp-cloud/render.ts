// Outbound messages → requests of the messages endpoint, or a typed refusal.
import type { HttpRequest, OutboundContent } from '#libs/kernel';
import type { Refusal, RenderContext, RenderResult } from '../contract.js';
import { partId } from '../shared/parts.js';
import { splitText } from '../shared/split-text.js';
import { addressOf } from './address.js';
import { LIMITS } from './capabilities.js';
import {
  firstTooLong,
  renderButtons,
  renderChoices,
  renderList,
  unfit,
  type Interactive,
} from './render-interactive.js';

type Of<T extends OutboundContent['type']> = Extract<OutboundContent, { type: T }>;

/** Bodies of the messages to send one after another, each `{type, <type>: …}`. */
type Bodies = { readonly bodies: readonly Readonly<Record<string, unknown>>[] } | Refusal;

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64 * 1024;

const NO_TARGET: Refusal = { refused: 'no-address', detail: 'the id of the message in question is not kept' };

export function render(message: OutboundContent, context: RenderContext): RenderResult {
  if (message.type === 'read') return renderRead(context, {});
  if (message.type !== 'template' && !context.windowOpen) {
    return {
      refused: 'window-closed',
      detail: 'more than 24 hours since the last message of the person: only templates',
    };
  }
  if (message.type === 'typing') return renderRead(context, { typing_indicator: { type: 'text' } });
  const address = addressOf(context.address);
  if (!address) return { refused: 'no-address', detail: 'neither wa_id nor user_id is kept' };
  const rendered =
    message.type === 'reaction' ? renderReaction(message, context.target) : quoting(bodiesOf(message), context.target);
  if ('refused' in rendered) return rendered;
  const envelope = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address,
  };
  const { bodies } = rendered;
  return {
    requests: bodies.map((body, index) =>
      request(context, {
        ...envelope,
        biz_opaque_callback_data: partId(context.opaqueId, { index, of: bodies.length }),
        ...body,
      }),
    ),
  };
}

/** Marks as read, and with the indicator shows that an answer is on its way. Needs no address, only the message. */
function renderRead(context: RenderContext, more: Readonly<Record<string, unknown>>): RenderResult {
  if (context.target === undefined) return NO_TARGET;
  const json = { messaging_product: 'whatsapp', status: 'read', message_id: context.target, ...more };
  return { requests: [request(context, json)] };
}

const request = ({ settings }: RenderContext, json: Readonly<Record<string, unknown>>): HttpRequest => ({
  method: 'POST',
  url: `/${encodeURIComponent(String(settings['phoneNumberId']))}/messages`,
  base: 'meta-graph',
  bearer: { secret: 'accessToken' },
  json,
  expect: 'json',
  timeoutMs: TIMEOUT_MS,
  maxBytes: MAX_BYTES,
});

function bodiesOf(message: Exclude<OutboundContent, { type: 'read' | 'typing' | 'reaction' }>): Bodies {
  switch (message.type) {
    case 'text':
      return renderText(message);
    case 'media':
      return renderMedia(message);
    case 'buttons':
      return interactive(renderButtons(message));
    case 'list':
      return interactive(renderList(message));
    case 'template':
      return renderTemplate(message);
    case 'location':
      return renderLocation(message);
  }
}

function renderReaction({ emoji }: Of<'reaction'>, target: string | undefined): Bodies {
  if (target === undefined) return NO_TARGET;
  return { bodies: [{ type: 'reaction', reaction: { message_id: target, emoji: emoji ?? '' } }] };
}

/** The first part quotes the message that is answered, the others follow it (Meta: Contextual replies, 2 July 2026). */
function quoting(rendered: Bodies, target: string | undefined): Bodies {
  if ('refused' in rendered || target === undefined) return rendered;
  const [first, ...others] = rendered.bodies;
  return { bodies: [{ context: { message_id: target }, ...first }, ...others] };
}

function interactive(rendered: Interactive): Bodies {
  if ('refused' in rendered) return rendered;
  const { before, interactive } = rendered;
  return { bodies: [...before.map(plainText), { type: 'interactive', interactive }] };
}

const plainText = (body: string) => ({ type: 'text', text: { body } });
const plainTexts = (text: string) => splitText(text, LIMITS.text).map(plainText);

function renderText({ text, choices = [] }: Of<'text'>): Bodies {
  if (text.trim() === '') return unfit('the text is empty');
  if (choices.length === 0) return { bodies: plainTexts(text) };
  return interactive(renderChoices(text, choices));
}

const CAPTIONED: readonly string[] = ['image', 'video', 'document'];

/** By link: Meta's servers fetch the file from ours. */
function renderMedia({ media, url, caption, fileName }: Of<'media'>): Bodies {
  const refusal = firstTooLong([['the file name', fileName, LIMITS.fileName]]);
  if (refusal) return refusal;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return unfit('media are sent by an http or https link');
  // Voice and stickers have no caption, and one has a limit: what else was to be said follows as a text.
  const said = caption?.trim() ?? '';
  const fits = CAPTIONED.includes(media) ? (splitText(said, LIMITS.caption)[0] ?? '') : '';
  const rest = said.slice(fits.length).trim();
  const object = {
    link: url,
    ...(fits ? { caption: fits } : {}),
    ...(media === 'document' && fileName !== undefined ? { filename: fileName } : {}),
  };
  const file = { type: media, [media]: object };
  return { bodies: rest ? [file, ...plainTexts(rest)] : [file] };
}

function renderTemplate({ name, language, components }: Of<'template'>): Bodies {
  if (name === '' || language === '') return unfit('a template needs a name and a language');
  const template = { name, language: { code: language }, ...(components ? { components } : {}) };
  return { bodies: [{ type: 'template', template }] };
}

function renderLocation({ latitude, longitude, name, address }: Of<'location'>): Bodies {
  const refusal = firstTooLong([
    ['the name of the place', name, LIMITS.locationName],
    ['the address', address, LIMITS.locationAddress],
  ]);
  if (refusal) return refusal;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return unfit('this is no place on earth');
  const location = { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) };
  return { bodies: [{ type: 'location', location }] };
}
