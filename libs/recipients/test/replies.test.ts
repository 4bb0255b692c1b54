// A bot's answer is untrusted: what is taken, what is refused and why, and that nothing makes the reading fail.
import * as fc from 'fast-check';
import { oddly, ODD_MAPS, withOddKeys } from '../../../test/contract/payloads.js';
import { readReplies, RECIPIENT_KINDS } from '../src/index.js';
import { MAX_BYTES, MAX_MESSAGES } from '../src/shared/replies.js';

const one = (message: unknown) => readReplies({ messages: [message] });
const choices = [
  { id: 'a', title: 'A' },
  { id: 'b', title: 'B', description: 'second' },
];
const https = 'https://files.acme.example/a.png';

describe('taken as they are', () => {
  it.each([
    { type: 'text', text: 'hi' },
    { type: 'text', text: 'Which?', choices },
    { type: 'text', text: 'consent: what is it?', choices: [{ id: 'ages:yes', title: 'consent:ask:yes' }] },
    { type: 'buttons', text: 'Which?', buttons: choices, header: 'H', footer: 'F' },
    { type: 'list', text: 'Which?', button: 'Open', sections: [{ title: 'All', rows: choices }, { rows: choices }] },
    {
      type: 'template',
      name: 'order_ready',
      language: 'de',
      components: [{ type: 'body', parameters: [{ type: 'text', text: '7' }] }],
    },
    { type: 'location', latitude: 48.2, longitude: 16.37, name: 'Shop' },
    { type: 'reaction', emoji: '👍' },
    { type: 'reaction', emoji: null },
    { type: 'read' },
    { type: 'typing' },
  ])('%j', (message) => expect(one(message)).toEqual({ messages: [message] }));

  it.each(['image', 'video', 'audio', 'document', 'sticker'])('%s becomes media', (type) =>
    expect(one({ type, url: https, caption: 'c' })).toEqual({
      messages: [{ type: 'media', media: type, url: https, caption: 'c' }],
    }),
  );

  it('without fields that nobody knows', () => {
    const given = { type: 'text', text: 'Which?', html: '<b>', choices: [{ id: 'a', title: 'A', color: 'red' }] };
    const before = structuredClone(given);
    expect(one(given)).toEqual({ messages: [{ type: 'text', text: 'Which?', choices: [{ id: 'a', title: 'A' }] }] });
    expect(given).toEqual(before);
  });

  it.each([[undefined], [null], [{}], [{ messages: [] }], [{ other: 1 }]])('nothing to say: %j', (answer) =>
    expect(readReplies(answer)).toEqual({ messages: [] }),
  );
});

