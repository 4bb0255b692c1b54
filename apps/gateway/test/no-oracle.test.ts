// Who is unknown cannot be told from one who is known: by what the API answers for each of the seven rights, by the public page, by a platform's callback.
import { createHmac } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { CHANNELS } from '#libs/channels';
import { createLogger } from '#libs/platform';
import { until } from '../../../test/support/until.js';
import { personCallbacks } from '../src/person-callbacks.js';
import { rightsPages } from '../src/rights-pages.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import type { Answer } from './gateway-api.js';
import { person, type Person } from './person.js';

const RIGHTS = ['access', 'portability', 'rectification', 'erasure', 'restriction', 'objection', 'withdrawal'] as const;
type Right = (typeof RIGHTS)[number];

let acme: Acme;
let app: FastifyInstance;
beforeAll(async () => {
  acme = await startAcme();
  const { store, tenants, rights } = acme.api;
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  app = Fastify();
  await app.register(rightsPages({ rights, store, publicUrl: 'http://gateway.example' }));
  await app.register(personCallbacks({ channels: CHANNELS, tenants, rights, store, publicUrl: 'http://gateway.example', metaAppSecret: null, log })); // prettier-ignore
});
afterAll(async () => {
  await app.close();
  await acme.api.stop();
});

/** One who wrote and was forwarded, and one who never did. */
async function both() {
  const tenant = await acme.tenant();
  await tenant.approve((d) => {
    const { bot } = d['recipients'] as { bot: object };
    const rights = {
      access: 'after-verification',
      erase: 'after-verification',
      object: 'after-verification',
      mentions: 'list',
    };
    return { ...d, rights, recipients: { bot: { ...bot, erasure: { url: 'https://bot.acme.example/erase' } } } };
  });
  const connection = await tenant.connect({ ...SETTINGS, pageId: String(Math.random()).slice(2) });
  const someone = () => person(acme, tenant, String(connection.body['id']));
  const [known, unknown] = [await someone(), await someone()];
  await known.sendsFile(await known.says('known'), Buffer.from('a picture'));
  await known.disclosedTo('bot');
  return { tenant, connection, known, unknown };
}
type Tenant = Awaited<ReturnType<typeof both>>['tenant'];

/** What can be seen of a value without reading it: members, kinds, and what says in which state something is. */
const shapeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'state' ? one : shapeOf(one)]))
    : Array.isArray(value) ? 'list' : value === null ? null : typeof value; // prettier-ignore
/** Headers but for what is another for everybody. */
const headersOf = (headers: Readonly<Record<string, unknown>>): unknown => {
  const { 'content-length': _length, date: _date, ...rest } = headers;
  return rest;
};
const answered = ({ status, headers, body }: Answer): unknown => [status, headersOf(headers), shapeOf(body)];

/** The page of a request, but for its own code. */
async function pageOf(path: string, more: object = {}): Promise<unknown> {
  const { statusCode, headers, body } = await app.inject({ url: path, headers: { accept: 'text/html' }, ...more });
  const code = path.split('/')[3]!;
  return JSON.parse(JSON.stringify([statusCode, headersOf(headers), body]).replaceAll(code, 'CODE'));
}
const pathOf = ({ body }: Answer): string => new URL(String(body['statusUrl'])).pathname;

/** Everything that an answer says, from the request to its end. */
async function seen(tenant: Tenant, who: Person, right: Right): Promise<unknown[]> {
  const made = await tenant.call('POST', '/requests', { right, subject: who.subject });
  const at = `/requests/${String(made.body['id'])}`;
  const all = [answered(made)];
  if (right === 'rectification') {
    all.push(answered(await tenant.call('GET', at)), await pageOf(pathOf(await tenant.call('GET', at))));
    const name = { channel: who.subject.channel, kind: 'profile_name', value: 'Zoë' };
    all.push(answered(await tenant.call('POST', `${at}/corrections`, { corrections: [name] })));
    all.push(answered(await tenant.call('POST', `${at}/corrections`, { statements: [{ text: 'It was three.' }] })));
  }
  await until('it is over', async () => {
    await acme.api.rights.run();
    return (await tenant.call('GET', at)).body['state'] === 'completed';
  });
  const one = await tenant.call('GET', at);
  all.push(answered(one), await pageOf(pathOf(one)), answered(await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA17LegalClaims' }))); // prettier-ignore
  all.push(answered(await tenant.call('GET', `${at}/result`)), answered(await tenant.call('GET', `${at}/mentions`)));
  all.push(await pageOf(`${pathOf(one)}/copy`), answered(await tenant.call('POST', `${at}/lift`, {})));
  // Told twice, it is the same.
  all.push(answered(await tenant.call('POST', '/requests', { right, subject: who.subject })));
  return all;
}

it.each(RIGHTS)('%s: every answer of the API, and the public page, are the same', async (right) => {
  const { tenant, known, unknown } = await both();
  expect(await seen(tenant, unknown, right)).toEqual(await seen(tenant, known, right));
});

/** Those for which instructions can ask for proof. */
const DOUBTED = ['access', 'portability', 'erasure', 'objection'] as const;
it.each(DOUBTED)('%s: so they are while it is asked who asks, also by a code that does not fit', async (right) => {
  const { tenant, known, unknown } = await both();
  const doubted = async (who: Person): Promise<unknown[]> => {
    const made = await tenant.call('POST', '/requests', { right, subject: who.subject, identified: false });
    const at = `/requests/${String(made.body['id'])}`;
    const page = pathOf(await tenant.call('GET', at));
    const form = { method: 'POST', payload: 'code=00000000', headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' } }; // prettier-ignore
    expect(made.body['state']).toBe('verifying');
    return [
      answered(made), await pageOf(page), answered(await tenant.call('POST', `${at}/code`)),
      answered(await tenant.call('POST', `${at}/confirm`, { code: '00000000' })), await pageOf(page, form),
      answered(await tenant.call('GET', at)), await pageOf(page),
    ]; // prettier-ignore
  };
  expect(await doubted(unknown)).toEqual(await doubted(known));
});

let calls = 0;
/** What becomes of it differs, on the page, too: whom nobody knows by that id the controller has to find. Only the platform, for the person, has its code. */
it.each(['deletionUrl', 'deauthorizeUrl'])("a platform's %s answers the same", async (key) => {
  const { connection, known, unknown } = await both();
  const call = async ({ value }: Person): Promise<unknown> => {
    const signed = { algorithm: 'HMAC-SHA256', user_id: value, issued_at: Math.floor(Date.now() / 1_000), n: ++calls };
    const payload = Buffer.from(JSON.stringify(signed)).toString('base64url');
    const signature = createHmac('sha256', SETTINGS.appSecret).update(payload).digest('base64url');
    const { statusCode, headers, body } = await app.inject({
      method: 'POST', url: new URL(String(connection.body[key])).pathname, payload: `signed_request=${signature}.${payload}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }); // prettier-ignore
    const { url, confirmation_code: code } = JSON.parse(body) as { url: string; confirmation_code: string };
    return [statusCode, headersOf(headers), body.length, url.replace(code, 'CODE')];
  };
  expect(await call(unknown)).toEqual(await call(known));
});
