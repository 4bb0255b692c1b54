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
};
