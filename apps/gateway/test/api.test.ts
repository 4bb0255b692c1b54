// The management API from outside: who sees what, what bad input is answered, and how instructions come into force.
import { randomUUID } from 'node:crypto';
import { document, startAcme, type Acme } from './acme.js';
import { OPERATOR } from './gateway-api.js';
let api: Acme['api'];
let tenant: Acme['tenant'];
beforeAll(async () => {
  ({ api, tenant } = await startAcme());
});
afterAll(() => api.stop());

describe('who sees what', () => {
  const PATHS = [
    '', '/instructions', '/instructions/1', '/connections', '/identifiers', '/conversations?purpose=support', '/dead-letters',
    '/api-keys', '/recipients', '/disclosures', '/ledger',
  ]; // prettier-ignore

  test('another tenant looks like none, with whatever path', async () => {
    const [mine, other] = [await tenant(), await tenant()];
    for (const path of PATHS) {
      const theirs = await api.call('GET', `/v1/tenants/${mine.slug}${path}`, { token: other.token });
      const none = await api.call('GET', `/v1/tenants/no-such-tenant${path}`, { token: other.token });
      expect([path, theirs.status, theirs.text]).toEqual([path, 404, none.text]);
    }
  });

  test.each([
    ['no token', null, 401],
    ['an unknown token', 'pk_unknown', 401],
    ['a token with odd bytes', 'pk_\u00e9', 401],
    ['a very long token', 'x'.repeat(5000), 401],
    ['the operator', OPERATOR, 200],
  ])('%s', async (_name, token, status) => {
    const answer = await api.call('GET', '/v1/tenants', { token });
    expect(answer.status).toBe(status);
    if (status === 401) {
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  test('only the operator makes and lists tenants', async () => {
    const { token } = await tenant();
    expect((await api.call('GET', '/v1/tenants', { token })).status).toBe(403);
    expect((await api.call('POST', '/v1/tenants', { token, body: { slug: 'x', name: 'X' } })).status).toBe(403);
  });

  test('a key works until it is revoked; a recipient key manages nothing', async () => {
    const { call, slug } = await tenant();
    const made = await call('POST', '/api-keys', { label: 'second', scope: 'tenant' });
    const token = String(made.body['apiKey']);
    expect((await api.call('GET', `/v1/tenants/${slug}`, { token })).status).toBe(200);
    expect((await call('GET', '/api-keys')).text).not.toContain(token);
    expect((await call('DELETE', `/api-keys/${String(made.body['id'])}`)).status).toBe(204);
    expect((await api.call('GET', `/v1/tenants/${slug}`, { token })).status).toBe(401);
    expect((await call('DELETE', `/api-keys/${String(made.body['id'])}`)).status).toBe(404);
    const bot = await call('POST', '/api-keys', { label: 'bot', scope: 'recipient:bot' });
    expect((await api.call('GET', `/v1/tenants/${slug}`, { token: String(bot.body['apiKey']) })).status).toBe(403);
  });
});

describe('headers', () => {
  test('what is told of a tenant is kept by no browser, and is what it says that it is', async () => {
    const { call } = await tenant();
    for (const path of ['', '/requests', '/connections', '/no-such-thing']) {
      const { headers } = await call('GET', path);
      expect([path, headers['cache-control'], headers['x-content-type-options']]).toEqual([
        path,
        'no-store',
        'nosniff',
      ]);
    }
  });

  test('the page on which the key is typed in is in nobody’s frame', async () => {
    for (const path of ['/docs', '/docs/swagger-ui.css']) {
      const { status, headers } = await api.call('GET', path);
      expect([path, status, headers['content-security-policy']]).toEqual([path, 200, "frame-ancestors 'none'"]);
    }
  });
});

describe('bad input is answered as problem+json, names the place and quotes nothing', () => {
  const CANARY = 'zebulon-quackenbush';
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const cases: [string, 'GET' | 'POST', string, { body?: unknown; type?: string }, number, string[]][] = [
    ['slug and name', 'POST', '/v1/tenants', { body: { slug: 'x y', name: '' } }, 400, ['/slug', '/name']],
    ['missing fields', 'POST', '/v1/tenants', { body: {} }, 400, ['/slug', '/name']],
    ['an unknown field', 'POST', '/v1/tenants', { body: { slug: 'a', name: 'b', extra: CANARY } }, 400, ['/extra']],
    ['a value as field name', 'POST', '/v1/tenants', { body: { slug: 'a', name: 'b', [`${CANARY} 49151`]: 1 } }, 400, ['']],
    ['wrong types', 'POST', '/v1/tenants', { body: { slug: [CANARY], name: { a: CANARY } } }, 400, ['/slug', '/name']],
    ['NUL in a name', 'POST', '/v1/tenants', { body: { slug: 'nul', name: `a\0${CANARY}` } }, 400, ['/name']],
    ['half a surrogate', 'POST', '/v1/tenants', { body: { slug: 'half', name: '\ud800' } }, 400, ['/name']],
    ['a list for an object', 'POST', '/v1/tenants', { body: [CANARY] }, 400, []],
    ['null', 'POST', '/v1/tenants', { body: 'null' }, 400, []],
    ['broken JSON', 'POST', '/v1/tenants', { body: `{"slug": ${CANARY}` }, 400, []],
    ['an empty body', 'POST', '/v1/tenants', { body: '' }, 400, []],
    ['no body', 'POST', '/v1/tenants', {}, 400, []],
    ['a prototype', 'POST', '/v1/tenants', { body: '{"slug":"a","name":"b","__proto__":{"x":1}}' }, 400, []],
    ['depth', 'POST', '/v1/tenants', { body: `{"slug":${deep}}` }, 400, []],
    ['YAML where JSON is asked', 'POST', '/v1/tenants', { body: 'slug: a', type: 'application/yaml' }, 415, []],
    ['another content type', 'POST', '/v1/tenants', { body: 'x', type: 'text/csv' }, 415, []],
    ['a content type that cannot be read', 'POST', '/v1/tenants', { body: '{}', type: 'json' }, 415, []],
    ['a form', 'POST', '/v1/tenants', { body: 'slug=a', type: 'application/x-www-form-urlencoded' }, 415, []],
    ['too large', 'POST', '/v1/tenants', { body: { slug: 'a', name: 'x'.repeat(1_100_000) } }, 413, []],
    ['limit of zero', 'GET', '/v1/tenants?limit=0', {}, 400, ['/limit']],
    ['limit beyond', 'GET', '/v1/tenants?limit=1001', {}, 400, ['/limit']],
    ['limit not a number', 'GET', `/v1/tenants?limit=${CANARY}`, {}, 400, ['/limit']],
    ['limit twice', 'GET', '/v1/tenants?limit=1&limit=2', {}, 400, ['/limit']],
    ['an unknown query', 'GET', '/v1/tenants?nosuch=1', {}, 400, ['/nosuch']],
    ['a cursor of nobody', 'GET', '/v1/tenants?after=A%00', {}, 400, ['/after']],
    ['NUL in the slug', 'GET', '/v1/tenants/a%00b', {}, 404, []],
    ['an address that cannot be decoded', 'GET', `/v1/tenants/%E0%A4%A${CANARY}`, {}, 400, []],
    ['an unknown route', 'GET', `/v1/${CANARY}`, {}, 404, []],
  ]; // prettier-ignore

  test.each(cases)('%s', async (_name, method, url, call, status, paths) => {
    const answer = await api.call(method, url, call);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(`"status":${status}`)]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect([...new Set(((answer.body['errors'] ?? []) as unknown as { path: string }[]).map((e) => e.path))]).toEqual(
      paths,
    );
    expect(answer.text).not.toContain(CANARY);
    expect(answer.text).not.toMatch(/node_modules|\.ts|\.js/);
  });

  test('a list of hundreds of thousands is refused before each of them is checked', async () => {
    const { call } = await tenant();
    const began = process.cpuUsage();
    const body = { corrections: Array.from({ length: 300_000 }, () => ({})) };
    expect(await call('POST', `/requests/${randomUUID()}/corrections`, body)).toMatchObject({ status: 400 });
    // Each of them, checked and described, would hold everybody up for half a minute of work.
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000);
  });

  test.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/yaml'])(
    'where no body is needed, an empty one is none, also if it is said to be %s',
    async (type) => {
      const { slug, token, call, connect } = await tenant();
      const at = `/v1/tenants/${slug}/connections/${String((await connect()).body['id'])}`;
      const empty = { token, body: '', type };
      expect((await api.call('POST', `${at}/check`, empty)).status).toBe(200);
      expect((await api.call('DELETE', at, empty)).status).toBe(204);
      const needed = await api.call('POST', `/v1/tenants/${slug}/api-keys`, empty);
      expect([needed.status, needed.body['type']]).toEqual([400, '/problems/invalid-input']);
      expect((await call('GET', '/connections')).body['items']).toEqual([]);
    },
  );

  test('a slug that is taken', async () => {
    const { slug } = await tenant();
    expect((await api.call('POST', '/v1/tenants', { body: { slug, name: 'Other' } })).status).toBe(409);
  });

  test('ids that are none are not found', async () => {
    const { call } = await tenant();
    for (const path of [
      '/connections/x',
      '/connections/' + randomUUID(),
      '/instructions/x',
      '/instructions/0',
      '/instructions/99999999999',
    ])
      expect([path, (await call('GET', path)).status]).toEqual([path, 404]);
    for (const path of [
      '/dead-letters/x/replay',
      `/dead-letters/${randomUUID()}/replay`,
      `/connections/${randomUUID()}/check`,
      '/recipients/bot/secret',
    ])
      expect([path, (await call('POST', path)).status]).toEqual([path, 404]);
    const anew = `/connections/${randomUUID()}/settings`;
    expect((await call('POST', anew, { settings: { accessToken: 'x' } })).status).toBe(404);
  });

  test('cursors of other lists', async () => {
    const { call } = await tenant();
    for (const path of [
      '/dead-letters',
      '/ledger',
      '/connections',
      '/instructions',
      '/api-keys',
      '/identifiers',
      '/recipients',
    ])
      expect([path, (await call('GET', `${path}?after=nonsense`)).status]).toEqual([path, 400]);
  });
});

