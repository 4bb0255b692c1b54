// Bots that speak their own languages: what each is sent of a turn, exactly, and what is made of its answer.
import type { Content, HttpResponse } from '#libs/kernel';
import { RECIPIENT_KINDS, secretsFor, takes, type RecipientContext } from '../src/index.js';
import { context, SECRET, turn } from './turns.js';

const kindOf = (name: string) => {
  const found = RECIPIENT_KINDS.find(({ kind }) => kind === name);
  if (found?.transport !== 'http') throw new Error(`the kind ${name} is gone`);
  return found;
};
const instructions = { version: 3, clause: '/recipients/bot' };
const picture = { id: 'att_1', type: 'image', mime: 'image/jpeg', url: 'https://parley.example/v1/attachments/att_1' };
const hello: Content = { type: 'text', text: 'When do you open?' };
const choice: Content = { type: 'choice', id: '/hours', title: 'Opening hours' };

interface Sent {
  readonly content: Content | null;
  readonly context?: Partial<RecipientContext>;
  readonly identifiers?: Record<string, string>;
  readonly url?: string;
  readonly json: object;
}

const metadata = { subject: 's_91bc', channel: 'messenger', id: context().messageId, attachments: [], instructions };
const RASA = 'https://rasa.example/webhooks/rest/webhook';
const MODEL = 'https://llm.example/v1/chat/completions';
const asked = (...messages: object[]) => ({ model: 'm-1', messages, store: false, safety_identifier: 's_91bc' });
const activity = {
  id: context().messageId, timestamp: '2026-09-01T11:59:58.000Z', channelId: 'parley', deliveryMode: 'expectReplies',
  from: { id: 's_91bc', role: 'user' }, recipient: { id: 'bot', role: 'bot' }, conversation: { id: 'c_7f3a' },
  attachments: [], channelData: { channel: 'messenger', instructions },
}; // prettier-ignore

const SENT: Record<string, Record<string, Sent>> = {
  rasa: {
    'a text': { content: hello, url: RASA, json: { sender: 'c_7f3a', message: 'When do you open?', metadata: { ...metadata, type: 'text' } } },
    'a person cannot trigger an intent': { content: { type: 'text', text: ' //restart' }, url: RASA, json: { sender: 'c_7f3a', message: 'restart', metadata: { ...metadata, type: 'text' } } },
    'a button can': { content: choice, url: RASA, json: { sender: 'c_7f3a', message: '/hours', metadata: { ...metadata, type: 'choice' } } },
    'a picture without words': {
      content: { type: 'media', media: 'image', source: { url: 'https://scontent.xx.fbcdn.net/x' } },
      context: { attachments: [picture] },
      url: RASA,
      json: { sender: 'c_7f3a', message: '/image', metadata: { ...metadata, type: 'image', attachments: [picture] } },
    },
    'an identifier that is instructed, in a language': {
      content: hello,
      identifiers: { wa_id: '4915550000001' },
      context: { locale: 'de' },
      url: RASA,
      json: { sender: 'c_7f3a', message: 'When do you open?', metadata: { ...metadata, type: 'text', locale: 'de', identifiers: { wa_id: '4915550000001' } } },
    },
    'an address with a path of its own': { content: hello, context: { url: 'https://r.example/bots/a' }, url: 'https://r.example/bots/a', json: { sender: 'c_7f3a', message: 'When do you open?', metadata: { ...metadata, type: 'text' } } },
  },
  openai: {
    'a text, to the model of the document': { content: hello, url: MODEL, json: asked({ role: 'user', content: 'When do you open?' }) },
    'after what the document tells it': {
      content: hello,
      context: { prompt: 'Be brief.' },
      url: MODEL,
      json: asked({ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'When do you open?' }),
    },
    'no attachment, no identifier, no id of ours': {
      content: { type: 'media', media: 'image', source: { id: '7' } },
      context: { attachments: [picture] },
      identifiers: { wa_id: '4915550000001' },
      url: MODEL,
      json: asked({ role: 'user', content: '(image)' }),
    },
    'a base address': { content: hello, context: { url: 'https://llm.example/openai/v1/' }, url: 'https://llm.example/openai/v1/chat/completions', json: asked({ role: 'user', content: 'When do you open?' }) },
  },
  botframework: {
    'a text': { content: hello, json: { ...activity, type: 'message', text: 'When do you open?' } },
    'a choice': { content: choice, json: { ...activity, type: 'message', text: 'Opening hours', value: '/hours' } },
    'an attachment': { content: hello, context: { attachments: [picture] }, json: { ...activity, type: 'message', text: 'When do you open?', attachments: [{ contentType: 'image/jpeg', contentUrl: picture.url }] } },
    'what has neither words nor file': { content: { type: 'location', latitude: 48.2, longitude: 16.4 }, json: { ...activity, type: 'message', text: '', channelData: { ...activity.channelData, content: { latitude: 48.2, longitude: 16.4 } } } },
    'an edit': { content: hello, context: { event: 'edit', target: 'm0', locale: 'de' }, json: { ...activity, type: 'messageUpdate', text: 'When do you open?', replyToId: 'm0', locale: 'de' } },
    'a withdrawal': { content: null, context: { event: 'revoke', target: 'm0' }, json: { ...activity, type: 'messageDelete', replyToId: 'm0' } },
    'a reaction': { content: { type: 'text', text: '👍' }, context: { event: 'reaction', target: 'm0' }, json: { ...activity, type: 'messageReaction', reactionsAdded: [{ type: '👍' }], replyToId: 'm0' } },
    'what surrounds': { content: null, identifiers: { feedback: 'Bad' }, context: { event: 'feedback', target: 'm0' }, json: { ...activity, type: 'event', name: 'feedback', replyToId: 'm0', channelData: { ...activity.channelData, identifiers: { feedback: 'Bad' } } } },
    'a file that could not be had': { content: hello, context: { missing: ['image'] }, json: { ...activity, type: 'message', text: 'When do you open?', channelData: { ...activity.channelData, missing: ['image'] } } },
  },
}; // prettier-ignore

