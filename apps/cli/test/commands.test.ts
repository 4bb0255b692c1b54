// The commands, run as a user runs them, against the answers of a gateway.
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOW, startCli, TOKEN, type Cli, type Ran } from './run.js';

let cli: Cli;
let gateway: Cli['gateway'];
let folder: string;
let run: Cli['run'];

beforeAll(async () => {
  cli = await startCli();
  ({ gateway, folder, run } = cli);
});
afterAll(() => cli.end());
beforeEach(() => cli.forget());

describe('parley', () => {
  it('--help lists every command', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['tenant', 'connection', 'db', 'health', 'simulate', 'fake-meta', 'evidence'])
      expect(out).toContain(name);
  });

  it('evidence is written into a file as it comes; a refusal leaves none', async () => {
    const pack = Buffer.from('PK and what follows');
    gateway.answers.set('GET /v1/tenants/acme/evidence', () => [200, pack]);
    const file = join(folder, 'pack.zip');
    expect(await run(['evidence', 'acme', '--out', file])).toMatchObject({
      code: 0,
      out: expect.stringContaining(file),
    });
    expect(await readFile(file)).toEqual(pack);
    expect(gateway.asked[0]!.headers['authorization']).toBe(`Bearer ${TOKEN}`);
    const none = join(folder, 'none.zip');
    expect(await run(['evidence', 'beta', '--out', none])).toMatchObject({
      code: 1,
      err: expect.stringContaining('404'),
    });
    await expect(readFile(none)).rejects.toThrow('ENOENT');
  });

  it.each([[['nonsense']], [['tenant', 'create']], [['fake-meta', '--statuses', 'wild']]])(
    'does not understand %j: exit code 2',
    async (args) => {
      const { code, err } = await run(args);
      expect(code).toBe(2);
      expect(err).toMatch(/^error: /);
    },
  );

  it('says in one line that the token is missing, that nobody answers, and what the gateway refused', async () => {
    expect(await run(['tenant', 'list'], { PARLEY_OPERATOR_TOKEN: '' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('PARLEY_OPERATOR_TOKEN'),
    });
    expect(await run(['tenant', 'list', '--url', 'http://127.0.0.1:1'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No answer'),
    });
    gateway.answers.set('GET /v1/tenants', () => [401, { status: 401, title: 'A valid credential is needed.' }]);
    expect(await run(['tenant', 'list'])).toEqual({
      code: 1,
      out: '',
      err: 'parley: 401 A valid credential is needed.',
    });
    gateway.answers.set('GET /v1/tenants/acme/connections', () => [
      404,
      { status: 404, title: 'There is no such thing here.' },
    ]);
    expect(await run(['connection', 'list', 'acme'])).toMatchObject({
      code: 1,
      err: 'parley: 404 There is no such thing here. · /v1/tenants/acme/connections',
    });
  });

  it('an environment with a mistake names the variable and not its value', async () => {
    const { code, err } = await run(['db', 'url'], { PARLEY_PORT: 'eighty' });
    expect([code, err]).toEqual([1, expect.stringContaining('PARLEY_PORT')]);
    expect(err).not.toContain('eighty');
  });
});

