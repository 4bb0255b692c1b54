// WhatsApp Cloud API outbound: exact requests, refusals, the meaning of answers, fetching media.
import { personal, reveal, type HttpResponse, type OutboundContent } from '#libs/kernel';
import type { RenderContext } from '../src/contract.js';
import { keysWithPlaces, pathsOf } from '../src/whatsapp-cloud/places.js';
import { whatsappCloud } from '../src/whatsapp-cloud/index.js';

const TARGET = 'wamid.HBgNNDkxNTU1MDAwMDAwMRUCABIYFDAA';
const settings = { phoneNumberId: '106000000000001', businessAccountId: '102000000000001' };
const kept = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => ({ key, value: personal(value), path: 'kept' }));
const context = (change: Partial<RenderContext> = {}): RenderContext => ({
  address: kept({ wa_id: '4915550000001', user_id: 'DE.1000000000000001' }),
  settings,
  opaqueId: 'out-1',
  windowOpen: true,
  ...change,
});
const render = (message: OutboundContent, change?: Partial<RenderContext>) =>
  whatsappCloud.render(message, context(change));
const bodies = (message: OutboundContent, change?: Partial<RenderContext>): unknown[] => {
  const result = render(message, change);
  if ('refused' in result) throw new Error(result.detail);
  return result.requests.map((request) => request.json);
};
const ENVELOPE = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '4915550000001',
  biz_opaque_callback_data: 'out-1',
};
/** One sentence of as many characters as a caption or the text over buttons may have. */
const LONG = `${'Ja und '.repeat(146)}.`.padEnd(1023, '.').concat('.');
const text = (body: string): OutboundContent => ({ type: 'text', text: body });
const choices = (count: number, title = 'Ja') =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, title: `${title}${index}` }));

