// The demo bot: what it says to what, in two languages, always as a machine and always within the contract.
import * as fc from 'fast-check';
import type { Content, OutboundContent } from '#libs/kernel';
import { RECIPIENT_KINDS, type RecipientContext } from '../src/index.js';
import { context, turn } from './turns.js';

const demo = RECIPIENT_KINDS.find((kind) => kind.kind === 'demo');
const answer = (content: Content | null, change: Partial<RecipientContext> = {}): readonly OutboundContent[] => {
  if (demo?.transport !== 'in-process') throw new Error('the demo bot runs inside');
  return demo.answer(turn(content), context(change));
};
const say = (text: string, change: Partial<RecipientContext> = {}) => answer({ type: 'text', text }, change);
const texts = (messages: readonly OutboundContent[]) =>
  messages.map((one) => (one.type === 'text' ? one.text : one.type)).join('\n');
const choicesOf = (messages: readonly OutboundContent[]) =>
  messages.flatMap((one) => (one.type === 'text' ? (one.choices ?? []) : []));

it.each<[string, RegExp]>([
  ['Hello', /automated assistant/],
  ['hi there!', /automated assistant/],
  ['Hallo', /automatischer Assistent/],
  ['Grüß Gott', /automatischer Assistent/],
  ['help', /opening hours and the state of an order/],
  ['Hilfe bitte', /Öffnungszeiten und den Stand/],
  ['Hello, when do you open?', /Monday to Friday/],
  ['Öffnungszeiten', /Montag bis Freitag/],
  ['Wann haben Sie geöffnet?', /Montag bis Freitag/],
  ['Where is my order?', /four digits/],
  ['Wo ist meine Bestellung?', /vier Ziffern/],
  ['it is 3001', /3001 is on its way/],
  ['Meine Bestellung 3002', /3002 wurde gestern zugestellt/],
  ['thanks', /welcome/],
  ['Danke!', /Gern/],
  ['I want a human', /nobody is there/],
  ['qwertz', /automated assistant and did not understand/],
])('%s', (said, expected) => expect(texts(say(said))).toMatch(expected));

it('an order by choices only, from question to state', () => {
  const [order] = choicesOf(say('Hallo')).filter((one) => one.title === 'Meine Bestellung');
  const asked = answer({ type: 'choice', id: order?.id ?? '', title: order?.title ?? '' });
  expect(texts(asked)).toMatch(/Welche Bestellung/);
  const [number] = choicesOf(asked);
  const told = answer({ type: 'choice', id: number?.id ?? '', title: number?.title ?? '' });
  expect(texts(told)).toBe('Bestellung 3000 wird gepackt und geht morgen ab.');
  expect(choicesOf(told).map((one) => one.title)).toEqual(['Öffnungszeiten', 'Mit einem Menschen']);
});

it('a picture is answered in the language of the channel', () => {
  const picture: Content = { type: 'media', media: 'image', source: { id: '1' } };
  expect(texts(answer(picture))).toMatch(/can read text only/);
  expect(texts(answer(picture, { locale: 'de-AT' }))).toMatch(/nur Text lesen/);
});

it.each(['edit', 'revoke', 'reaction'] as const)('%s is not answered', (event) =>
  expect(say('hello', { event })).toEqual([]),
);

it('every choice it offers is understood, and fits every channel', () => {
  const seen = new Map<string, string>();
  const open = [
    ...choicesOf(say('hello')),
    ...choicesOf(say('Hallo')),
    ...choicesOf(say('order')),
    ...choicesOf(answer(null)),
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.id)) continue;
    seen.set(next.id, next.title);
    const messages = answer({ type: 'choice', id: next.id, title: next.title });
    expect(texts(messages)).not.toMatch(/did not understand|nicht verstanden/);
    open.push(...choicesOf(messages));
  }
  expect(seen.size).toBeGreaterThan(8);
  for (const title of seen.values()) expect(title.length).toBeLessThanOrEqual(20);
});

it('says something to anything', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.option(fc.string()), (text, id) => {
      const content: Content = id === null ? { type: 'text', text } : { type: 'choice', id, title: text };
      expect(answer(content)).toHaveLength(1);
    }),
  ));
