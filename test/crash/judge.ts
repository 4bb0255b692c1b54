// What a killing must not do: the questions that are asked afterwards of the bot, of the platforms and of who wrote.
import type { Bot, BotCall } from '../support/bot.js';
import { until } from '../support/until.js';
import type { FakeMeta } from '../../apps/cli/src/fake-meta/server.js';
import type { Sender } from './senders.js';

interface Witnesses {
  readonly bot: Bot;
  readonly meta: FakeMeta;
  readonly senders: readonly Sender[];
}

const textOf = (body: unknown): string => {
  const sent = body as { text?: { body?: string }; message?: { text?: string } } | undefined;
  return sent?.text?.body ?? sent?.message?.text ?? '';
};
const sentTexts = ({ meta }: Witnesses): readonly string[] =>
  meta.calls.filter(({ method, status }) => method === 'POST' && status === 200).map(({ body }) => textOf(body));

/** First appearance of each text counts; a repeat is the same call made again. */
const firstOf = (calls: readonly BotCall[]): readonly string[] => [
  ...new Set(calls.map(({ body }) => body.message.text ?? '')),
];
const of = (name: string, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.startsWith(`${name}-`));

/** Waits until all is over; answers what was said to people, in the order in which it was accepted. */
export async function afterwards(all: Witnesses): Promise<readonly string[]> {
  const { senders, bot, meta } = all;
  const heardAll = (): boolean => {
    const heard = new Set(firstOf(bot.calls));
    return senders.every((one) => one.acknowledged.every((text) => heard.has(text)));
  };
  await until('the bot heard it all', heardAll);
  const answers = async (): Promise<readonly string[]> => [
    ...sentTexts(all),
    ...(await Promise.all(senders.map(async (one) => (one.answers ? one.answers() : [])))).flat(),
  ];
  const complete = async (): Promise<boolean> => {
    const found = new Set(await answers());
    return senders.every((one) => one.acknowledged.every((text) => found.has(`echo: ${text}`)));
  };
  await until('all of it was answered', complete).catch(() => undefined);
  await meta.control.idle();
  return answers();
}

/** @param seen what there was in the end, once it is over */
export function nothingWasLost(
  seen: () => Witnesses & { readonly answered: readonly string[]; readonly kills: number },
): void {
  test('there was something to lose', () => {
    const { senders, kills } = seen();
    const idle = senders.filter(({ acknowledged }) => acknowledged.length === 0);
    expect(idle.map(({ name }) => name)).toEqual([]);
    expect(senders.flatMap((one) => one.acknowledged).length).toBeGreaterThan(kills * senders.length);
  });

  test('what was acknowledged reached the bot, in order per conversation', () => {
    const { senders, bot } = seen();
    for (const { name, acknowledged } of senders) expect(of(name, firstOf(bot.calls))).toEqual(acknowledged);
  });

  test('nothing came twice under another webhook-id', () => {
    const ids = new Map<string, Set<string>>();
    for (const { id, body } of seen().bot.calls) {
      const text = body.message.text ?? '';
      ids.set(text, (ids.get(text) ?? new Set()).add(id));
    }
    expect([...ids].filter(([, own]) => own.size > 1).map(([text]) => text)).toEqual([]);
  });

  test('every answer went out', () => {
    const found = new Set(seen().answered);
    const missing = seen().senders.flatMap(({ acknowledged }) =>
      acknowledged.filter((text) => !found.has(`echo: ${text}`)),
    );
    expect(missing).toEqual([]);
  });

  test('none went out twice where the platform tells what became of it', () => {
    const counts = new Map<string, number>();
    for (const text of seen().answered.filter((one) => one.startsWith('echo: ')))
      counts.set(text, (counts.get(text) ?? 0) + 1);
    expect([...counts].filter(([, n]) => n > 1)).toEqual([]);
  });
}
