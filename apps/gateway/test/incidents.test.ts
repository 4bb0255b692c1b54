// Incidents from outside: the operator opens, drafts and tells; a tenant reads its own register and nobody else's.
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { person } from './person.js';

let acme: Acme;
beforeAll(async () => void (acme = await startAcme()));
afterAll(() => acme.api.stop());

const window = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date().toISOString(),
  suspicion: ['ConfidentialityBreach'],
});

test('from suspicion to the last notice', async () => {
  const { api } = acme;
  const [tenant, other] = [await acme.tenant(), await acme.tenant()];
  await tenant.approve();
  const connection = String((await tenant.connect()).body['id']);
  const anna = await person(acme, tenant, connection);
  for (const text of ['one', 'two']) await anna.says(text);
  const { subjectId } = await anna.meet();

  const opened = await api.call('POST', '/v1/incidents', { body: { ...window(), components: ['gateway'] } });
  expect([opened.status, opened.body['countedAt']]).toEqual([201, null]);
  const id = String(opened.body['id']);
  expect((await tenant.call('GET', `/incidents/${id}/persons`)).status).toBe(409);
  await until('its list is made', async () => {
    await api.rights.incidents.count();
    return (await api.call('GET', `/v1/incidents/${id}`)).body['countedAt'] !== null;
  });

  expect((await api.call('GET', `/v1/incidents/${id}`)).body).toMatchObject({
    persons: 1,
    events: 2,
    countedAt: expect.any(String),
    tenants: [{ tenant: tenant.slug, persons: 1, events: 2, categories: { content: 1, routing: 1 }, keys: { exposed: 1 } }],
  }); // prettier-ignore
  const draft = await api.call('GET', `/v1/incidents/${id}/drafts/${tenant.slug}`);
  expect(draft.body).toMatchObject({ notice: { to: ['dpo@acme.example'], persons: 1 }, letters: [{ language: 'en' }, { language: 'de' }] }); // prettier-ignore

  const tell = (phase: string) => api.call('POST', `/v1/incidents/${id}/notices`, { body: { phase, measures: 'Closed.' } }); // prettier-ignore
  expect((await tell('final')).status).toBe(409);
  expect((await tell('first')).body).toEqual({ told: [tenant.slug] });
  expect((await tell('first')).body).toEqual({ told: [] });
  expect((await tell('final')).body).toEqual({ told: [tenant.slug] });

  const register = (await tenant.call('GET', '/incidents')).body['items'] as unknown as { notices: { phase: string }[] }[]; // prettier-ignore
  expect(register.map(({ notices }) => notices.map(({ phase }) => phase))).toEqual([['first', 'final']]);
  expect((await tenant.call('GET', `/incidents/${id}/persons`)).body['items']).toMatchObject([
    { subject: subjectId, events: 2, categories: ['content', 'routing'] },
  ]);
  expect((await other.call('GET', '/incidents')).body['items']).toEqual([]);
  expect((await other.call('GET', `/incidents/${id}/persons`)).body['items']).toEqual([]);
  const ledger = (await tenant.call('GET', '/ledger?limit=1000')).text;
  for (const word of ['"opened"', '"counted"', '"incident-notice"', '"list-read"']) expect(ledger).toContain(word);
  expect(ledger).not.toContain(subjectId);

  expect((await api.call('POST', `/v1/incidents/${id}/close`)).body['closedAt']).toEqual(expect.any(String));
  expect((await tell('follow-up')).status).toBe(409);
  expect((await api.call('GET', '/v1/incidents')).text).toContain(id);
});

test('only the operator handles incidents, and only what makes sense is taken', async () => {
  const tenant = await acme.tenant();
  const body = { ...window(), components: ['gateway'], tenants: [tenant.slug] };
  expect((await acme.api.call('POST', '/v1/incidents', { token: tenant.token, body })).status).toBe(403);
  const wrong = [
    { ...body, components: ['everything'] },
    { ...body, components: [] },
    { ...body, suspicion: ['Theft'] },
    { ...body, from: body.to, to: body.from },
    { ...body, from: 'yesterday' },
    // What has not happened is on no list.
    { ...body, to: new Date(Date.now() + 3_600_000).toISOString() },
    { ...body, from: '2026-W45-1' },
  ];
  for (const one of wrong) expect((await acme.api.call('POST', '/v1/incidents', { body: one })).status).toBe(400);
  const nobody = { ...body, tenants: ['nobody-here'] };
  expect((await acme.api.call('POST', '/v1/incidents', { body: nobody })).status).toBe(404);
});
