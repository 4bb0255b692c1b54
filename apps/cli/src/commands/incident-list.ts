// parley incident list: every incident of this gateway.
import type { Command } from 'commander';
import { allItems, apiOf } from '../api.js';
import type { Io } from '../io.js';
import { cell, table } from '../table.js';

export function incidentList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description('list the incidents')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (options: { url?: string; json?: boolean }) => {
      const found = await allItems(apiOf(options, io), '/v1/incidents');
      if (options.json) return io.line(JSON.stringify(found));
      const keys = ['id', 'from', 'to', 'persons', 'events', 'countedAt', 'closedAt'];
      const rows = found.map((one) => keys.map((key) => cell(one[key])));
      table(['ID', 'FROM', 'TO', 'PERSONS', 'MESSAGES', 'COUNTED', 'CLOSED'], rows).forEach((line) => io.line(line));
    });
}
