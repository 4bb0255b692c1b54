// The command line, run as a user runs it, against the answers of a gateway, in a folder of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../src/io.js';
import { main } from '../src/main.js';
import { startGateway } from './gateway.js';

export const TOKEN = 'op-0123456789abcdef';
export const NOW = 1_800_000_000_000;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function startCli() {
  const gateway = await startGateway();
  const folder = await mkdtemp(join(tmpdir(), 'parley-cli-'));
  return {
    gateway,
    folder,
    async run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
      const out: string[] = [];
      const err: string[] = [];
      const io: Io = {
        env: { PARLEY_OPERATOR_TOKEN: TOKEN, PARLEY_PUBLIC_URL: gateway.url, PARLEY_DATA_DIR: folder, ...env },
        line: (text) => void out.push(text),
        complain: (text) => void err.push(text),
        now: () => NOW,
        interrupted: () => Promise.resolve(),
      };
      const code = await main(args, io);
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    forget(): void {
      gateway.answers.clear();
      gateway.asked.length = 0;
    },
    async end(): Promise<void> {
      await gateway.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Cli = Awaited<ReturnType<typeof startCli>>;
