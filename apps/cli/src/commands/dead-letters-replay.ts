// parley dead-letters replay: puts messages back into their conversations, one or all that were not replayed yet.
import type { Command } from 'commander';
import { allItems, apiOf } from '../api.js';
import { Failure, type Io } from '../io.js';

interface Options {
  readonly all?: boolean;
  readonly code?: string;
  readonly url?: string;
}

export function deadLettersReplay(parent: Command, io: Io): void {
  parent
    .command('replay <tenant> [id]')
    .description('put a dead letter back into its conversation, once its cause is gone')
    .option('--all', 'all that were not replayed yet')
    .option('--code <code>', 'with --all: only those with this code')
    .option('--url <url>', 'where the gateway is')
    .action(async (tenant: string, id: string | undefined, options: Options) => {
      if ((id === undefined) === (options.all !== true)) throw new Failure('Name one dead letter, or say --all.');
      const api = apiOf(options, io);
      const base = `/v1/tenants/${encodeURIComponent(tenant)}/dead-letters`;
      const waiting = async (): Promise<readonly string[]> =>
        (await allItems(api, base))
          .filter((letter) => letter['replayedAt'] === null && (options.code ?? letter['code']) === letter['code'])
          .map((letter) => String(letter['id']));
      const ids = id === undefined ? await waiting() : [id];
      for (const one of ids) await api.post(`${base}/${encodeURIComponent(one)}/replay`);
      io.line(`${ids.length} replayed`);
    });
}
