// A message of the bot contract as a request that is signed as the Standard Webhooks specification says.
import { Webhook } from 'standardwebhooks';
import type { MinimisedTurn } from '#libs/instructions';
import type { HttpRequest } from '#libs/kernel';
import type { RecipientContext } from '../contract.js';
import { botRequest } from './bot-request.js';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 262_144;

/** The body is text, because the signature covers its exact bytes. Throws only on a secret that is no base64. */
export function signedRequest(turn: MinimisedTurn, context: RecipientContext): HttpRequest {
  const text = JSON.stringify(botRequest(turn, context));
  return {
    method: 'POST',
    url: context.url ?? '',
    headers: {
      'webhook-id': context.messageId,
      'webhook-timestamp': String(Math.floor(context.now.getTime() / 1000)),
      'webhook-signature': new Webhook(context.secret).sign(context.messageId, context.now, text),
    },
    body: { contentType: 'application/json', text },
    expect: 'json',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
  };
}
