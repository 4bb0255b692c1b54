// parley incident close: ends an incident, after which no notice can be given.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';

export function incidentClose(parent: Command, io: Io): void {
  parent
    .command('close <id>')
    .description('end an incident')
    .option('--url <url>', 'where the gateway is')
    .action(async (id: string, options: { url?: string }) => {
      await apiOf(options, io).post(`/v1/incidents/${encodeURIComponent(id)}/close`);
      io.line('Closed.');
    });
}
