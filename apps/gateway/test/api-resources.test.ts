// The management API from outside: connections, what is known of people, and recipients.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { CHANNELS } from '#libs/channels';
import type { HttpResponse } from '#libs/kernel';
import { createIsolate, createMetrics } from '#libs/platform';
import { pseudonymOf } from '#libs/vault';
import { createConnectionChecks } from '../src/api/connections/check.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { OPERATOR, startApi } from './gateway-api.js';
const OURS: HttpResponse = { kind: 'answered', status: 200, headers: {}, json: { id: SETTINGS.pageId, name: 'Acme' } };

let api: Acme['api'];
let tenant: Acme['tenant'];
let conversation: Acme['conversation'];
let database: pg.Client;
beforeAll(async () => {
  ({ api, tenant, conversation } = await startAcme());
  database = new pg.Client({ connectionString: api.connectionString });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await api.stop();
});

describe('connections', () => {
  test('secrets go in and never come out', async () => {
    const { connect, call } = await tenant();
    api.platform(OURS);
    const made = await connect();
    expect([made.status, made.body['health']]).toEqual([201, 'healthy']);
    expect(made.body['webhookUrl']).toBe(`http://gateway.example/webhooks/messenger/${String(made.body['id'])}`);
    const id = String(made.body['id']);
    const answers = [
      made,
      await call('GET', '/connections'),
      await call('GET', `/connections/${id}`),
      await call('POST', `/connections/${id}/check`),
      await call('POST', `/connections/${id}/settings`, { settings: { appSecret: SETTINGS.appSecret } }),
    ];
    for (const { text, status } of answers) {
      expect(status).toBeLessThan(300);
      for (const secret of [SETTINGS.accessToken, SETTINGS.appSecret, SETTINGS.verifyToken])
        expect(text).not.toContain(secret);
      expect(text).toContain(SETTINGS.pageId);
      expect(text).not.toContain('siteKey');
    }
    expect((await connect()).status).toBe(409);
    expect((await call('DELETE', `/connections/${id}`)).status).toBe(204);
    expect((await call('GET', `/connections/${id}`)).status).toBe(404);
  });

  test('a credential that does not work makes it unhealthy and says why', async () => {
    const { connect, call } = await tenant();
    api.platform({ kind: 'failed', reason: 'timeout' });
    const made = await connect();
    expect([made.status, made.body['health']]).toEqual([201, 'unhealthy']);
    expect(made.body['healthReason']).toEqual(expect.any(String));
    api.platform(OURS);
    const id = String(made.body['id']);
    expect((await call('POST', `/connections/${id}/check`)).body['health']).toBe('healthy');
    expect((await call('GET', `/connections/${id}`)).body['health']).toBe('healthy');
    const told = api.logged().split('\n').filter((line) => line.includes(id)); // prettier-ignore
    expect(told.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'connection.unhealthy',
      'connection.healthy',
    ]);
  });

  test('what did not work is tried again, sooner at first, and is proven once it works', async () => {
    const { connect, call } = await tenant();
    api.platform({ kind: 'failed', reason: 'timeout' });
    const id = String((await connect()).body['id']);
    const round = createConnectionChecks({
      ...api,
      isolate: createIsolate({ log: api.log, metrics: createMetrics() }),
    });
    const is = async (): Promise<unknown> => (await call('GET', `/connections/${id}`)).body['health'];
    const isDue = async (sql: string): Promise<boolean> => {
      await database.query(`UPDATE parley.connection SET ${sql} WHERE id = $1`, [id]);
      return (await api.store.connectionsToCheck(1_000)).some((one) => one.id === id);
    };
    const ago = (made: string, tried: string, more = '') =>
      `created_at = now() - interval '${made}', checked_at = now() - interval '${tried}' ${more}`;
    expect(await isDue(ago('59 seconds', '59 seconds'))).toBe(false);
    expect(await isDue(ago('1 minute', '1 minute'))).toBe(true);
    expect(await isDue(ago('20 minutes', '9 minutes'))).toBe(false);
    expect(await isDue(ago('20 minutes', '10 minutes'))).toBe(true);
    expect(await isDue(ago('9 days', '59 minutes'))).toBe(false);
    expect(await isDue(ago('9 days', '1 hour', ', stopped_at = now()'))).toBe(false);
    expect(await isDue(ago('9 days', '1 hour', ', stopped_at = NULL'))).toBe(true);
    await round();
    expect([await is(), await isDue('name = name')]).toEqual(['unhealthy', false]);
    api.platform(OURS);
    expect(await isDue(ago('9 days', '1 hour'))).toBe(true);
    await round();
    expect([await is(), await isDue(ago('9 days', '1 hour'))]).toEqual(['healthy', false]);
    expect((await api.tenants.connection(id))?.proven_at).toEqual(expect.any(Date));
  });

  test('where clients fetch for themselves there is a site key, once, and no webhook', async () => {
    const { connect, call } = await tenant();
    const made = await connect({ origins: ['http://127.0.0.1'] }, 'test-pull');
    expect([made.status, made.body['webhookUrl']]).toEqual([201, null]);
    const siteKey = String(made.body['siteKey']);
    expect(await api.store.locate({ siteKey })).toMatchObject({ id: made.body['id'] });
    expect((await call('GET', '/connections')).text).not.toContain(siteKey);
  });

  test.each<[string, string, object, string[]]>([
    ['an unknown channel', 'pigeon', SETTINGS, ['/channel']],
    [
      'nothing',
      'messenger',
      {},
      ['/settings/pageId', '/settings/accessToken', '/settings/appSecret', '/settings/verifyToken'],
    ],
    ['an unknown setting', 'messenger', { ...SETTINGS, zebulon: 'quackenbush' }, ['/settings']],
    ['a number', 'messenger', { ...SETTINGS, pageId: 7 }, ['/settings/pageId']],
    ['an empty text', 'messenger', { ...SETTINGS, appSecret: '' }, ['/settings/appSecret']],
    ['NUL', 'messenger', { ...SETTINGS, pageId: 'a\0' }, ['/settings/pageId']],
    ['a text for a list', 'test-pull', { origins: 'http://127.0.0.1' }, ['/settings/origins']],
    ['an empty list', 'test-pull', { origins: [] }, ['/settings/origins']],
    ['a list of numbers', 'test-pull', { origins: [1] }, ['/settings/origins']],
  ])('settings: %s', async (_name, channel, settings, paths) => {
    const { connect } = await tenant();
    const answer = await connect(settings, channel);
    expect(answer.status).toBe(400);
    expect((answer.body['errors'] as unknown as { path: string }[]).map((e) => e.path)).toEqual(paths);
    for (const value of ['zebulon', 'quackenbush', 'EAAG']) expect(answer.text).not.toContain(value);
  });
});

