// What platforms post, before anything of it is known: strangers who send and do not end cannot fill the memory.
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { CHANNELS } from '#libs/channels';
import { Problem } from '#libs/kernel';
import { createLogger, createMetrics } from '#libs/platform';
import { until } from '../../../test/support/until.js';
import { httpServer } from '../src/http-server.js';
import { webhookPosts } from '../src/webhook-posts.js';

const ROOM = 1_000_000;
const PATH = '/webhooks/whatsapp-cloud/00000000-0000-4000-8000-000000000000';

let server: Server;
const sockets: Socket[] = [];
const accepted: Socket[] = [];

beforeAll(async () => {
  const takeOver = webhookPosts({
    channels: CHANNELS,
    intake: { posted: async () => Promise.reject(new Problem('bad-signature')) } as never,
    metrics: createMetrics(),
    log: createLogger({ logLevel: 'silent', logFormat: 'json' }),
    mostInHand: ROOM,
  });
  server = httpServer(takeOver)((_request, response) => void response.end());
  server.on('connection', (socket) => void accepted.push(socket));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
});

const portOf = (): number => (server.address() as AddressInfo).port;

/** Says that much will come, and sends less; the server has that. */
async function holdBack(bytes: number): Promise<Socket> {
  const socket = connect(portOf(), '127.0.0.1');
  sockets.push(socket);
  socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes + 1}\r\n\r\n`);
  socket.write(Buffer.alloc(bytes, 'a'));
  const isOurs = ({ remotePort }: Socket): boolean => remotePort === socket.localPort;
  await until('the server has it', () => (accepted.find(isOurs)?.bytesRead ?? 0) > bytes);
  return socket;
}

const post = (bytes: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${portOf()}${PATH}`, { method: 'POST', body: 'a'.repeat(bytes) });

it('a body is refused when there is no room for it, and taken when whoever held it back has gone', async () => {
  expect((await post(400_000)).status).toBe(401);
  const held = await Promise.all([holdBack(450_000), holdBack(450_000)]);
  const refused = await post(400_000);
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('connection')]).toEqual([503, '5', 'close']);
  expect((await post(1_000)).status).toBe(401);
  for (const socket of held) socket.destroy();
  await until('there is room again', async () => (await post(400_000)).status === 401);
}); // prettier-ignore

it('a body that comes byte by byte takes what its pieces take', async () => {
  const socket = connect(portOf(), '127.0.0.1');
  sockets.push(socket);
  const answer = new Promise<string>((done) => socket.once('data', (data: Buffer) => done(data.toString())));
  socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(20_000)}`);
  expect(await answer).toMatch(/^HTTP\/1.1 503 /);
});

it('nobody may take five minutes for a request, as node lets them', () => {
  expect(server.requestTimeout).toBe(60_000);
});

it('what was refused leaves its room: many of them, one after another, take none', async () => {
  for (let n = 0; n < 20; n += 1) expect((await post(400_000)).status).toBe(401);
});
