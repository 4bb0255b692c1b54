// parley tenant create: makes a tenant and prints its API key, which is shown once.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';

export function tenantCreate(parent: Command, io: Io): void {
  parent
    .command('create <slug>')
    .description('make a tenant; prints its API key, which cannot be read again')
    .option('--name <name>', 'the name of the business; the slug unless given')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (slug: string, options: { name?: string; url?: string; json?: boolean }) => {
      const made = (await apiOf(options, io).post('/v1/tenants', { slug, name: options.name ?? slug })) as {
        apiKey: string;
      };
      io.line(options.json ? JSON.stringify(made) : `tenant ${slug}\nAPI key ${made.apiKey}`);
    });
}
