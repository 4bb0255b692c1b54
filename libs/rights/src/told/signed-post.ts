// A call that is signed as in the Standard Webhooks specification: the same id on every attempt makes repeating harmless.
import { Webhook } from 'standardwebhooks';
import type { HttpRequest, HttpResponse } from '#libs/kernel';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;

export interface Posted {
  readonly url: string;
  /** `webhook-id`. */
  readonly id: string;
  /** `whsec_…` */
  readonly secret: string;
  /** JSON. */
  readonly text: string;
  readonly at: Date;
}

export const signedPost = ({ url, id, secret, text, at }: Posted): HttpRequest => ({
  method: 'POST',
  url,
  headers: {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, text),
  },
  body: { contentType: 'application/json', text },
  expect: 'none',
  timeoutMs: TIMEOUT_MS,
  maxBytes: MAX_ANSWER_BYTES,
});

/** Why it was not taken; null: any 2xx takes it. */
export function refusalOf(response: HttpResponse): string | null {
  if (response.kind === 'failed') return response.reason;
  return response.status >= 200 && response.status < 300 ? null : `http-${response.status}`;
}
