// What the public sees of rights: platforms' callbacks, the page of a request, the copy for whoever asked in the chat; and the end of a contract.
import { createHmac, randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import { CHANNELS } from '#libs/channels';
import { createLogger } from '#libs/platform';
import { oddly, ODD_MAPS, withOddKeys } from '../../../test/contract/payloads.js';
import { until } from '../../../test/support/until.js';
import { personCallbacks } from '../src/person-callbacks.js';
import { rightsPages } from '../src/rights-pages.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { person } from './person.js';

const SHARED = 'secret-of-the-shared-app';

let acme: Acme;
let app: FastifyInstance;

beforeAll(async () => {
  acme = await startAcme();
  const { store, tenants, rights } = acme.api;
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  app = Fastify();
  await app.register(personCallbacks({ channels: CHANNELS, tenants, rights, store, publicUrl: 'http://gateway.example', metaAppSecret: SHARED, log })); // prettier-ignore
  await app.register(rightsPages({ rights, store, publicUrl: 'http://gateway.example' }));
});
afterAll(async () => {
  await app.close();
  await acme.api.stop();
});

const encode = (payload: unknown): string => Buffer.from(JSON.stringify(payload)).toString('base64url');
let calls = 0;
function signedAs(secret: string, json: unknown): string {
  const payload = encode(json);
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
}
/** Seconds ago, each call another one. */
const signed = (userId: string, secret = SETTINGS.appSecret, algorithm = 'HMAC-SHA256', age = 0): string =>
  signedAs(secret, { algorithm, user_id: userId, issued_at: Math.floor(Date.now() / 1000) - age, n: ++calls });
const post = (url: string, form: string) =>
  app.inject({
    method: 'POST', url: new URL(url).pathname, payload: form, headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }); // prettier-ignore

async function sql(text: string, value: string): Promise<pg.QueryResult> {
  const admin = new pg.Client({ connectionString: acme.api.connectionString });
  await admin.connect();
  try {
    return await admin.query(text, [value]);
  } finally {
    await admin.end();
  }
}

async function connected() {
  const tenant = await acme.tenant();
  await tenant.approve();
  const pageId = String(Math.random()).slice(2);
  acme.api.platform({ kind: 'answered', status: 200, headers: {}, json: { id: pageId } });
  const made = await tenant.connect({ ...SETTINGS, pageId });
  const url = (key: 'deletionUrl' | 'deauthorizeUrl'): string => String(made.body[key]);
  const send = (userId: string) => post(url('deletionUrl'), `signed_request=${signed(userId)}`);
  const list = async () => (await tenant.call('GET', '/requests')).body['items'] as unknown as Record<string, string>[];
  return { tenant, connectionId: String(made.body['id']), url, send, list };
}

describe('a page that is not there', () => {
  const open = (accept: string, language = 'de') =>
    app.inject({ url: '/privacy/requests/nobody-was-given-this', headers: { accept, 'accept-language': language } });

  it('says so to a reader, in their language', async () => {
    const { statusCode, headers, body } = await open('text/html,application/xhtml+xml;q=0.9');
    expect([statusCode, headers['content-type'], headers['content-language']]).toEqual([404, 'text/html; charset=utf-8', 'de']); // prettier-ignore
    expect(body).toMatch(/<html lang="de">[^]*Diese Seite gibt es nicht/);
    expect((await open('text/html', 'fi')).body).toMatch(/<html lang="en">/);
  });

  it('is a problem to everybody else', async () => {
    const { statusCode, headers, body } = await open('*/*');
    expect([statusCode, headers['content-type']]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)]);
    expect(JSON.parse(body)).toMatchObject({ status: 404 });
  });
});

