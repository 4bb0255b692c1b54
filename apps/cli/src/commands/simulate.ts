// parley simulate: a case file becomes a fresh, signed webhook of a connection and is posted to the gateway.
import { randomBytes } from 'node:crypto';
import axios from 'axios';
import type { Command } from 'commander';
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import { apiOf } from '../api.js';
import { escaped, signature } from '../fake-meta/webhooks.js';
import { Failure, type Io } from '../io.js';
import { readCase } from '../simulate/case-file.js';
import { connectionFor, type SimulatedConnection } from '../simulate/connection.js';
import { rewrite, type Json } from '../simulate/rewrite.js';

interface Options {
  readonly tenant: string;
  readonly connection?: string;
  readonly secret?: string;
  readonly url?: string;
  readonly cases?: string;
  readonly print?: boolean;
}

/** The channel of this name, or the only one whose name begins with it. */
function adapterOf(name: string): ChannelAdapter {
  const named = CHANNELS.filter(({ manifest }) => manifest.channel === name);
  const begun = named.length > 0 ? named : CHANNELS.filter(({ manifest }) => manifest.channel.startsWith(name));
  const [adapter] = begun;
  if (!adapter || begun.length > 1) {
    throw new Failure(
      `There is no channel ${name}; there are ${CHANNELS.map(({ manifest }) => manifest.channel).join(', ')}.`,
    );
  }
  if (adapter.delivery === 'pull')
    throw new Failure(`${adapter.manifest.title} has no webhooks: its clients call the gateway.`);
  return adapter;
}

/** An id like the old one, with its last 16 bytes or characters made anew. */
function freshId(old: string): string {
  const [, mark = '', rest = ''] = /^(wamid\.|m_|mid\.|aWdf)(.*)$/s.exec(old) ?? [];
  if (mark !== 'wamid.') return mark + rest.slice(0, -16) + randomBytes(12).toString('base64url');
  const bytes = Buffer.from(rest, 'base64');
  return mark + Buffer.concat([bytes.subarray(0, Math.max(0, bytes.length - 16)), randomBytes(16)]).toString('base64');
}

/** What the case calls its account and the holder of it → what they are called here. */
function ownNames(adapter: ChannelAdapter, payload: Json, at: SimulatedConnection & { readonly now: number }) {
  const own = new Map<string, string>();
  for (const { account, portfolio } of adapter.parse(payload, at.now).events) {
    if (portfolio !== undefined && at.portfolio !== null) own.set(portfolio, at.portfolio);
    if (account !== null) own.set(account, at.account);
  }
  return own;
}

export function simulate(parent: Command, io: Io): void {
  parent
    .command('simulate <channel> <case>')
    .description('sign a case of test/cases and post it, as the platform would')
    .option('--tenant <slug>', 'whose connection', 'demo')
    .option('--connection <id>', 'to this connection; one named "Simulated" is made unless given')
    .option('--secret <secret>', 'app secret to sign with; META_APP_SECRET, or one made from the operator token')
    .option('--url <url>', 'where the gateway is')
    .option('--cases <folder>', "other cases than the project's own")
    .option('--print', 'print the body as it is sent')
    .action(async (channel: string, name: string, options: Options) => {
      const adapter = adapterOf(channel);
      const payload = await readCase(adapter.manifest.channel, name, options.cases);
      const api = apiOf(options, io);
      const connection = await connectionFor(api, { adapter, ...options }, io);
      const { path, appSecret } = connection;
      const now = io.now();
      const own = ownNames(adapter, payload, { ...connection, now });
      const body = escaped(rewrite(payload, { own, now, freshId }));
      const header = signature(body, appSecret);
      const signed = adapter.verify(Buffer.from(body), (key) => (key === 'x-hub-signature-256' ? header : undefined), {
        appSecret,
      });
      if (!signed)
        throw new Failure(
          `${adapter.manifest.title} is not signed by an app secret, and that is all this command can do.`,
        );
      if (options.print) io.line(body);
      const answer = await axios.post(api.url + path, Buffer.from(body), {
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': header },
        validateStatus: () => true,
        timeout: 30_000,
      });
      io.line(`${adapter.manifest.channel}/${name} → ${path}: ${answer.status}`);
      if (answer.status !== 200) throw new Failure(`the webhook was not taken: ${answer.status}`);
    });
}