const URLS: Record<string, string> = { rasa: 'https://rasa.example', openai: 'https://llm.example', botframework: 'https://bot.example/api/messages' }; // prettier-ignore

describe.each(Object.entries(SENT))('%s is sent', (name, cases) => {
  it.each(Object.entries(cases))('%s', (_case, sent) => {
    const given = context({ attachments: [], url: URLS[name]!, model: 'm-1', ...sent.context });
    const request = kindOf(name).render(turn(sent.content, { identifiers: sent.identifiers ?? {} }), given);
    expect(request).toMatchObject({ method: 'POST', url: sent.url ?? URLS[name], bearer: { secret: 'key' } });
    expect(JSON.parse(JSON.stringify(request.json))).toEqual(sent.json);
    expect(JSON.stringify(request)).not.toContain(SECRET);
    expect(JSON.stringify(request)).not.toContain('fbcdn');
  });
});

const text = (words: string) => ({ type: 'text', text: words });

const TAKEN: Record<string, Record<string, [unknown, object]>> = {
  rasa: {
    'texts and a picture': [
      [{ recipient_id: 'c', text: 'Hi' }, { recipient_id: 'c', text: 'Look', image: 'https://f.example/a.png' }],
      { kind: 'answered', messages: [text('Hi'), text('Look'), { type: 'media', media: 'image', url: 'https://f.example/a.png' }] },
    ],
    buttons: [
      [{ text: 'Which?', buttons: [{ title: 'One', payload: '/one' }, { title: 'Two' }, { payload: 'x' }] }],
      { kind: 'answered', messages: [{ ...text('Which?'), choices: [{ id: '/one', title: 'One' }, { id: 'Two', title: 'Two' }] }] },
    ],
    'nothing to say': [[], { kind: 'answered', messages: [] }],
    'something else': [{ status: 'ok' }, { kind: 'answered', messages: [] }],
    'what is not for people': [[{ custom: { a: 1 } }, null, 7], { kind: 'answered', messages: [] }],
    'a picture that is no link': [[{ image: 'data:image/png;base64,AA' }], { kind: 'refused', code: 'reply-url-not-allowed' }],
    'too much': [Array.from({ length: 21 }, () => ({ text: 'x' })), { kind: 'refused', code: 'reply-too-many-messages' }],
  },
  openai: {
    'its words': [{ choices: [{ message: { role: 'assistant', content: 'At nine.' } }] }, { kind: 'answered', messages: [text('At nine.')] }],
    'a refusal': [{ choices: [{ message: { content: null, refusal: 'I cannot help with that.' } }] }, { kind: 'answered', messages: [text('I cannot help with that.')] }],
    'nothing': [{ choices: [] }, { kind: 'answered', messages: [] }],
    'something else': ['hello', { kind: 'answered', messages: [] }],
  },
  botframework: {
    'words with choices': [
      { activities: [{ type: 'typing' }, { type: 'message', text: 'Which?', suggestedActions: { actions: [{ type: 'imBack', title: 'One', value: '1' }] } }, { type: 'endOfConversation' }] },
      { kind: 'answered', messages: [{ type: 'typing' }, { ...text('Which?'), choices: [{ id: '1', title: 'One' }] }] },
    ],
    'files': [
      { activities: [{ type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'https://f.example/a.png' }, { contentType: 'application/pdf', contentUrl: 'https://f.example/b.pdf', name: 'b.pdf' }, { contentType: 'application/vnd.microsoft.card.hero', content: {} }] }] },
      { kind: 'answered', messages: [{ type: 'media', media: 'image', url: 'https://f.example/a.png' }, { type: 'media', media: 'document', url: 'https://f.example/b.pdf', fileName: 'b.pdf' }] },
    ],
    'no answer in the answer': [undefined, { kind: 'answered', messages: [] }],
  },
}; // prettier-ignore

