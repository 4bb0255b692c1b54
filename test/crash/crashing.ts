// Parts of an installation are killed in turn, again and again, while people write; then it is asked what became of what they wrote.
import { setTimeout as pause } from 'node:timers/promises';
import { acme, instructions } from '../support/acme.js';
import { databasePid, type Gateway } from '../support/gateway.js';
import { isRunning } from '../support/processes.js';
import { until } from '../support/until.js';
import type { World } from '../support/world.js';
import { afterwards, nothingWasLost } from './judge.js';
import { onMessenger, onWebChat, onWhatsApp, type Sender } from './senders.js';

/** SIGKILL to a part of the installation; resolves when it is back. */
export type Kill = () => Promise<void>;

export interface Installation {
  /** Its gateway takes in what people write. */
  readonly world: World;
  /** What is killed, in this order, and from the beginning again. */
  readonly parts: readonly Kill[];
  end(): Promise<void>;
}

interface Crashing {
  readonly kills: number;
  /** How many write on each channel. */
  readonly people: { readonly whatsApp: number; readonly messenger: number; readonly web: number };
  readonly install: () => Promise<Installation>;
}

/** So long a loaded machine may take; what goes wrong is seen long before. */
const LONGEST_MS = 600_000;
const PAUSE_MS = { least: 200, most: 1_500 };
/** The platform is patient, so that what is tested is the gateway. */
const PATIENT = { pair: null, perSecond: 10_000, webhookRetries: 400, webhookRetryMs: 250 } as const;

/** Killed and started again, with all that runs beneath it. */
export const gatewayOf =
  (gateway: Gateway): Kill =>
  async () => {
    await gateway.crash();
    await gateway.start();
  };

/** Killed alone; whoever started the embedded database in this directory starts another. */
export const databaseIn =
  (dataDir: string): Kill =>
  async () => {
    const before = databasePid(dataDir)!;
    process.kill(before, 'SIGKILL');
    await until('it ended', () => !isRunning(before));
    await until('another was started', () => databasePid(dataDir));
  };

const several = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_none, n) => make(n));

export function crashing({ kills, people, install }: Crashing): void {
  let installed: Installation;
  let senders: readonly Sender[];
  let answered: readonly string[];

  beforeAll(async () => {
    installed = await install();
    const { world, parts } = installed;
    world.meta.control.set(PATIENT);
    const tenant = await acme(world.gateway, instructions(world.bot.url));
    senders = [
      ...several(people.whatsApp, (n) => onWhatsApp(tenant, n)),
      ...several(people.messenger, (n) => onMessenger(tenant, n)),
      ...(await Promise.all(several(people.web, (n) => onWebChat(world.gateway, tenant, n)))),
    ];
    const sending = Promise.all(senders.map((one) => one.run()));
    for (let n = 0; n < kills; n++) {
      await pause(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
      await parts[n % parts.length]!();
    }
    await pause(PAUSE_MS.most);
    for (const one of senders) one.stop();
    await sending;
    answered = await afterwards({ ...world, senders });
  }, LONGEST_MS);
  afterAll(() => installed?.end());

  nothingWasLost(() => ({ ...installed.world, senders, answered, kills }));
}
