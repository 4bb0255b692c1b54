// The connection that a simulated webhook goes to: a given one, or one that is made for the purpose.
import { createHmac } from 'node:crypto';
import type { ChannelAdapter } from '#libs/channels';
import { allItems, bearerOf, type Api } from '../api.js';
import { Failure, type Io } from '../io.js';

export interface SimulatedConnection {
  /** Path of its webhook below the gateway's URL. */
  readonly path: string;
  readonly account: string;
  /** The holder of the account, where the channel has such. */
  readonly portfolio: string | null;
  readonly appSecret: string;
}

interface Listed {
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly webhookUrl: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Wanted {
  readonly adapter: ChannelAdapter;
  readonly tenant: string;
  readonly connection?: string;
  readonly secret?: string;
}

const NAME = 'Simulated';

/** A value that only the holder of this token can make, the same every time: so nothing needs to be remembered. */
const derived = (io: Io, purpose: string): string =>
  createHmac('sha256', bearerOf(io)).update(`parley simulate ${purpose}`).digest('hex');

const pathOf = (url: string): string => (url.startsWith('http') ? new URL(url).pathname : url);

const portfolioOf = ({ portfolioSetting }: ChannelAdapter, { settings }: Listed): string | null => {
  const portfolio = portfolioSetting === null ? null : settings?.[portfolioSetting];
  return typeof portfolio === 'string' ? portfolio : null;
};

function given(found: Listed | undefined, wanted: Wanted): SimulatedConnection {
  const key = wanted.adapter.accountSetting ?? '';
  const account = found?.settings?.[key];
  if (!found || found.channel !== wanted.adapter.manifest.channel || typeof account !== 'string') {
    throw new Failure(`There is no connection ${wanted.connection} of this channel.`);
  }
  if (!wanted.secret)
    throw new Failure('Give the app secret of that connection with --secret: it cannot be read back.');
  return {
    path: pathOf(found.webhookUrl),
    account,
    portfolio: portfolioOf(wanted.adapter, found),
    appSecret: wanted.secret,
  };
}

/** Settings of the connection that is made: the account's name from digits, the rest from the token. */
function madeUp(
  adapter: ChannelAdapter,
  of: { readonly account: string; readonly appSecret: string },
): Readonly<Record<string, string>> {
  const valueOf = (key: string): string => {
    if (key === adapter.accountSetting) return of.account;
    // The fake of Meta knows a page's token by the page's id at its end.
    return key === 'appSecret' ? of.appSecret : `simulated-${key}-${of.account}`;
  };
  const required = adapter.settings.filter((setting) => setting.required && setting.type === 'string');
  return Object.fromEntries(required.map(({ key }) => [key, valueOf(key)]));
}

/** Finds or makes the connection. The one that is made keeps its account and secret as long as the token stays. */
export async function connectionFor(api: Api, wanted: Wanted, io: Io): Promise<SimulatedConnection> {
  const { adapter, tenant, connection } = wanted;
  const { channel } = adapter.manifest;
  const base = `/v1/tenants/${encodeURIComponent(tenant)}/connections`;
  const listed = (await allItems(api, base)) as unknown as readonly Listed[];
  if (connection !== undefined)
    return given(
      listed.find(({ id }) => id === connection),
      wanted,
    );
  const purpose = `${tenant} ${channel}`;
  const account = String(BigInt(`0x${derived(io, `account ${purpose}`).slice(0, 12)}`) + 10n ** 15n);
  const appSecret = wanted.secret ?? io.env['META_APP_SECRET'] ?? derived(io, `secret ${purpose}`);
  const found = listed.find((one) => one.channel === channel && one.name === NAME);
  const made =
    found ??
    ((await api.post(base, { channel, name: NAME, settings: madeUp(adapter, { account, appSecret }) })) as Listed);
  return { path: pathOf(made.webhookUrl), account, portfolio: portfolioOf(adapter, made), appSecret };
}