describe('what is known of people', () => {
  test('the identifier map has every kind, seen or not, and no value', async () => {
    const { id, approve, connect, call } = await tenant();
    expect((await call('GET', '/identifiers')).body['items']).toEqual([]);
    const connection = await connect();
    const row = async (kind: string) =>
      ((await call('GET', '/identifiers?limit=1000')).body['items'] as unknown as { kind: string }[]).find(
        (r) => r.kind === kind,
      );
    expect(await row('psid')).toMatchObject({
      instructed: 'drop',
      clause: 'default:no-instructions',
      seen: 0,
      firstSeen: null,
    });
    await approve();
    await conversation({ id }, String(connection.body['id']), 'quince');
    expect(await row('psid')).toMatchObject({
      channel: 'messenger', declared: true, instructed: 'keep', clause: '/channels/messenger/identifiers/psid',
      seen: 2, paths: ['sender.id'], applied: ['keep'],
    }); // prettier-ignore
    expect(await row('unheard_of')).toMatchObject({ declared: false, instructed: 'drop', seen: 1 });
  });

  test('the channels say what each exposes, to any credential, and the same as the registry', async () => {
    const { token } = await tenant();
    const { status, body } = await api.call('GET', '/v1/channels', { token });
    const items = body['items'] as unknown as { channel: string; identifiers: Record<string, unknown>[] }[];
    expect([status, items.map(({ channel }) => channel)]).toEqual([200, expect.arrayContaining(['messenger'])]);
    for (const { channel, identifiers } of items) {
      const adapter = CHANNELS.find(({ manifest }) => manifest.channel === channel);
      if (adapter) expect(identifiers.map(({ kind }) => kind)).toEqual(adapter.identifiers.map(({ key }) => key));
    }
    expect(items.find(({ channel }) => channel === 'messenger')!.identifiers.find(({ kind }) => kind === 'psid')).toMatchObject({
      phases: ['during', 'after'], dpv: ['UID'], scope: 'account', sensitivity: 'medium', hiddenIn: ['pseudo_email'], default: 'drop', suggested: 'keep',
    }); // prettier-ignore
    expect((await api.call('GET', '/v1/channels', { token: null })).status).toBe(401);
    expect((await api.call('GET', '/v1/channels?after=nonsense', { token })).status).toBe(400);
    const first = await api.call('GET', '/v1/channels?limit=1', { token });
    expect((first.body['items'] as unknown as unknown[]).length).toBe(1);
    expect(first.body['next']).toBe(items[0]!.channel);
  });

  test('conversations take a purpose of the instructions in force, and each read is on the ledger', async () => {
    const { id, approve, connect, call } = await tenant();
    const connection = await connect();
    expect((await call('GET', '/conversations?purpose=support')).status).toBe(403);
    await approve();
    const made = await conversation({ id }, String(connection.body['id']), 'quince marmalade');
    const messages = `/conversations/${made.conversationId}/messages`;
    const refusals: [string, number, string][] = [
      ['/conversations', 400, '/problems/purpose-required'],
      [messages, 400, '/problems/purpose-required'],
      ['/conversations?purpose=marketing', 403, '/problems/not-instructed'],
      [`${messages}?purpose=marketing`, 403, '/problems/not-instructed'],
      ['/conversations?purpose=constructor', 403, '/problems/not-instructed'],
      [`/conversations/${randomUUID()}/messages?purpose=support`, 404, '/problems/not-found'],
    ];
    for (const [path, status, type] of refusals) {
      const answer = await call('GET', path);
      expect([path, answer.status, answer.body['type']]).toEqual([path, status, type]);
    }
    const leavesBefore = ((await call('GET', '/ledger')).body['items'] as unknown as unknown[]).length;
    // No turn has ended here, which would have written when it is due.
    await api.rights.sweep();
    const list = await call('GET', '/conversations?purpose=support');
    expect((list.body['items'] as unknown as { id: string }[]).map((c) => c.id)).toEqual([made.conversationId]);
    const [{ createdAt, due }] = list.body['items'] as unknown as [{ createdAt: string; due: Record<string, string> }];
    const in30Days = Date.parse(createdAt) + 30 * 86_400_000;
    for (const what of ['content', 'conversation'])
      expect(Math.abs(Date.parse(due[what]!) - in30Days)).toBeLessThan(60_000);
    const read = await call('GET', `${messages}?purpose=support`);
    expect(read.body['items']).toEqual([
      expect.objectContaining({
        id: made.messageId,
        direction: 'in',
        content: { type: 'text', text: 'quince marmalade' },
        identifiers: { psid: 'psid-in-body' }, // locale belongs to a category that the purpose does not cover
        instructions: { version: 1, clause: '/purposes/support' },
      }),
    ]);
    expect(read.text).not.toContain('m_platform');
    const leaves = (await call('GET', '/ledger')).body['items'] as unknown as {
      leaf: { type: string; purpose: string };
    }[];
    expect(leaves.slice(leavesBefore).map(({ leaf }) => [leaf.type, leaf.purpose])).toEqual([['read', 'support'], ['read', 'support']]); // prettier-ignore
    expect(api.logged()).not.toContain('quince');
  });

  test('pages follow each other to the end', async () => {
    const { id, approve, connect, call } = await tenant();
    await approve();
    const connection = await connect();
    const made = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((t) => conversation({ id }, String(connection.body['id']), t)),
    );
    for (const [path, count] of [
      ['/conversations?purpose=support&', made.length],
      ['/ledger?', null],
      ['/identifiers?', null],
    ] as const) {
      const seen: string[] = [];
      let after = '';
      do {
        const page = await call('GET', `${path}limit=2${after && `&after=${encodeURIComponent(after)}`}`);
        expect([path, page.status]).toEqual([path, 200]);
        const items = page.body['items'] as unknown as unknown[];
        // Reading conversations writes leaves: those of this test end where it began to read them.
        seen.push(...items.map((item) => JSON.stringify(item)));
        after = (page.body['next'] as unknown as string | null) ?? '';
      } while (after !== '' && seen.length < 500);
      expect(new Set(seen).size).toBe(seen.length);
      if (count !== null) expect(seen.length).toBe(count);
      else expect(seen.length).toBeGreaterThan(2);
    }
  });
});

