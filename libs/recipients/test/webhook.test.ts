// The signed webhook: exact body, signature that the standard's own library accepts, and what answers mean.
import { Webhook } from 'standardwebhooks';
import type { Content, HttpRequest, HttpResponse } from '#libs/kernel';
import { RECIPIENT_KINDS, type RecipientContext } from '../src/index.js';
import { RETRY_MS } from '../src/shared/schedule.js';
import { context, SECRET, turn } from './turns.js';

const found = RECIPIENT_KINDS.find((one) => one.kind === 'webhook');
if (found?.transport !== 'http') throw new Error('the webhook kind is gone');
const webhook = found;

const hello: Content = { type: 'text', text: 'Grüß Gott 👋' };
const render = (content: Content | null, change: Partial<RecipientContext> = {}): HttpRequest =>
  webhook.render(turn(content), context(change));
const bodyOf = (request: HttpRequest): Record<string, unknown> =>
  JSON.parse(request.body?.text ?? '') as Record<string, unknown>;
const messageOf = (content: Content | null, change: Partial<RecipientContext> = {}) =>
  bodyOf(render(content, change))['message'];

describe('the request', () => {
  it('is the body of the contract, exactly', () =>
    expect(bodyOf(render(hello))).toEqual({
      event: 'message',
      conversation: 'c_7f3a',
      subject: 's_91bc',
      channel: 'messenger',
      message: {
        id: '019a8f2e-0000-7000-8000-000000000001',
        type: 'text',
        text: 'Grüß Gott 👋',
        attachments: [
          { id: 'att_1', type: 'image', mime: 'image/jpeg', url: 'https://parley.example/v1/attachments/att_1' },
        ],
        at: '2026-09-01T11:59:58.000Z',
      },
      instructions: { version: 3, clause: '/recipients/bot' },
    }));

  it('goes to the recipient’s own URL as JSON text', () => {
    const request = render(hello);
    expect(request).toMatchObject({ method: 'POST', url: 'https://bot.acme.example/parley', expect: 'json' });
    expect(request.body?.contentType).toBe('application/json');
    expect(request).not.toHaveProperty('json');
    expect(request).not.toHaveProperty('bearer');
  });

  it.each<[string, Content | null, object]>([
    [
      'a caption',
      { type: 'media', media: 'image', source: { url: 'https://scontent.xx.fbcdn.net/x' }, caption: 'This one' },
      { type: 'image', text: 'This one' },
    ],
    ['media without a caption', { type: 'media', media: 'audio', source: { id: '77' } }, { type: 'audio', text: null }],
    [
      'a choice',
      { type: 'choice', id: 'hours', title: 'Opening hours' },
      { type: 'choice', text: 'Opening hours', choice: 'hours' },
    ],
    ['a choice without a title', { type: 'choice', id: 'hours' }, { type: 'choice', text: 'hours', choice: 'hours' }],
    [
      'a location',
      { type: 'location', latitude: 48.2, longitude: 16.37 },
      { type: 'location', text: null, content: { latitude: 48.2, longitude: 16.37 } },
    ],
    [
      'a form',
      { type: 'form', name: 'quick_reply_email', answers: 'ada@example.org' },
      { type: 'form', text: null, content: { name: 'quick_reply_email', answers: 'ada@example.org' } },
    ],
    [
      'an order',
      { type: 'order', order: { items: 1 } },
      { type: 'order', text: null, content: { order: { items: 1 } } },
    ],
    ['contacts', { type: 'contacts', contacts: [{}] }, { type: 'contacts', text: null, content: { contacts: [{}] } }],
    [
      'what the channel cannot show',
      { type: 'unsupported', what: 'poll' },
      { type: 'unsupported', text: null, content: { what: 'poll' } },
    ],
    [
      'several parts',
      {
        type: 'group',
        items: [
          hello,
          { type: 'media', media: 'image', source: { url: 'https://scontent.xx.fbcdn.net/x' }, caption: 'and this' },
        ],
      },
      {
        type: 'group',
        text: 'Grüß Gott 👋\nand this',
        content: {
          parts: [
            { type: 'text', text: 'Grüß Gott 👋' },
            { type: 'image', text: 'and this' },
          ],
        },
      },
    ],
    ['content that was not instructed', null, { type: 'message', text: null }],
  ])('%s', (_, content, expected) => {
    expect(messageOf(content)).toMatchObject(expected);
    expect(render(content).body?.text).not.toContain('fbcdn');
  });

  it('attachments only with the category for them', () => {
    const request = webhook.render(turn(hello, { categories: ['content'] }), context());
    expect(bodyOf(request)['message']).toMatchObject({ attachments: [] });
  });

  it('identifiers only where the instructions send some', () => {
    expect(bodyOf(render(hello))).not.toHaveProperty('identifiers');
    const request = webhook.render(turn(hello, { identifiers: { wa_id: '4915550000001' } }), context());
    expect(bodyOf(request)['identifiers']).toEqual({ wa_id: '4915550000001' });
  });

  it.each(['edit', 'revoke', 'reaction'] as const)('%s names the earlier message', (event) => {
    const request = render(event === 'edit' ? hello : null, { event, target: 'msg-0', locale: 'de' });
    expect(bodyOf(request)).toMatchObject({ event, locale: 'de', message: { target: 'msg-0' } });
  });
});