describe('requests', () => {
  it('go to the number, with the token by name', () => {
    const result = render(text('Guten Tag'));
    expect('requests' in result && result.requests[0]).toMatchObject({
      method: 'POST',
      url: '/106000000000001/messages',
      base: 'meta-graph',
      bearer: { secret: 'accessToken' },
    });
  });

  const photo = 'https://files.example.org/a.jpg';
  it.each<[string, OutboundContent, unknown[], string | undefined]>([
    ['text', text('Guten Tag'), [{ type: 'text', text: { body: 'Guten Tag' } }], undefined],
    ['text that quotes', text('Ja'), [{ context: { message_id: TARGET }, type: 'text', text: { body: 'Ja' } }], TARGET],
    [
      'image',
      { type: 'media', media: 'image', url: photo, caption: 'Hier', fileName: 'a.jpg' },
      [{ context: { message_id: TARGET }, type: 'image', image: { link: photo, caption: 'Hier' } }],
      TARGET,
    ],
    [
      'document',
      { type: 'media', media: 'document', url: photo, caption: 'Hier', fileName: 'a.pdf' },
      [{ type: 'document', document: { link: photo, caption: 'Hier', filename: 'a.pdf' } }],
      undefined,
    ],
    [
      'audio, its caption as a text',
      { type: 'media', media: 'audio', url: photo, caption: 'Hören Sie' },
      [
        { type: 'audio', audio: { link: photo } },
        { type: 'text', text: { body: 'Hören Sie' } },
      ],
      undefined,
    ],
    [
      'location',
      { type: 'location', latitude: 52.52, longitude: 13.405, name: 'Brunnen' },
      [{ type: 'location', location: { latitude: 52.52, longitude: 13.405, name: 'Brunnen' } }],
      undefined,
    ],
    [
      'template',
      { type: 'template', name: 'order_ready', language: 'de', components: [{ type: 'body', parameters: [] }] },
      [
        {
          type: 'template',
          template: {
            name: 'order_ready',
            language: { code: 'de' },
            components: [{ type: 'body', parameters: [] }],
          },
        },
      ],
      undefined,
    ],
    [
      'reaction',
      { type: 'reaction', emoji: '👍' },
      [{ type: 'reaction', reaction: { message_id: TARGET, emoji: '👍' } }],
      TARGET,
    ],
    [
      'reaction taken back',
      { type: 'reaction', emoji: null },
      [{ type: 'reaction', reaction: { message_id: TARGET, emoji: '' } }],
      TARGET,
    ],
    [
      'buttons',
      { type: 'buttons', text: 'Welche?', buttons: choices(2), header: 'Wahl', footer: 'Danke' },
      [
        {
          type: 'interactive',
          interactive: {
            type: 'button',
            header: { type: 'text', text: 'Wahl' },
            body: { text: 'Welche?' },
            footer: { text: 'Danke' },
            action: {
              buttons: [
                { type: 'reply', reply: { id: 'c0', title: 'Ja0' } },
                { type: 'reply', reply: { id: 'c1', title: 'Ja1' } },
              ],
            },
          },
        },
      ],
      undefined,
    ],
    [
      'buttons under a long text: what does not fit goes before it, its header first',
      { type: 'buttons', text: `${LONG} Welche?`, buttons: choices(1), header: 'Wahl', footer: 'Danke' },
      [
        { type: 'text', text: { body: `Wahl\n\n${LONG}` } },
        {
          type: 'interactive',
          interactive: {
            type: 'button',
            body: { text: 'Welche?' },
            footer: { text: 'Danke' },
            action: { buttons: [{ type: 'reply', reply: { id: 'c0', title: 'Ja0' } }] },
          },
        },
      ],
      undefined,
    ],
    [
      'image with a long caption: the rest follows as a text',
      { type: 'media', media: 'image', url: photo, caption: `${LONG} Und mehr.` },
      [
        { type: 'image', image: { link: photo, caption: LONG } },
        { type: 'text', text: { body: 'Und mehr.' } },
      ],
      undefined,
    ],
    [
      'list',
      {
        type: 'list',
        text: 'Welche?',
        button: 'Öffnen',
        sections: [{ title: 'Alle', rows: [{ id: 'r', title: 'Zeile', description: 'mehr' }] }],
      },
      [
        {
          type: 'interactive',
          interactive: {
            type: 'list',
            body: { text: 'Welche?' },
            action: {
              button: 'Öffnen',
              sections: [{ title: 'Alle', rows: [{ id: 'r', title: 'Zeile', description: 'mehr' }] }],
            },
          },
        },
      ],
      undefined,
    ],
  ])('%s', (_, message, expected, target) => {
    expect(bodies(message, { target })).toEqual(
      expected.map((body, n) => ({
        ...ENVELOPE,
        ...(n < expected.length - 1 ? { biz_opaque_callback_data: `out-1:${n + 1}` } : {}),
        ...(body as object),
      })),
    );
  });

  it('read and typing name the message only', () => {
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: TARGET };
    expect(bodies({ type: 'read' }, { target: TARGET, address: [] })).toEqual([read]);
    expect(bodies({ type: 'typing' }, { target: TARGET })).toEqual([{ ...read, typing_indicator: { type: 'text' } }]);
  });
});

describe('address', () => {
  const addressOf = (values: Record<string, string>) => {
    const [body] = bodies(text('Hallo'), { address: kept(values) }) as { to?: string; recipient?: string }[];
    return [body?.to, body?.recipient];
  };
  it.each<[string, Record<string, string>, (string | undefined)[]]>([
    ['number and user id: the number only', { wa_id: '4915550000001', user_id: 'DE.1' }, ['4915550000001', undefined]],
    ['number with plus', { wa_id: '+4915550000001' }, ['4915550000001', undefined]],
    ['user id', { user_id: 'US.13491208655302741918' }, [undefined, 'US.13491208655302741918']],
    ['parent form of a user id', { user_id: 'US.ENT.118157992' }, [undefined, 'US.ENT.118157992']],
    [
      'a user id kept under the wrong key is never put in `to`',
      { wa_id: 'DE.1', user_id: 'DE.2' },
      [undefined, 'DE.2'],
    ],
  ])('%s', (_, values, expected) => expect(addressOf(values)).toEqual(expected));

  it.each<[string, Record<string, string>]>([
    ['nothing kept', {}],
    ['other identifiers', { message_id: TARGET, profile_name: 'Ada Beispiel' }],
    ['a pseudonym of the number', { wa_id: 'p_9f86d081884c7d65' }],
    ['a user id in the place of the number', { wa_id: 'DE.1000000000000001' }],
  ])('refused: %s', (_, values) =>
    expect(render(text('Hallo'), { address: kept(values) })).toMatchObject({ refused: 'no-address' }),
  );
});

