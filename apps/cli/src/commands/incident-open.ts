// parley incident open: puts a suspicion on record and has the lists of the persons concerned made.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';
import { incidentLines, type Incident } from './incident-show.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly component: string[];
  readonly suspicion: string[];
  readonly tenant?: string[];
  readonly url?: string;
  readonly json?: boolean;
}

const POLL_MS = 500;

export function incidentOpen(parent: Command, io: Io): void {
  parent
    .command('open')
    .description('open an incident and wait for the lists of the persons concerned')
    .requiredOption('--from <time>', 'begin of the time in question, such as 2026-11-01T08:00Z')
    .requiredOption('--to <time>', 'end of the time in question')
    .requiredOption(
      '--component <what...>',
      'database, backups, gateway, api, master-key, connection:<id>, recipient:<id>; what may have been reached',
    )
    .option('--suspicion <term...>', 'ConfidentialityBreach, IntegrityBreach, AvailabilityBreach', [
      'ConfidentialityBreach',
    ])
    .option('--tenant <slug...>', 'only these tenants')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async ({ url, json, ...options }: Options) => {
      const api = apiOf(url === undefined ? {} : { url }, io);
      const { component: components, tenant: tenants, ...window } = options;
      let incident = (await api.post('/v1/incidents', { ...window, components, ...(tenants ? { tenants } : {}) })) as Incident; // prettier-ignore
      while (incident.countedAt === null) {
        await sleep(POLL_MS);
        incident = (await api.get(`/v1/incidents/${incident.id}`)) as Incident;
      }
      if (json) return io.line(JSON.stringify(incident));
      incidentLines(incident).forEach((line) => io.line(line));
    });
}
