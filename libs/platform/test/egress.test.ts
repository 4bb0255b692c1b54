// The egress client: what may be called, what comes back, and that nothing is thrown or leaked.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { personal, PersonalDataLeak, type HttpRequest } from '#libs/kernel';
import { createEgress, isPublic, type Egress } from '#libs/platform';
import { until } from '../../../test/support/until.js';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server;
let origin: string;
let answer: Answer;
let requests: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
const opened: Egress[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      requests.push({ url: request.url ?? '', headers: request.headers, body });
      answer(request, response, body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  requests = [];
  answer = (_request, response) => void response.setHeader('x-seen', 'yes').end('{"ok":true}');
});

afterEach(() => opened.splice(0).forEach((egress) => egress.close()));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function egressOf(options: Partial<Parameters<typeof createEgress>[0]> = {}): Egress {
  const egress = createEgress({
    allowPrivate: false,
    bases: { 'meta-graph': 'https://graph.facebook.com/v26.0', 'instagram-graph': 'https://graph.instagram.com/v26.0' },
    ...options,
  });
  opened.push(egress);
  return egress;
}

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  expect: 'json',
  timeoutMs: 60_000,
  maxBytes: 10_000,
  ...more,
});

const local = { hosts: ['127.0.0.1', 'localhost', 'bot.example', '[::1]'], secrets: { accessToken: 'EAAG-secret' } };
const forbidden = { kind: 'failed', reason: 'forbidden-host' };

describe('what may be called', () => {
  it.each([
    'http://127.0.0.1/', 'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://127.1/', 'https://[::1]/',
    'https://[::ffff:127.0.0.1]/', 'https://10.0.0.1/', 'https://172.16.0.1/', 'https://192.168.1.1/', 'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/', 'https://0.0.0.0/', 'https://[fd00::1]/', 'https://[fe80::1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/',
  ])('not %s, although its host is allow-listed', async (url) => {
    const permit = { hosts: [new URL(url).hostname], secrets: {} };
    expect(await egressOf().send(request(url), permit)).toEqual(forbidden);
  }); // prettier-ignore

  it.each([
    ['a public address', [{ address: '93.184.215.14', family: 4 }], 'network'],
    ['a private address', [{ address: '10.1.2.3', family: 4 }], 'forbidden-host'],
    ['a public and a loopback address', [{ address: '93.184.215.14', family: 4 }, { address: '127.0.0.1', family: 4 }], 'forbidden-host'],
    ['a mapped address', [{ address: '::ffff:169.254.169.254', family: 6 }], 'forbidden-host'],
  ])('a name with %s', async (_what, found, reason) => {
    const egress = egressOf({ resolve: (_host, done) => done(null, found) });
    // A port that nobody answers: reaching it at all shows as network or timeout.
    const answered = await egress.send(request('https://bot.example:1/', { timeoutMs: 300 }), local);
    if (reason === 'forbidden-host') expect(answered).toEqual(forbidden);
    else expect(answered).not.toEqual(forbidden);
  }); // prettier-ignore

  it('a name is looked up for the connection itself: what it says afterwards does not matter', async () => {
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const egress = egressOf({
      allowPrivate: true,
      resolve: (_host, done) => done(null, [{ address: ++asked === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }]),
    });
    for (let n = 0; n < 3; n++)
      expect(await egress.send(request(`http://bot.example:${port}/`), local)).toMatchObject({ status: 200 });
    expect(asked).toBe(1);
  });

  it('no host that is not listed, no scheme but https, no broken URL', async () => {
    const egress = egressOf({ resolve: (_host, done) => done(null, [{ address: '93.184.215.14', family: 4 }]) });
    const permit = { hosts: ['graph.example', '.cdn.example'], secrets: {} };
    for (const url of [
      'https://other.example/', 'https://graph.example.evil.example/', 'https://evil-cdn.example/', 'https://cdn.example/', 'http://graph.example/',
      'ftp://graph.example/', 'file:///etc/passwd', 'https://graph.example@other.example/', 'not a url', '',
    ]) expect(await egress.send(request(url), permit)).toEqual(forbidden); // prettier-ignore
    expect(await egress.send(request('https://img.cdn.example:1/', { timeoutMs: 200 }), permit)).not.toEqual(forbidden);
  });

  it("a base of the operator's choice, wherever it is, and what the platform names of the same origin", async () => {
    const egress = egressOf({ bases: { 'meta-graph': `${origin}/v26.0`, 'instagram-graph': `${origin}/v26.0` } });
    expect(await egress.send(request('/me', { base: 'meta-graph' }), { hosts: [], secrets: {} })).toMatchObject({
      status: 200,
    });
    const named = { hosts: [], secrets: {}, platform: true };
    expect(await egress.send(request(`${origin}/media/1`), named)).toMatchObject({ status: 200 });
    // Whoever enters that address as their recipient's is no platform: it may be a host of the operator's that nobody else reaches.
    expect(await egress.send(request(`${origin}/admin`), local)).toEqual(forbidden);
    expect(requests.map(({ url }) => url)).toEqual(['/v26.0/me', '/media/1']);
    // Another port is another origin.
    expect(await egress.send(request('http://127.0.0.1:9/'), local)).toEqual(forbidden);
  });

  it('no redirect is followed', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    const answered = await egressOf({ allowPrivate: true }).send(request(`${origin}/`), local);
    expect(answered).toMatchObject({ kind: 'answered', status: 302 });
    expect(requests.length).toBe(1);
  });

  it.each([
    ['8.8.8.8', true], ['2a00:1450:4001:82a::200e', true], ['1.1.1.1', true],
    ['127.0.0.1', false], ['10.0.0.1', false], ['169.254.169.254', false], ['100.100.100.200', false], ['192.0.2.1', false], ['198.18.0.1', false],
    ['224.0.0.1', false], ['240.0.0.1', false], ['255.255.255.255', false], ['0.0.0.0', false], ['192.0.0.192', false],
    ['::', false], ['::1', false], ['::7f00:1', false], ['::ffff:10.0.0.1', false], ['fc00::1', false], ['fe80::1', false], ['fec0::1', false],
    ['ff02::1', false], ['2001:db8::1', false], ['64:ff9b::a00:1', false], ['64:ff9b:1::a00:1', false], ['2002:a00:1::', false], ['2001::1', false],
    ['100::1', false], ['localhost', false], ['', false],
  ])('%s is public: %s', (address, expected) => expect(isPublic(address)).toBe(expected)); // prettier-ignore
});

