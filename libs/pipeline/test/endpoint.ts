// Somebody who is called over HTTP, on a real socket: a bot, a detector.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, never> & { readonly [key: string]: unknown };
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  /** It is given once that is over. */
  readonly after?: Promise<unknown>;
}

export interface Endpoint {
  readonly url: string;
  readonly asked: Asked[];
  answer(with_: (asked: Asked) => Answer): void;
  close(): Promise<void>;
}

export async function startEndpoint(path: string): Promise<Endpoint> {
  const asked: Asked[] = [];
  let answer: (asked: Asked) => Answer = () => ({ body: { messages: [] } });
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = { headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) as Asked['body'] };
      asked.push(one);
      const { status = 200, body = {}, after } = answer(one);
      const give = () =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      void Promise.resolve(after).then(give);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    asked,
    answer: (with_) => void (answer = with_),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
