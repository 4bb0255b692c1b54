// A webhook receiver for tests: keeps the raw bytes and answers as told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Hook {
  readonly raw: string;
  readonly signature: string;
}

export interface Receiver {
  readonly url: string;
  readonly hooks: Hook[];
  /** Statuses of the next answers; 200 when there is none left. */
  readonly answers: number[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const hooks: Hook[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = String(request.headers['x-hub-signature-256']);
      hooks.push({ raw: Buffer.concat(chunks).toString('latin1'), signature });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/meta`,
    hooks,
    answers,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
