// parley dead-letters list: what failed for good, by ids and codes.
import type { Command } from 'commander';
import { allItems, apiOf } from '../api.js';
import type { Io } from '../io.js';
import { cell, table } from '../table.js';

export function deadLettersList(parent: Command, io: Io): void {
  parent
    .command('list <tenant>')
    .description("list a tenant's dead letters")
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (tenant: string, options: { url?: string; json?: boolean }) => {
      const found = await allItems(apiOf(options, io), `/v1/tenants/${encodeURIComponent(tenant)}/dead-letters`);
      if (options.json) return io.line(JSON.stringify(found));
      const keys = ['id', 'stage', 'code', 'createdAt', 'replayedAt'];
      const rows = found.map((letter) => keys.map((key) => cell(letter[key])));
      table(['ID', 'STAGE', 'CODE', 'SINCE', 'REPLAYED'], rows).forEach((line) => io.line(line));
    });
}
