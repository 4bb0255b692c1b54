// Instagram: what cases cannot show: two hosts, texts counted in bytes, stories that nothing fetches, whose a comment is.
import * as fc from 'fast-check';
import { personal, reveal, type ChannelEvent, type OutboundContent } from '#libs/kernel';
import type { PublicSettings, RenderResult } from '../src/contract.js';
import { instagram } from '../src/instagram/index.js';

const NOW = Date.UTC(2026, 8, 1, 12);
const ACCOUNT = '108000000000001';
const PERSON = '1784000000000001';
const ALONE: PublicSettings = { accountId: ACCOUNT };
const WITH_PAGE: PublicSettings = { accountId: ACCOUNT, pageId: '100000000000001' };

const render = (message: OutboundContent, settings = ALONE): RenderResult =>
  instagram.render(message, {
    address: [{ key: 'igsid', value: personal(PERSON), path: 'sender.id' }],
    settings,
    opaqueId: '0b6f4c1e',
    windowOpen: true,
    target: 'aWdfParley-1',
  });
const bodies = (result: RenderResult): unknown[] =>
  'requests' in result ? result.requests.map(({ json }) => json) : [result];
const textsOf = (result: RenderResult): string[] =>
  bodies(result).map((body) => (body as { message: { text: string } }).message.text);
const events = (payload: unknown): readonly ChannelEvent[] => instagram.parse(payload, NOW).events;
const change = (field: string, value: object) => ({
  object: 'instagram',
  entry: [{ id: ACCOUNT, time: NOW / 1000, changes: [{ field, value }] }],
});

describe('calls of the Send API', () => {
  it('with Instagram Login go to the account on its own host', () =>
    expect(render({ type: 'text', text: 'We open at nine.' })).toMatchObject({
      requests: [
        {
          base: 'instagram-graph',
          url: `/${ACCOUNT}/messages`,
          bearer: { secret: 'accessToken' },
          json: { recipient: { id: PERSON }, messaging_type: 'RESPONSE', message: { text: 'We open at nine.' } },
        },
      ],
    }));

  it('through a Facebook page go to the page', () =>
    expect(render({ type: 'typing' }, WITH_PAGE)).toMatchObject({
      requests: [{ base: 'meta-graph', url: '/100000000000001/messages', json: { sender_action: 'typing_on' } }],
    }));

  it.each(['Привет, как дела? ', '您好，请问什么时候到货？'])(
    'what goes before buttons is counted in bytes, too: %s',
    (piece) => {
      const result = render({ type: 'buttons', text: piece.repeat(120), buttons: [{ id: 'a', title: 'Да' }] });
      const before = textsOf(result).slice(0, -1);
      expect(before.length).toBeGreaterThan(1);
      expect(before.filter((text) => Buffer.byteLength(text) > 1000)).toEqual([]);
    },
  );

  it('carry nothing that echoes of Instagram do not give back', () =>
    expect(JSON.stringify(render({ type: 'text', text: 'hello' }))).not.toContain('0b6f4c1e'));

  it.each([
    ['seen', { type: 'read' }, { sender_action: 'mark_seen' }],
    ['a reaction', { type: 'reaction', emoji: '🎉' }, { sender_action: 'react', payload: { message_id: 'aWdfParley-1', reaction: '🎉' } }],
    ['a reaction taken back', { type: 'reaction', emoji: null }, { sender_action: 'unreact', payload: { message_id: 'aWdfParley-1' } }],
    ['a picture', { type: 'media', media: 'image', url: 'https://shop.example/a' }, { message: { attachment: { type: 'image', payload: { url: 'https://shop.example/a' } } } }],
    ['a PDF', { type: 'media', media: 'document', url: 'https://shop.example/a', fileName: 'Offer.PDF' }, { message: { attachment: { type: 'file', payload: { url: 'https://shop.example/a' } } } }],
  ] as const)('%s', (_name, message, body) => expect(bodies(render(message))).toMatchObject([body])); // prettier-ignore

  it.each([
    ['another file than a PDF', { type: 'media', media: 'document', url: 'https://shop.example/a', fileName: 'offer.docx' }, 'content'],
    ['a sticker', { type: 'media', media: 'sticker', url: 'https://shop.example/a' }, 'unsupported'],
    ['a template', { type: 'template', name: 'order_ready', language: 'en' }, 'unsupported'],
    ['a place', { type: 'location', latitude: 1, longitude: 2 }, 'unsupported'],
  ] as const)('refuse %s', (_name, message, refused) => expect(render(message)).toMatchObject({ refused })); // prettier-ignore

  it('are refused without an account', () =>
    expect(render({ type: 'text', text: 'hello' }, {})).toMatchObject({ refused: 'no-address' }));
});

