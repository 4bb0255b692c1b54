// Web chat before the contract: an invented site and visitor. It signs nothing: its sessions are let in by token elsewhere.
import type { ContractSubject } from './subject.js';

export const webSubject: ContractSubject = {
  channel: 'web',
  settings: { origins: ['https://shop.example'] },
  secrets: {},
  sign: null,
  forged: {},
  handshake: null,
  address: { visitor_id: 'dl_7Qm2xA9kLr0sTfVb' },
  target: '01980000-0000-7000-8000-000000000001',
  message: (n) => ({
    conversationId: '3f0d9a52-6c1e-4c55-9f0e-2b7f3d1a4c10',
    visitorId: 'dl_7Qm2xA9kLr0sTfVb',
    activityId: `01980000-0000-7000-8000-00000000010${n}`,
    transport: { ip: '203.0.113.7', userAgent: 'Invented/1.0' },
    activity: { type: 'message', from: { id: 'dl_7Qm2xA9kLr0sTfVb' }, text: 'hello' },
  }),
  errors: [
    {
      name: 'an answer to nothing, because nothing is sent',
      response: { kind: 'answered', status: 200, headers: {} },
      kind: 'refused',
    },
  ],
};
