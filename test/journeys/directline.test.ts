// The Direct Line surface before the unmodified npm client, over real sockets: start, send, receive, upload, refresh, reconnect, expiry.
import { connect } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { directLinePlugin } from '../../apps/gateway/src/directline/plugin.js';
import {
  buyToken,
  ConnectionStatus,
  openClient,
  type ChatClient,
  type ClientOptions,
  type Gateway,
} from './directline-client.js';
import { memoryBackend, SITE_KEY, type MemoryBackend, type Script } from './memory-backend.js';

const script: Script = (content) => {
  if (content.type === 'text') return [{ type: 'text', text: `echo: ${content.text}` }];
  return [{ type: 'text', text: `got ${content.type}` }];
};

let app: FastifyInstance;
let backend: MemoryBackend;
let gateway: Gateway;
let ahead = 0;
const failures: unknown[] = [];
const clients: ChatClient[] = [];

const open = (options: ClientOptions): ChatClient => {
  const client = openClient(gateway, options);
  clients.push(client);
  return client;
};

beforeAll(async () => {
  backend = memoryBackend(script);
  app = fastify({ routerOptions: { maxParamLength: 200 } });
  const options = {
    publicUrl: () => gateway.url,
    onError: (error: unknown) => void failures.push(error),
    now: () => Date.now() + ahead,
  };
  await app.register(directLinePlugin(backend, options));
  gateway = { url: await app.listen({ port: 0, host: '127.0.0.1' }), siteKey: SITE_KEY };
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  ahead = 0;
  backend.trouble = null;
});

afterAll(async () => {
  await app.close();
  expect(failures.filter((error) => !String(error).includes('database is away'))).toEqual([]);
});

describe.each(['websocket', 'polling'] as const)('by %s', (mode) => {
  const start = async (): Promise<ChatClient> => open({ mode, token: (await buyToken(gateway)).token });

  it('sends, sees its own message with its own id, and hears the answer to it', async () => {
    const client = await start();
    const id = await client.send('hello');
    const answer = await client.heard('echo: hello');
    const own = await client.heard('hello', 'user');
    expect(own).toMatchObject({ id, channelData: { clientActivityID: expect.stringMatching(/^client-/) as unknown } });
    expect(own.from.id).toMatch(/^dl_/);
    expect(answer).toMatchObject({ replyToId: id, from: { id: 'bot', role: 'bot' }, textFormat: 'plain' });
    expect(JSON.stringify(client.activities)).not.toContain('name');
    expect(client.statuses).toEqual([
      ConnectionStatus.Uninitialized,
      ConnectionStatus.Connecting,
      ConnectionStatus.Online,
    ]);
  });
});

it.each(['//', '//:', '/v3/directline/conversations/x/stream', '/elsewhere'])(
  'refuses a stream at %s and goes on',
  async (path) => {
    const { hostname, port } = new URL(gateway.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
      );
      socket.once('data', (bytes) => resolve(String(bytes)));
      socket.once('error', reject);
      socket.once('close', () => resolve(''));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 40[14] /);
    expect((await fetch(`${gateway.url}/v3/directline/session/getsessionid`)).status).toBe(404);
  },
);

const conversation = async () => {
  const { token, conversationId } = await buyToken(gateway);
  const url = `${gateway.url}/v3/directline/conversations/${conversationId}`;
  const post = async (path: string, type: string, body: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body })).status;
  };
  const streamUrl = async (): Promise<string> => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { streamUrl: string }).streamUrl;
  };
  return { post, streamUrl };
};

it('refuses what is nested too deeply or too long, and forms that cannot be read, as mistakes of the client', async () => {
  const { post } = await conversation();
  const deep = `{"type":"message","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  expect(await post('/activities', 'application/json', deep)).toBe(400);
  const long = JSON.stringify({ type: 'message', text: 'x'.repeat(10_001) });
  expect(await post('/activities', 'application/json', long)).toBe(413);
  const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
  expect(await post('/upload', 'multipart/form-data; boundary=x', cut)).toBe(400);
  expect(await post('/upload', 'multipart/form-data', cut)).toBe(400);
});

it('opens no more than five streams of a conversation, also at the same time, and as many again later', async () => {
  const { streamUrl } = await conversation();
  const openAll = async () => {
    const urls = await Promise.all(Array.from({ length: 8 }, streamUrl));
    const streams = urls.map((url) => new WebSocket(url));
    const states = await Promise.all(
      streams.map(
        (stream) =>
          new Promise<string>((resolve) => {
            stream.once('open', () => resolve('open'));
            stream.once('error', ({ message }) => resolve(message));
          }),
      ),
    );
    const ended = streams.map((stream) => new Promise((resolve) => stream.once('close', resolve)));
    for (const stream of streams) if (stream.readyState === stream.OPEN) stream.close();
    await Promise.all(ended.filter((_, n) => states[n] === 'open'));
    return states.filter((state) => state === 'open').length;
  };
  expect(await openAll()).toBe(5);
  expect(await openAll()).toBe(5);
});

it('reads as many forms at once as there is room for, and none for ever', async () => {
  const other = fastify({ routerOptions: { maxParamLength: 200 } });
  const limits = { uploadBytes: 900, activityBytes: 100, formsInHand: 2_000, formMs: 400 };
  await other.register(directLinePlugin(backend, { publicUrl: () => gateway.url, onError: (error) => void failures.push(error), limits })); // prettier-ignore
  const url = await other.listen({ port: 0, host: '127.0.0.1' });
  const { token, conversationId } = await buyToken({ url, siteKey: SITE_KEY });
  const path = `/v3/directline/conversations/${conversationId}/upload`;
  /** Says that it sends so many bytes, and does not. */
  const slow = (): Promise<void> =>
    new Promise((ended) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
        socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n`),
      ); // prettier-ignore
      socket.once('error', () => undefined).once('close', () => ended());
    });
  const upload = async (): Promise<readonly [number, string | null]> => {
    const form = new FormData();
    form.append('file', new Blob(['a picture'], { type: 'image/png' }), 'a.png');
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return [answer.status, answer.headers.get('retry-after')];
  };
  expect(await upload()).toEqual([200, null]);
  const ended = [slow(), slow()];
  await new Promise((resume) => setTimeout(resume, 100));
  expect(await upload()).toEqual([503, '2']);
  await Promise.all(ended);
  expect(await upload()).toEqual([200, null]);
  await other.close();
});