describe("a platform's deletion callback", () => {
  it('of somebody unknown is handed to the controller, with the name that the platform has for them', async () => {
    const { tenant, send, list } = await connected();
    const answer = (await send('218471')).json<{ url: string; confirmation_code: string }>();
    expect(answer.url).toBe(`http://gateway.example/privacy/requests/${answer.confirmation_code}`);
    const [request] = await list();
    expect(request).toMatchObject({ right: 'erasure', source: 'platform', state: 'awaiting-approval' });
    expect((await tenant.call('GET', `/requests/${request!['id']}`)).body).toMatchObject({ reference: '218471' });
  });

  it('that comes again is answered with the same code', async () => {
    const { send, list } = await connected();
    expect((await send('1')).json()).toEqual((await send('1')).json());
    expect(await list()).toHaveLength(1);
  });

  it('of somebody known erases them', async () => {
    const { tenant, connectionId, send, list } = await connected();
    const anna = await person(acme, tenant, connectionId);
    await anna.says('hello');
    const { subjectId } = await anna.meet();
    await send(anna.value);
    await until('it is completed', async () => (await list())[0]!['state'] === 'completed');
    expect((await list())[0]).toMatchObject({ state: 'completed' });
    expect((await anna.meet()).subjectId).not.toBe(subjectId);
  });

  it('that is replayed once it is done sets nothing off', async () => {
    const { tenant, connectionId, url, list } = await connected();
    const anna = await person(acme, tenant, connectionId);
    await anna.says('hello');
    const form = `signed_request=${signed(anna.value)}`;
    const first = (await post(url('deletionUrl'), form)).json<object>();
    await until('it is completed', async () => (await list())[0]!['state'] === 'completed');
    await anna.says('hello again');
    const { subjectId } = await anna.meet();
    for (const again of [form, ...['=', '%3D%3D', '!', '%20'].map((more) => form.replace('.', `${more}.`))])
      expect((await post(url('deletionUrl'), again)).json()).toEqual(first);
    expect(await list()).toHaveLength(1);
    await new Promise((resume) => setTimeout(resume, 200));
    expect((await anna.meet()).subjectId).toBe(subjectId);
    // A new call is a new wish.
    await post(url('deletionUrl'), `signed_request=${signed(anna.value)}`);
    expect(await list()).toHaveLength(2);
  });

  it('that joined an open request and is replayed once that is done sets nothing off', async () => {
    const { tenant, connectionId, url, list } = await connected();
    await tenant.approve((d) => ({ ...d, rights: { erase: 'controller-approves' } }));
    const anna = await person(acme, tenant, connectionId);
    await anna.says('hello');
    const forms = [signed(anna.value), signed(anna.value)].map((one) => `signed_request=${one}`);
    const asked = await tenant.call('POST', '/requests', { right: 'erasure', subject: anna.subject });
    const answers = [];
    for (const form of forms) answers.push((await post(url('deletionUrl'), form)).json<object>());
    expect([answers[0], await list()]).toEqual([answers[1], [expect.objectContaining({ id: asked.body['id'] })]]);
    await tenant.call('POST', `/requests/${String(asked.body['id'])}/approve`);
    await until('it is completed', async () => (await list())[0]!['state'] === 'completed');
    await anna.says('hello again');
    for (const form of forms) expect((await post(url('deletionUrl'), form)).json()).toEqual(answers[0]);
    expect(await list()).toHaveLength(1);
  });

  it.each([
    ['deletionUrl', 'approve', {}, 'completed'],
    ['deauthorizeUrl', 'approve', {}, 'completed'],
    ['deletionUrl', 'refuse', { justification: 'JustificationA12IdentityFailure' }, 'refused'],
  ] as const)(
    'of somebody unknown (%s) leaves no name of theirs once it is over: %s',
    async (key, action, why, state) => {
      const { tenant, url, list } = await connected();
      const form = `signed_request=${signed('218471')}`;
      const answer = (await post(url(key), form)).json<object>();
      const id = (await list())[0]!['id']!;
      expect((await tenant.call('POST', `/requests/${id}/${action}`, why)).status).toBe(200);
      await until('it is over', async () => (await list())[0]!['state'] === state);
      expect((await tenant.call('GET', `/requests/${id}`)).body).not.toHaveProperty('reference');
      const named = await sql('SELECT FROM parley.rights_request WHERE id = $1 AND (reference IS NOT NULL OR cardinality(hashes) > 0)', id); // prettier-ignore
      expect(named.rowCount).toBe(0);
      expect([(await post(url(key), form)).json(), (await list()).length]).toEqual([answer, 1]);
    },
  );

  it.each([
    ['leaving the app', 'deauthorizeUrl', 'deletionUrl', 'erasure'],
    ['deletion', 'deletionUrl', 'deauthorizeUrl', 'withdrawal'],
  ] as const)('about %s that is handed in at the address of the other sets nothing off: the controller decides', async (_what, first, second, right) => {
    const { tenant, connectionId, url, list } = await connected();
    await tenant.approve((d) => ({ ...d, rights: { erase: 'automatic' } }));
    const anna = await person(acme, tenant, connectionId);
    await anna.says('hello');
    const form = `signed_request=${signed(anna.value)}`;
    await post(url(first), form);
    const answer = await post(url(second), form);
    expect([answer.statusCode, answer.json<{ confirmation_code?: string }>().confirmation_code]).toEqual([200, expect.any(String)]);
    expect((await list()).find((one) => one['right'] === right)).toMatchObject({ state: 'awaiting-approval' });
    expect((await post(url(second), form)).json()).toEqual(answer.json());
  }); // prettier-ignore

  it('about leaving the app withdraws consent', async () => {
    const { url, list } = await connected();
    expect((await post(url('deauthorizeUrl'), `signed_request=${signed('7')}`)).statusCode).toBe(200);
    expect((await list())[0]).toMatchObject({ right: 'withdrawal' });
  });

  const FORGED = [
    ['another secret', () => signed('1', 'another'), 401],
    ['no signature', () => `.${signed('1').split('.')[1]}`, 401],
    ['another payload', () => `${signed('1').split('.')[0]}.${encode({ algorithm: 'HMAC-SHA256', user_id: '2' })}`, 401],
    ['another algorithm', () => signed('1', SETTINGS.appSecret, 'none'), 401],
    ['bytes', () => '%00%ff', 401],
    ['nothing', () => '', 400],
    ['a time of two days ago', () => signed('1', SETTINGS.appSecret, 'HMAC-SHA256', 172_800), 401],
    ['a time to come', () => signed('1', SETTINGS.appSecret, 'HMAC-SHA256', -3_600), 401],
  ] as const; // prettier-ignore

  it.each(FORGED)('with %s is refused', async (_what, forge, status) => {
    const { url, list } = await connected();
    expect((await post(url('deletionUrl'), `signed_request=${forge()}`)).statusCode).toBe(status);
    expect(await list()).toEqual([]);
  });

  it('with whatever is signed is answered, or refused as a problem', async () => {
    const { url } = await connected();
    const genuine = () => ({ algorithm: 'HMAC-SHA256', user_id: '1', issued_at: Math.floor(Date.now() / 1000) });
    const whole = [null, 7, 'x', [], {}, ...ODD_MAPS, ...ODD_MAPS.map((odd) => withOddKeys(genuine(), odd))];
    for (const payload of [
      ...whole,
      ...oddly(genuine),
      { ...genuine(), user_id: 7 },
      { ...genuine(), issued_at: [] },
    ]) {
      const { statusCode, headers } = await post(url('deletionUrl'), `signed_request=${signedAs(SETTINGS.appSecret, payload)}`); // prettier-ignore
      const isTaken = statusCode === 200 || String(headers['content-type']).startsWith('application/problem+json');
      expect([JSON.stringify(payload), statusCode < 500 && isTaken]).toEqual([JSON.stringify(payload), true]);
    }
  });

  describe("of the shared app's", () => {
    const send = (one: Awaited<ReturnType<typeof connected>>, key: 'deletionUrl' | 'deauthorizeUrl') =>
      post(one.url(key), `signed_request=${signed('218471', SHARED)}`);

    it.each([
      ['deletionUrl', 'erasure'],
      ['deauthorizeUrl', 'withdrawal'],
    ] as const)('%s: a proven connection takes the secret of that app', async (key, right) => {
      const one = await connected();
      expect((await send(one, key)).statusCode).toBe(200);
      expect(await one.list()).toMatchObject([{ right, source: 'platform' }]);
    });

    it('a connection that nobody proved to have does not', async () => {
      const one = await connected();
      await sql('UPDATE parley.connection SET proven_at = NULL WHERE id = $1', one.connectionId);
      await acme.api.tenants.changed(one.tenant.id);
      expect([(await send(one, 'deletionUrl')).statusCode, await one.list()]).toEqual([401, []]);
    });
  });

  it('of an unknown connection is not found', async () => {
    const url = `http://x/webhooks/${CHANNELS[0]!.manifest.channel}/${randomUUID()}/deletion`;
    expect((await post(url, `signed_request=${signed('1')}`)).statusCode).toBe(404);
  });
});

