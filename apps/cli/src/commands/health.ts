// parley health: is the gateway ready, and if not, what is missing.
import axios from 'axios';
import type { Command } from 'commander';
import { gatewayUrl } from '../api.js';
import { Failure, type Io } from '../io.js';

export function health(parent: Command, io: Io): void {
  parent
    .command('health')
    .description('ask a running gateway whether it is ready; exit code 1 when it is not')
    .option('--url <url>', 'where the gateway is')
    .action(async (options: { url?: string }) => {
      const url = gatewayUrl(options, io);
      const answer = await axios
        .get(`${url}/health/ready`, { timeout: 10_000, validateStatus: () => true })
        .catch(() => null);
      if (!answer) throw new Failure(`no answer from ${url}`);
      io.line(typeof answer.data === 'string' ? answer.data : JSON.stringify(answer.data, null, 2));
      if (answer.status !== 200) throw new Failure(`${url} is not ready`);
    });
}
