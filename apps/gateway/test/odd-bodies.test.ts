// Whatever JSON stands at whatever place of a body: each call of the management API answers it, or refuses it as a problem; none fails.
import { oddly, ODD_MAPS, withOddKeys } from '../../../test/contract/payloads.js';
import { document, SETTINGS, startAcme, type Acme } from './acme.js';
import { issue } from './certificates.js';
import { person } from './person.js';

type Tenant = Awaited<ReturnType<Acme['tenant']>>;
type Body = Readonly<Record<string, unknown>>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

let acme: Acme;
beforeAll(async () => void (acme = await startAcme()));
afterAll(() => acme.api.stop());

const [from, to] = [-3_600_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString());
const SIGNING = `whsec_${Buffer.from('thirty-two bytes, all invented..').toString('base64')}`;

/** Every call that takes JSON, with a body that it takes. */
async function callsOf(tenant: Tenant): Promise<readonly (readonly [Method, string, Body])[]> {
  const { api } = acme;
  const connection = String((await tenant.connect()).body['id']);
  const anna = await person(acme, tenant, connection);
  const message = await anna.says('hello');
  const { subjectId, conversationId } = await anna.meet();
  const asked = async (right: string, more: object = {}): Promise<string> =>
    String((await tenant.call('POST', '/requests', { right, subject: anna.subject, ...more })).body['id']);
  const waiting = await asked('erasure', { identified: false });
  const put = await asked('rectification');
  const restriction = await asked('restriction', { identified: false });
  const window = { from, to, components: ['database'], suspicion: ['ConfidentialityBreach'] };
  const incident = String((await api.call('POST', '/v1/incidents', { body: window })).body['id']);
  const at = `/v1/tenants/${tenant.slug}`;
  const { version } = (await tenant.call('POST', '/instructions', document())).body;
  const messages = [
    { type: 'text', text: 'hello', choices: [{ id: 'a', title: 'A', description: 'b' }] },
    { type: 'image', url: 'https://bot.example/a.png', caption: 'b', fileName: 'c', replyTo: message },
    { type: 'list', text: 'a', button: 'b', sections: [{ title: 'c', rows: [{ id: 'd', title: 'e' }] }] },
    { type: 'template', name: 'a', language: 'de', purpose: 'support', components: [{ type: 'body', parameters: [{ type: 'text', text: 'x' }] }] },
    { type: 'location', latitude: 1, longitude: 2, name: 'a', address: 'b' },
    { type: 'reaction', emoji: 'a' },
  ]; // prettier-ignore
  return [
    ['POST', '/v1/tenants', { slug: 'taken', name: 'Acme' }],
    ['POST', `${at}/instructions`, document()],
    ['POST', `${at}/instructions/${String(version)}/approve`, { acknowledged: ['no-such-rule'], by: 'Ada' }],
    ['POST', `${at}/instructions/${String(version)}/acknowledge`, { by: 'Ada' }],
    ['POST', `${at}/connections`, { channel: 'messenger', name: 'Page', settings: SETTINGS }],
    ['POST', `${at}/connections/${connection}/settings`, { settings: { accessToken: 'another' } }],
    ['POST', `${at}/ages`, { subject: subjectId, state: 'declared-adult' }],
    ['POST', `/v1/conversations/${conversationId}/messages`, { messages }],
    ['POST', `${at}/recipients/bot/objection`, { by: 'Ada', reason: 'none' }],
    ['PUT', `${at}/recipients/bot/secret`, { secret: SIGNING }],
    ['POST', `${at}/requests`, { right: 'objection', subject: anna.subject, purpose: 'support', identified: false }],
    ['POST', `${at}/requests/${put}/corrections`, { corrections: [{ channel: 'whatsapp-cloud', kind: 'profile_name', value: 'x' }], statements: [{ message, text: 'x' }] }],
    ['POST', `${at}/requests/${waiting}/confirm`, { code: '1234 5678' }],
    ['POST', `${at}/requests/${waiting}/extend`, { reason: 'It takes longer.' }],
    ['POST', `${at}/requests/${waiting}/refuse`, { justification: 'JustificationA12IdentityFailure' }],
    ['POST', `${at}/requests/${restriction}/lift`, { kept: 'leave' }],
    ['PUT', `${at}/opendsr`, { certificate: issue({ host: 'acme.example' }).certificate }],
    ['POST', '/v1/incidents', { ...window, tenants: [tenant.slug] }],
    ['POST', `/v1/incidents/${incident}/notices`, { phase: 'first', consequences: 'a', measures: 'b' }],
    ['POST', `${at}/api-keys`, { label: 'x', scope: 'tenant' }],
  ]; // prettier-ignore
}

/** Times that have the form of one. */
const ODD_TIMES = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-06-30T23:59:60Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00+99:99']; // prettier-ignore

const without = (body: Body, name: string): Body =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

const spoilt = (body: Body): readonly unknown[] => [
  ...oddly(() => structuredClone(body)),
  ...ODD_MAPS.flatMap((odd) => [odd, [odd], withOddKeys(body, odd)]),
  ...Object.keys(body).flatMap((name) => [without(body, name), ...[null, [], '', 1e308, true].map((odd) => ({ ...body, [name]: odd }))]),
  ...Object.keys(body).filter((name) => body[name] === from || body[name] === to).flatMap((name) => ODD_TIMES.map((time) => ({ ...body, [name]: time }))),
]; // prettier-ignore

test('no odd body makes a call fail, and those are all that take JSON', async () => {
  const tenant = await acme.tenant();
  const names = { 'whatsapp-cloud': { identifiers: { user_id: 'keep', profile_name: 'keep' } } };
  const { purposes, channels, retention, ...more } = document();
  const data = ['routing', 'content', 'profile'];
  await tenant.approve(() => ({
    ...more,
    purposes: { support: { ...purposes.support, data } },
    channels: { ...channels, ...names },
    retention: data.map((one) => ({ ...retention[0], data: one })),
  }));
  const calls = await callsOf(tenant);
  const answered = async ([method, url]: readonly [Method, string, Body], body: unknown) => {
    const own = url.startsWith('/v1/conversations') ? { token: tenant.token } : {};
    const { status, headers } = await acme.api.call(method, url, { body, ...own });
    return { status, type: String(headers['content-type']).split(';')[0] };
  };
  const failed: unknown[] = [];
  for (const call of calls) {
    for (const odd of spoilt(call[2])) {
      const { status, type } = await answered(call, odd);
      if (status >= 500 || (status >= 400 && type !== 'application/problem+json')) failed.push([status, call[1], odd]);
    }
    // Else it would be refused for what is wrong with it anyway.
    expect([call[1], (await answered(call, call[2])).status]).not.toEqual([call[1], 400]);
  }
  expect(failed).toEqual([]);
  expect((await takingJson()).filter(([method, path]) => !calls.some(([own, url]) => own === method && path.test(url)))).toEqual([]); // prettier-ignore
});

type Operations = Readonly<Record<string, { readonly requestBody?: { readonly content: object } }>>;

async function takingJson(): Promise<readonly (readonly [string, RegExp])[]> {
  const { paths } = (await acme.api.call('GET', '/openapi.json')).body;
  return Object.entries(paths as unknown as Readonly<Record<string, Operations>>).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { requestBody }]) => 'application/json' in (requestBody?.content ?? {}))
      .map(([method]) => [method.toUpperCase(), new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const),
  );
}
