// A message to a person on Instagram → calls of the Send API.
import type { HttpRequest, OutboundContent } from '#libs/kernel';
import type { RenderContext, RenderResult } from '../contract.js';
import { refuse } from '../shared/meta/content-calls.js';
import { rendererOf } from '../shared/meta/render.js';
import { fields, text } from '../shared/read.js';
import { SENDING } from './capabilities.js';
import { baseOf, senderOf } from './account.js';

const sending = rendererOf({
  ...SENDING,
  endpoint(settings) {
    const sender = senderOf(settings);
    if (sender === null) return refuse('no-address', 'the connection has no accountId');
    return { base: baseOf(settings), url: `/${encodeURIComponent(sender)}/messages` };
  },
  recipients: [['igsid', 'id']],
  // Echoes of Instagram are printed without it: they are known by the message's id alone.
  echoesMetadata: false,
});

const PDF = /\.pdf$/i;

export function render(message: OutboundContent, context: RenderContext): RenderResult {
  const isOther =
    message.type === 'media' &&
    message.media === 'document' &&
    message.fileName !== undefined &&
    !PDF.test(message.fileName);
  return isOther ? refuse('content', 'of files Instagram takes PDF only') : sending(message, context);
}

/** Of a file an echo shows another address than the one that was sent. */
export const echoText = ({ json }: HttpRequest): string | null => text(fields(fields(json)['message'])['text']) ?? null;