describe('what is sent', () => {
  it('secrets are filled in by name', async () => {
    await egressOf({ allowPrivate: true }).send(
      request(`${origin}/send?a=1`, {
        method: 'POST',
        json: { text: 'grüß dich' },
        bearer: { secret: 'accessToken' },
        query: { b: '2 3' },
      }),
      local,
    );
    expect(requests[0]).toMatchObject({
      url: '/send?a=1&b=2+3',
      body: '{"text":"grüß dich"}',
      headers: { authorization: 'Bearer EAAG-secret', 'content-type': 'application/json' },
    });
  });

  it('an exact body stays as it is', async () => {
    const text = '{ "a" : 1 }\n';
    await egressOf({ allowPrivate: true }).send(
      request(`${origin}/`, {
        method: 'POST',
        body: { contentType: 'application/json', text },
        headers: { 'webhook-id': 'msg_1' },
      }),
      local,
    );
    expect(requests[0]).toMatchObject({
      body: text,
      headers: { 'webhook-id': 'msg_1', 'content-length': String(text.length) },
    });
  });

  it('no proxy of the environment is asked', async () => {
    const saved = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    expect(await egressOf({ allowPrivate: true }).send(request(`${origin}/`), local)).toMatchObject({ status: 200 });
    if (saved === undefined) delete process.env['http_proxy'];
    else process.env['http_proxy'] = saved;
  });
});

