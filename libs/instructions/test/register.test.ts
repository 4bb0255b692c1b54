// The register in force: a recipient gets nothing before its time, after its transfer has expired, or beyond open purposes.
import { personal, reveal } from '#libs/kernel';
import { compile, minimise, type InstructionsDocument } from '../src/index.js';
import type { RecipientClause } from '../src/document.js';
import { document, FACTS } from './document.js';

const META = {
  tenantId: '00000000-0000-4000-8000-000000000001',
  version: 1,
  hash: 'h',
  privacyPage: 'https://p.example',
};

interface Given {
  readonly bot?: Partial<RecipientClause>;
  readonly purposes?: InstructionsDocument['purposes'];
  readonly open?: readonly string[];
  readonly now?: string;
  readonly objected?: readonly string[];
}

function give({ bot = {}, purposes = {}, open = ['support'], now = '2026-11-24T12:00:00Z', objected = [] }: Given) {
  const base = document();
  const changed: InstructionsDocument = {
    ...base,
    purposes: { ...base.purposes, ...purposes },
    channels: { 'whatsapp-cloud': { identifiers: { wa_id: 'keep', profile_name: 'keep' } } },
    recipients: { bot: { ...base.recipients['bot']!, ...bot } },
  };
  const compiled = compile(changed, FACTS, { ...META, objected });
  const turn = minimise({
    compiled,
    state: { restricted: false },
    recipient: compiled.recipients[0]!,
    channel: 'whatsapp-cloud',
    open: new Set(open),
    content: personal({ type: 'text', text: 'hello' }),
    treat: (content) => content,
    contentType: 'text',
    identifiers: { wa_id: '4915550000001', profile_name: 'Ada' },
    now: Date.parse(now),
  });
  return 'refused' in turn ? turn : { content: turn.content && reveal(turn.content), identifiers: turn.identifiers };
} // prettier-ignore

const transfer = { mechanism: 'A46-2-c', validUntil: '2026-12-31' };
const all = { content: { type: 'text', text: 'hello' }, identifiers: {} };

it.each<[string, Given, object]>([
  ['no term', {}, all],
  [
    'before it begins',
    { bot: { from: '2026-12-24' }, now: '2026-12-23T23:59:59.999Z' },
    { refused: 'not-yet', clause: '/recipients/bot/from' },
  ],
  ['from midnight UTC of its day', { bot: { from: '2026-12-24' }, now: '2026-12-24T00:00:00Z' }, all],
  [
    'before an instant with a time zone',
    { bot: { from: '2026-12-24T00:00:00+02:00' }, now: '2026-12-23T21:59:59Z' },
    { refused: 'not-yet', clause: '/recipients/bot/from' },
  ],
  ['until the end of the last day', { bot: { transfer }, now: '2026-12-31T23:59:59Z' }, all],
  [
    'after it, nothing permits the transfer',
    { bot: { transfer }, now: '2027-01-01T00:00:00Z' },
    { refused: 'transfer-expired', clause: '/recipients/bot/transfer/validUntil' },
  ],
  ['somebody else is objected to', { objected: ['crm'] }, all],
  ['the controller objects to it', { objected: ['bot'] }, { refused: 'objected', clause: 'default:objection' }],
])('%s', (_name, given, expected) => expect(give(given)).toEqual(expected));

describe('an identifier that is listed', () => {
  const greet = { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data: ['profile'] } as const;
  const bot = { purposes: ['support', 'greet'], identifiers: ['wa_id', 'profile_name'] };

  it.each([
    [['support', 'greet'], { wa_id: '4915550000001', profile_name: 'Ada' }],
    [['support'], { wa_id: '4915550000001' }],
  ])('goes with %j open only as far as these purposes use it', (open, identifiers) =>
    expect(give({ bot, purposes: { greet }, open })).toMatchObject({ identifiers }),
  );
});
