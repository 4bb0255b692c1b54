// parley evidence: fetches the evidence pack of a tenant, for its controller, an auditor or an authority.
import type { Command } from 'commander';
import { apiOf } from '../api.js';
import type { Io } from '../io.js';

interface Options {
  readonly out?: string;
  readonly url?: string;
}

export function evidence(parent: Command, io: Io): void {
  parent
    .command('evidence <tenant>')
    .description('fetch the evidence pack: unpack it, and verify it with the verify-ledger.mjs in it')
    .option('--out <file>', 'where to write it; evidence-<tenant>.zip unless given')
    .option('--url <url>', 'where the gateway is')
    .action(async (tenant: string, options: Options) => {
      const file = options.out ?? `evidence-${tenant}.zip`;
      await apiOf(options, io).download(`/v1/tenants/${encodeURIComponent(tenant)}/evidence`, file);
      io.line(`${file}\nunpack it, then: node verify-ledger.mjs pack . --key <the verifier key that you kept>`);
    });
}
