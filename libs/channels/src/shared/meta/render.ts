// A message to a person → calls of the Send API of Meta's messengers, or the reason why it cannot be sent.
import { reveal, type HttpRequest, type OutboundContent } from '#libs/kernel';
import type { PublicSettings, Refusal, RenderContext, RenderResult } from '../../contract.js';
import { partId } from '../parts.js';
import { buttons, list, media, reaction, refuse, texts, type Call, type Calls } from './content-calls.js';
import type { Sending } from './limits.js';
import { OPAQUE_PREFIX } from './readers.js';

export interface SendApi extends Sending {
  /** Where calls go, or why there is nowhere. */
  readonly endpoint: (settings: PublicSettings) => Pick<HttpRequest, 'base' | 'url'> | Refusal;
  /** Identifier kinds by which a person can be addressed, the preferred first → the field of `recipient`. */
  readonly recipients: readonly (readonly [kind: string, field: string])[];
  /** Does an echo give `metadata` back? Then our own id goes along. */
  readonly echoesMetadata: boolean;
}

/**
 * Outside the 24 hours nothing is sent: the HUMAN_AGENT tag is for answers typed by a person, the other message tags ended on
 * 27 April 2026, and marketing messages are not delivered to people in the EU or UK (Messenger Platform, May 2026).
 */
export const rendererOf =
  (api: SendApi) =>
  (message: OutboundContent, context: RenderContext): RenderResult => {
    const endpoint = api.endpoint(context.settings);
    if ('refused' in endpoint) return endpoint;
    const recipient = recipientOf(api, context);
    if (!recipient)
      return refuse('no-address', `nothing of ${api.recipients.map(([kind]) => kind).join(', ')} was kept`);
    if (!context.windowOpen) return refuse('window-closed', 'more than 24 hours since the last message of the person');
    const calls = callsFor(message, { api, context });
    if ('refused' in calls) return calls;
    return { requests: calls.map((call) => request(endpoint, { recipient, ...call })) };
  };

const request = (endpoint: Pick<HttpRequest, 'base' | 'url'>, json: Call): HttpRequest => ({
  method: 'POST',
  ...endpoint,
  bearer: { secret: 'accessToken' },
  json,
  expect: 'json',
  timeoutMs: 15_000,
  maxBytes: 65_536,
});

function recipientOf({ recipients }: SendApi, { address }: RenderContext): Call | null {
  for (const [kind, field] of recipients) {
    const value = address.find(({ key }) => key === kind)?.value;
    if (value) return { [field]: reveal(value) };
  }
  return null;
}

interface At {
  readonly api: SendApi;
  readonly context: RenderContext;
}

function callsFor(message: OutboundContent, at: At): Calls {
  switch (message.type) {
    case 'text':
      return sent(texts(message.text, message.choices ?? [], at.api), at);
    case 'media':
      return sent(media(message, at.api), at);
    case 'buttons':
      return sent(buttons(message, at.api), at);
    case 'list':
      return sent(list(message, at.api), at);
    case 'reaction':
      return reaction(message.emoji, at.context.target);
    case 'read':
      return [{ sender_action: 'mark_seen' }];
    case 'typing':
      return [{ sender_action: 'typing_on' }];
    case 'template':
      return refuse('unsupported', 'utility and marketing templates are not sent on this channel');
    case 'location':
      return refuse('unsupported', 'the Send API has no location message');
    default:
      return message satisfies never;
  }
}

/** Each as a message, marked as ours where that is given back. */
function sent(calls: Calls, { api, context }: At): Calls {
  if ('refused' in calls) return calls;
  return calls.map((body, index) => {
    const metadata = `${OPAQUE_PREFIX}${partId(context.opaqueId, { index, of: calls.length })}`;
    return { messaging_type: 'RESPONSE', message: api.echoesMetadata ? { ...body, metadata } : body };
  });
}