describe('recipients', () => {
  test('their secret is replaced and shown once; their late answers go into their own conversations only', async () => {
    const { id, approve, connect, call, token } = await tenant();
    await approve();
    const connection = await connect();
    const { conversationId, keys } = await conversation({ id }, String(connection.body['id']), 'when?');
    expect((await call('GET', '/recipients')).body['items']).toMatchObject([
      { id: 'bot', kind: 'webhook', data: ['content'] },
    ]);
    const secret = String((await call('POST', '/recipients/bot/secret')).body['secret']);
    expect(secret).toMatch(/^whsec_/);
    expect(await api.store.recipientSecret(id, 'bot', keys)).toBe(secret);
    expect((await call('POST', '/recipients/stranger/secret')).status).toBe(404);

    const bot = String((await call('POST', '/api-keys', { label: 'bot', scope: 'recipient:bot' })).body['apiKey']);
    const stranger = String(
      (await call('POST', '/api-keys', { label: 'x', scope: 'recipient:stranger' })).body['apiKey'],
    );
    const pseudonym = pseudonymOf(keys, 'bot', conversationId);
    const post = (as: string, to: string, messages: unknown) =>
      api.call('POST', `/v1/conversations/${to}/messages`, { token: as, body: { messages } });
    const text = [{ type: 'text', text: 'On its way.' }];

    const taken = await post(bot, pseudonym, text);
    expect([taken.status, (taken.body['ids'] as unknown as string[]).length]).toEqual([202, 1]);
    expect(api.queued.at(-1)).toEqual({ to: { conversationId, recipient: 'bot' }, messages: text });
    expect((await post(token, conversationId, text)).status).toBe(202);
    expect(api.queued.at(-1)).toMatchObject({ to: { recipient: null } });

    const other = await tenant();
    const before = api.queued.length;
    const refused: [string, string, string, unknown, number][] = [
      ['the uuid with a bot key', bot, conversationId, text, 404],
      ['a pseudonym of another recipient', bot, pseudonymOf(keys, 'crm', conversationId), text, 404],
      ['a pseudonym that is none', bot, 'x', text, 404],
      ['a recipient that is not instructed', stranger, pseudonymOf(keys, 'stranger', conversationId), text, 403],
      ["another tenant's key", other.token, conversationId, text, 404],
      ['the operator', OPERATOR, conversationId, text, 403],
      ['no messages', bot, pseudonym, [], 400],
      ['an unknown type', bot, pseudonym, [{ type: 'fax' }], 400],
      ['too many', bot, pseudonym, Array(21).fill(text[0]), 400],
      ['a url that is not allowed', bot, pseudonym, [{ type: 'image', url: 'file:///etc/passwd' }], 400],
    ];
    for (const [name, as, to, messages, status] of refused)
      expect([name, (await post(as, to, messages)).status]).toEqual([name, status]);
    expect(api.queued.length).toBe(before);
  });
});

