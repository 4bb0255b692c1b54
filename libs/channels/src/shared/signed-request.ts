// Meta's callbacks about people: `signed_request`, a signature and a payload in base64url, under the app's secret.
// Source: developers.facebook.com, "Data Deletion Request Callback" and "Parsing the Signed Request".
import { createHmac, timingSafeEqual } from 'node:crypto';
import { personal, type Personal } from '#libs/kernel';
import type { ChannelAdapter } from '../contract.js';
import { number } from './read.js';

const LONGEST = 4096;
const SETTING = 'appSecret';

/** Does the platform of this channel call back when a person leaves the app or wants their data deleted? */
export const hasPersonCallbacks = (adapter: ChannelAdapter): boolean =>
  adapter.settings.some(({ key }) => key === SETTING);

function payloadOf(
  encoded: string,
): { readonly user_id?: unknown; readonly algorithm?: unknown; readonly issued_at?: unknown } | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return typeof payload === 'object' ? payload : null;
  } catch {
    return null;
  }
}

/** The app-scoped id of the person, if the signature over the encoded payload fits; else null. */
export function readSignedRequest(
  signedRequest: string,
  secrets: Readonly<Record<string, string>>,
): Personal<string> | null {
  const secret = secrets[SETTING];
  if (!secret || signedRequest.length > LONGEST) return null;
  const [signature, encoded, ...more] = signedRequest.split('.');
  if (!signature || !encoded || more.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const wanted = createHmac('sha256', secret).update(encoded).digest();
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const payload = payloadOf(encoded);
  if (payload?.algorithm !== 'HMAC-SHA256') return null;
  const id = payload.user_id;
  if (typeof id === 'number') return personal(String(id));
  return typeof id === 'string' && id !== '' ? personal(id) : null;
}

/** When it was signed, in ms since epoch; NaN when it does not say. Of a request whose signature fits. */
export const issuedAt = (signedRequest: string): number =>
  (number(payloadOf(signedRequest.split('.')[1] ?? '')?.issued_at) ?? Number.NaN) * 1000;
