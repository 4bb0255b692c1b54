// OpenDSR 2.0 from outside: discovery, submitted, asked for, taken back, told; forged, replayed and another tenant's refused.
import { randomUUID, sign, verify, X509Certificate } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import { CHANNELS } from '#libs/channels';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { createIsolate, createLogger, createMetrics } from '#libs/platform';
import { createRights, createSigner, mistakeIn } from '#libs/rights';
import { oddly, ODD_MAPS, withOddKeys } from '../../../test/contract/payloads.js';
import { until } from '../../../test/support/until.js';
import { openDsr } from '../src/opendsr/plugin.js';
import { startAcme, type Acme } from './acme.js';
import { issue } from './certificates.js';
import { businessOf, type Person } from './person.js';

const HOST = 'gateway.example';
const pem = issue({ host: HOST });
const signer = createSigner(pem, HOST);
const publicKey = new X509Certificate(pem.certificate).publicKey;
const log = createLogger({ logLevel: 'silent', logFormat: 'json' });

let acme: Acme;
let app: FastifyInstance;
let look: pg.Client;
let tell: () => Promise<void>;
let told: HttpRequest[] = [];
let answer: HttpResponse = { kind: 'answered', status: 204, headers: {} };
let clock = Date.now;

beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  const { store, rights } = acme.api;
  app = Fastify();
  await app.register(openDsr({ store, rights, channels: CHANNELS, signer, publicUrl: `https://${HOST}`, log, now: () => clock() })); // prettier-ignore
  // The same as the gateway's, on the same database, but with a certificate.
  const call = async (request: HttpRequest): Promise<HttpResponse> => (told.push(request), answer);
  tell = createRights({
    store, facts: { channels: {} }, call, isolate: createIsolate({ log, metrics: createMetrics() }), log, journal: { noted: async () => [] } as never, backups: { keyDays: 1, dataDays: 1 }, openForPerson: () => null, openAttachment: () => Buffer.alloc(0), without: () => null, correct: () => null,
    wake: () => undefined, say: async () => false, words: async () => null, pageUrl: (code) => code, late: () => undefined, now: Date.now, openDsr: { signer, publicUrl: `https://${HOST}` },
  }).tellSystems; // prettier-ignore
});
afterAll(async () => {
  await app.close();
  await look.end();
  await acme.api.stop();
});
beforeEach(() => {
  told = [];
  answer = { kind: 'answered', status: 204, headers: {} };
  clock = Date.now;
});

const erasure = (change: object = {}) => ({
  regulation: 'gdpr', subject_request_id: randomUUID(), subject_request_type: 'erasure', submitted_time: new Date().toISOString(),
  subject_identities: [{ identity_type: 'messenger/psid', identity_value: '1', identity_format: 'raw' }], api_version: '2.0', ...change,
}); // prettier-ignore

async function business(rights: object = {}) {
  const { tenant, someone } = await businessOf(acme, (d) => ({ ...d, rights }));
  const key = String((await tenant.call('POST', '/api-keys', { label: 'privacy desk', scope: 'opendsr' })).body['apiKey']); // prettier-ignore
  const send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object | string, headers: object = {}) =>
    app.inject({
      method, url: `/opendsr/v2${path}`, headers: { authorization: `Bearer ${key}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    }); // prettier-ignore
  const submit = (body: object, headers?: object) =>
    send('POST', '/requests', JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  const named = (value: string) => ({
    subject_identities: [
      { identity_type: 'email', identity_value: 'anna@example.org', identity_format: 'sha256' },
      { identity_type: 'messenger/psid', identity_value: value, identity_format: 'raw' },
    ],
  });
  const requests = async () =>
    (await tenant.call('GET', '/requests')).body['items'] as unknown as Record<string, string>[];
  return { tenant, key, send, submit, named, requests, someone };
}
type Reply = Awaited<ReturnType<FastifyInstance['inject']>>;
const isSigned = (reply: Reply): boolean =>
  reply.headers['x-opendsr-processor-domain'] === HOST &&
  verify('sha256', reply.rawPayload, publicKey, Buffer.from(String(reply.headers['x-opendsr-signature']), 'base64'));

describe('discovery', () => {
  it('needs no key, and names what is understood and the certificate that signs', async () => {
    const found = (await app.inject({ url: '/opendsr/v2/discovery' })).json<Record<string, never>>();
    expect(found).toMatchObject({
      api_version: '2.0',
      supported_subject_request_types: ['access', 'portability', 'erasure'],
      processor_certificate: `https://${HOST}/opendsr/v2/certificate.pem`,
    });
    expect(found['supported_identities']).toContainEqual({ identity_type: 'whatsapp-cloud/wa_id', identity_format: 'raw' }); // prettier-ignore
    expect((await app.inject({ url: '/opendsr/v2/certificate.pem' })).body).toBe(pem.certificate);
  });
});