describe('instructions', () => {
  test('submitted, refused while warnings are open, approved once, in force', async () => {
    const { call, slug, token } = await tenant();
    const one = document() as Record<string, unknown>;
    delete (one['parties'] as Record<string, unknown>)['dpo'];
    const sent = await call('POST', '/instructions', one);
    expect([sent.status, sent.body['version']]).toEqual([201, 1]);
    const findings = sent.body['findings'] as unknown as { severity: string; rule: string }[];
    const warnings = [...new Set(findings.filter((f) => f.severity === 'warning').map((f) => f.rule))];
    const errors = findings.filter((f) => f.severity === 'error');
    const refused = await call('POST', '/instructions/1/approve', { acknowledged: [] });
    if (errors.length + warnings.length > 0) {
      expect(refused.status).toBe(409);
      expect(refused.body['detail']).toContain(errors[0]?.rule ?? warnings[0]);
    }
    const sound = await call('POST', '/instructions', document());
    const acknowledged = (sound.body['findings'] as unknown as { rule: string }[]).map((f) => f.rule);
    const approved = await call('POST', '/instructions/2/approve', { acknowledged, by: 'Ada Example' });
    expect([approved.status, approved.body['inForce'], approved.body['approvedBy']]).toEqual([
      200,
      true,
      'Ada Example',
    ]);
    expect((await call('POST', '/instructions/2/approve', { acknowledged })).status).toBe(409);
    const list = (await call('GET', '/instructions')).body['items'] as unknown as {
      version: number;
      inForce: boolean;
    }[];
    expect(list.map(({ version, inForce }) => [version, inForce])).toEqual([[2, true], [1, false]]); // prettier-ignore
    expect((await call('GET', '/instructions/2')).body['document']).toEqual(document());
    expect((await api.call('GET', `/v1/tenants/${slug}`, { token })).body['instructionVersion']).toBe(2);
    const leaves = (await call('GET', '/ledger')).body['items'] as unknown as {
      leaf: { type: string; version: number };
    }[];
    expect(leaves.map(({ leaf }) => [leaf.type, leaf.version])).toContainEqual(['instructions-approved', 2]);
  });

  test('a document with errors is kept as a version but never approved', async () => {
    const { call } = await tenant();
    const sent = await call('POST', '/instructions', { schema: 'parley-instructions/1' });
    expect(sent.status).toBe(201);
    const approved = await call('POST', `/instructions/${String(sent.body['version'])}/approve`, {
      acknowledged: ['schema'],
    });
    expect([approved.status, approved.body['detail']]).toEqual([409, expect.stringContaining('schema')]);
  });

  const sendable = async () => {
    const { slug, token } = await tenant();
    return (body: string | Buffer, type = 'application/yaml') =>
      api.call('POST', `/v1/tenants/${slug}/instructions`, { token, body, type });
  };

  test.each(['application/yaml', 'application/json'])(
    '%s: a mistake is named by pointer, line and column, not quoted',
    async (type) => {
      const post = await sendable();
      expect((await post(JSON.stringify(document(), null, 2), type)).status).toBe(201);
      const broken = await post('{"schema": "parley-instructions/1",\n"parties": {"controller": ["zebulon" 2\n', type);
      expect(broken.status).toBe(400);
      expect(String(broken.body['detail'])).toMatch(/line 2, column \d+: /);
      expect(broken.body['errors']).toContainEqual({
        path: '/parties/controller/0',
        detail: expect.any(String),
        line: 2,
        column: expect.any(Number),
      });
      expect(broken.text).not.toContain('zebulon');
    },
  );

  test.each(['application/yaml', 'application/json'])('%s: each finding has pointer, line and column', async (type) => {
    const post = await sendable();
    const { purposes, ...rest } = document() as unknown as { purposes: { support: object }; schema: string };
    const wrong = {
      ...rest,
      purposes: { support: { ...purposes.support, basis: undefined, dpv: 'MakeMoney' } },
      colour: 'red',
    };
    const text = JSON.stringify(wrong, null, 1);
    const lineOf = (key: string): number => text.slice(0, text.indexOf(`"${key}`)).split('\n').length;
    const { body } = await post(text, type);
    expect(body['findings']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'schema', path: '/colour', line: lineOf('colour'), column: 2 }),
        expect.objectContaining({
          rule: 'unknown-purpose-term',
          path: '/purposes/support/dpv',
          line: lineOf('dpv'),
          column: 4,
        }),
        // What is missing is placed where its parent stands.
        expect.objectContaining({
          rule: 'purpose-without-basis',
          path: '/purposes/support/basis',
          line: lineOf('support": '),
          column: 3,
        }),
      ]),
    );
    expect((body['findings'] as unknown as { line?: number }[]).filter(({ line }) => line === undefined)).toEqual([]);
  });

  test('bytes that are no UTF-8 are refused, and not stored as something else', async () => {
    const post = await sendable();
    const answer = await post(Buffer.from('schema: x\nparties: Gr\xfc\xdfe', 'latin1'));
    expect([answer.status, answer.body['detail']]).toEqual([400, expect.stringMatching(/line 2, column 12: .*UTF-8/)]);
  });

  test('a document that is said to be a form is refused, and the answer says what to send', async () => {
    const { slug, token, call } = await tenant();
    const [body, type] = [JSON.stringify(document()), 'application/x-www-form-urlencoded'];
    const answer = await api.call('POST', `/v1/tenants/${slug}/instructions`, { token, body, type });
    expect([answer.status, answer.body['detail']]).toEqual([415, expect.stringContaining('application/yaml')]);
    expect((await call('GET', '/instructions')).body['items']).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '7'],
    ['NUL', JSON.stringify({ schema: 'a\0b' })],
    ['NUL in a key', JSON.stringify({ 'a\0b': 1 })],
    ['half a surrogate', '{"schema":"\\ud800"}'],
    ['depth', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('%s is no document', async (_name, body) => {
    const { slug, token } = await tenant();
    const answer = await api.call('POST', `/v1/tenants/${slug}/instructions`, { token, body });
    expect([answer.status, answer.body['type']]).toEqual([400, '/problems/invalid-input']);
  });
});
