// Instagram before the contract: an invented professional account, how Meta signs for it, and errors as Meta documents them.
import { META_SIGNING, SEND_ERRORS } from './meta.js';
import { graphError, type ContractSubject } from './subject.js';

const ACCOUNT = '108000000000001';
const PERSON = '1784000000000001';

export const instagramSubject: ContractSubject = {
  ...META_SIGNING,
  channel: 'instagram',
  settings: { accountId: ACCOUNT },
  address: { igsid: PERSON },
  target: 'aWdfParley-case-1',
  message: (n) => ({
    object: 'instagram',
    entry: [
      {
        id: ACCOUNT,
        time: 1_788_264_000_523,
        messaging: [
          {
            sender: { id: PERSON },
            recipient: { id: ACCOUNT },
            timestamp: 1_788_264_000_123,
            message: { mid: `aWdfParley-${n}`, text: 'hello' },
          },
        ],
      },
    ],
  }),
  errors: [
    ...SEND_ERRORS,
    { name: '10/2534022 outside the window', response: graphError(403, 10, 2534022), kind: 'refused' },
    { name: '100/2534014 no such person', response: graphError(400, 100, 2534014), kind: 'refused' },
  ],
  lookUp: {
    asks: ({ query }) => (query?.['fields'] ?? '').split(','),
    everything: {
      kind: 'answered',
      status: 200,
      headers: {},
      json: {
        id: PERSON,
        name: 'Ada Example',
        username: 'ada.example',
        profile_pic: 'https://scontent.cdninstagram.com/v/ada.jpg',
        follower_count: 0,
        is_user_follow_business: false,
        is_business_follow_user: true,
        is_verified_user: false,
      },
    },
    refusals: [
      { name: '230 has not written', response: graphError(400, 230), kind: 'nothing' },
      { name: '9010 no such person', response: graphError(401, 9010), kind: 'nothing' },
      { name: '100/33 no such person', response: graphError(400, 100, 33), kind: 'nothing' },
      { name: '10 permission', response: graphError(403, 10), kind: 'not-permitted' },
      { name: '200 permission', response: graphError(403, 200), kind: 'not-permitted' },
      { name: '190 access token', response: graphError(401, 190), kind: 'later' },
      { name: '4 application limit', response: graphError(400, 4), kind: 'later' },
      { name: 'nobody answers', response: { kind: 'failed', reason: 'timeout' }, kind: 'later' },
    ],
  },
};
