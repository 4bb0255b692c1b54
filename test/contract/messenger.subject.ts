// Messenger before the contract: an invented page, how Meta signs for it, and errors as Meta documents them.
import { createHmac } from 'node:crypto';
import { graphError, type ContractSubject } from './subject.js';

const PAGE = '100000000000001';
const hmac = (algorithm: string, raw: Buffer, secret: string | undefined) =>
  createHmac(algorithm, secret ?? '')
    .update(raw)
    .digest('hex');

export const messengerSubject: ContractSubject = {
  channel: 'messenger',
  settings: { pageId: PAGE },
  secrets: { accessToken: 'EAAG-page-token', appSecret: 'app-secret-of-acme', verifyToken: 'verify-acme' },
  sign: (raw, { appSecret }) => ({ 'x-hub-signature-256': `sha256=${hmac('sha256', raw, appSecret)}` }),
  forged: {
    'SHA-1 only': (raw, { appSecret }) => ({ 'x-hub-signature': `sha1=${hmac('sha1', raw, appSecret)}` }),
    'SHA-1 under the name of SHA-256': (raw, { appSecret }) => ({
      'x-hub-signature-256': `sha1=${hmac('sha1', raw, appSecret)}`,
    }),
    'no prefix': (raw, { appSecret }) => ({ 'x-hub-signature-256': hmac('sha256', raw, appSecret) }),
    'signed with the verify token': (raw, { verifyToken }) => ({
      'x-hub-signature-256': `sha256=${hmac('sha256', raw, verifyToken)}`,
    }),
  },
  handshake: {
    query: { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-acme', 'hub.challenge': '1158201444' },
    answer: '1158201444',
  },
  address: { psid: '2460000000000001' },
  target: 'm_parley-case-1',
  message: (n) => ({
    object: 'page',
    entry: [
      {
        id: PAGE,
        time: 1_788_264_000_523,
        messaging: [
          {
            sender: { id: '2460000000000001' },
            recipient: { id: PAGE },
            timestamp: 1_788_264_000_123,
            message: { mid: `m_parley-${n}`, text: 'hello' },
          },
        ],
      },
    ],
  }),
  errors: [
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
  ],
};