describe('db url', () => {
  it('prints the given database', async () => {
    const url = 'postgres://parley:x@db.example/parley';
    expect(await run(['db', 'url'], { DATABASE_URL: url })).toEqual({ code: 0, out: url, err: '' });
  });
  it('says that no embedded database was started yet', async () => {
    expect(await run(['db', 'url'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining(folder) });
  });
});

describe('health', () => {
  it('is 0 when ready, 1 when not', async () => {
    gateway.answers.set('GET /health/ready', () => [200, { status: 'ready' }]);
    expect((await run(['health'])).code).toBe(0);
    gateway.answers.set('GET /health/ready', () => [503, { status: 'not ready', database: false }]);
    expect(await run(['health'])).toMatchObject({ code: 1, out: expect.stringContaining('database') });
  });
});

describe('tenant', () => {
  it('create prints the key', async () => {
    gateway.answers.set('POST /v1/tenants', () => [201, { slug: 'acme', apiKey: 'pk_once' }]);
    expect((await run(['tenant', 'create', 'acme', '--name', 'Acme GmbH'])).out).toBe('tenant acme\nAPI key pk_once');
    expect(JSON.parse(gateway.asked[0]!.raw)).toEqual({ slug: 'acme', name: 'Acme GmbH' });
    expect(gateway.asked[0]!.headers['authorization']).toBe(`Bearer ${TOKEN}`);
  });
  it('list goes through all pages', async () => {
    gateway.answers.set('GET /v1/tenants', () => [200, { items: [{ slug: 'acme', name: 'Acme GmbH' }], next: 'a/b' }]);
    gateway.answers.set('GET /v1/tenants?after=a%2Fb', () => [
      200,
      { items: [{ slug: 'b', name: 'Beta' }], next: null },
    ]);
    expect((await run(['tenant', 'list'])).out).toBe('SLUG  NAME\nacme  Acme GmbH\nb     Beta');
  });
});

describe('connection add', () => {
  const path = 'POST /v1/tenants/acme/connections';
  const settings = ['pageId=682498302938465'];

  it('takes secrets from a file only', async () => {
    const secrets = join(folder, 'secrets.json');
    await writeFile(secrets, JSON.stringify({ accessToken: 'EAAG', appSecret: 's', verifyToken: 'v' }));
    gateway.answers.set(path, () => [201, { id: 'c1' }]);
    expect((await run(['connection', 'add', 'acme', 'messenger', ...settings, '--secrets', secrets])).code).toBe(0);
    expect(JSON.parse(gateway.asked[0]!.raw)).toEqual({
      channel: 'messenger',
      name: 'messenger',
      settings: { pageId: '682498302938465', accessToken: 'EAAG', appSecret: 's', verifyToken: 'v' },
    });
  });
  it.each([
    [['messenger', 'accessToken=EAAG'], /accessToken is a secret/],
    [['messenger', 'colour=blue'], /No setting colour/],
    [['messenger', ...settings], /Missing: /],
    [['pigeon'], /no channel pigeon/],
  ])('refuses %j without asking the gateway', async (args, line) => {
    const { code, err } = await run(['connection', 'add', 'acme', ...args]);
    expect([code, err]).toEqual([1, expect.stringMatching(line)]);
    expect(gateway.asked).toEqual([]);
  });
});

describe('connection list', () => {
  it('says why one is unhealthy, and has a dash where there is no webhook', async () => {
    const items = [
      { id: 'c1', channel: 'web', name: 'Site', health: 'unhealthy', healthReason: 'credentials', webhookUrl: null },
    ];
    gateway.answers.set('GET /v1/tenants/acme/connections', () => [200, { items, next: null }]);
    expect((await run(['connection', 'list', 'acme'])).out).toMatch(/^c1 +web +Site +unhealthy +credentials +-$/m);
  });
});

describe('dead-letters', () => {
  const base = '/v1/tenants/acme/dead-letters';
  const letter = (id: string, code: string, replayedAt: string | null): Record<string, unknown> => ({
    id,
    stage: 'deliver',
    code,
    createdAt: '2026-11-24T00:00:00Z',
    replayedAt,
  });
  beforeEach(() => {
    const items = [
      letter('d1', '131047', null),
      letter('d2', '190', null),
      letter('d3', '190', '2026-11-24T01:00:00Z'),
    ];
    gateway.answers.set(`GET ${base}`, () => [200, { items, next: null }]);
    for (const id of ['d1', 'd2', 'd3']) gateway.answers.set(`POST ${base}/${id}/replay`, () => [202, null]);
  });
  const replayed = (): readonly string[] =>
    gateway.asked.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/')[5]!);

  it('list shows where and why', async () => {
    expect((await run(['dead-letters', 'list', 'acme'])).out).toMatch(/^d1 +deliver +131047 +2026\S+ +-$/m);
  });
  it.each([
    [['d3'], ['d3']],
    [['--all'], ['d1', 'd2']],
    [['--all', '--code', '190'], ['d2']],
  ])('replay %j', async (args, ids) => {
    expect((await run(['dead-letters', 'replay', 'acme', ...args])).out).toBe(`${ids.length} replayed`);
    expect(replayed()).toEqual(ids);
  });
  it('replay wants one or all, and says what is not there', async () => {
    expect((await run(['dead-letters', 'replay', 'acme'])).code).toBe(1);
    expect((await run(['dead-letters', 'replay', 'acme', 'd1', '--all'])).code).toBe(1);
    expect((await run(['dead-letters', 'replay', 'acme', 'd9'])).err).toContain('404');
  });
});

describe('instructions lint', () => {
  const example = (): Promise<string> =>
    readFile('README.md', 'utf8').then((page) => /^```yaml\n([\s\S]*?)^```/m.exec(page)![1]!);
  const lint = async (text: string, ...options: string[]): Promise<Ran> => {
    const file = join(folder, 'instructions.yaml');
    await writeFile(file, text);
    return run(['instructions', 'lint', file, ...options]);
  };

  it('finds no error in the example of the README', async () => {
    expect(await lint(await example())).toMatchObject({ code: 0, out: expect.stringContaining('0 errors'), err: '' });
  });
  it('names line, pointer, rule and message of what is wrong, and fails', async () => {
    const { code, out } = await lint((await example()).replace('basis: A6-1-b, ', ''));
    expect([code, out]).toEqual([1, expect.stringMatching(/^error +6:3 +\/purposes\/support\S* +\S+ +\S.*$/m)]);
    expect(gateway.asked).toEqual([]);
  });
  it('gives findings as JSON for other programs', async () => {
    const { out } = await lint((await example()).replace('country: DE, purposes', 'country: US, purposes'), '--json');
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ severity: 'error', path: '/recipients/bot/transfer', line: 18, column: 3 }),
    );
  });
  it('names line and pointer of a syntax error, and a file that is not there', async () => {
    for (const text of ['schema: x\nparties: [\n', '{"schema": "x",\n"parties": [\n'])
      expect(await lint(text)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/line 3, column 1 \(\/parties\): \S/),
      });
    expect(await run(['instructions', 'lint', 'no-such-file.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no-such-file'),
    });
  });
});

