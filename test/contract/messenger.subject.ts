// Messenger before the contract: an invented page, how Meta signs for it, and errors as Meta documents them.
import { createHmac } from 'node:crypto';
import { SEND_ERRORS } from './meta.js';
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
  errors: SEND_ERRORS,
  lookUp: {
    asks: ({ query }) => (query?.['fields'] ?? '').split(','),
    everything: {
      kind: 'answered',
      status: 200,
      headers: {},
      json: {
        id: '2460000000000001',
        name: 'Ada Example',
        first_name: 'Ada',
        last_name: 'Example',
        profile_pic: 'https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=2460000000000001',
        locale: 'de_DE',
        timezone: 2,
        gender: 'female',
        is_payment_enabled: true,
      },
    },
    refusals: [
      { name: '100/2018218 no profile', response: graphError(400, 100, 2018218), kind: 'nothing' },
      { name: '100/33 no such person', response: graphError(400, 100, 33), kind: 'nothing' },
      {
        name: '100/2018247 a field that was not approved',
        response: graphError(400, 100, 2018247),
        kind: 'not-permitted',
      },
      { name: '10 permission', response: graphError(403, 10), kind: 'not-permitted' },
      { name: '190 access token', response: graphError(401, 190), kind: 'later' },
      { name: '4 application limit', response: graphError(400, 4), kind: 'later' },
      { name: '2 passing fault', response: graphError(500, 2), kind: 'later' },
      { name: 'nobody answers', response: { kind: 'failed', reason: 'timeout' }, kind: 'later' },
    ],
  },
};
