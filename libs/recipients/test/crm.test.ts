// A recipient that is only told: it is sent what a webhook is, and nothing that it answers becomes a message.
import { Webhook } from 'standardwebhooks';
import type { Content, HttpResponse } from '#libs/kernel';
import { isOneWay, RECIPIENT_KINDS, type RecipientContext } from '../src/index.js';
import { context, SECRET, turn } from './turns.js';

const kindOf = (name: string) => {
  const found = RECIPIENT_KINDS.find(({ kind }) => kind === name);
  if (found?.transport !== 'http') throw new Error(`the kind ${name} is gone`);
  return found;
};
const [crm, webhook] = [kindOf('crm'), kindOf('webhook')];
const hello: Content = { type: 'text', text: 'Grüß Gott 👋' };
const answered = (status: number, json?: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  kind: 'answered',
  status,
  headers,
  json,
});

it.each<[string, Content | null, Partial<RecipientContext>]>([
  ['a text', hello, {}],
  ['nothing but that something was written', null, { attachments: [] }],
  ['an edit', hello, { event: 'edit', target: 'msg-0' }],
])('%s is sent as to a webhook, but nothing is expected', (_, content, change) => {
  const [mine, theirs] = [crm, webhook].map((kind) => kind.render(turn(content), context(change)));
  expect(mine).toEqual({ ...theirs, expect: 'none' });
});

it('is signed so that the library of the standard accepts it', () => {
  const { body, headers } = crm.render(turn(hello), context({ now: new Date() }));
  expect(new Webhook(SECRET).verify(body!.text, { ...headers })).toMatchObject({ event: 'message' });
});

it.each([
  ['nothing', undefined],
  ['messages', { messages: [{ type: 'text', text: 'hi' }] }],
  ['messages of another shape', { messages: 'none' }],
  ['a list', [1, 2]],
  ['a word', 'ok'],
])('with 2xx and %s it has taken it, and has said nothing', (_, json) => {
  for (const status of [200, 201, 202, 204, 299])
    expect(crm.interpret(answered(status, json), 1, 0.5)).toEqual({ kind: 'answered', messages: [] });
});

it('what is no 2xx means what it means of a webhook', () => {
  const failures = ['timeout', 'network', 'unreachable', 'too-large', 'forbidden-host'] as const;
  const responses: HttpResponse[] = [
    ...[302, 400, 401, 404, 408, 410, 425, 429, 500, 503].map((status) =>
      answered(status, {}, { 'retry-after': '60' }),
    ),
    ...failures.map((reason) => ({ kind: 'failed', reason }) as const),
  ];
  for (const response of responses)
    for (const attempt of [1, 3, 9])
      expect(crm.interpret(response, attempt, 0.5)).toEqual(webhook.interpret(response, attempt, 0.5));
});

it('it alone is one-way', () => expect(RECIPIENT_KINDS.map(({ kind }) => kind).filter(isOneWay)).toEqual(['crm']));
