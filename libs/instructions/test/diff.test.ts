// What a person who approves a version reads about it: sentences, each with its place and its direction.
import { diff, type InstructionsDocument } from '../src/index.js';
import { document, FACTS } from './document.js';

/** A document that may be changed anywhere. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const NAMED = { ...FACTS, names: { 'whatsapp-cloud': 'WhatsApp Cloud' } };

const changes = (change: (d: Loose) => unknown): string[] => {
  const after = structuredClone<Loose>(document()) as InstructionsDocument;
  change(after);
  return diff(document(), after, NAMED).map(({ path, kind, words }) => `${path} ${kind}: ${words}`);
};

const crm = { kind: 'crm', entity: 'CRM Ltd', url: 'https://c.example', purposes: ['support'], data: ['content'], identifiers: ['wa_id'] }; // prettier-ignore

it.each<[string, (d: Loose) => unknown, string[]]>([
  ['nothing', () => undefined, []],
  [
    'an identifier is no longer listed',
    (d) => delete d.channels['whatsapp-cloud'].identifiers.wa_id,
    ['/channels/whatsapp-cloud/identifiers/wa_id stricter: From now on the telephone number (wa_id) is dropped on WhatsApp Cloud.'],
  ],
  [
    'one is kept as a pseudonym, in long form',
    (d) => (d.channels['whatsapp-cloud'].identifiers.profile_name = { do: 'pseudonymise' }),
    ['/channels/whatsapp-cloud/identifiers/profile_name laxer: From now on the UID (profile_name) is kept as a pseudonym on WhatsApp Cloud.'],
  ],
  [
    'the same said in long form is no change, a limit is one',
    (d) => Object.assign(d.channels['whatsapp-cloud'].identifiers, { user_id: { do: 'keep' }, wa_id: { do: 'keep', period: 'P7D' } }),
    ['/channels/whatsapp-cloud/identifiers/wa_id changed: For how long or for which purposes the telephone number (wa_id) is kept on WhatsApp Cloud changes.'],
  ],
  [
    'a channel is added',
    (d) => (d.channels.web = { identifiers: { visitor_id: 'keep' } }),
    [
      '/channels/web laxer: From now on people can write on web.',
      '/channels/web/identifiers/visitor_id laxer: From now on the UID (visitor_id) is kept on web.',
    ],
  ],
  [
    'a channel is switched off',
    (d) => (d.channels['whatsapp-cloud'].enabled = false),
    ['/channels/whatsapp-cloud stricter: From now on nothing is accepted on WhatsApp Cloud.'],
  ],
  [
    'a purpose is added',
    (d) => (d.purposes.orders = { dpv: 'CustomerOrderManagement', basis: 'A6-1-b', data: ['content', 'routing'] }),
    ['/purposes/orders laxer: From now on data is also processed for orders (taking and processing orders): content and routing.'],
  ],
  [
    'a purpose uses other data on another basis',
    (d) => Object.assign(d.purposes.support, { data: ['routing', 'attachments'], basis: 'A6-1-f' }),
    [
      '/purposes/support/data laxer: From now on support also uses attachments.',
      '/purposes/support/data stricter: From now on support no longer uses content.',
      '/purposes/support/basis changed: The legal basis of support is now A6-1-f instead of A6-1-b.',
    ],
  ],
  [
    'a month is thirty days said otherwise, and longer than twenty-nine',
    (d) => (d.retention = [{ data: 'content', period: 'P1M' }, { data: 'routing', period: 'P29D' }]),
    [
      '/retention/0/period changed: From now on content is kept for P1M instead of P30D.',
      '/retention/1/period stricter: From now on routing is kept for P29D instead of P30D.',
    ],
  ],
  [
    'a longer period, and one of its own',
    (d) => (d.retention = [{ data: 'routing', period: 'P30D' }, { data: 'content', period: 'P1Y' }, { data: 'content', purpose: 'support', period: 'P2Y' }]),
    [
      '/retention/1/period laxer: From now on content is kept for P1Y instead of P30D.',
      '/retention/2/period changed: From now on content of support has a period of its own: P2Y.',
    ],
  ],
  [
    'a recipient is added',
    (d) => (d.recipients.crm = crm),
    ['/recipients/crm laxer: From now on crm (CRM Ltd) receives content and wa_id.'],
  ],
  [
    'a recipient goes',
    (d) => delete d.recipients.bot,
    ['/recipients/bot stricter: From now on bot receives nothing any more.'],
  ],
  [
    'a recipient moves, and gets more',
    (d) => Object.assign(d.recipients.bot, { country: 'US', data: ['content', 'routing'], url: 'https://other.example' }),
    [
      '/recipients/bot/data laxer: From now on bot also receives routing.',
      '/recipients/bot/url changed: Of the recipient bot, `url` is another one.',
      '/recipients/bot/country changed: Of the recipient bot, `country` is another one.',
    ],
  ],
  [
    'text goes on as it was written',
    (d) => (d.freeText = { beforeRecipient: { bot: 'as-is' } }),
    ['/freeText/beforeRecipient/bot laxer: From now on bot gets text as it was written.'],
  ],
  [
    'special categories are allowed',
    (d) => (d.specialCategories = { mode: 'allow' }),
    ['/specialCategories/mode laxer: Special categories of data: from now on `allow`.'],
  ],
  [
    'a wording, and a party',
    (d) => {
      d.texts['first-notice'].de = 'Hallo';
      d.parties.dpo.contact = 'new@acme.example';
    },
    [
      '/texts/first-notice/de changed: The text first-notice reads otherwise (de).',
      '/parties changed: The section `parties` differs.',
    ],
  ],
])('%s', (_name, change, expected) => expect(changes(change)).toEqual(expected)); // prettier-ignore

it('what is stricter one way is laxer the other', () => {
  const after = structuredClone<Loose>(document());
  delete after.channels['whatsapp-cloud'].identifiers.wa_id;
  delete after.recipients.bot;
  after.retention[0].period = 'P1D';
  const kinds = (from: InstructionsDocument, to: InstructionsDocument) => new Set(diff(from, to, FACTS).map((c) => c.kind));
  expect(kinds(document(), after)).toEqual(new Set(['stricter']));
  expect(kinds(after, document())).toEqual(new Set(['laxer']));
}); // prettier-ignore