describe('a submitted erasure', () => {
  it('of somebody known erases them; what is answered is signed, and so is each callback', async () => {
    const { submit, send, named, someone, requests } = await business({ erase: 'controller-approves' });
    const anna = await someone();
    await anna.says('erase this');
    const { subjectId } = await anna.meet();
    const url = 'https://desk.acme.example/opendsr';
    const body = erasure({ ...named(anna.value), status_callback_urls: [url] });
    const made = await submit(body);
    expect([made.statusCode, isSigned(made)]).toEqual([201, true]);
    expect(Buffer.from(made.json<Record<string, string>>()['encoded_request']!, 'base64').toString()).toBe(JSON.stringify(body)); // prettier-ignore
    const status = async () => {
      const reply = await send('GET', `/requests/${body.subject_request_id}`);
      expect(isSigned(reply)).toBe(true);
      return reply.json<Record<string, string>>()['request_status'];
    };
    expect(await status()).toBe('pending');
    await tell();
    const [request] = await requests();
    expect(request).toMatchObject({ right: 'erasure', source: 'opendsr', state: 'awaiting-approval' });
    await acme.api.rights.approve((await acme.api.store.tenantBySlug(made.json<Record<string, string>>()['controller_id']!))!.id, request!['id']!, 'test'); // prettier-ignore
    await until('it is completed', async () => (await status()) === 'completed');
    expect((await anna.meet()).subjectId).not.toBe(subjectId);
    await tell();
    await tell();
    const states = told.map(({ body: sent }) => (JSON.parse(sent!.text) as Record<string, string>)['request_status']);
    expect(states).toEqual(['pending', 'completed']);
    for (const call of told) {
      expect(call).toMatchObject({ method: 'POST', url, headers: { 'x-opendsr-processor-domain': HOST } });
      expect(verify('sha256', Buffer.from(call.body!.text), publicKey, Buffer.from(call.headers!['x-opendsr-signature']!, 'base64'))).toBe(true); // prettier-ignore
      expect(JSON.parse(call.body!.text)).toMatchObject({ status_callback_url: url, subject_request_id: body.subject_request_id }); // prettier-ignore
      expect(call.body!.text).not.toContain(anna.value);
    }
    const rows = await look.query('SELECT FROM parley.opendsr_request o, parley.opendsr_callback c WHERE position($1 IN o::text || c::text) > 0', [anna.value]); // prettier-ignore
    expect(rows.rowCount).toBe(0);
  });

  it('of somebody unknown is answered like one of somebody known', async () => {
    const { submit, send, named, someone } = await business();
    const [anna, nobody] = [await someone(), await someone()];
    await anna.says('known');
    const shapeOf = async (value: string) => {
      const body = erasure(named(value));
      const made = await submit(body);
      const status = () => send('GET', `/requests/${body.subject_request_id}`);
      await until('it is completed', async () => (await status()).json<Record<string, string>>()['request_status'] === 'completed'); // prettier-ignore
      return [made.statusCode, Object.keys(made.json<object>()), Object.keys((await status()).json<object>())];
    };
    expect(await shapeOf(nobody.value)).toEqual(await shapeOf(anna.value));
  });

  it('that comes again is the same; its id for somebody else, or once it is over, is refused and sets nothing off', async () => {
    const { submit, named, someone, requests } = await business({ erase: 'controller-approves' });
    const [anna, ben] = [await someone(), await someone()];
    await anna.says('hello');
    const body = erasure(named(anna.value));
    const [first, again] = [await submit(body), await submit(body)];
    expect([first.statusCode, again.json()]).toEqual([201, first.json()]);
    expect((await submit({ ...body, ...named(ben.value) })).statusCode).toBe(409);
    expect((await submit({ ...body, subject_request_type: 'access' })).statusCode).toBe(409);
    expect(await requests()).toHaveLength(1);
    const [{ id }] = (await requests()) as [{ id: string }];
    await acme.api.rights.approve((await acme.api.store.tenantBySlug(first.json<Record<string, string>>()['controller_id']!))!.id, id, 'test'); // prettier-ignore
    await until('it is completed', async () => (await requests())[0]!['state'] === 'completed');
    const { subjectId } = await anna.meet();
    await anna.says('back again');
    expect((await submit(body)).statusCode).toBe(409);
    expect(await requests()).toHaveLength(1);
    expect((await anna.meet()).subjectId).toBe(subjectId);
  });

  it('under two ids at once is one request; taking one back leaves it to the other', async () => {
    const { submit, send, named, someone, requests } = await business({ erase: 'controller-approves' });
    const anna = await someone();
    const bodies = [erasure(named(anna.value)), erasure(named(anna.value))];
    await Promise.all(bodies.map((body) => submit(body)));
    expect(await requests()).toHaveLength(1);
    const cancel = (n: number) => send('DELETE', `/requests/${bodies[n]!.subject_request_id}`);
    const taken = await cancel(0);
    expect([taken.statusCode, isSigned(taken)]).toEqual([202, true]);
    expect((await send('GET', `/requests/${bodies[0]!.subject_request_id}`)).json()).toMatchObject({ request_status: 'cancelled' }); // prettier-ignore
    expect((await requests())[0]).toMatchObject({ state: 'awaiting-approval' });
    expect((await cancel(0)).statusCode).toBe(202);
    expect((await cancel(1)).statusCode).toBe(202);
    expect((await requests())[0]).toMatchObject({ state: 'refused' });
  });

  it('that is carried out can no longer be taken back', async () => {
    const { submit, send, named, someone } = await business({ erase: 'automatic' });
    const body = erasure(named((await someone()).value));
    await submit(body);
    const at = `/requests/${body.subject_request_id}`;
    await until('it is begun', async () => (await send('GET', at)).json<Record<string, string>>()['request_status'] !== 'pending'); // prettier-ignore
    expect((await send('DELETE', at)).statusCode).toBe(400);
  });

  it('of whatever form is taken or refused, and is no failure of ours', async () => {
    const { submit, named } = await business();
    const body = () => erasure({ ...named('1'), status_callback_urls: ['https://desk.acme.example/'], extensions: { a: { b: 1 } } }); // prettier-ignore
    const whole = [null, 7, 'x', [], ...ODD_MAPS, ...ODD_MAPS.map((odd) => withOddKeys(body(), odd))] as object[];
    const lacking = Object.keys(body()).map((name) => Object.fromEntries(Object.entries(body()).filter(([key]) => key !== name))); // prettier-ignore
    for (const odd of [...whole, ...lacking, ...(oddly(body) as object[])]) {
      const reply = await submit(odd);
      const isRefused = reply.statusCode < 500 && 'error' in reply.json<object>();
      expect([JSON.stringify(odd), reply.statusCode === 201 || isRefused]).toEqual([JSON.stringify(odd), true]);
    }
  });

  it('runs its clock from when the person asked', async () => {
    const { submit, named, someone } = await business({ erase: 'controller-approves' });
    const submitted_time = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const made = await submit(erasure({ ...named((await someone()).value), submitted_time }));
    const due = new Date(made.json<Record<string, string>>()['expected_completion_time']!).getTime();
    expect((due - Date.now()) / 86_400_000).toBeLessThan(15);
  });

  it('that finds a later one open is due when it would be itself, but where the time was extended', async () => {
    const { tenant, submit, named, someone, requests } = await business({ erase: 'controller-approves' });
    const submitted_time = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const [anna, ben] = [await someone(), await someone()];
    const ask = async ({ subject }: Person) => (await tenant.call('POST', '/requests', { right: 'erasure', subject })).body; // prettier-ignore
    const later = [await ask(anna), await ask(ben)];
    await tenant.call('POST', `/requests/${String(later[1]!['id'])}/extend`, { reason: 'Many requests at once.' });
    const [before] = (await requests()).filter(({ id }) => id === later[1]!['id']);
    for (const { value } of [anna, ben]) await submit(erasure({ ...named(value), submitted_time }));
    const after = new Map((await requests()).map((one) => [one['id'], one]));
    expect(after.size).toBe(2);
    expect((Date.parse(after.get(String(later[0]!['id']))!['due']!) - Date.now()) / 86_400_000).toBeLessThan(15);
    expect(after.get(String(later[0]!['id']))!['receivedAt']).toBe(submitted_time);
    expect(after.get(String(later[1]!['id']))).toEqual(before);
  });
});

