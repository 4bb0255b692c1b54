// parley incident show: what an incident came to, per tenant.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';
import { cell, table } from '../table.js';

export interface Incident {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly countedAt: string | null;
  readonly persons: number;
  readonly events: number;
  readonly tenants: readonly {
    readonly tenant: string;
    readonly persons: number;
    readonly events: number;
    readonly categories: Readonly<Record<string, number>>;
    readonly keys: { readonly exposed?: number; readonly sealed?: number; readonly shredded?: number };
  }[];
}

const listed = (categories: Readonly<Record<string, number>>): string =>
  Object.entries(categories)
    .map(([category, n]) => `${category} ${n}`)
    .join(', ');

export const incidentLines = ({ id, persons, events, countedAt, tenants }: Incident): readonly string[] => [
  `${id}: ${countedAt === null ? 'the lists are being made' : `${persons} persons, ${events} messages`}`,
  ...table(
    ['TENANT', 'PERSONS', 'MESSAGES', 'KEYS EXPOSED', 'SEALED', 'SHREDDED', 'CATEGORIES'],
    tenants.map((one) => [
      one.tenant,
      ...[one.persons, one.events, one.keys.exposed, one.keys.sealed, one.keys.shredded].map(cell),
      cell(listed(one.categories)),
    ]),
  ),
];

export function incidentShow(parent: Command, io: Io): void {
  parent
    .command('show <id>')
    .description('what an incident came to, per tenant')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (id: string, options: { url?: string; json?: boolean }) => {
      const incident = (await apiOf(options, io).get(`/v1/incidents/${encodeURIComponent(id)}`)) as Incident;
      if (options.json) return io.line(JSON.stringify(incident));
      incidentLines(incident).forEach((line) => io.line(line));
    });
}
