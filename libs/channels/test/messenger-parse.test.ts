// Messenger, incoming: what cases cannot show: totality, redelivery, and that nothing guarded leaks into plain content.
import * as fc from 'fast-check';
import { reveal, type ChannelEvent } from '#libs/kernel';
import { contactReply } from '../src/shared/meta/contact-reply.js';
import { messenger } from '../src/messenger/index.js';

const NOW = Date.UTC(2026, 8, 1, 12);
const PAGE = '100000000000001';
const page = (...updates: unknown[]) => ({ object: 'page', entry: [{ id: PAGE, time: NOW, messaging: updates }] });
const update = (body: object) => ({
  sender: { id: '2460000000000001' },
  recipient: { id: PAGE },
  timestamp: NOW,
  ...body,
});
const events = (payload: unknown): readonly ChannelEvent[] => messenger.parse(payload, NOW).events;

describe('parse is total', () => {
  it('for any JSON', () =>
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(events(value).length).toBeGreaterThan(0))));

  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('image', 'sticker', 'react', true, '', PAGE, NOW));
  const names = fc.constantFrom(
    'mid',
    'text',
    'attachments',
    'type',
    'payload',
    'url',
    'quick_reply',
    'coordinates',
    'watermark',
    'mids',
    'action',
    'emoji',
    'referral',
    'screens',
    'responses',
    'is_echo',
    'is_deleted',
    'metadata',
    'sticker_id',
    '__proto__',
  );
  const object = fc.dictionary(names, fc.oneof(anything, fc.array(fc.dictionary(names, anything), { maxLength: 3 })));
  const kinds = fc.constantFrom(
    'message',
    'message_edit',
    'reaction',
    'read',
    'delivery',
    'postback',
    'referral',
    'optin',
    'account_linking',
    'app_roles',
    'policy_enforcement',
    'messaging_customer_information',
    'label',
    'sender',
    'recipient',
    'constructor',
  );

  it('for updates of any shape, and leaves their neighbours alone', () =>
    fc.assert(
      fc.property(fc.dictionary(kinds, fc.oneof(anything, object)), (strange) => {
        const good = update({ message: { mid: 'm_good', text: 'still here' } });
        const found = events(page(strange, good));
        expect(found.filter((one) => one.messageId && reveal(one.messageId) === 'm_good')).toHaveLength(1);
        expect(
          found.every((one) => Number.isFinite(one.at) && one.identifiers.every((id) => reveal(id.value) !== '')),
        ).toBe(true);
      }),
      { numRuns: 300 },
    ));

  it('for any depth', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(events(page(update({ message: { mid: 'm_1', text: 'x', nlp: deep }, deep })))).toHaveLength(1);
    expect(events(page(deep))).toHaveLength(1);
    expect(events({ object: 'page', entry: deep })).toHaveLength(1);
  });
});

describe('identifiers', () => {
  const paths = new Set(messenger.identifiers.flatMap((kind) => kind.paths.map((path) => `${kind.key} ${path}`)));

  it('are all in the registry, once each', () => {
    expect(new Set(messenger.identifiers.map((kind) => kind.key)).size).toBe(messenger.identifiers.length);
    expect(messenger.identifiers.filter((kind) => kind.role === 'routing').map((kind) => kind.key)).toEqual([
      'psid',
      'user_ref',
    ]);
  });

  it('name registry paths only', () => {
    const [event] = events(
      page(update({ message: { mid: 'm_1', text: 'a@example.org', quick_reply: { payload: 'a@example.org' } } })),
    );
    for (const { key, path } of event?.identifiers ?? []) expect(paths).toContain(`${key} ${path}`);
    expect(event?.identifiers).toHaveLength(4);
  });

  it.each<[string, string, string, string | null]>([
    ['an address', 'ada@example.org', 'ada@example.org', 'quick_reply_email'],
    ['an address in the title only', 'ada@example.org', 'PAYLOAD', 'quick_reply_email'],
    ['an address in the payload only', 'My mail', 'ada@example.org', 'quick_reply_email'],
    ['an international number', 'call me', '+4915550000001', 'quick_reply_phone'],
    ['a national number', '0155 5000 0001', '0155-50000001', 'quick_reply_phone'],
    ['a bot’s own number', 'Order of May', '20260503', null],
    ['a short number', '12', '12', null],
    ['words', 'Opening hours', 'hours', null],
    ['an address within words', 'write to ada@example.org', 'mail', null],
  ])('in a tapped quick reply: %s', (_, text, payload, key) =>
    expect(contactReply({ text, quick_reply: { payload } })?.key ?? null).toBe(key),
  );

  it('an address that was typed without a quick reply is text', () =>
    expect(contactReply({ text: 'a@example.org' })).toBeNull());
});

describe('redelivery', () => {
  const reaction = { reaction: { action: 'react', emoji: '👍', mid: 'm_1' } };
  const key = (payload: unknown) => events(payload).map((one) => reveal(one.dedupe));

  it('has the same key whatever the order of fields or the time of the entry', () => {
    const again = {
      entry: [{ messaging: [update(reaction)].map((one) => ({ ...one })), time: NOW + 9, id: PAGE }],
      object: 'page',
    };
    const turned = Object.fromEntries(Object.entries(update(reaction)).toReversed());
    expect(key(page(turned))).toEqual(key(again));
  });
  it('differs between two reactions, and between a message and its withdrawal', () => {
    expect(key(page(update(reaction)))).not.toEqual(key(page({ ...update(reaction), timestamp: NOW + 1 })));
    expect(key(page(update({ message: { mid: 'm_1', text: 'x' } })))).toEqual(['m:m_1']);
    expect(key(page(update({ message: { mid: 'm_1', is_deleted: true } })))).toEqual(['revoke:m_1']);
  });
});

describe('signature and handshake', () => {
  const secrets = { appSecret: 'app', verifyToken: 'token' };
  it('are bound to this connection’s secrets', () => {
    expect(messenger.verify(Buffer.from('{}'), () => undefined, secrets)).toBe(false);
    expect(
      messenger.handshake({ 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '7' }, secrets),
    ).toBe('7');
    expect(
      messenger.handshake({ 'hub.mode': 'subscribe', 'hub.verify_token': 'app', 'hub.challenge': '7' }, secrets),
    ).toBeNull();
  });
});
