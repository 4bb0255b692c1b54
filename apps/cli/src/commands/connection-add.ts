// parley connection add: connects an account; its secrets come from a file, not from arguments.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CHANNELS, type Setting } from '#libs/channels';
import { apiOf } from '../api.js';
import { Failure, type Io } from '../io.js';

type Arguments = [
  tenant: string,
  channel: string,
  pairs: string[],
  options: { name?: string; secrets?: string; url?: string },
];
type Given = Readonly<Record<string, string | readonly string[]>>;

function settingsOf(channel: string): readonly Setting[] {
  const adapter = CHANNELS.find(({ manifest }) => manifest.channel === channel);
  const known = CHANNELS.map(({ manifest }) => manifest.channel).join(', ');
  if (!adapter) throw new Failure(`There is no channel ${channel}; there are ${known}.`);
  return adapter.settings;
}

/** `key=value` arguments; a list is separated by commas. Secrets are refused here: arguments are seen by others. */
function fromArguments(pairs: readonly string[], settings: readonly Setting[]): Given {
  const entries = pairs.map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    const setting = settings.find((one) => one.key === key);
    if (!setting) throw new Failure(`No setting ${key}; there are ${settings.map((one) => one.key).join(', ')}.`);
    if (setting.secret) throw new Failure(`${key} is a secret: put it into a file and name that with --secrets.`);
    const value = rest.join('=');
    return [key, setting.type === 'string[]' ? value.split(',') : value] as const;
  });
  return Object.fromEntries(entries);
}

async function fromFile(path: string | undefined): Promise<Given> {
  if (path === undefined) return {};
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Given;
  } catch {
    throw new Failure(`${path} cannot be read as JSON.`);
  }
}

export function connectionAdd(parent: Command, io: Io): void {
  parent
    .command('add <tenant> <channel> [settings...]')
    .description('connect an account: settings as key=value, secrets from a JSON file')
    .option('--name <name>', 'a name for people; the channel unless given')
    .option('--secrets <file>', 'JSON file with the secret settings')
    .option('--url <url>', 'where the gateway is')
    .action(async (...[tenant, channel, pairs, options]: Arguments) => {
      const settings = settingsOf(channel);
      const given = { ...fromArguments(pairs, settings), ...(await fromFile(options.secrets)) };
      const missing = settings.filter((setting) => setting.required && !(setting.key in given));
      if (missing.length > 0) throw new Failure(`Missing: ${missing.map((setting) => setting.key).join(', ')}.`);
      const made = await apiOf(options, io).post(`/v1/tenants/${encodeURIComponent(tenant)}/connections`, {
        channel,
        name: options.name ?? channel,
        settings: given,
      });
      io.line(JSON.stringify(made, null, 2));
    });
}