describe('a text has at most 1000 bytes', () => {
  it('also where its characters have several', () => {
    const parts = textsOf(render({ type: 'text', text: 'Wir öffnen täglich früh, außer sonntags. '.repeat(40) }));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => Buffer.byteLength(part) <= 1000 && part.endsWith('.'))).toBe(true);
  });

  it('whatever is in it, and nothing but white space is lost', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1500 }), (whole) => {
        const result = render({ type: 'text', text: whole });
        if ('refused' in result) return expect(whole.trim()).toBe('');
        const parts = textsOf(result);
        expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(1000);
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(whole.replaceAll(/\s/g, ''));
      }),
      { numRuns: 60 },
    ));
});

describe('what is shown to others', () => {
  it('a story is never a file: nothing fetches it', () => {
    for (const type of ['story_mention', 'ig_story', 'story', 'ig_post', 'ig_reel', 'share', 'media']) {
      const message = { mid: 'aWdf1', attachments: [{ type, payload: { url: 'https://lookaside.fbsbx.com/x' } }] };
      const update = { sender: { id: PERSON }, recipient: { id: ACCOUNT }, timestamp: NOW, message };
      const [event] = events({ object: 'instagram', entry: [{ id: ACCOUNT, time: NOW, messaging: [update] }] });
      expect(event?.body).toMatchObject({ type: 'message', contentType: 'unsupported' });
      expect(event?.identifiers.filter(({ key }) => key === 'attachment_url')).toEqual([]);
    }
  });

  it('a comment names its author, and carries no content', () => {
    const [event] = events(change('comments', { id: '1787', text: 'Nice', from: { id: PERSON, username: 'ada' } }));
    expect(event).toMatchObject({ account: ACCOUNT, messageId: null, body: { type: 'comment' } });
    expect(Object.keys(event!.body)).toEqual(['type']);
    expect(event!.identifiers.map(({ key, value }) => `${key}=${reveal(value)}`)).toEqual([
      `igsid=${PERSON}`,
      'username=ada',
      'comment_id=1787',
      'comment=Nice',
    ]);
  });

  it.each([
    ['by its id', { id: ACCOUNT, username: 'acme' }],
    ['by its own scoped id', { id: '9', username: 'acme', self_ig_scoped_id: '17' }],
  ])("a comment of the business itself, known %s, exposes nobody", (_how, from) =>
    expect(events(change('comments', { id: '1787', text: 'Thanks', from }))).toMatchObject([
      { own: true, via: 'echo', identifiers: [] },
    ]),
  ); // prettier-ignore
});

it.each([
  ['with Instagram Login', ALONE, 'instagram-graph'],
  ['through a page', WITH_PAGE, 'meta-graph'],
] as const)(
  '%s a person is asked about where the account is, by the id of the conversation',
  (_name, settings, base) => {
    const address = [{ key: 'igsid', value: personal(PERSON), path: 'sender.id' }];
    expect(instagram.lookUp?.request(['name', 'username'], { address, settings })).toMatchObject({
      method: 'GET',
      base,
      url: `/${PERSON}`,
      query: { fields: 'name,username' },
      bearer: { secret: 'accessToken' },
    });
  },
);

describe('the check of the credentials', () => {
  it.each([
    ['with Instagram Login', ALONE, 'instagram-graph'],
    ['through a page', WITH_PAGE, 'meta-graph'],
  ] as const)('%s asks for the account itself, never for the page', (_name, settings, base) =>
    expect(instagram.check?.request(settings)).toMatchObject({ base, url: `/${ACCOUNT}`, bearer: { secret: 'accessToken' } }),
  ); // prettier-ignore
});

it.each([
  ['https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1', true],
  ['https://scontent-fra3-1.cdninstagram.com/v/a.jpg', true],
  ['https://cdninstagram.com.evil.example/a.jpg', false],
  ['http://lookaside.fbsbx.com/a', false],
])('%s is fetched: %s', (url, fetched) => expect('request' in instagram.media!({ url }, ALONE)).toBe(fetched));
