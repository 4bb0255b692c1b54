// Messenger, outgoing: every content at its limits, the calls that Meta gets, and what its answers mean.
import { personal, type HttpResponse, type OutboundContent } from '#libs/kernel';
import type { RenderContext, RenderResult } from '../src/contract.js';
import { errorRows } from '../src/shared/meta/errors.js';
import { messenger } from '../src/messenger/index.js';

const context: RenderContext = {
  address: [{ key: 'psid', value: personal('2460000000000001'), path: 'sender.id' }],
  settings: { pageId: '100000000000001' },
  opaqueId: '0b6f4c1e',
  windowOpen: true,
};

const render = (message: OutboundContent, change: Partial<RenderContext> = {}): RenderResult =>
  messenger.render(message, { ...context, ...change });
const bodies = (result: RenderResult): unknown[] =>
  'requests' in result ? result.requests.map((one) => one.json) : [result];
const messages = (result: RenderResult): unknown[] =>
  bodies(result).map((body) => (body as { readonly message?: unknown }).message);
const choices = (count: number, title = 'Choice') => Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title }));
const metadata = 'parley:0b6f4c1e';
/** Of the first of two requests. */
const first = { metadata: `${metadata}:1` };

describe('calls of the Send API', () => {
  it('a text', () =>
    expect(render({ type: 'text', text: 'We open at nine.' })).toEqual({
      requests: [
        {
          method: 'POST',
          base: 'meta-graph',
          url: '/100000000000001/messages',
          bearer: { secret: 'accessToken' },
          json: {
            recipient: { id: '2460000000000001' },
            messaging_type: 'RESPONSE',
            message: { text: 'We open at nine.', metadata },
          },
          expect: 'json',
          timeoutMs: 15_000,
          maxBytes: 65_536,
        },
      ],
    }));

  it('is addressed by user_ref where no psid was kept', () => {
    const address = [{ key: 'user_ref', value: personal('ref-1'), path: 'sender.user_ref' }];
    expect(bodies(render({ type: 'typing' }, { address }))).toEqual([
      { recipient: { user_ref: 'ref-1' }, sender_action: 'typing_on' },
    ]);
  });

  it('long text in parts of at most 2000, choices under the last', () => {
    const text = 'This is one sentence of forty characters. '.repeat(60).trim();
    const parts = messages(render({ type: 'text', text, choices: choices(2) })) as {
      text: string;
      quick_replies?: unknown[];
    }[];
    expect(parts).toHaveLength(2);
    expect(parts.every((part) => part.text.length <= 2000 && part.text.endsWith('.'))).toBe(true);
    expect(parts.map((part) => part.quick_replies?.length)).toEqual([undefined, 2]);
    expect(parts[1]?.quick_replies?.[0]).toEqual({ content_type: 'text', title: 'Choice', payload: 'c0' });
  });

  it.each([
    ['image', 'image'],
    ['video', 'video'],
    ['audio', 'audio'],
    ['document', 'file'],
  ] as const)('%s as attachment %s, its caption after it', (media, type) =>
    expect(messages(render({ type: 'media', media, url: 'https://shop.example/a', caption: 'Here' }))).toEqual([
      { attachment: { type, payload: { url: 'https://shop.example/a' } }, ...first },
      { text: 'Here', metadata },
    ]),
  );

  it('buttons as a template, with header and footer as paragraphs', () =>
    expect(
      messages(render({ type: 'buttons', text: 'When?', header: 'Visit', footer: 'Free', buttons: choices(3) })),
    ).toEqual([
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'Visit\n\nWhen?\n\nFree',
            buttons: choices(3).map(({ id, title }) => ({ type: 'postback', title, payload: id })),
          },
        },
        metadata,
      },
    ]));

  it('what does not fit over the buttons goes before them', () => {
    const text = `${'This is one sentence of forty characters. '.repeat(20)}When?`;
    const [before, template] = messages(render({ type: 'buttons', text, buttons: choices(1) })) as {
      text?: string;
      attachment?: { payload: { text: string } };
    }[];
    expect(before?.text?.length).toBeLessThanOrEqual(640);
    expect(template?.attachment?.payload.text).toMatch(/When\?$/);
  });

  it('a list as text and carousel', () => {
    const rows = [
      { id: 'graz', title: 'Graz', description: 'Main square' },
      { id: 'linz', title: 'Linz' },
    ];
    expect(
      messages(render({ type: 'list', text: 'Which shop?', button: 'Choose', sections: [{ title: 'AT', rows }] })),
    ).toEqual([
      { text: 'Which shop?', ...first },
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'generic',
            elements: [
              {
                title: 'Graz',
                subtitle: 'Main square',
                buttons: [{ type: 'postback', title: 'Choose', payload: 'graz' }],
              },
              { title: 'Linz', buttons: [{ type: 'postback', title: 'Choose', payload: 'linz' }] },
            ],
          },
        },
        metadata,
      },
    ]);
  });

  it.each<[string, OutboundContent, object]>([
    ['react', { type: 'reaction', emoji: '👍' }, { message_id: 'm_1', reaction: '👍' }],
    ['unreact', { type: 'reaction', emoji: null }, { message_id: 'm_1' }],
  ])('%s', (sender_action, message, payload) =>
    expect(bodies(render(message, { target: 'm_1' }))).toEqual([
      { recipient: { id: '2460000000000001' }, sender_action, payload },
    ]),
  );

  it('mark as read', () =>
    expect(bodies(render({ type: 'read' }))).toEqual([
      { recipient: { id: '2460000000000001' }, sender_action: 'mark_seen' },
    ]));

  it('no secret is in a call', () =>
    expect(JSON.stringify(render({ type: 'text', text: 'x' }, { settings: { ...context.settings } }))).not.toMatch(
      /EAAG|appSecret|verifyToken/,
    ));
});

