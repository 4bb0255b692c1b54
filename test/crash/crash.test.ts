// Everything is killed, again and again, while people write: what was acknowledged reaches the bot, once, in order, and is answered.
import { setTimeout as pause } from 'node:timers/promises';
import { acme, instructions } from '../support/acme.js';
import { until } from '../support/until.js';
import { startWorld, type World } from '../support/world.js';
import { acknowledged, afterwards, nothingWasLost } from './judge.js';
import { onMessenger, onWebChat, onWhatsApp, type Sender } from './senders.js';

/** Twenty as a rule; fewer on a machine that has no time. */
const KILLS = Number(process.env['CRASH_TEST_KILLS'] ?? 20);

let world: World;
let senders: readonly Sender[];
let answered: readonly string[];

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
    await until('there is more to lose', () => acknowledged(senders) > (kill + 1) * senders.length);
    await world.gateway.crash();
    await world.gateway.start();
  }
  for (const one of senders) one.stop();
  await sending;
  answered = await afterwards({ ...world, senders });
});
afterAll(() => world.end());

nothingWasLost(() => ({ ...world, senders, answered, kills: KILLS }));