describe('choices of a text', () => {
  const kinds = (count: number, title?: string) =>
    (
      bodies({ type: 'text', text: 'Welche?', choices: choices(count, title) }) as { interactive: { type: string } }[]
    ).map((body) => body.interactive.type);
  it('up to three are buttons, up to ten a list', () => {
    expect(kinds(3)).toEqual(['button']);
    expect(kinds(4)).toEqual(['list']);
    expect(kinds(10)).toEqual(['list']);
  });
  it('titles too long for buttons become rows', () => expect(kinds(2, 'Einundzwanzig Zeichen')).toEqual(['list']));

  it('the last of a long text stays with its buttons', () => {
    const sent = bodies({ type: 'text', text: 'Ein Satz steht hier. '.repeat(300), choices: choices(2) }) as Record<
      string,
      unknown
    >[];
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.slice(0, -1).every((body) => body['type'] === 'text')).toBe(true);
    expect(sent.at(-1)).toMatchObject({
      interactive: { body: { text: expect.stringMatching(/^.{1,1024}$/s) as unknown } },
    });
  });
});

describe('refusals', () => {
  const rows = choices(1);
  it.each<[string, OutboundContent, Partial<RenderContext>, string]>([
    ['empty text', text('  '), {}, 'content'],
    ['eleven choices', { type: 'text', text: 'Welche?', choices: choices(11) }, {}, 'content'],
    ['two buttons of one id', { type: 'buttons', text: 'Ja?', buttons: [...rows, ...rows] }, {}, 'content'],
    ['button without a title', { type: 'buttons', text: 'Ja?', buttons: [{ id: 'a', title: '' }] }, {}, 'content'],
    ['no buttons', { type: 'buttons', text: 'Ja?', buttons: [] }, {}, 'content'],
    ['empty section', { type: 'list', text: 'Ja?', button: 'Auf', sections: [{ rows: [] }, { rows }] }, {}, 'content'],
    [
      'two sections without titles',
      { type: 'list', text: 'Ja?', button: 'Auf', sections: [{ rows }, { rows: [{ id: 'x', title: 'X' }] }] },
      {},
      'content',
    ],
    ['link of another kind', { type: 'media', media: 'image', url: 'file:///etc/passwd' }, {}, 'content'],
    ['no link', { type: 'media', media: 'image', url: 'bild.jpg' }, {}, 'content'],
    ['a place beyond the poles', { type: 'location', latitude: 91, longitude: 0 }, {}, 'content'],
    ['no place at all', { type: 'location', latitude: Number.NaN, longitude: 0 }, {}, 'content'],
    ['template without a name', { type: 'template', name: '', language: 'de' }, {}, 'content'],
    ['reaction to nothing', { type: 'reaction', emoji: '👍' }, {}, 'no-address'],
    ['read of nothing', { type: 'read' }, {}, 'no-address'],
    ['typing without a message', { type: 'typing' }, {}, 'no-address'],
    [
      'buttons outside the window',
      { type: 'buttons', text: 'Ja?', buttons: rows },
      { windowOpen: false },
      'window-closed',
    ],
    [
      'reaction outside the window',
      { type: 'reaction', emoji: '👍' },
      { windowOpen: false, target: TARGET },
      'window-closed',
    ],
    ['typing outside the window', { type: 'typing' }, { windowOpen: false, target: TARGET }, 'window-closed'],
  ])('%s', (_, message, change, refused) => expect(render(message, change)).toMatchObject({ refused }));

  it('outside the window templates and read receipts still go', () => {
    expect(bodies({ type: 'template', name: 'order_ready', language: 'de' }, { windowOpen: false })).toHaveLength(1);
    expect(bodies({ type: 'read' }, { windowOpen: false, target: TARGET })).toHaveLength(1);
  });
});

const answered = (status: number, json: unknown): HttpResponse => ({ kind: 'answered', status, headers: {}, json });
const error = (code: number, extra: object = {}) =>
  answered(400, { error: { code, message: 'token EAAG-1', ...extra } });

