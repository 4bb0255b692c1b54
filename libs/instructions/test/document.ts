// The short-form document of the reference, and the facts it is read against.
import type { IdentifierKind } from '#libs/kernel';
import type { Facts, InstructionsDocument } from '../src/index.js';

const kind = (key: string, role: IdentifierKind['role'], change: Partial<IdentifierKind> = {}): IdentifierKind => ({
  key,
  role,
  paths: [key],
  dpv: ['UID'],
  phases: ['during'],
  scope: 'account',
  category: role === 'routing' ? 'routing' : 'profile',
  reply: role === 'routing' ? 'one-of' : 'none',
  sensitivity: 'medium',
  of: 'subject',
  suggested: 'drop',
  ...change,
});

export const FACTS: Facts = {
  channels: {
    'whatsapp-cloud': [
      kind('user_id', 'routing'),
      kind('wa_id', 'routing', { dpv: ['TelephoneNumber'], hiddenIn: ['message_id', 'shared_contacts'] }),
      kind('profile_name', 'profile'),
      kind('username', 'profile'),
      kind('locale', 'profile'),
      kind('location', 'content', { dpv: ['GPSCoordinate'] }),
      kind('message_id', 'metadata', { category: 'routing', sensitivity: 'high', suggested: 'pseudonymise' }),
      kind('receipts', 'metadata', { category: 'routing', dpv: ['CommunicationsMetadata'], reading: true }),
      kind('shared_contacts', 'content', { category: 'content', of: 'third-party', dpv: ['TelephoneNumber'] }),
    ],
    messenger: [
      kind('psid', 'routing'),
      kind('first_name', 'profile', { paths: ['profile-api:first_name'], dpv: ['Name'], lookedUp: true }),
      kind('timezone', 'profile', {
        paths: ['optin.timezone', 'profile-api:timezone'],
        dpv: ['Location'],
        lookedUp: true,
      }),
      kind('pseudo_email', 'correlation', { paths: ['conversations-api:email'] }),
    ],
    instagram: [
      kind('igsid', 'routing'),
      kind('first_name', 'profile', { paths: ['profile-api:name'], dpv: ['Name'] }),
    ],
    web: [
      kind('visitor_id', 'routing'),
      kind('ip', 'metadata', { paths: ['transport.ip'], category: 'network', dpv: ['IPAddress'] }),
      kind('file_metadata', 'metadata', { category: 'attachments', dpv: ['GPSCoordinate', 'DeviceBased', 'Name'] }),
      kind('screen', 'metadata', { category: 'device', dpv: ['DeviceBased'] }),
    ],
  },
};

export const document = (): InstructionsDocument => ({
  schema: 'parley-instructions/1',
  parties: {
    controller: {
      name: 'Acme GmbH',
      address: 'Hauptstr. 1, 10115 Berlin',
      country: 'DE',
      contact: 'privacy@acme.example',
    },
    dpo: { name: 'Dr. Ada Example', contact: 'dpo@acme.example' },
  },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep' } } },
  texts: {
    'first-notice': {
      en: 'You are writing to {controller.name}, {controller.contact}; data protection officer: {dpo.contact}. An automated assistant (AI) answers. {privacyPage}',
      de: 'Sie schreiben an {controller.name}, {controller.contact}; Datenschutz: {dpo.contact}. Es antwortet ein automatischer Assistent (KI). {privacyPage}',
    },
  },
  retention: [
    { data: 'content', period: 'P30D' },
    { data: 'routing', period: 'P30D' },
  ],
  recipients: {
    bot: {
      kind: 'webhook',
      url: 'https://bot.acme.example/parley',
      country: 'DE',
      purposes: ['support'],
      data: ['content'],
    },
  },
});