test('dead letters are listed, and replayed once', async () => {
  const { id, connect, call } = await tenant();
  const connection = await connect();
  const { conversationId, messageId } = await conversation({ id }, String(connection.body['id']), 'x');
  await api.store.giveUp(id, messageId);
  const items = (await call('GET', '/dead-letters')).body['items'] as unknown as readonly { readonly id: string }[];
  expect(items).toMatchObject([{ message: messageId, stage: 'route', code: 'internal', replayedAt: null }]);
  const replay = `/dead-letters/${items[0]!.id}/replay`;
  expect((await call('POST', replay)).status).toBe(202);
  expect(api.woken).toContainEqual({ tenantId: id, conversationId });
  expect((await call('POST', replay)).status).toBe(404);
});

test('the description names a summary, responses and the credential of every operation', async () => {
  const answer = await api.call('GET', '/openapi.json', { token: null });
  expect(answer.status).toBe(200);
  const { paths } = JSON.parse(answer.text) as {
    paths: Record<
      string,
      Record<string, { summary?: string; security?: unknown[]; responses: Record<string, { content?: object }> }>
    >;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({ name: `${method} ${path}`, ...o })),
  );
  expect(operations.length).toBeGreaterThan(20);
  for (const { name, summary, security, responses } of operations) {
    expect([name, Boolean(summary), security?.length]).toEqual([name, true, 1]);
    const good = Object.keys(responses).filter((status) => status.startsWith('2'));
    expect([name, good.length]).toEqual([name, 1]);
    expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['401', '404', '500', '503'])]);
    if (good[0] !== '204' && good[0] !== '202')
      expect([name, responses[good[0]!]!.content]).toEqual([name, expect.anything()]);
  }
  expect((await api.call('GET', '/docs', { token: null })).status).toBe(200);
});

test('half of a link shows a page to a reader, and a problem to everybody else; what the API does not find stays a problem', async () => {
  const ask = (path: string, accept: string) => api.call('GET', path, { accept });
  const page = await ask('/privacy', 'text/html,*/*;q=0.8');
  expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.text).toContain('There is no such page');
  for (const [path, accept] of [
    ['/privacy', '*/*'],
    ['/v1/tenants/nobody', 'text/html'],
  ] as const)
    // prettier-ignore
    expect((await ask(path, accept)).body).toMatchObject({ type: '/problems/not-found', status: 404 });
});

test('without its database it answers 503 and when to try again', async () => {
  const away = await startApi({ databaseUrl: 'postgres://nobody:nothing@127.0.0.1:1/none' });
  try {
    const answer = await away.call('GET', '/v1/tenants');
    expect([answer.status, answer.headers['retry-after'], answer.body['type']]).toEqual([
      503,
      '5',
      '/problems/unavailable',
    ]);
    expect(answer.text).not.toContain('nobody');
    expect(away.logged()).not.toContain('nothing');
  } finally {
    await away.stop();
  }
});
