// parley incident draft: what a tenant would be told, before it is told.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';

interface Draft {
  readonly text: string;
  readonly letters: readonly { readonly language: string; readonly subject: string; readonly body: string }[];
}

export function incidentDraft(parent: Command, io: Io): void {
  parent
    .command('draft <id> <tenant>')
    .description('what a tenant would be told; with --letters the templates of letters to the persons as well')
    .option('--phase <phase>', 'first, follow-up or final', 'first')
    .option('--letters', 'with the letters')
    .option('--url <url>', 'where the gateway is')
    .option('--json', 'print the answer as JSON')
    .action(async (id: string, tenant: string, options: { phase: string; letters?: boolean; url?: string; json?: boolean }) => {
      const path = `/v1/incidents/${encodeURIComponent(id)}/drafts/${encodeURIComponent(tenant)}?phase=${encodeURIComponent(options.phase)}`;
      const draft = (await apiOf(options, io).get(path)) as Draft;
      if (options.json) return io.line(JSON.stringify(draft));
      io.line(draft.text);
      if (options.letters)
        for (const letter of draft.letters) io.line(`\n[${letter.language}] ${letter.subject}\n\n${letter.body}`);
    }); // prettier-ignore
}
