// Ports for servers that are started later, or again: between the choice and the start nobody else gets them.
import { createServer } from 'node:net';

/** Below those that systems hand out. Two runs at once rarely have the same thousand; each worker of a run has a hundred of it. */
const FIRST = 11_000 + (process.ppid % 20) * 1_000 + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 10) * 100;
let chosen = 0;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (chosen++ % 100);
    if (await isFree(port)) return port;
  }
}
