// No value about a person is readable anywhere: canaries go through every adapter and every failure, and are looked for everywhere.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl } from '#libs/platform';
import { casesOf } from '../cases/files.js';
import { withGarbageItems, withUnknownFields } from '../contract/payloads.js';
import { redisIsThere, startRedis, type TestRedis } from '../../libs/platform/test/redis-server.js';
import { acme, instructions, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import { exchange, type Answer } from '../support/gateway.js';
import { connectInstagram, type InstagramDoor } from '../support/instagram.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import {
  instagram,
  instagramText,
  messenger,
  messengerText,
  postSigned,
  rawOf,
  whatsApp,
  whatsAppText,
} from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';
import { FORM_NAMES, needlesOf, search } from './forms.js';
import { startQuotingGraph, type QuotingGraph } from './graph.js';
import { inFiles, inRedis, inRows } from './places.js';
import { keepingAll } from './keeping-all.js';
import { CANARIES, CANARY, withCanaries } from './substitute.js';

const NEEDLES = needlesOf(CANARIES);
const everything = CANARIES.join(' ');

const backends = [
  { queues: 'PostgreSQL', redis: false },
  ...(redisIsThere() ? [{ queues: 'Redis', redis: true }] : []),
];

describe.each(backends)('with queues in $queues', ({ redis: wantsRedis }) => {
  let world: World;
  let graph: QuotingGraph;
  let redis: TestRedis | null = null;
  let tenants: readonly Acme[];
  const accounts = new Map<Acme, InstagramDoor>();
  const answers: Answer[] = [];
  const noted = async (asking: Promise<Answer>): Promise<void> =>
    void answers.push(
      ...(await asking.then(
        (answer) => [answer],
        () => [],
      )),
    );

  beforeAll(async () => {
    graph = await startQuotingGraph();
    redis = wantsRedis ? await startRedis() : null;
    world = await startWorld({ META_GRAPH_URL: graph.url, ...(redis ? { REDIS_URL: redis.url } : {}) });
    tenants = [
      await acme(world.gateway, instructions(world.bot.url)),
      await acme(world.gateway, keepingAll(world.bot.url)),
    ];
    for (const tenant of tenants) {
      accounts.set(tenant, await connectInstagram(world.gateway.url, tenant));
      await everyCase(tenant);
      // Some cases say that the account may not send any more.
      await tenant.recheck();
      await everyMalformation(tenant);
      await everyVisit(tenant);
      await everyFailureOfTheBot(tenant);
      await everyRefusalOfThePlatform(tenant);
      await everyWrongPlace(tenant);
    }
    await until('it is calm', async () => quiet());
  });
  afterAll(async () => {
    await world?.end();
    await graph?.close();
    await redis?.stop();
  });

  const placeOf = (account: string) => ({ account, isAccount: (value: string) => /^10[013-9]0{9,12}1$/.test(value) });
  const doors = (tenant: Acme) => [
    { channel: 'whatsapp-cloud', url: tenant.whatsApp, account: tenant.phoneNumberId },
    { channel: 'messenger', url: tenant.messenger, account: tenant.pageId },
    { channel: 'instagram', url: accounts.get(tenant)!.url, account: accounts.get(tenant)!.accountId },
  ];

  async function everyCase(tenant: Acme): Promise<void> {
    for (const { channel, url, account } of doors(tenant))
      for (const one of casesOf(channel)) {
        const payload = withCanaries(one.payload, placeOf(account));
        await noted(postSigned(url, payload, tenant));
      }
  }

  async function everyMalformation(tenant: Acme): Promise<void> {
    const person = { phone: CANARY.phone, user: CANARY.user, name: CANARY.name };
    for (const { url, account } of doors(tenant)) {
      const whole =
        url === tenant.whatsApp
          ? whatsApp(account, person, [whatsAppText(everything)])
          : url === tenant.messenger
            ? messenger(account, CANARY.psid, messengerText(everything))
            : instagram(account, CANARY.psid, instagramText(everything));
      const raw = rawOf(whole);
      for (const bad of [
        raw.slice(0, -7),
        `${raw}${everything}`,
        everything,
        `"${everything}"`,
        JSON.stringify([everything]),
        `\u0000${raw}`,
      ])
        await noted(postSigned(url, bad, tenant));
      for (const odd of [withGarbageItems(whole), withUnknownFields(whole), { [everything]: whole }])
        await noted(postSigned(url, odd, tenant));
      await noted(postSigned(url, rawOf(whole), { secret: 'not-the-secret' }));
      await noted(
        postSigned(url, rawOf(whole), {
          secret: tenant.secret,
          headers: { 'x-hub-signature-256': `sha256=${CANARY.payload}` },
        }),
      );
      await noted(postSigned(url, `${raw}${everything.repeat(20_000)}`, tenant));
      await noted(postSigned(url.replace(/[^/]+$/, CANARY.phone), raw, tenant));
    }
  }

  async function everyVisit(tenant: Acme): Promise<void> {
    const headers = {
      'user-agent': CANARY.agent,
      referer: CANARY.page,
      'x-forwarded-for': CANARY.phone,
      'sec-ch-ua': CANARY.agent,
    };
    const visitor = await visit(world.gateway.url, tenant.siteKey, { user: CANARY.visitor, headers });
    for (const { payload } of casesOf('web')) {
      const { activity } = payload as { activity?: unknown };
      const spoilt = withCanaries(activity ?? {}, placeOf('none'));
      await noted(visitor.post({ ...(spoilt as object), from: { id: CANARY.visitor, name: CANARY.name } }));
    }
    await noted(
      visitor.post({
        type: 'message',
        text: everything,
        locale: 'de-AT',
        channelData: { clientActivityID: CANARY.payload, url: CANARY.page },
      }),
    );
    await noted(visitor.post({ type: everything }));
    const file = new File([`%PDF ${everything}`], CANARY.file, { type: 'application/pdf' });
    await noted(visitor.upload({ type: 'message', text: CANARY.text }, [file]));
  }

  let turn = 0;
  /** Somebody new writes, so that no earlier failure stands before it. */
  const write = (tenant: Acme) =>
    noted(
      postSigned(
        tenant.messenger,
        messenger(tenant.pageId, `${CANARY.psid}${++turn}`, messengerText(`${everything} ${turn}`)),
        tenant,
      ),
    );
  const calledSince = async (count: number): Promise<void> =>
    void (await until('the bot was called', () => world.bot.calls.length > count));

  async function everyFailureOfTheBot(tenant: Acme): Promise<void> {
    const failures = [
      { status: 500, body: everything },
      { status: 400, body: everything },
      { status: 410, body: everything },
      { body: everything },
      { body: JSON.stringify({ messages: everything }) },
      { body: JSON.stringify({ messages: [{ type: everything, text: everything }] }) },
      { body: JSON.stringify({ messages: [{ type: 'image', url: `http://${CANARY.phone}/${CANARY.payload}` }] }) },
      { body: JSON.stringify({ messages: [{ type: 'text', text: everything.repeat(2_000) }] }) },
      says(everything, everything),
    ];
    for (const failure of failures) {
      world.bot.answer(() => failure);
      const before = world.bot.calls.length;
      await write(tenant);
      await calledSince(before);
    }
    world.bot.answer(echo);
  }

  async function everyRefusalOfThePlatform(tenant: Acme): Promise<void> {
    // The last one makes the whole connection rest.
    for (const code of [100, 131026, 131047, 131000, 10, 200, 999_999, 613]) {
      graph.refuse([code, code]);
      const before = graph.sends();
      await write(tenant);
      await until('it was sent', () => graph.sends() > before);
      // One that stops the connection would hold up the next.
      await tenant.recheck();
    }
    graph.refuse([]);
  }

  async function everyWrongPlace(tenant: Acme): Promise<void> {
    const { gateway } = world;
    const odd = encodeURIComponent(everything);
    const paths = [`/v1/tenants/${odd}`, `/v1/${odd}`, `/${odd}?${odd}=${odd}`, `/v1/tenants/${tenant.slug}/conversations?purpose=${odd}`,
      `/v1/tenants/${tenant.slug}/conversations/${odd}/messages?purpose=${odd}&after=${odd}`, `/v1/tenants/${tenant.slug}/instructions/${odd}`,
      `/v1/attachments/${odd}?t=${odd}`, `/v1/tenants?after=${odd}&limit=${odd}`, `/health/ready?${odd}`, `/metrics?${odd}`,
      `/webhooks/${odd}/${odd}`, `/v3/directline/conversations/${odd}/activities?watermark=${odd}`,
      `${new URL(tenant.whatsApp).pathname}?hub.mode=subscribe&hub.challenge=${odd}&hub.verify_token=${odd}`]; // prettier-ignore
    for (const where of paths) {
      await noted(gateway.call('GET', where, { headers: { cookie: odd, 'x-canary': odd } }));
      await noted(gateway.call('POST', where, { body: { [everything]: everything }, bearer: odd }));
    }
    // A document is a text of the tenant's own and kept as it is, so none is among them.
    const bodies: readonly (readonly [string, unknown])[] = [
      ['/v1/tenants', { slug: everything, name: 7, extra: everything }],
      ['/v1/tenants', `{"slug": "${everything}`],
      [`/v1/tenants/${tenant.slug}/instructions`, `{${everything}`],
      [
        `/v1/tenants/${tenant.slug}/connections`,
        { channel: everything, name: 7, settings: { [everything]: everything } },
      ],
      [`/v1/tenants/${tenant.slug}/api-keys`, { label: 7, scope: everything }],
      [
        `/v1/tenants/${tenant.slug}/requests`,
        { right: everything, subject: { channel: everything, kind: everything, value: CANARY.phone } },
      ],
      [`/v1/conversations/${CANARY.payload}/messages`, { messages: [{ type: everything, text: everything }] }],
    ];
    for (const [where, body] of bodies) {
      await noted(gateway.call('POST', where, { body }));
      await noted(gateway.call('POST', where, { body, bearer: tenant.apiKey }));
    }
    await noted(
      exchange(`${gateway.url}/v3/directline/tokens/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${odd}` },
        body: odd,
      }),
    );
  }

  let calls = -1;
  async function quiet(): Promise<boolean> {
    const now = world.bot.calls.length + graph.sends();
    const still = now === calls;
    calls = now;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return still;
  }

  test('the canaries were on their way: taken in, forwarded, sent, refused', () => {
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(300);
    expect(answers.filter(({ status }) => status >= 400).length).toBeGreaterThan(60);
    expect(world.bot.calls.filter(({ raw }) => search(Buffer.from(raw), NEEDLES).length > 0).length).toBeGreaterThan(
      100,
    );
    expect(graph.sends()).toBeGreaterThan(40);
    expect(graph.lookUps()).toBeGreaterThan(10);
  });

  test('no answer to a request repeats one, and none is a failure of ours', () => {
    const repeating = answers
      .filter(({ status }) => status >= 400)
      .flatMap(({ status, text, headers }) => {
        const said = `${text} ${JSON.stringify([...headers])}`;
        return search(Buffer.from(said), NEEDLES).map((found) => `${status}: ${found}`);
      });
    expect(repeating).toEqual([]);
    expect(answers.filter(({ status }) => status === 500).map(({ text }) => text)).toEqual([]);
  });

  test('nothing that is logged at any level, and no metric, holds one', async () => {
    const output = world.gateway.output();
    expect(output.split('\n').length).toBeGreaterThan(100);
    expect(search(Buffer.from(output), NEEDLES)).toEqual([]);
    const metrics = await world.gateway.call('GET', '/metrics');
    expect([metrics.status, search(Buffer.from(metrics.text), NEEDLES)]).toEqual([200, []]);
  });

  test('no row of any table holds one', async () => {
    const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
    const { rows, hits } = await inRows(url, NEEDLES);
    expect(rows).toBeGreaterThan(500);
    expect(hits).toEqual([]);
  });

  if (wantsRedis)
    test('no key of Redis holds one', async () => {
      const { keys, hits } = await inRedis(redis!.url, NEEDLES);
      expect(keys).toBeGreaterThan(2);
      expect(hits).toEqual([]);
    });

  test('no file holds one, not even the write-ahead log', () => {
    expect(inFiles(world.gateway.dataDir, NEEDLES)).toEqual([]);
  });

  test('and each of them would have been found, in every form', () => {
    const planted = NEEDLES.map(({ bytes }) => Buffer.concat([Buffer.from('\0\0'), bytes]));
    writeFileSync(path.join(world.gateway.dataDir, 'planted'), Buffer.concat(planted));
    const [hit, ...others] = inFiles(world.gateway.dataDir, NEEDLES);
    expect(others).toEqual([]);
    expect(hit?.where).toBe('planted');
    const expected = CANARIES.flatMap((canary) => FORM_NAMES.map((form) => `${canary} (${form})`));
    expect(new Set(hit?.found)).toEqual(new Set(expected));
  });
});

test.each(['', 'x', 'xy', 'xyz'])('base64 is found behind "%s"', (before) => {
  for (const canary of CANARIES) {
    const needles = needlesOf([canary]);
    for (const encoding of ['base64', 'base64url'] as const) {
      const hidden = Buffer.from(`${before}${canary}${before}`).toString(encoding);
      expect(search(Buffer.from(hidden), needles).length).toBeGreaterThan(0);
    }
  }
});
