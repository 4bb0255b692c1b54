// The page for bot builders is true: its examples are what is sent and taken, its codes and waits are ours, its bot runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { RECIPIENT_KINDS, readReplies } from '../src/index.js';
import { REPLY_SCHEMAS } from '../src/shared/reply-schema.js';
import { context, SECRET, turn } from './turns.js';

const page = readFileSync('docs/bot-contract.md', 'utf8');
const examples = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map((match) => JSON.parse(match[1] ?? '') as unknown);

function rendered(text: string, now: Date) {
  const webhook = RECIPIENT_KINDS.find((kind) => kind.kind === 'webhook');
  if (webhook?.transport !== 'http') throw new Error('the webhook kind is gone');
  const { headers, body } = webhook.render(turn({ type: 'text', text }), context({ attachments: [], now }));
  return { headers: { ...headers }, body: body?.text ?? '' };
}

it('its request is what we send', () =>
  expect(JSON.parse(rendered('When do you open?', new Date()).body)).toEqual(examples[0]));

it('its answer is taken, and shows every type but those it names beside', () => {
  const replies = readReplies(examples[1]);
  const shown = (examples[1] as { messages: { type: string }[] }).messages.map((one) => one.type);
  expect(replies).toHaveProperty('messages');
  const beside = Object.keys(REPLY_SCHEMAS).filter((type) => !shown.includes(type));
  expect(beside.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
});

it('its codes are those that are given', () => {
  const source = readFileSync('libs/recipients/src/shared/replies.ts', 'utf8');
  const given = new Set(source.match(/reply-[a-z-]+(?=')/g)?.filter((code) => code !== 'reply-schema'));
  expect(new Set(page.match(/reply-[a-z-]+(?=`)/g))).toEqual(given);
});

it('its bot answers what we send, once per id, and refuses what is not from us', async () => {
  const bot = spawn(process.execPath, ['docs/examples/bot.mjs'], {
    env: { ...process.env, BOT_SECRET: SECRET, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(bot.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${/\d+/.exec(line.toString())?.[0]}/`;
    const post = async (request: { headers: Record<string, string>; body: string }) => {
      const response = await fetch(url, { method: 'POST', ...request });
      return { status: response.status, text: await response.text() };
    };
    const first = await post(rendered('When do you open?', new Date()));
    expect(first.status).toBe(200);
    expect(readReplies(JSON.parse(first.text))).toMatchObject({ messages: [{ choices: [{ id: 'hours' }] }] });
    expect(await post(rendered('When do you open?', new Date()))).toEqual(first);
    const altered = rendered('When do you open?', new Date());
    expect(await post({ ...altered, body: altered.body.replace('open', 'close') })).toMatchObject({ status: 401 });
  } finally {
    bot.kill();
    await once(bot, 'exit');
  }
});