const list = (count: number, row: { title?: string; description?: string; id?: string } = {}): OutboundContent => ({
  type: 'list',
  text: 'x',
  button: 'b',
  sections: [{ rows: Array.from({ length: count }, (_, i) => ({ id: `r${i}`, title: 'Row', ...row })) }],
});

describe('limits hold at the boundary', () => {
  it.each<[string, OutboundContent, OutboundContent, string]>([
    [
      'choices',
      { type: 'text', text: 'x', choices: choices(13) },
      { type: 'text', text: 'x', choices: choices(14) },
      'too-long',
    ],
    [
      'title of a choice',
      { type: 'text', text: 'x', choices: choices(1, 'a'.repeat(20)) },
      { type: 'text', text: 'x', choices: choices(1, 'a'.repeat(21)) },
      'too-long',
    ],
    [
      'id of a choice',
      { type: 'text', text: 'x', choices: [{ id: 'a'.repeat(1000), title: 'x' }] },
      { type: 'text', text: 'x', choices: [{ id: 'a'.repeat(1001), title: 'x' }] },
      'too-long',
    ],
    [
      'choice without an id',
      { type: 'text', text: 'x', choices: [{ id: 'a', title: 'x' }] },
      { type: 'text', text: 'x', choices: [{ id: '', title: 'x' }] },
      'content',
    ],
    ['text', { type: 'text', text: 'x' }, { type: 'text', text: ' \n' }, 'content'],
    [
      'buttons',
      { type: 'buttons', text: 'x', buttons: choices(3) },
      { type: 'buttons', text: 'x', buttons: choices(4) },
      'too-long',
    ],
    [
      'no buttons',
      { type: 'buttons', text: 'x', buttons: choices(1) },
      { type: 'buttons', text: 'x', buttons: [] },
      'content',
    ],
    [
      'title of a button',
      { type: 'buttons', text: 'x', buttons: choices(1, 'a'.repeat(20)) },
      { type: 'buttons', text: 'x', buttons: choices(1, 'a'.repeat(21)) },
      'too-long',
    ],
    ['rows', list(10), list(11), 'too-long'],
    ['no rows', list(1), list(0), 'content'],
    ['title of a row', list(1, { title: 'a'.repeat(80) }), list(1, { title: 'a'.repeat(81) }), 'too-long'],
    [
      'description of a row',
      list(1, { description: 'a'.repeat(80) }),
      list(1, { description: 'a'.repeat(81) }),
      'too-long',
    ],
    [
      'URL of media',
      { type: 'media', media: 'image', url: 'https://shop.example/a' },
      { type: 'media', media: 'image', url: 'http://shop.example/a' },
      'content',
    ],
    [
      'nonsense for a URL',
      { type: 'media', media: 'image', url: 'https://shop.example/a' },
      { type: 'media', media: 'image', url: 'a picture' },
      'content',
    ],
  ])('%s', (_, fits, exceeds, refused) => {
    expect(render(fits)).toHaveProperty('requests');
    expect(render(exceeds)).toMatchObject({ refused });
  });

  it.each<[string, OutboundContent, Partial<RenderContext>, string]>([
    ['the window is closed', { type: 'text', text: 'x' }, { windowOpen: false }, 'window-closed'],
    ['the window is closed for typing too', { type: 'typing' }, { windowOpen: false }, 'window-closed'],
    ['no address', { type: 'text', text: 'x' }, { address: [] }, 'no-address'],
    ['no page', { type: 'text', text: 'x' }, { settings: {} }, 'no-address'],
    ['a sticker', { type: 'media', media: 'sticker', url: 'https://shop.example/a' }, {}, 'unsupported'],
    ['a template', { type: 'template', name: 't', language: 'de' }, {}, 'unsupported'],
    ['a location', { type: 'location', latitude: 1, longitude: 2 }, {}, 'unsupported'],
    ['a reaction to nothing', { type: 'reaction', emoji: '👍' }, {}, 'content'],
  ])('refused: %s', (_, message, change, refused) => expect(render(message, change)).toMatchObject({ refused }));
});

