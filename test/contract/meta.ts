// What Meta's channels have in common for the contract: signing, forging, subscribing, errors.
import { createHmac } from 'node:crypto';
import type { Secrets } from '#libs/channels';
import { graphError, type ContractSubject, type DocumentedError } from './subject.js';

const hmac = (algorithm: 'sha256' | 'sha1', raw: Buffer, secret: string): string =>
  createHmac(algorithm, secret).update(raw).digest('hex');

const signed = (raw: Buffer, secrets: Secrets) => `sha256=${hmac('sha256', raw, secrets['appSecret'] ?? '')}`;

export const META_SIGNING: Pick<ContractSubject, 'sign' | 'forged' | 'secrets' | 'handshake'> = {
  secrets: { accessToken: 'EAAG-invented', appSecret: 'invented-app-secret', verifyToken: 'invented-verify-token' },
  sign: (raw, secrets) => ({ 'x-hub-signature-256': signed(raw, secrets) }),
  forged: {
    'SHA-1 only': (raw, secrets) => ({ 'x-hub-signature': `sha1=${hmac('sha1', raw, secrets['appSecret'] ?? '')}` }),
    'SHA-1 in the header of SHA-256': (raw, secrets) => ({
      'x-hub-signature-256': `sha1=${hmac('sha1', raw, secrets['appSecret'] ?? '')}`,
    }),
    'SHA-256 in the header of SHA-1': (raw, secrets) => ({ 'x-hub-signature': signed(raw, secrets) }),
    'a truncated signature': (raw, secrets) => ({ 'x-hub-signature-256': signed(raw, secrets).slice(0, -2) }),
    'no algorithm': (raw, secrets) => ({ 'x-hub-signature-256': signed(raw, secrets).slice('sha256='.length) }),
    'not hexadecimal': () => ({ 'x-hub-signature-256': `sha256=${'ü'.repeat(64)}` }),
  },
  handshake: {
    query: { 'hub.mode': 'subscribe', 'hub.verify_token': 'invented-verify-token', 'hub.challenge': '1158201444' },
    answer: '1158201444',
  },
};

/** Of the Send API, as Meta documents them for Messenger and Instagram. */
export const SEND_ERRORS: readonly DocumentedError[] = [
  { name: '10/2018278 outside the window', response: graphError(400, 10, 2018278), kind: 'refused' },
  { name: '10/1893063 page restricted', response: graphError(400, 10, 1893063), kind: 'stopped' },
  { name: '10 permission', response: graphError(403, 10), kind: 'stopped' },
  { name: '100/2018001 no such person', response: graphError(400, 100, 2018001), kind: 'refused' },
  { name: '100 invalid parameter', response: graphError(400, 100), kind: 'refused' },
  { name: '190 access token', response: graphError(401, 190), kind: 'stopped' },
  { name: '200/1545041 person cannot be reached', response: graphError(400, 200, 1545041), kind: 'refused' },
  { name: '230 permission missing', response: graphError(403, 230), kind: 'stopped' },
  { name: '368 blocked for policy', response: graphError(400, 368), kind: 'stopped' },
  { name: '551 person not available', response: graphError(400, 551), kind: 'refused' },
  { name: '4 application limit', response: graphError(400, 4), kind: 'throttled' },
  { name: '613 rate limit', response: graphError(400, 613), kind: 'throttled' },
  { name: '80006 page limit', response: graphError(400, 80006), kind: 'throttled' },
  { name: '2 passing fault', response: graphError(500, 2), kind: 'retry' },
  { name: '1200 passing fault', response: graphError(400, 1200), kind: 'retry' },
];
