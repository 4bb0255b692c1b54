// Only the embedded database is killed, again and again, while people write: the gateway goes on, and nothing is lost or doubled.
import { setTimeout as pause } from 'node:timers/promises';
import { acme, instructions } from '../support/acme.js';
import { databasePid } from '../support/gateway.js';
import { isRunning } from '../support/processes.js';
import { until } from '../support/until.js';
import { startWorld, type World } from '../support/world.js';
import { acknowledged, afterwards, nothingWasLost } from './judge.js';
import { onMessenger, onWebChat, onWhatsApp, type Sender } from './senders.js';

const KILLS = 6;
const PATIENT = { pair: null, perSecond: 10_000, webhookRetries: 200, webhookRetryMs: 250 } as const;

let world: World;
let senders: readonly Sender[];
let answered: readonly string[];

async function killDatabase(): Promise<void> {
  const before = databasePid(world.gateway.dataDir)!;
  process.kill(before, 'SIGKILL');
  await until('it ended', () => !isRunning(before));
  await until('another was started', () => databasePid(world.gateway.dataDir));
}

beforeAll(async () => {
  world = await startWorld({ PARLEY_LOG_LEVEL: 'warn' });
  world.meta.control.set(PATIENT);
  const tenant = await acme(world.gateway, instructions(world.bot.url));
  senders = [
    ...[0, 1, 2].map((n) => onWhatsApp(tenant, n)),
    ...[0, 1].map((n) => onMessenger(tenant, n)),
    await onWebChat(world.gateway, tenant, 0),
  ];
  const sending = Promise.all(senders.map((one) => one.run()));
  for (let n = 0; n < KILLS; n++) {
    await pause(500 + Math.random() * 1_500);
    await until('there is more to lose', () => acknowledged(senders) > (n + 1) * senders.length);
    await killDatabase();
  }
  await pause(1_000);
  for (const one of senders) one.stop();
  await sending;
  answered = await afterwards({ ...world, senders });
});
afterAll(() => world.end());

nothingWasLost(() => ({ ...world, senders, answered, kills: KILLS }));
