// parley tenant list: the tenants of this gateway.
import type { Command } from 'commander';
import { allItems, apiOf } from '../api.js';
import type { Io } from '../io.js';
import { table } from '../table.js';

export function tenantList(parent: Command, io: Io): void {
  parent
    .command('list')
    .description('list the tenants')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (options: { url?: string; json?: boolean }) => {
      const tenants = await allItems(apiOf(options, io), '/v1/tenants');
      if (options.json) return io.line(JSON.stringify(tenants));
      const rows = tenants.map((tenant) => [String(tenant['slug']), String(tenant['name'])]);
      table(['SLUG', 'NAME'], rows).forEach((line) => io.line(line));
    });
}