describe('simulate', () => {
  const list = '/v1/tenants/demo/connections';
  let made: Record<string, unknown>[] = [];
  beforeEach(() => {
    made = [];
    gateway.answers.set(`GET ${list}`, () => [200, { items: made, next: null }]);
    gateway.answers.set(`POST ${list}`, ({ raw }) => {
      const one = { ...JSON.parse(raw), id: 'c1', webhookUrl: 'https://outside.example/webhooks/messenger/c1' };
      made.push(one);
      return [201, one];
    });
    gateway.answers.set('POST /webhooks/messenger/c1', () => [200, {}]);
  });
  const posted = () => gateway.asked.filter(({ path }) => path.startsWith('/webhooks'));
  const settingsMade = (): Record<string, string> => made[0]!['settings'] as Record<string, string>;

  it('makes a connection once, and signs a fresh copy of the case for it each time', async () => {
    for (const _ of [1, 2]) expect(await run(['simulate', 'mess', 'text'])).toMatchObject({ code: 0, err: '' });
    expect(made).toMatchObject([{ channel: 'messenger', name: 'Simulated' }]);
    const bodies = posted().map(({ raw }) => JSON.parse(raw));
    for (const { raw, headers } of posted()) {
      const wanted = createHmac('sha256', settingsMade()['appSecret']!).update(raw).digest('hex');
      expect(headers['x-hub-signature-256']).toBe(`sha256=${wanted}`);
    }
    const events = bodies.map((body) => body.entry[0].messaging[0]);
    expect(bodies.map((body) => body.entry[0].id)).toEqual([settingsMade()['pageId'], settingsMade()['pageId']]);
    expect(Math.max(bodies[0].entry[0].time, events[0].timestamp)).toBe(NOW);
    expect(events[0].recipient.id).toBe(settingsMade()['pageId']);
    expect(events[0].sender).toEqual(events[1].sender);
    expect(events[0].message.mid).not.toBe(events[1].message.mid);
  });

  it('writes on Instagram, too, under a new id each time', async () => {
    const hook = '/webhooks/instagram/c2';
    const one = { id: 'c2', channel: 'instagram', name: 'Simulated', webhookUrl: hook };
    gateway.answers.set(`GET ${list}`, () => [200, { items: [one], next: null }]);
    gateway.answers.set(`POST ${hook}`, () => [200, {}]);
    for (const _ of [1, 2]) expect(await run(['simulate', 'instagram', 'text'])).toMatchObject({ code: 0, err: '' });
    const [first, second] = posted().map(({ raw }) => JSON.parse(raw).entry[0]);
    expect(first.messaging[0].recipient.id).toBe(first.id);
    expect(first.messaging[0].message.mid).not.toBe(second.messaging[0].message.mid);
  });

  it('signs with META_APP_SECRET where an app is shared', async () => {
    await run(['simulate', 'messenger', 'text'], { META_APP_SECRET: 'shared-secret-of-the-app' });
    expect(settingsMade()['appSecret']).toBe('shared-secret-of-the-app');
  });

  it('to a given connection takes that connection’s account and the given secret', async () => {
    made = [
      {
        id: 'c1',
        channel: 'messenger',
        name: 'Page',
        webhookUrl: '/webhooks/messenger/c1',
        settings: { pageId: '77' },
      },
    ];
    expect((await run(['simulate', 'messenger', 'text', '--connection', 'c1', '--secret', 's'])).code).toBe(0);
    expect(JSON.parse(posted()[0]!.raw).entry[0].id).toBe('77');
    expect((await run(['simulate', 'messenger', 'text', '--connection', 'c1'])).err).toContain('--secret');
    expect((await run(['simulate', 'messenger', 'text', '--connection', 'c2', '--secret', 's'])).err).toContain('c2');
  });

  it('a webhook that is not taken is a failure', async () => {
    gateway.answers.set('POST /webhooks/messenger/c1', () => [401, {}]);
    expect(await run(['simulate', 'messenger', 'text'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('401'),
    });
  });

  it.each([
    [['simulate', 'pigeon', 'text'], /no channel pigeon/],
    [['simulate', 'messenger', 'no-such-case'], /there are .*text/],
  ])('%j says what there is', async (args, line) => {
    expect(await run(args)).toMatchObject({ code: 1, err: expect.stringMatching(line) });
    expect(gateway.asked).toEqual([]);
  });
});

describe('fake-meta', () => {
  it('says where it listens, and ends when interrupted', async () => {
    const { code, out } = await run([
      'fake-meta',
      '--port',
      '0',
      '--app-secret',
      'app-secret',
      '--webhook',
      '77=http://127.0.0.1:9/x',
    ]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^META_GRAPH_URL=http:\/\/127\.0\.0\.1:\d+$/m)]);
  });
  it('refuses to run without a secret', async () => {
    expect(await run(['fake-meta', '--port', '0'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('META_APP_SECRET'),
    });
  });
});