describe('answers', () => {
  const answered = (status: number, json?: unknown): HttpResponse => ({ kind: 'answered', status, headers: {}, json });
  const failing = (code: number, error_subcode?: number) => answered(400, { error: { code, error_subcode } });

  it('a message id, or none for sender actions', () => {
    const accepted = messenger.interpret(answered(200, { recipient_id: '1', message_id: 'm_out' }), 1);
    expect(accepted.kind === 'accepted' && accepted.messageId).not.toBeNull();
    expect(messenger.interpret(answered(200, { recipient_id: '1' }), 1)).toEqual({ kind: 'accepted', messageId: null });
  });

  it.each(
    errorRows.flatMap(({ codes, subcode, means, range }) =>
      [...codes, ...(range ? [range[0], range[1]] : [])].map((code) => [code, subcode, means.kind, means] as const),
    ),
  )('%s/%s is %s', (code, subcode, _, means) => {
    const wanted =
      means.kind === 'throttled' ? { kind: means.kind, scope: means.scope, afterMs: means.afterMs } : means;
    expect(messenger.interpret(failing(code, subcode), 1)).toMatchObject(wanted);
  });

  it.each<[string, HttpResponse, object]>([
    ['outside the window', failing(10, 2018278), { kind: 'refused', reason: 'window-closed' }],
    ['no permission', failing(10), { kind: 'stopped', reason: 'credentials' }],
    ['page restricted', failing(10, 1893063), { kind: 'stopped', reason: 'restricted' }],
    ['token expired', failing(190, 463), { kind: 'stopped', reason: 'credentials' }],
    ['another app has the thread', failing(10, 2018300), { kind: 'refused', reason: 'recipient' }],
    ['nobody but testers while the app is not live', failing(10, 2018028), { kind: 'refused', reason: 'recipient' }],
    ['person gone', failing(551), { kind: 'refused', reason: 'recipient' }],
    ['no such person', failing(100, 2018001), { kind: 'refused', reason: 'recipient' }],
    ['too fast', failing(613), { kind: 'throttled', scope: 'connection' }],
    ['sent although it says error', failing(1, 1357046), { kind: 'refused', reason: 'information-lost' }],
    ['outage', answered(503), { kind: 'retry' }],
    ['network', { kind: 'failed', reason: 'network' }, { kind: 'retry' }],
  ])('%s', (_, response, expected) => expect(messenger.interpret(response, 1)).toMatchObject(expected));

  it.each<[string, HttpResponse, object]>([
    ['healthy', answered(200, { id: '100000000000001', name: 'Acme' }), { health: 'healthy' }],
    ['the token of another page', answered(200, { id: '100000000000002', name: 'Other' }), { health: 'unhealthy', reason: expect.stringMatching(/token is of another/) }],
    ['a stand-in that does not say whose token it is', answered(200, { id: 'me', name: 'Acme' }), { health: 'healthy' }],
    ['bad token', answered(401, { error: { code: 190, message: 'EAAG-token expired' } }), { health: 'unhealthy' }],
    ['no page', answered(200, {}), { health: 'unhealthy' }],
    ['no JSON', answered(502), { health: 'unhealthy' }],
    ['unreachable', { kind: 'failed', reason: 'timeout' }, { health: 'unhealthy' }],
  ])('check of the credentials: %s', (_, response, expected) => {
    const read = messenger.check?.read(response, context.settings);
    expect(read).toMatchObject(expected);
    expect(JSON.stringify(read)).not.toContain('EAAG');
  }); // prettier-ignore

  it('asks whose the token is: a page of somebody else can be read with other tokens, too', () =>
    expect(messenger.check?.request({ pageId: '1' })).toMatchObject({ url: '/me', query: { fields: 'id,name' } }));
});

describe('fetching attachments', () => {
  it.each<[string, boolean]>([
    ['https://scontent.xx.fbcdn.net/v/t1.jpg?oh=1&oe=2', true],
    ['https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1', true],
    ['http://scontent.xx.fbcdn.net/v/t1.jpg', false],
    ['https://fbcdn.net.evil.example/v', false],
    ['https://evilfbcdn.net/v', false],
    ['https://scontent.xx.fbcdn.net:8443/v', false],
    ['https://user@scontent.xx.fbcdn.net/v', false],
    ['https://evil.example/?x=.fbcdn.net', false],
    ['file:///etc/passwd', false],
    ['not a url', false],
  ])('%s: %s', (url, fetched) => {
    const plan = messenger.media?.({ url }, context.settings);
    expect(plan !== undefined && 'request' in plan).toBe(fetched);
    if (plan && 'request' in plan) expect(plan.request).not.toHaveProperty('bearer');
  });
  it('not by id', () => expect(messenger.media?.({ id: '1' }, {})).toMatchObject({ refused: 'unsupported' }));
});