describe('refused whole, by name', () => {
  const texts = (count: number, length = 1) => ({
    messages: Array.from({ length: count }, () => ({ type: 'text', text: 'x'.repeat(length) })),
  });
  const printed = (length: number) => MAX_BYTES - JSON.stringify(texts(1, 0).messages).length + length;
  let deep: unknown = 'bottom';
  for (let level = 0; level < 100_000; level++) deep = [deep];

  it.each<[string, unknown, string]>([
    ['text instead of an object', 'hi', 'reply-not-an-object'],
    ['a list instead of an object', [{ type: 'text', text: 'hi' }], 'reply-not-an-object'],
    ['messages that are no list', { messages: { type: 'text' } }, 'reply-messages-not-a-list'],
    ['too many messages', texts(MAX_MESSAGES + 1), 'reply-too-many-messages'],
    ['too much text', texts(1, printed(1)), 'reply-too-large'],
    ['too much text in several messages', texts(20, 4000), 'reply-too-large'],
    ['depth', { messages: [{ type: 'template', name: 'n', language: 'de', components: deep }] }, 'reply-too-deep'],
    ['no message', { messages: [null] }, 'reply-unknown-type'],
    ['no type', { messages: [{ text: 'hi' }] }, 'reply-unknown-type'],
    ['an unknown type', { messages: [{ type: 'hologram' }] }, 'reply-unknown-type'],
    ['a type of objects', { messages: [{ type: '__proto__' }] }, 'reply-unknown-type'],
    ['no text', { messages: [{ type: 'text', text: '' }] }, 'reply-malformed'],
    ['text of another kind', { messages: [{ type: 'text', text: 7 }] }, 'reply-malformed'],
    [
      'a choice without an id',
      { messages: [{ type: 'text', text: 'x', choices: [{ title: 'A' }] }] },
      'reply-malformed',
    ],
    [
      'a quote of what is no id of ours',
      { messages: [{ type: 'text', text: 'x', replyTo: 'wamid.x' }] },
      'reply-malformed',
    ],
    ['no buttons', { messages: [{ type: 'buttons', text: 'x', buttons: [] }] }, 'reply-malformed'],
    [
      'a list without rows',
      { messages: [{ type: 'list', text: 'x', button: 'b', sections: [{ rows: [] }] }] },
      'reply-malformed',
    ],
    ['a place that is none', { messages: [{ type: 'location', latitude: 91, longitude: 0 }] }, 'reply-malformed'],
    [
      'our yes on a quick reply',
      {
        messages: [
          { type: 'text', text: 'Go on?', choices: [...choices, { id: 'consent:ask:Gx0:yes', title: 'Go on' }] },
        ],
      },
      'reply-choice-reserved',
    ],
    [
      'our yes on a button',
      { messages: [{ type: 'buttons', text: 'Go on?', buttons: [{ id: 'age:yes', title: 'Go on' }] }] },
      'reply-choice-reserved',
    ],
    [
      'our yes in a list, where it may be trimmed',
      {
        messages: [
          {
            type: 'list',
            text: 'Go on?',
            button: 'Open',
            sections: [{ rows: choices }, { rows: [{ id: ' consent:ask:yes', title: 'Go on' }] }],
          },
        ],
      },
      'reply-choice-reserved',
    ],
    [
      'our yes in a template',
      {
        messages: [
          {
            type: 'template',
            name: 'order_ready',
            language: 'de',
            components: [{ type: 'button', parameters: [{ type: 'payload', payload: 'consent:ask:Gx0:yes' }] }],
          },
        ],
      },
      'reply-choice-reserved',
    ],
    ['plain http', { messages: [{ type: 'image', url: 'http://files.acme.example/a.png' }] }, 'reply-url-not-allowed'],
    ['another scheme', { messages: [{ type: 'image', url: 'javascript:alert(1)' }] }, 'reply-url-not-allowed'],
    ['a file', { messages: [{ type: 'document', url: 'file:///etc/passwd' }] }, 'reply-url-not-allowed'],
    [
      'a password in the URL',
      { messages: [{ type: 'image', url: 'https://me:pw@files.acme.example/' }] },
      'reply-url-not-allowed',
    ],
    ['no URL', { messages: [{ type: 'image', url: 'a picture' }] }, 'reply-url-not-allowed'],
    ['one bad among good', { messages: [{ type: 'text', text: 'x' }, { type: 'image' }] }, 'reply-malformed'],
  ])('%s', (_, answer, refused) => expect(readReplies(answer)).toEqual({ refused }));

  it('limits hold at the boundary', () => {
    expect(readReplies(texts(MAX_MESSAGES))).toHaveProperty('messages');
    expect(readReplies(texts(1, printed(0)))).toHaveProperty('messages');
  });
  it('plain http where it is allowed', () =>
    expect(
      readReplies({ messages: [{ type: 'image', url: 'http://127.0.0.1/a.png' }] }, { allowHttp: true }),
    ).toHaveProperty('messages'));
});

describe('whatever comes', () => {
  const types = fc.constantFrom(
    'text',
    'image',
    'buttons',
    'list',
    'template',
    'location',
    'reaction',
    'read',
    'typing',
    'x',
  );
  const names = fc.constantFrom(
    'text',
    'url',
    'choices',
    'buttons',
    'button',
    'sections',
    'rows',
    'name',
    'language',
    'emoji',
    '__proto__',
  );
  const message = fc
    .tuple(types, fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.constant(choices), fc.webUrl())))
    .map(([type, rest]) => ({ ...rest, type }));

  it('any JSON is answered, never thrown at', () =>
    fc.assert(fc.property(fc.jsonValue(), (answer) => expect(Object.keys(readReplies(answer))).toHaveLength(1))));
  const answers: readonly object[] = [
    { messages: [{ type: 'text', text: 'a', choices }, { type: 'image', url: 'https://a.example/b', caption: 'c' }] },
    [{ recipient_id: 'a', text: 'b', image: 'c', buttons: [{ title: 'd', payload: 'e' }] }],
    { choices: [{ message: { content: 'a', refusal: 'b' } }] },
    { activities: [{ type: 'message', text: 'a', suggestedActions: { actions: [{ title: 'b', value: 'c' }] }, attachments: [{ contentType: 'image/png', contentUrl: 'd', name: 'e' }] }] },
  ]; // prettier-ignore
  const odd = answers.flatMap((one) => [...oddly(() => structuredClone(one)), ...ODD_MAPS.map((keys) => withOddKeys(one, keys))]); // prettier-ignore
  const called = RECIPIENT_KINDS.flatMap((kind) => (kind.transport === 'http' ? [[kind.kind, kind] as const] : []));
  it.each(called)('odd values at any place of what %s answers are taken or refused', (_, { interpret }) => {
    for (const json of odd) {
      const outcome = interpret({ kind: 'answered', status: 200, headers: {}, json }, 1, 0.5);
      expect(outcome.kind).toMatch(/^(answered|refused)$/);
    }
  });
  it('messages of any shape are taken within the contract or refused', () =>
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), (messages) => {
        const read = readReplies({ messages });
        if ('refused' in read) return expect(read.refused).toMatch(/^reply-/);
        expect(read.messages).toHaveLength(messages.length);
        expect(JSON.stringify(read.messages)).not.toContain('__proto__":');
      }),
      { numRuns: 500 },
    ));
});
