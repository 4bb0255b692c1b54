// Everything is killed, again and again, while people write: what was acknowledged reaches the bot, once, in order, and is answered.
import { setTimeout as pause } from 'node:timers/promises';
import { acme, instructions } from '../support/acme.js';
import type { BotCall } from '../support/bot.js';
import { until } from '../support/until.js';
import { startWorld, type World } from '../support/world.js';
import { onMessenger, onWebChat, onWhatsApp, type Sender } from './senders.js';

/** Twenty as a rule; fewer on a machine that has no time. */
const KILLS = Number(process.env['CRASH_TEST_KILLS'] ?? 20);
const LONGEST_MS = 420_000;

let world: World;
let senders: readonly Sender[];
/** Answers on the platforms, in the order in which they were accepted. */
let answered: readonly string[];

const textOf = (body: unknown): string => {
  const sent = body as { text?: { body?: string }; message?: { text?: string } } | undefined;
  return sent?.text?.body ?? sent?.message?.text ?? '';
};
const sentTexts = (): readonly string[] =>
  world.meta.calls.filter(({ method, status }) => method === 'POST' && status === 200).map(({ body }) => textOf(body));

/** First appearance of each text counts; a repeat is the same call made again. */
const firstOf = (calls: readonly BotCall[]): readonly string[] => [
  ...new Set(calls.map(({ body }) => body.message.text ?? '')),
];
const of = (name: string, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.startsWith(`${name}-`));

beforeAll(async () => {
  world = await startWorld({ PARLEY_LOG_LEVEL: 'warn' });
  // The platform is patient, so that what is tested is the gateway.
  world.meta.control.set({ pair: null, perSecond: 10_000, webhookRetries: 200, webhookRetryMs: 250 });
  const tenant = await acme(world.gateway, instructions(world.bot.url));
  senders = [
    ...[0, 1, 2, 3].map((n) => onWhatsApp(tenant, n)),
    ...[0, 1, 2].map((n) => onMessenger(tenant, n)),
    ...(await Promise.all([0, 1].map((n) => onWebChat(world.gateway, tenant, n)))),
  ];
  const sending = Promise.all(senders.map((one) => one.run()));
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(200 + Math.random() * 1_300);
    await world.gateway.crash();
    await world.gateway.start();
  }
  for (const one of senders) one.stop();
  await sending;
  const heardAll = (): boolean => {
    const heard = new Set(firstOf(world.bot.calls));
    return senders.every((one) => one.acknowledged.every((text) => heard.has(text)));
  };
  await until('the bot heard it all', heardAll, 90_000);
  const answers = async (): Promise<readonly string[]> => [
    ...sentTexts(),
    ...(await Promise.all(senders.map(async (one) => (one.answers ? one.answers() : [])))).flat(),
  ];
  const complete = async (): Promise<boolean> => {
    const found = new Set(await answers());
    return senders.every((one) => one.acknowledged.every((text) => found.has(`echo: ${text}`)));
  };
  await until('all of it was answered', complete, 60_000).catch(() => undefined);
  await world.meta.control.idle();
  answered = await answers();
}, LONGEST_MS);
afterAll(() => world.end());

test('there was something to lose', () => {
  const idle = senders.filter(({ acknowledged }) => acknowledged.length === 0);
  expect(idle.map(({ name }) => name)).toEqual([]);
  expect(senders.flatMap((one) => one.acknowledged).length).toBeGreaterThan(KILLS * senders.length);
});

test('what was acknowledged reached the bot, in order per conversation', () => {
  for (const { name, acknowledged } of senders) expect(of(name, firstOf(world.bot.calls))).toEqual(acknowledged);
});

test('nothing came twice under another webhook-id', () => {
  const ids = new Map<string, Set<string>>();
  for (const { id, body } of world.bot.calls) {
    const text = body.message.text ?? '';
    ids.set(text, (ids.get(text) ?? new Set()).add(id));
  }
  expect([...ids].filter(([, own]) => own.size > 1).map(([text]) => text)).toEqual([]);
});

test('every answer went out', () => {
  const found = new Set(answered);
  const missing = senders.flatMap(({ acknowledged }) => acknowledged.filter((text) => !found.has(`echo: ${text}`)));
  expect(missing).toEqual([]);
});

test('none went out twice where the platform tells what became of it', () => {
  const counts = new Map<string, number>();
  for (const text of answered.filter((one) => one.startsWith('echo: '))) counts.set(text, (counts.get(text) ?? 0) + 1);
  expect([...counts].filter(([, n]) => n > 1)).toEqual([]);
});
