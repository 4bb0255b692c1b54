// Everything that a journey needs: a gateway with its database, a bot, and Meta on the other side.
import { startFakeMeta, type FakeMeta } from '../../apps/cli/src/fake-meta/server.js';
import { startBot, type Bot } from './bot.js';
import { build } from './build.js';
import { gatewayAt, type Gateway, type GatewayOptions } from './gateway.js';
import { freePort } from './ports.js';

export interface World {
  readonly gateway: Gateway;
  readonly bot: Bot;
  /** Its webhooks go to the app that all tenants share, signed with the app's secret. */
  readonly meta: FakeMeta;
  /** One more process of the same product, to be started; the world ends it. What `env` does not name is as with the first. */
  another(env?: Readonly<Record<string, string>>): Promise<Gateway>;
  end(): Promise<void>;
}

export const APP_SECRET = 'secret-of-the-shared-app';

export async function startWorld(
  env: Readonly<Record<string, string>> = {},
  options: Pick<GatewayOptions, 'firstStart'> = {},
): Promise<World> {
  const [built, bot, port] = await Promise.all([build(), startBot(), freePort()]);
  const target = `http://127.0.0.1:${port}/webhooks/meta`;
  const meta = await startFakeMeta({ webhookTargets: [target], appSecret: APP_SECRET });
  const common = { META_GRAPH_URL: meta.url, META_APP_SECRET: APP_SECRET, ...env };
  const gateway = gatewayAt({ build: built, port, env: common, ...options });
  const others: Gateway[] = [];
  const another: World['another'] = async (own = {}) => {
    const one = gatewayAt({ build: built, port: await freePort(), env: { ...common, ...own } });
    others.push(one);
    return one;
  };
  const end = async (): Promise<void> => {
    await meta.close();
    await bot.close();
    for (const one of [...others, gateway]) await one.remove();
  };
  try {
    await gateway.start();
  } catch (error) {
    await end();
    throw error;
  }
  return { gateway, bot, meta, another, end };
}
