// The signed webhook: our default bot contract, signed as the Standard Webhooks specification says.
import { Webhook } from 'standardwebhooks';
import type { RecipientKind } from '../contract.js';
import { botRequest } from '../shared/bot-request.js';
import { interpreter } from '../shared/outcome.js';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 262_144;

export const webhook: RecipientKind = {
  kind: 'webhook',
  transport: 'http',
  credential: 'signature',

  /** The body is text, because the signature covers its exact bytes. Throws only on a secret that is no base64. */
  render(turn, context) {
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
  },

  interpret: interpreter((json) => json),
};
