// WhatsApp Cloud API for the contract: an invented number, person and conversation; every code of Meta's error page.
import type { SendOutcome } from '#libs/kernel';
import { META_SIGNING } from './meta.js';
import { graphError, type ContractSubject, type DocumentedError } from './subject.js';

/**
 * Written out once more from channels.md section 1.9, so that a slip in the adapter's table is noticed; but 130497, which is about one
 * country, is none of the channel.
 */
const CODES: readonly (readonly [SendOutcome['kind'], readonly number[]])[] = [
  ['retry', [1, 2, 131000, 131016, 131057, 133004, 135000]],
  ['throttled', [4, 80007, 130429, 131048, 131056, 133016]],
  ['refused', [100, 131008, 131009, 131051, 131052, 131053, 132000, 132001, 132005, 132007, 132012, 132015, 132016]],
  ['refused', [132068, 132069, 132018, 134100, 134101, 134102]],
  ['refused', [131021, 131026, 131030, 131047, 131049, 131050, 130472, 131062, 130497]],
  ['stopped', [0, 3, 10, 190, 200, 250, 299, 131005, 131045, 33, 133010, 131037, 131042]],
  ['stopped', [368, 131031]],
  ['refused', [131035, 131036]],
];

const documented: readonly DocumentedError[] = CODES.flatMap(([kind, codes]) =>
  codes.map((code) => ({ name: `${code} is ${kind}`, kind, response: graphError(400, code) })),
);

export const whatsappCloudSubject: ContractSubject = {
  channel: 'whatsapp-cloud',
  ...META_SIGNING,
  settings: { phoneNumberId: '106000000000001', businessAccountId: '102000000000001' },
  address: { wa_id: '4915550000001', user_id: 'DE.1000000000000001' },
  target: 'wamid.HBgNNDkxNTU1MDAwMDAwMRUCABIYFDAwMDAwMDAwMDAwMDAwMDAwMDAwAA==',
  message: (n) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '4930555000000', phone_number_id: '106000000000001' },
              contacts: [{ profile: { name: 'Ada Beispiel' }, wa_id: '4915550000001', user_id: 'DE.1000000000000001' }],
              messages: [
                {
                  from: '4915550000001',
                  from_user_id: 'DE.1000000000000001',
                  id: `wamid.HBgNNDkxNTU1MDAwMDAwMRUCABIYFDAwMDAwMDAwMDAwMDAwMDAwMDA${n}`,
                  timestamp: '1788264000',
                  type: 'text',
                  text: { body: 'Guten Tag' },
                },
              ],
            },
          },
        ],
      },
    ],
  }),
  errors: [
    ...documented,
    { name: 'subcode 33 of 100 is stopped', kind: 'stopped', response: graphError(400, 100, 33) },
  ],
};