describe('the signature', () => {
  const now = new Date();
  const headersOf = (request: HttpRequest): Record<string, string> => ({ ...request.headers });
  const verify = (text: string, request: HttpRequest, secret = SECRET) =>
    new Webhook(secret).verify(text, headersOf(request));

  it('is accepted by the library of the standard', () => {
    const request = render(hello, { now });
    expect(verify(request.body?.text ?? '', request)).toMatchObject({ event: 'message' });
  });
  it('covers body, id and time', () => {
    const request = render(hello, { now });
    const text = request.body?.text ?? '';
    expect(() => verify(`${text} `, request)).toThrow();
    expect(() => verify(text, { ...request, headers: { ...request.headers, 'webhook-id': 'other' } })).toThrow();
    expect(() => verify(text, request, `whsec_${Buffer.from('another').toString('base64')}`)).toThrow();
    expect(() => verify(text, render(hello, { now: new Date(now.getTime() - 600_000) }))).toThrow();
  });
  it('keeps the id over attempts and tells the time of the attempt', () => {
    const [first, second] = [render(hello), render(hello, { now: new Date('2026-09-01T12:05:00Z') })];
    expect(second.headers?.['webhook-id']).toBe(first.headers?.['webhook-id']);
    expect(first.headers?.['webhook-timestamp']).toBe('1788264000');
    expect(second.headers?.['webhook-timestamp']).toBe('1788264300');
    expect(second.body).toEqual(first.body);
  });
  it('the secret itself is nowhere in the request', () =>
    expect(JSON.stringify(render(hello))).not.toContain(SECRET.slice(6)));
});

describe('the answer', () => {
  const answered = (status: number, json?: unknown, headers: Record<string, string> = {}): HttpResponse => ({
    kind: 'answered',
    status,
    headers,
    json,
  });
  const failed = (reason: 'timeout' | 'network' | 'too-large' | 'forbidden-host'): HttpResponse => ({
    kind: 'failed',
    reason,
  });
  const read = (response: HttpResponse, attempt = 1, random = 0.5) => webhook.interpret(response, attempt, random);

  it.each<[string, HttpResponse, object]>([
    [
      'messages',
      answered(200, { messages: [{ type: 'text', text: 'hi' }] }),
      { kind: 'answered', messages: [{ type: 'text', text: 'hi' }] },
    ],
    ['nothing to say', answered(204), { kind: 'answered', messages: [] }],
    ['a body that is no JSON', answered(200), { kind: 'answered', messages: [] }],
    ['an empty object', answered(202, {}), { kind: 'answered', messages: [] }],
    ['a bad message', answered(200, { messages: [{ type: 'text' }] }), { kind: 'refused', code: 'reply-malformed' }],
    ['gone', answered(410), { kind: 'gone' }],
    ['bad request', answered(400), { kind: 'refused', code: 'http-400' }],
    ['not signed in', answered(401), { kind: 'refused', code: 'http-401' }],
    ['a redirect', answered(302), { kind: 'refused', code: 'http-302' }],
    ['slow down', answered(429), { kind: 'retry', code: 'http-429', afterMs: 5000 }],
    [
      'slow down for two minutes',
      answered(429, undefined, { 'retry-after': '120' }),
      { kind: 'retry', code: 'http-429', afterMs: 120_000 },
    ],
    [
      'unavailable, for less than our wait',
      answered(503, undefined, { 'retry-after': '1' }),
      { kind: 'retry', code: 'http-503', afterMs: 5000 },
    ],
    [
      'unavailable for a year',
      answered(503, undefined, { 'retry-after': '31536000' }),
      { kind: 'retry', code: 'http-503', afterMs: 86_400_000 },
    ],
    [
      'unavailable until a date',
      answered(503, undefined, { 'retry-after': 'Wed, 02 Sep 2026 12:00:00 GMT' }),
      { kind: 'retry', code: 'http-503', afterMs: 5000 },
    ],
    ['bad gateway', answered(502), { kind: 'retry', code: 'http-502', afterMs: 5000 }],
    ['gateway time-out', answered(504), { kind: 'retry', code: 'http-504', afterMs: 5000 }],
    ['server error', answered(500), { kind: 'retry', code: 'http-500', afterMs: 5000 }],
    ['request time-out', answered(408), { kind: 'retry', code: 'http-408', afterMs: 5000 }],
    ['no answer', failed('timeout'), { kind: 'retry', code: 'timeout', afterMs: 5000 }],
    ['no connection', failed('network'), { kind: 'retry', code: 'network', afterMs: 5000 }],
    ['a host that may not be called', failed('forbidden-host'), { kind: 'refused', code: 'forbidden-host' }],
    ['an endless answer', failed('too-large'), { kind: 'refused', code: 'reply-too-large' }],
  ])('%s', (_, response, expected) => expect(read(response)).toEqual(expected));

  it('waits grow, and end', () => {
    const waits = RETRY_MS.map((_, index) => read(answered(500), index + 1));
    expect(waits.map((one) => one.kind === 'retry' && one.afterMs)).toEqual([...RETRY_MS]);
    expect([...RETRY_MS]).toEqual(RETRY_MS.toSorted((a, b) => a - b));
    expect(read(answered(500), RETRY_MS.length + 1)).toEqual({ kind: 'refused', code: 'http-500' });
  });
  it('are spread by a fifth to either side', () =>
    expect([0, 0.999_999].map((random) => read(answered(500), 1, random))).toEqual([
      { kind: 'retry', code: 'http-500', afterMs: 4000 },
      { kind: 'retry', code: 'http-500', afterMs: 6000 },
    ]));
});
