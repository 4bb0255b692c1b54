// The few answers of a gateway that the command line needs, and what it was asked.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
}

export interface Gateway {
  readonly url: string;
  readonly asked: Asked[];
  /** Answers by `METHOD path`; a function sees the request. */
  readonly answers: Map<string, (asked: Asked) => readonly [number, unknown]>;
  close(): Promise<void>;
}

export async function startGateway(): Promise<Gateway> {
  const asked: Asked[] = [];
  const answers: Gateway['answers'] = new Map();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, raw: Buffer.concat(chunks).toString() };
      asked.push(one);
      const [status, body] = answers.get(`${method} ${url}`)?.(one) ?? [
        404,
        { status: 404, title: 'There is no such thing here.' },
      ];
      if (Buffer.isBuffer(body)) response.writeHead(status, { 'content-type': 'application/zip' }).end(body);
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
