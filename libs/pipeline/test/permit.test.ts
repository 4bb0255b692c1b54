// A recipient is called at the host of its line in the register, whatever its kind makes of the address.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest } from '#libs/kernel';
import { createEgress } from '#libs/platform';
import { permitOf } from '../src/index.js';

let server: Server;
let port: number;
let calls = 0;
beforeAll(async () => {
  server = createServer((_request, response) => {
    calls += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise((resolve) => void server.close(resolve)));

const egress = createEgress({
  allowPrivate: true,
  bases: { 'meta-graph': 'https://graph.example', 'instagram-graph': 'https://graph.example' },
});
afterAll(() => egress.close());

const to = (url: string): HttpRequest => ({ method: 'POST', url, json: {}, expect: 'none', timeoutMs: 2_000, maxBytes: 1_000 }); // prettier-ignore

it('there it goes', async () => {
  const answer = await egress.send(to(`http://127.0.0.1:${port}/x`), permitOf(`http://127.0.0.1:${port}/bot`, {}));
  expect([answer.kind, calls]).toEqual(['answered', 1]);
});

it.each([
  ['another host', 'http://localhost:PORT/x', 'http://127.0.0.1:PORT/bot'],
  ['a recipient without an address', 'http://127.0.0.1:PORT/x', null],
  ['an address that is none', 'http://127.0.0.1:PORT/x', 'bot'],
])('%s is refused', async (_name, url, registered) => {
  const before = calls;
  const fill = (text: string): string => text.replace('PORT', String(port));
  const answer = await egress.send(to(fill(url)), permitOf(registered && fill(registered), {}));
  expect([answer, calls]).toEqual([{ kind: 'failed', reason: 'forbidden-host' }, before]);
});