describe.each(Object.entries(TAKEN))('of %s is taken', (name, cases) => {
  const answered = (status: number, json: unknown): HttpResponse => ({ kind: 'answered', status, headers: {}, json });

  it.each(Object.entries(cases))('%s', (_case, [json, outcome]) =>
    expect(kindOf(name).interpret(answered(200, json), 1, 0.5)).toEqual(outcome),
  );

  it.each<[string, HttpResponse, object]>([
    ['a wrong key', answered(401, {}), { kind: 'refused', code: 'http-401' }],
    ['too many at once', answered(429, {}), { kind: 'retry', code: 'http-429', afterMs: 5000 }],
    ['a bad day', answered(503, {}), { kind: 'retry', code: 'http-503', afterMs: 5000 }],
    ['no answer', { kind: 'failed', reason: 'timeout' }, { kind: 'retry', code: 'timeout', afterMs: 5000 }],
  ])('%s as everywhere', (_case, response, outcome) =>
    expect(kindOf(name).interpret(response, 1, 0.5)).toEqual(outcome),
  );
});

describe('what a kind is sent of the secret', () => {
  const key = 'sk-invented';
  it.each<[string, object | null, object | null]>([
    ['webhook', {}, {}],
    ['rasa', {}, { key }],
    ['openai', null, { key }],
    ['botframework', {}, { key }],
    ['crm', {}, {}],
    ['demo', {}, {}],
  ])('%s: with our own %j, with a key %j', (name, own, entered) => {
    const kind = RECIPIENT_KINDS.find((one) => one.kind === name)!;
    expect([secretsFor(kind, SECRET), secretsFor(kind, key)]).toEqual([own, entered]);
  });
});

it.each([
  ['webhook', ['message', 'edit', 'revoke', 'reaction']],
  ['rasa', ['message']],
  ['openai', ['message']],
  ['botframework', ['message', 'edit', 'revoke', 'reaction']],
  ['crm', ['message', 'edit', 'revoke', 'reaction']],
  ['demo', ['message', 'edit', 'revoke', 'reaction']],
])('%s is told of %j', (name, events) => {
  const kind = RECIPIENT_KINDS.find((one) => one.kind === name)!;
  expect((['message', 'edit', 'revoke', 'reaction'] as const).filter((event) => takes(kind, event))).toEqual(events);
});
