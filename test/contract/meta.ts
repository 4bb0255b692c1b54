// What Meta's channels have in common for the contract: signing, forging, subscribing.
import { createHmac } from 'node:crypto';
import type { Secrets } from '#libs/channels';
import type { ContractSubject } from './subject.js';

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
