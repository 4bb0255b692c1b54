// A person's profile from outside: asked for as far as instructions say, shown on the map, in the copy, erased; and not asked for otherwise.
import { acme, instructions, pageToken, took, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { startWorld, type World } from '../support/world.js';

const NAME = 'Ottoline Featherstonehaugh';
let world: World;
let asking: Acme;
let silent: Acme;
beforeAll(async () => {
  world = await startWorld();
  const base = instructions(world.bot.url) as Record<string, Record<string, Record<string, object>>>;
  const document = {
    ...base,
    purposes: {
      support: {
        ...base['purposes']!['support'],
        data: ['routing', 'content', 'attachments', 'profile'],
        features: ['first_name'],
      },
    },
    channels: { ...base['channels'], messenger: { identifiers: { psid: 'keep', first_name: 'keep' } } },
    retention: ['content', 'routing', 'attachments', 'profile'].map((data) => ({ data, period: 'P30D' })),
    recipients: { bot: { ...base['recipients']!['bot'], data: ['content', 'profile'], identifiers: ['first_name'] } },
  };
  asking = await acme(world.gateway, document);
  silent = await acme(world.gateway, instructions(world.bot.url));
});
afterAll(() => world.end());

let people = 0;
function somebody(tenant: Acme) {
  const psid = `24600000000070${++people}`;
  /** What the bot was told with it. */
  async function says(text: string): Promise<unknown> {
    await world.meta.control.say({ account: tenant.pageId, from: { psid, name: NAME }, text });
    await until('the bot heard it', () => world.bot.heard(text)[0]);
    return (world.bot.heard(text)[0]!.body as { identifiers?: unknown }).identifiers;
  }
  const asked = () => world.meta.calls.filter(({ method, url }) => method === 'GET' && url.includes(psid));
  return { psid, says, asked, subject: { channel: 'messenger', kind: 'psid', value: psid } };
}

async function result(right: string, subject: object): Promise<string> {
  const id = String(took(await asking.call('POST', '/requests', { right, subject }), right)['id']);
  const state = async () => took(await asking.call('GET', `/requests/${id}`), 'the request')['state'];
  await until('it is completed', async () => (await state()) === 'completed');
  return right === 'erasure' ? '' : (await asking.call('GET', `/requests/${id}/result`)).text;
}

const connectionOf = async (tenant: Acme): Promise<Record<string, unknown>> =>
  (took(await tenant.call('GET', '/connections'), 'connections')['items'] as Record<string, unknown>[]).find(
    ({ channel }) => channel === 'messenger',
  )!;

it('instructed, exactly that field is asked for, once; the bot has it, the map shows it, the copy has it, an erasure takes it', async () => {
  const anna = somebody(asking);
  expect(await anna.says('hello')).toEqual({ first_name: 'Ottoline' });
  expect(await anna.says('again')).toEqual({ first_name: 'Ottoline' });
  const [call, ...more] = anna.asked();
  expect(more).toEqual([]);
  expect([new URL(call!.url, 'http://m').search, call!.headers['authorization']]).toEqual([
    '?fields=first_name',
    `Bearer ${pageToken(asking.pageId)}`,
  ]);

  const rows = took(await asking.call('GET', '/identifiers?limit=1000'), 'identifiers')['items'] as Record<
    string,
    unknown
  >[];
  const row = rows.find(({ channel, kind }) => channel === 'messenger' && kind === 'first_name');
  expect(row).toMatchObject({
    phases: ['during'],
    instructed: 'keep',
    seen: 1,
    paths: ['profile-api:first_name'],
    declared: true,
  });
  expect(JSON.stringify(rows)).not.toContain('Ottoline');

  const copy = await result('access', anna.subject);
  expect(copy).toContain('"first_name":"Ottoline"');
  expect(copy).toContain('the platform of messenger, which was asked about the person');
  expect(copy).not.toContain('Featherstonehaugh');
  // The person did not provide it (Art. 20).
  expect(await result('portability', anna.subject)).not.toContain('Ottoline');
  const leaves = (await asking.call('GET', '/ledger?limit=500')).text;
  expect(leaves).toContain('"look-up"');
  expect(leaves).toContain('/channels/messenger/identifiers/first_name');
  expect(leaves).not.toContain('Ottoline');

  const conversations = async () =>
    took(await asking.call('GET', '/conversations?purpose=support'), 'conversations')['items'] as { id: string }[];
  const [talk] = await conversations();
  const messages = took(await asking.call('GET', `/conversations/${talk!.id}/messages?purpose=support`), 'messages')[
    'items'
  ] as object[];
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'profile', content: null, identifiers: { first_name: 'Ottoline' } }),
    ]),
  );

  await result('erasure', anna.subject);
  expect(await conversations()).toEqual([]);
  // Whoever writes after an erasure is somebody new.
  await anna.says('hello once more');
  expect(anna.asked()).toHaveLength(2);
});

it('what was put right stays right in what is held, and for the bot', async () => {
  const dora = somebody(asking);
  await dora.says('my name is wrong');
  const id = String(
    took(await asking.call('POST', '/requests', { right: 'rectification', subject: dora.subject }), 'rectification')[
      'id'
    ],
  );
  const corrections = [{ channel: 'messenger', kind: 'first_name', value: 'Dora' }];
  took(await asking.call('POST', `/requests/${id}/corrections`, { corrections }), 'corrections');
  await until(
    'it is completed',
    async () => took(await asking.call('GET', `/requests/${id}`), 'it')['state'] === 'completed',
  );
  expect(await dora.says('and now?')).toEqual({ first_name: 'Dora' });
  const copy = await result('access', dora.subject);
  expect(copy).toContain('"first_name":"Dora"');
  expect(copy).not.toContain('Ottoline');
});

it('not instructed, nobody is asked at all', async () => {
  const ben = somebody(silent);
  expect(await ben.says('nobody asks who I am')).toBeUndefined();
  expect(ben.asked()).toEqual([]);
});

it('what the platform does not permit is told at the connection and counted, and the bot is answered anyway', async () => {
  expect(await connectionOf(asking)).toMatchObject({ lookUpRefusedAt: null, lookUpCode: null });
  world.meta.control.set({ profileFields: [] });
  const cleo = somebody(asking);
  expect(await cleo.says('who am I?')).toBeUndefined();
  await cleo.says('and now?');
  expect(cleo.asked()).toHaveLength(1);
  expect(await connectionOf(asking)).toMatchObject({
    health: 'healthy',
    lookUpRefusedAt: expect.any(String),
    lookUpCode: '100/2018247',
  });
  world.meta.control.set({ profileFields: ['first_name'], phoneOnly: [] });
  await asking.recheck();
  expect(await connectionOf(asking)).toMatchObject({ lookUpRefusedAt: null, lookUpCode: null });
  const { text } = await world.gateway.call('GET', '/metrics');
  expect(text).toMatch(/parley_look_ups_total\{[^}]*outcome="not-permitted"[^}]*\} 1/);
  expect(text).toMatch(/parley_look_ups_total\{[^}]*outcome="found"[^}]*\} 3/);
});
