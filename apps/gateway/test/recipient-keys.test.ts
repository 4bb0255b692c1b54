// Keys of recipients: entered, kept sealed, never shown; each kind takes what it can use.
import { document, startAcme, type Acme } from './acme.js';
let api: Acme['api'];
let tenant: Acme['tenant'];
beforeAll(async () => {
  ({ api, tenant } = await startAcme());
});
afterAll(() => api?.stop());

const KEY = 'sk-invented-0123456789';
const SIGNING = `whsec_${Buffer.from('thirty-two bytes, all invented..').toString('base64')}`;

test('a key goes in and never comes out', async () => {
  const { id, call } = await tenant();
  const { bot } = document().recipients;
  const recipients = { bot, model: { ...bot, kind: 'openai', model: 'm-1' } };
  const sent = await call('POST', '/instructions', { ...document(), recipients });
  const acknowledged = (sent.body['findings'] as unknown as { rule: string }[]).map(({ rule }) => rule);
  expect((await call('POST', '/instructions/1/approve', { acknowledged })).status).toBe(200);

  const entered: [string, unknown, number][] = [
    ['model', { secret: KEY }, 204],
    ['model', { secret: SIGNING }, 400],
    ['model', { secret: 'with a blank' }, 400],
    ['model', { secret: '' }, 400],
    ['model', {}, 400],
    ['bot', { secret: SIGNING }, 204],
    ['bot', { secret: KEY }, 400],
    ['bot', { secret: 'whsec_c2hvcnQ=' }, 400],
    ['stranger', { secret: KEY }, 404],
  ];
  for (const [recipient, body, status] of entered) {
    const answer = await call('PUT', `/recipients/${recipient}/secret`, body);
    expect([recipient, body, answer.status]).toEqual([recipient, body, status]);
    expect(answer.text).not.toMatch(/invented|whsec_[A-Za-z0-9]/);
  }
  const keys = (await api.store.tenantKeys(id))!;
  expect(await api.store.recipientSecret(id, 'model', keys)).toBe(KEY);
  expect(await api.store.recipientSecret(id, 'bot', keys)).toBe(SIGNING);
  expect((await call('GET', '/recipients')).text).not.toContain(KEY);
  expect(api.logged()).not.toContain(KEY);
});
