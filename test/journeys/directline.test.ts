// The Direct Line surface before the unmodified npm client, over real sockets: start, send, receive, upload, refresh, reconnect, expiry.
import { connect, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { directLinePlugin } from '../../apps/gateway/src/directline/plugin.js';
import { oddly, ODD_MAPS, withOddKeys } from '../contract/payloads.js';
import { until } from '../support/until.js';
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
const connections = new Set<Socket>();

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
  app.server.on('connection', (socket) => void connections.add(socket));
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

  it('comes back after the connection was lost, and hears once what was said meanwhile', async () => {
    const client = await start();
    await client.send('hello');
    await client.heard('echo: hello');
    for (const connection of connections) connection.destroy();
    backend.say(client.inner.conversationId, { type: 'text', text: 'said meanwhile' });
    await client.heard('said meanwhile');
    await client.send('and again');
    await client.heard('echo: and again');
    const heard = client.activities.map((one) => (one.type === 'message' ? one.text : one.type));
    expect(heard.filter((text) => text === 'said meanwhile')).toHaveLength(1);
    expect(heard.filter((text) => text === 'echo: hello')).toHaveLength(1);
  });

  it('goes on in another page from its watermark: what was heard is not told again', async () => {
    const first = await start();
    await first.send('hello');
    await first.heard('echo: hello');
    const { conversationId, token } = first.inner;
    const watermark = await until('a watermark', () => first.inner.watermark);
    first.close();
    backend.say(conversationId, { type: 'text', text: 'for the next page' });
    const next = open({ mode, token, resume: { conversationId, watermark } });
    await next.heard('for the next page');
    expect(next.activities.map((one) => (one.type === 'message' ? one.text : one.type))).not.toContain('echo: hello');
  });

  it('is given a new token for the same conversation', async () => {
    const client = await start();
    await client.send('hello');
    const before = client.inner.token;
    ahead = 60_000;
    const token = await client.refresh();
    expect(token).not.toBe(before);
    await client.send('with the new one');
    await client.heard('echo: with the new one');
  });

  it('says that its token has expired, and sends nothing with it', async () => {
    const client = await start();
    await client.send('hello');
    await client.heard('echo: hello');
    ahead = 24 * 3_600_000;
    await client.send('too late').catch(() => undefined);
    await until('the token has expired', () => client.statuses.includes(ConnectionStatus.ExpiredToken));
    expect(backend.received.map(({ payload }) => (payload.activity as { text?: string }).text)).not.toContain(
      'too late',
    );
  });

  it('sends files, and the activity that they belong to', async () => {
    const client = await start();
    const picture = Buffer.from('a picture of a cat');
    const contentUrl = `data:image/png;base64,${picture.toString('base64')}`;
    const attachments = [{ contentType: 'image/png', contentUrl, name: 'cat.png' }];
    await client.send('look', { attachments: attachments });
    await until('it is answered', () => client.activities.some((one) => one.type === 'message' && one.text?.startsWith('got '))); // prettier-ignore
    const { payload, uploads } = backend.received.at(-1)!;
    expect((payload.activity as { text?: string }).text).toBe('look');
    expect(uploads.map(({ mime, bytes }) => [mime, bytes.toString()])).toEqual([['image/png', picture.toString()]]);
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

it.each(['tokens/generate', 'tokens/refresh', 'conversations'])(
  'answers who may not call %s before their body has come',
  async (path) => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    connections.add(socket);
    socket.write(`POST /v3/directline/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer none\r\nContent-Length: 100000\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  },
); // prettier-ignore

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

it('whatever JSON is posted is answered, or refused as a problem', async () => {
  const { token, conversationId } = await buyToken(gateway);
  const text = { type: 'message', text: 'x', value: {}, channelData: { clientActivityID: 'x' }, locale: 'de' };
  const texts = [...oddly(() => structuredClone(text)), ...ODD_MAPS.map((odd) => withOddKeys(text, odd))];
  const users = [{ id: 'dl_1' }, 'x', [], ...ODD_MAPS].flatMap((odd) => [{ user: odd }, { token: odd }, { user: { id: odd } }]); // prettier-ignore
  const deep = `{"type":"message","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  const bodies = [...[null, 7, 'x', [], ...ODD_MAPS, ...users, ...texts].map((one) => JSON.stringify(one)), '1e400', '{', deep]; // prettier-ignore
  for (const path of [
    'tokens/generate',
    'tokens/refresh',
    'conversations',
    `conversations/${conversationId}/activities`,
  ])
    for (const body of bodies) {
      const authorization = `Bearer ${path === 'tokens/generate' ? SITE_KEY : token}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${gateway.url}/v3/directline/${path}`, { method: 'POST', headers, body });
      await answer.text();
      const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
      expect([path, body, answer.ok || (answer.status < 500 && isProblem)]).toEqual([path, body, true]);
    }
});

/** A gateway whose room for forms is taken by two that do not end. */
async function full(formMs: number) {
  const other = fastify({ routerOptions: { maxParamLength: 200 } });
  const limits = { uploadBytes: 900, activityBytes: 100, formsInHand: 2_000, formMs };
  await other.register(directLinePlugin(backend, { publicUrl: () => gateway.url, onError: (error) => void failures.push(error), limits })); // prettier-ignore
  const url = await other.listen({ port: 0, host: '127.0.0.1' });
  const { token, conversationId } = await buyToken({ url, siteKey: SITE_KEY });
  const path = `/v3/directline/conversations/${conversationId}/upload`;
  const sockets: Socket[] = [];
  /** Says that it sends so many bytes, and does not. */
  const slow = (): Promise<void> =>
    new Promise((ended) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
        socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n`),
      ); // prettier-ignore
      sockets.push(socket.once('error', () => undefined).once('close', () => ended()));
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
  // One that is read at this moment would take the room of theirs: both have arrived before.
  let arrived = 0;
  const bothCame = new Promise<void>((came) => other.server.on('request', () => void ((arrived += 1) === 2 && came())));
  const ended = [slow(), slow()];
  await bothCame;
  return { upload, sockets, ended: Promise.all(ended), close: () => other.close() };
}

it('reads as many forms at once as there is room for', async () => {
  const { upload, sockets, close } = await full(600_000);
  expect(await upload()).toEqual([503, '2']);
  for (const socket of sockets) socket.destroy();
  await until('there is room again', async () => (await upload())[0] === 200);
  await close();
});

it('reads no form for ever', async () => {
  const { upload, ended, close } = await full(2_000);
  await ended;
  expect(await upload()).toEqual([200, null]);
  await close();
});

it.each([
  ['https://shop.example', 200],
  ['https://elsewhere.example', 403],
  ['null', 403],
])('a page of %s that asks for a token gets %d', async (origin, status) => {
  const headers = { authorization: `Bearer ${SITE_KEY}`, origin };
  const answer = await fetch(`${gateway.url}/v3/directline/tokens/generate`, { method: 'POST', headers });
  expect(answer.status).toBe(status);
});

it.each([
  ['dl_alice', false],
  ['dl_customer_1000042', false],
  ['dl_7Qm2xA9kLr0sTfVb8wYz3N', true],
])('of the name %s, by which a page calls its visitor, only one that nobody guesses is theirs', async (id, taken) => {
  const { token } = await buyToken(gateway, { user: { id } });
  const { user } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { user: string };
  expect(user === id).toBe(taken);
  expect(user).toMatch(/^dl_[\w-]{22}$/);
});

it('an address of a stream opens one stream, once', async () => {
  const { streamUrl } = await conversation();
  const url = await streamUrl();
  const opened = (): Promise<string> =>
    new Promise((resolve) => {
      const stream = new WebSocket(url);
      stream.once('open', () => resolve('open')).once('error', ({ message }) => resolve(message));
      stream.once('open', () => stream.close());
    });
  expect(await opened()).toBe('open');
  expect(await opened()).toMatch(/401/);
});