describe('what comes back', () => {
  const send = (more: Partial<HttpRequest> = {}) =>
    egressOf({ allowPrivate: true }).send(request(`${origin}/`, more), local);

  it('JSON, with lower-case headers', async () => {
    expect(await send()).toMatchObject({
      kind: 'answered',
      status: 200,
      json: { ok: true },
      headers: { 'x-seen': 'yes' },
    });
  });

  it('an error of the other side is an answer', async () => {
    answer = (_request, response) => void response.writeHead(500).end('{"error":{"code":131056}}');
    expect(await send({ expect: 'bytes' })).toMatchObject({ status: 500, json: { error: { code: 131056 } } });
  });

  it('what is no JSON has none', async () => {
    answer = (_request, response) => void response.end('<html>');
    const answered = await send();
    expect(answered).toMatchObject({ status: 200 });
    expect(answered).not.toHaveProperty('json');
  });

  it('bytes', async () => {
    answer = (_request, response) => void response.end(Buffer.from([0, 255, 1]));
    expect(await send({ expect: 'bytes' })).toMatchObject({ bytes: Buffer.from([0, 255, 1]) });
  });

  it('no more than allowed, even when packed small', async () => {
    answer = (_request, response) => void response.end(Buffer.alloc(10_001));
    expect(await send({ expect: 'bytes' })).toEqual({ kind: 'failed', reason: 'too-large' });
    answer = (_request, response) =>
      void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000)));
    expect(await send({ expect: 'bytes' })).toEqual({ kind: 'failed', reason: 'too-large' });
    answer = (_request, response) => void response.end(Buffer.alloc(10_000));
    expect(await send({ expect: 'bytes' })).toMatchObject({ kind: 'answered' });
  });

  it.each<[string, Answer]>([
    ['more than allowed', (_request, response) => void response.end(Buffer.alloc(10_000_000))],
    ['something that never ends', (_request, response) => void response.write('{')],
    ['something that breaks off', (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a"');
      setTimeout(() => response.destroy(), 20);
    }],
    ['broken compression', (_request, response) => void response.setHeader('content-encoding', 'gzip').end('no gzip')],
  ])('where nothing is expected the status is the answer, also before %s', async (_what, behave) => {
    answer = behave;
    const answered = await send({ expect: 'none' });
    expect(answered).toMatchObject({ kind: 'answered', status: 200 });
    expect(answered).not.toHaveProperty('json');
  }); // prettier-ignore

  it('where nothing is expected the connection serves the next call, too', async () => {
    const ports = new Set<number | undefined>();
    answer = (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end('{"thanks": true}');
    };
    const egress = egressOf({ allowPrivate: true });
    // The body is read after the answer: until it is, a call opens another connection.
    let calls = 0;
    await until('a connection serves another call', async () => {
      await egress.send(request(`${origin}/`, { expect: 'none' }), local);
      return ports.size < ++calls;
    });
  });

  it.each<[string, Answer]>([
    ['no answer', () => undefined],
    ['an answer that never ends', (_request, response) => void response.write('{')],
    ['an answer that trickles', (_request, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    }],
  ])('%s: timeout', async (_what, behave) => {
    answer = behave;
    expect(await send({ timeoutMs: 150 })).toEqual({ kind: 'failed', reason: 'timeout' });
  }); // prettier-ignore

  it.each<[string, Answer]>([
    ['a connection that is closed', (_request, response) => void response.destroy()],
    ['an answer that breaks off', (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a"');
      setTimeout(() => response.destroy(), 20);
    }],
    ['broken compression', (_request, response) => void response.setHeader('content-encoding', 'gzip').end('no gzip')],
  ])('%s: network', async (_what, behave) => {
    answer = behave;
    expect(await send()).toEqual({ kind: 'failed', reason: 'network' });
  }); // prettier-ignore

  it('nothing is thrown for what cannot be sent', async () => {
    expect(await send({ headers: { 'bad name': 'a' } })).toEqual({ kind: 'failed', reason: 'network' });
    expect(await send({ headers: { 'x-bad': 'a\r\nx-smuggled: b' } })).toMatchObject({ kind: 'answered' });
    expect(requests[0]?.headers).not.toHaveProperty('x-smuggled');
    expect(
      await egressOf({ resolve: (_host, done) => done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []) }).send(
        request('https://bot.example/'),
        local,
      ),
    ).toEqual({ kind: 'failed', reason: 'unreachable' });
  });

  it('a server that is not there was sent nothing: unreachable', async () => {
    const egress = egressOf({ allowPrivate: true });
    const unreachable = { kind: 'failed', reason: 'unreachable' };
    expect(await egress.send(request('http://127.0.0.1:9/'), { hosts: ['127.0.0.1'], secrets: {} })).toEqual(
      unreachable,
    );
  });
});

it('personal data that was not revealed is a bug, not a network failure', async () => {
  const json = { to: personal('4915550000001') };
  const sent = egressOf({ allowPrivate: true }).send(request(`${origin}/`, { method: 'POST', json }), local);
  await expect(sent).rejects.toThrow(PersonalDataLeak);
  expect(requests).toEqual([]);
});

it('many calls at once do not wait for one another', async () => {
  const CALLS = 300;
  const open: ServerResponse[] = [];
  // Nobody is answered before all have asked.
  answer = (_request, response) => {
    if (open.push(response) === CALLS) for (const each of open) each.end('{}');
  };
  const egress = egressOf({ allowPrivate: true });
  const answers = await Promise.all(Array.from({ length: CALLS }, () => egress.send(request(`${origin}/`), local)));
  expect(answers.every(({ kind }) => kind === 'answered')).toBe(true);
});