it('access is a result that the controller can fetch', async () => {
  const { submit, send, named, someone, tenant } = await business();
  const anna = await someone();
  await anna.says('in my words');
  const body = erasure({ ...named(anna.value), subject_request_type: 'access' });
  await submit(body);
  const status = async () => (await send('GET', `/requests/${body.subject_request_id}`)).json<Record<string, string>>();
  await until('it is completed', async () => (await status())['request_status'] === 'completed');
  const url = new URL((await status())['results_url']!);
  const copy = await acme.api.call('GET', url.pathname, { token: tenant.token });
  expect(copy.text).toContain('in my words');
});

describe('refused is', () => {
  const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  it.each([
    ['no JSON', '{'],
    ['another law', erasure({ regulation: 'ccpa' })],
    ['an id that is not of version 4', erasure({ subject_request_id: '018f4a3e-1c2d-7b3e-9f00-000000000001' })],
    ['a right that OpenDSR does not know', erasure({ subject_request_type: 'restriction' })],
    ['nobody', erasure({ subject_identities: [] })],
    ['an identity of a type that is not offered', erasure({ subject_identities: [{ identity_type: 'email', identity_value: 'a@b.example', identity_format: 'raw' }] })],
    ['a hashed identity', erasure({ subject_identities: [{ identity_type: 'messenger/psid', identity_value: 'ab', identity_format: 'sha256' }] })],
    ['a request of half a year ago', erasure({ submitted_time: at(180) })],
    ['a request of tomorrow', erasure({ submitted_time: at(-1) })],
    ['a time that is none', erasure({ submitted_time: 'yesterday' })],
    ['a day of a week, which is ISO 8601 and nothing that we read', erasure({ submitted_time: '2026-W45-1' })],
    ['an address that is none', erasure({ status_callback_urls: ['javascript:alert(1)'] })],
    ['more addresses than are called', erasure({ status_callback_urls: Array.from({ length: 6 }, (_, n) => `https://a.example/${n}`) })],
    ['an unknown field', erasure({ phone: '4915550000001' })],
  ])('%s, without quoting it', async (_what, body) => {
    const { send, requests } = await business();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await send('POST', '/requests', text, { 'content-type': 'application/json' });
    expect([reply.statusCode, reply.json<{ error: { code: number } }>().error.code]).toEqual([400, 400]);
    expect(reply.body).not.toContain('4915550000001');
    expect(await requests()).toEqual([]);
  }); // prettier-ignore

  it('whoever has no key, a revoked one, one for something else, or one of another tenant', async () => {
    const { send, submit, named, tenant } = await business({ erase: 'controller-approves' });
    const other = await business();
    const body = erasure(named('1'));
    await submit(body);
    const get = async (token: string) =>
      (await send('GET', `/requests/${body.subject_request_id}`, undefined, { authorization: `Bearer ${token}` }))
        .statusCode;
    const bot = String(
      (await tenant.call('POST', '/api-keys', { label: 'bot', scope: 'recipient:bot' })).body['apiKey'],
    );
    expect([await get(''), await get('pk_nothing'), await get(bot), await get(other.key)]).toEqual([
      401, 401, 401, 404,
    ]);
    expect((await other.submit(body)).statusCode).toBe(201);
    expect(await other.requests()).toHaveLength(1);
    expect((await acme.api.call('GET', `/v1/tenants/${tenant.slug}/requests`, { token: other.key })).status).toBe(401);
  });

  it('what is not signed by the certificate that the controller gave', async () => {
    const { submit, named, tenant, requests } = await business({ erase: 'controller-approves' });
    const [own, forger, expired] = [issue({ host: 'desk.example' }), issue({ host: 'desk.example' }), issue({ host: 'desk.example', expired: true })]; // prettier-ignore
    const signed = (body: object, { key }: { key: string }) => ({
      'x-opendsr-signature': sign('sha256', Buffer.from(JSON.stringify(body)), key).toString('base64'),
    });
    const put = (certificate: string) => tenant.call('PUT', '/opendsr', { certificate });
    expect((await put('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).status).toBe(400);
    expect((await put(own.certificate)).body['fingerprint']).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const body = erasure(named('1'));
    expect((await submit(body)).statusCode).toBe(401);
    expect((await submit(body, signed(body, forger))).statusCode).toBe(401);
    expect((await submit(body, signed({ ...body, regulation: 'x' }, own))).statusCode).toBe(401);
    expect(await requests()).toEqual([]);
    expect((await submit(body, signed(body, own))).statusCode).toBe(201);
    await put(expired.certificate);
    const next = erasure(named('2'));
    expect((await submit(next, signed(next, expired))).statusCode).toBe(401);
    expect((await tenant.call('DELETE', '/opendsr')).status).toBe(204);
    expect((await submit(next)).statusCode).toBe(201);
  });
});

it('an address that does not answer is told later, with the state of then', async () => {
  const { submit, named, tenant, requests } = await business({ erase: 'controller-approves' });
  const body = erasure({ ...named('1'), status_callback_urls: ['https://desk.acme.example/opendsr'] });
  // What other businesses are told is none of it.
  const toldHere = () => told.filter(({ body: one }) => one?.text.includes(body.subject_request_id));
  await submit(body);
  answer = { kind: 'failed', reason: 'network' };
  const before = Date.now();
  await tell();
  const rest = "UPDATE parley.opendsr_callback SET not_before = not_before + interval '1 hour' WHERE id = $1 RETURNING not_before - interval '1 hour' AS until"; // prettier-ignore
  const [row] = (await look.query<{ until: Date }>(rest, [body.subject_request_id])).rows;
  expect(row!.until.getTime() - before).toBeGreaterThan(500);
  await tell();
  expect(toldHere()).toHaveLength(1);
  const { id } = (await requests())[0]!;
  expect((await tenant.call('POST', `/requests/${id}/refuse`, { justification: 'JustificationA17LegalClaims' })).status).toBe(200); // prettier-ignore
  answer = { kind: 'answered', status: 200, headers: {} };
  await look.query('UPDATE parley.opendsr_callback SET not_before = now() WHERE id = $1', [body.subject_request_id]);
  await tell();
  await tell();
  expect(toldHere()).toHaveLength(2);
  expect(JSON.parse(toldHere()[1]!.body!.text)).toMatchObject({ request_status: 'cancelled' });
});

describe('the certificate of the operator', () => {
  const own = issue({ host: HOST });
  it.each([
    ['another host', own, 'other.example', /host/],
    ['another key', { ...own, key: issue({ host: HOST }).key }, HOST, /private key is not/],
    ['no certificate', { ...own, certificate: 'x' }, HOST, /cannot be read/],
    ['no key', { ...own, key: 'x' }, HOST, /cannot be read/],
    ['one that signed itself', issue({ host: HOST, selfSigned: true }), HOST, /signed itself/],
    ['one that has expired', issue({ host: HOST, expired: true }), HOST, /not valid/],
  ])('with %s stops the start', (_what, pair, domain, says) => {
    expect(mistakeIn(pair, domain, new Date())).toMatch(says);
  });
  it('that fits does not', () => expect(mistakeIn(own, HOST, new Date())).toBeNull());
});

it('a person who wrote to an account that was removed since is found all the same', async () => {
  const { submit, named, someone, tenant, send } = await business();
  const anna = await someone();
  await anna.says('hello');
  const { subjectId, conversationId } = await anna.meet();
  const [connection] = (await tenant.call('GET', '/connections')).body['items'] as unknown as [{ id: string }];
  expect((await tenant.call('DELETE', `/connections/${connection.id}`)).status).toBe(204);
  const listed = await tenant.call('GET', '/conversations?purpose=support');
  expect(JSON.stringify(listed.body)).toContain(conversationId);
  expect((await tenant.call('GET', `/conversations/${conversationId}/messages?purpose=support`)).text).toContain(
    'hello',
  );
  const body = erasure(named(anna.value));
  await submit(body);
  await until('it is completed', async () => (await send('GET', `/requests/${body.subject_request_id}`)).json<Record<string, string>>()['request_status'] === 'completed'); // prettier-ignore
  expect((await look.query('SELECT FROM parley.subject WHERE id = $1', [subjectId])).rowCount).toBe(0);
});
