// parley incident tell: gives a notice to every tenant that is concerned, and puts it on record.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';

interface Options {
  readonly phase: string;
  readonly consequences?: string;
  readonly measures?: string;
  readonly url?: string;
  readonly json?: boolean;
}

export function incidentTell(parent: Command, io: Io): void {
  parent
    .command('tell <id>')
    .description('tell the tenants that are concerned: first, then what becomes known')
    .option('--phase <phase>', 'first, follow-up or final', 'first')
    .option('--consequences <text>', 'likely consequences, as far as known')
    .option('--measures <text>', 'measures taken or proposed')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (id: string, { url, json, ...known }: Options) => {
      const api = apiOf(url === undefined ? {} : { url }, io);
      const answer = (await api.post(`/v1/incidents/${encodeURIComponent(id)}/notices`, known)) as { told: string[] };
      if (json) return io.line(JSON.stringify(answer));
      io.line(answer.told.length > 0 ? `Told: ${answer.told.join(', ')}` : 'Nobody was told: they know, or are not concerned.'); // prettier-ignore
    });
}
