// parley fake-meta: runs the fake of Meta's Graph API until it is interrupted.
import { Option, type Command } from 'commander';
import { gatewayUrl } from '../api.js';
import { startFakeMeta } from '../fake-meta/server.js';
import type { Behaviour, WebhookTarget } from '../fake-meta/types.js';
import { Failure, type Io } from '../io.js';

interface Options {
  readonly port: string;
  readonly host: string;
  readonly webhook?: readonly string[];
  readonly appSecret?: string;
  readonly statuses: Behaviour['statuses'];
  readonly window: Behaviour['window'];
  readonly seed: string;
}

/** `URL`, or `ACCOUNT=URL` for what concerns one phone number, page or Instagram account only. */
function targetOf(text: string): WebhookTarget {
  const [, account, url = ''] = /^(?:(\d+)=)?(.+)$/.exec(text) ?? [];
  if (URL.parse(url) === null) throw new Failure(`${text} is not a URL, nor ACCOUNT=URL.`);
  return { url, ...(account === undefined ? {} : { account }) };
}

export function fakeMeta(parent: Command, io: Io): void {
  parent
    .command('fake-meta')
    .description("run a fake of Meta's Graph API: point META_GRAPH_URL of the gateway at it")
    .option('--port <port>', 'port to listen on; 0 takes a free one', '4010')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--webhook <url...>', "where webhooks go: URL or ACCOUNT=URL; the gateway's /webhooks/meta unless given")
    .option('--app-secret <secret>', 'signs webhooks; META_APP_SECRET unless given')
    .addOption(
      new Option('--statuses <order>', 'how statuses come')
        .choices(['normal', 'shuffled', 'early', 'twice', 'none'])
        .default('normal'),
    )
    .addOption(new Option('--window <rule>', 'the 24-hour window').choices(['off', 'told', 'strict']).default('told'))
    .option('--seed <number>', 'seed of the shuffle', '1')
    .action(async (options: Options) => {
      const appSecret = options.appSecret ?? io.env['META_APP_SECRET'];
      if (!appSecret) throw new Failure('Give --app-secret or set META_APP_SECRET: webhooks have to be signed.');
      const webhooks = options.webhook ?? [`${gatewayUrl({}, io)}/webhooks/meta`];
      const fake = await startFakeMeta({
        port: Number(options.port),
        host: options.host,
        webhookTargets: webhooks.map(targetOf),
        appSecret,
        behaviour: { statuses: options.statuses, window: options.window, seed: Number(options.seed) },
        log: (line) => io.line(line),
      });
      io.line(`META_GRAPH_URL=${fake.url}`);
      io.line(
        `control: ${fake.url}/__fake/behaviour, /calls, /deliveries, /inbound; webhooks go to ${webhooks.join(' ')}`,
      );
      await io.interrupted();
      await fake.close();
    });
}
