// parley connection list: a tenant's connections, their health and the URL that the platform calls.
import type { Command } from 'commander';
import { allItems, apiOf } from '../api.js';
import type { Io } from '../io.js';
import { cell, table } from '../table.js';

export function connectionList(parent: Command, io: Io): void {
  parent
    .command('list <tenant>')
    .description("list a tenant's connections")
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (tenant: string, options: { url?: string; json?: boolean }) => {
      const found = await allItems(apiOf(options, io), `/v1/tenants/${encodeURIComponent(tenant)}/connections`);
      if (options.json) return io.line(JSON.stringify(found));
      const keys = ['id', 'channel', 'name', 'health', 'healthReason', 'webhookUrl'];
      const rows = found.map((one) => keys.map((key) => cell(one[key])));
      table(['ID', 'CHANNEL', 'NAME', 'HEALTH', 'WHY', 'WEBHOOK'], rows).forEach((line) => io.line(line));
    });
}