describe('the page of a request', () => {
  it.each([
    ['de-DE,de;q=0.9', 'de', 'Ihr Antrag'],
    ['pl,en;q=0.5', 'pl', 'Twoje żądanie'],
    ['xx', 'en', 'Your request'],
    [undefined, 'en', 'Your request'],
  ])('for %s is in %s, names who decides and nobody else', async (accept, language, title) => {
    const { send } = await connected();
    const { url } = (await send('218471')).json<{ url: string }>();
    const headers = accept === undefined ? {} : { 'accept-language': accept };
    const page = await app.inject({ url: new URL(url).pathname, headers });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`<html lang="${language}">`);
    expect(page.body).toContain(`<h1>${title}</h1>`);
    expect(page.body).toContain('privacy@acme.example');
    expect(page.body).not.toContain('218471');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
  });

  it.each(['unknown-code-of-some-length', 'x', '..%2f..'])('of the code %s is not found', async (code) => {
    expect((await app.inject({ url: `/privacy/requests/${code}` })).statusCode).toBe(404);
  });
});

describe('the end of a contract', () => {
  it('is for the operator; then nothing is left, and nobody is let in', async () => {
    const { tenant, connectionId, url } = await connected();
    const anna = await person(acme, tenant, connectionId);
    await anna.says('farewell');
    expect((await tenant.call('DELETE', '')).status).toBe(403);
    const ended = await acme.api.call('DELETE', `/v1/tenants/${tenant.slug}`);
    expect(ended.body).toMatchObject({
      schema: 'parley-end-certificate/1',
      tenant: tenant.slug,
      instructed: 'delete',
      deleted: expect.arrayContaining([{ what: 'tenant_key', count: 1 }, { what: 'message', count: 1 }, { what: 'tenant', count: 1 }]),
    }); // prettier-ignore
    expect((await tenant.call('GET', '/requests')).status).toBe(401);
    expect((await acme.api.call('GET', `/v1/tenants/${tenant.slug}`)).status).toBe(404);
    expect((await post(url('deletionUrl'), `signed_request=${signed('1')}`)).statusCode).toBe(404);
    const { connectionString } = acme.api;
    const admin = new pg.Client({ connectionString });
    await admin.connect();
    const { rows } = await admin.query<{ name: string }>("SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'parley' AND column_name = 'tenant_id'"); // prettier-ignore
    for (const { name } of rows)
      expect([name, (await admin.query(`SELECT FROM parley.${name} WHERE tenant_id = $1`, [tenant.id])).rowCount]).toEqual([name, 0]); // prettier-ignore
    await admin.end();
  });
});