describe('answers', () => {
  it('accepted with the id of the message', () => {
    const outcome = whatsappCloud.interpret(answered(200, { messages: [{ id: 'wamid.OUT1' }] }), 1);
    expect(outcome.kind === 'accepted' && outcome.messageId && reveal(outcome.messageId)).toBe('wamid.OUT1');
    expect(whatsappCloud.interpret(answered(200, { success: true }), 1)).toEqual({ kind: 'accepted', messageId: null });
  });

  it.each<[number, number, object]>([
    [131056, 1, { kind: 'throttled', scope: 'pair', afterMs: 4000 }],
    [131056, 3, { kind: 'throttled', scope: 'pair', afterMs: 64_000 }],
    [130429, 1, { kind: 'throttled', scope: 'connection', afterMs: 1000 }],
    [131048, 1, { kind: 'throttled', scope: 'connection', afterMs: 3_600_000 }],
    [135000, 1, { kind: 'retry', attempts: 2 }],
    [131057, 1, { kind: 'retry', attempts: 5 }],
    [131047, 1, { kind: 'refused', reason: 'window-closed' }],
    [131050, 1, { kind: 'refused', reason: 'opted-out' }],
    [131026, 1, { kind: 'refused', reason: 'recipient' }],
    [131062, 1, { kind: 'refused', reason: 'recipient' }],
    [132001, 1, { kind: 'refused', reason: 'content' }],
    [131035, 1, { kind: 'refused', reason: 'information-lost' }],
    [190, 1, { kind: 'stopped', reason: 'credentials' }],
    [368, 1, { kind: 'stopped', reason: 'restricted' }],
  ])('%d at attempt %d', (code, attempt, expected) => {
    expect(whatsappCloud.interpret(error(code), attempt)).toEqual({ ...expected, code: String(code) });
  });
});

describe('media', () => {
  const plan = (source: { id: string } | { url: string }) => {
    const made = whatsappCloud.media?.(source, settings);
    if (!made || 'refused' in made) throw new Error('refused');
    return made;
  };
  const located = (url: unknown, status = 200) => plan({ id: '8800' }).next?.(answered(status, { url }));

  it('an id is asked for its URL, then the URL is fetched with the token', () => {
    expect(plan({ id: '88/00' }).request).toMatchObject({
      url: '/88%2F00',
      base: 'meta-graph',
      query: { phone_number_id: '106000000000001' },
      expect: 'json',
    });
    expect(located('https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1')).toMatchObject({
      method: 'GET',
      url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
      bearer: { secret: 'accessToken' },
      expect: 'bytes',
      maxBytes: 100_000_000,
    });
  });
  it('a path stays on the configured Graph API', () =>
    expect(located('/media/1')).toMatchObject({ url: '/media/1', base: 'meta-graph' }));

  it.each<[string, unknown, string]>([
    ['another host', 'https://evil.example/x', 'content'],
    ['a host that only ends alike', 'https://lookaside.fbsbx.com.evil.example/x', 'content'],
    ['a user part', 'https://lookaside.fbsbx.com@evil.example/x', 'content'],
    ['another port', 'https://lookaside.fbsbx.com:8443/x', 'content'],
    ['no encryption', 'http://lookaside.fbsbx.com/x', 'content'],
    ['a host after two slashes', '//evil.example/x', 'content'],
    ['no URL', undefined, 'information-lost'],
  ])('the token does not go along to %s', (_, url, refused) => expect(located(url)).toMatchObject({ refused }));

  it('a file that is gone', () =>
    expect(located('https://lookaside.fbsbx.com/x', 404)).toMatchObject({ refused: 'information-lost' }));
  it('a URL from the webhook is fetched at once, if it is Meta’s', () => {
    expect(plan({ url: 'https://lookaside.fbsbx.com/x' }).next).toBeUndefined();
    expect(whatsappCloud.media?.({ url: 'https://evil.example/x' }, settings)).toMatchObject({ refused: 'content' });
  });
});

describe('registry', () => {
  it('has a row for every place, and no row without one', () => {
    const keys = whatsappCloud.identifiers.map((one) => one.key);
    expect(keys.toSorted()).toEqual([...keysWithPlaces()].toSorted());
    for (const one of whatsappCloud.identifiers) expect(one.paths).toEqual(pathsOf(one.key));
  });
  it('only user id and number are for replying', () =>
    expect(whatsappCloud.identifiers.filter((one) => one.role === 'routing').map((one) => one.key)).toEqual([
      'user_id',
      'wa_id',
    ]));
});
