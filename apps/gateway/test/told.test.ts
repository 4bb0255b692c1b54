// What a person is told in the chat of the request made there: in their language, with ground, reason and date; how the clock warns; and what the controller is told.
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf } from './person.js';

let acme: Acme;
let look: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await acme.api.stop();
});

async function asked(right: 'access' | 'erasure' | 'restriction' | 'objection', rights: object = {}, aside = false) {
  const { tenant, someone } = await businessOf(acme, (d) => ({ ...d, rights }));
  const anna = await someone();
  await anna.says('hello');
  const { subjectId, conversationId } = await anna.meet();
  const open = (how: { aside: boolean }) => acme.api.rights.open({ tenantId: tenant.id, right, source: 'chat', subjectIds: [subjectId], conversationId, ...how }); // prettier-ignore
  const request = await open({ aside });
  const at = `/requests/${request.id}`;
  /** What was said to the person, oldest first. */
  const said = async (): Promise<string[]> => {
    const { body } = await tenant.call('GET', `/conversations/${conversationId}/messages?purpose=support`);
    const items = body['items'] as unknown as { direction: string; content: { text: string } }[];
    return items.filter(({ direction }) => direction === 'out').map(({ content }) => content.text);
  };
  const completed = () =>
    until('it is completed', async () => {
      await acme.api.rights.run();
      return (await tenant.call('GET', at)).body['state'] === 'completed';
    });
  return { tenant, anna, request, open, at, said, completed, conversationId, subjectId };
}

describe('whoever asked in the chat is told there, in their language', () => {
  it('where the copy is', async () => {
    const { request, said, completed } = await asked('access');
    await completed();
    expect(await said()).toEqual([
      `Die Kopie Ihrer Daten ist bereit. Sie lässt sich einmal abholen, sieben Tage lang: http://gateway.example/privacy/requests/${request.code}`,
    ]);
  });

  it('that it was refused, on which ground, and where to complain', async () => {
    const { tenant, at, said } = await asked('erasure', { erase: 'controller-approves' });
    for (let n = 0; n < 2; n += 1)
      expect((await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA17LegalClaims' })).status).toBe(200); // prettier-ignore
    const [text, ...more] = await said();
    expect(text).toMatch(/abgelehnt: die Daten werden für Rechtsansprüche gebraucht \(JustificationA17LegalClaims\)/);
    expect(text).toContain('Aufsichtsbehörde');
    expect(more).toEqual([]);
  });

  it('that it takes longer, why and until when', async () => {
    const { tenant, at, said } = await asked('access', { access: 'controller-approves' });
    const reason = 'Es sind sehr viele Nachrichten.';
    const { due } = (await tenant.call('POST', `${at}/extend`, { reason })).body;
    const day = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(String(due)));
    expect(await said()).toEqual([expect.stringContaining(`spätestens bis ${day}. Der Grund: ${reason}`)]);
  });

  it('that a restriction has ended, before anything goes on', async () => {
    const { tenant, at, said, completed } = await asked('restriction');
    await completed();
    expect((await tenant.call('POST', `${at}/lift`, {})).status).toBe(200);
    expect(await said()).toEqual([expect.stringContaining('Ihr Antrag wurde ausgeführt'), expect.stringContaining('ist beendet')]); // prettier-ignore
  });

  it('nothing of one that they made while another app had the chat, of which the controller hears; until they ask in the chat itself', async () => {
    for (const right of ['access', 'restriction', 'objection'] as const) {
      const { tenant, at, completed, conversationId } = await asked(right, {}, true);
      expect((await tenant.call('GET', at)).body).toMatchObject({ source: 'chat', toldInChat: false });
      await completed();
      const out = await look.query("SELECT FROM parley.message WHERE conversation_id = $1 AND direction = 'out'", [
        conversationId,
      ]);
      expect(out.rowCount).toBe(0);
    }
    const { tenant, request, open, at, said, completed } = await asked('access', {}, true);
    for (const aside of [true, false, true]) expect((await open({ aside })).id).toBe(request.id);
    expect((await tenant.call('GET', at)).body).toMatchObject({ toldInChat: true });
    await completed();
    expect(await said()).toEqual([expect.stringContaining('Die Kopie Ihrer Daten ist bereit')]);
  });

  it('nothing of one that the controller made and that they join while another app has the chat', async () => {
    const { tenant, anna, conversationId, subjectId } = await asked(
      'objection',
      { access: 'controller-approves' },
      true,
    );
    const { body } = await tenant.call('POST', '/requests', { right: 'access', subject: anna.subject });
    const joins = (aside: boolean) =>
      acme.api.rights.open({
        tenantId: tenant.id,
        right: 'access',
        source: 'chat',
        subjectIds: [subjectId],
        conversationId,
        aside,
      });
    const told = async (): Promise<unknown> =>
      (await tenant.call('GET', `/requests/${String(body['id'])}`)).body['toldInChat'];
    for (const [aside, isTold] of [
      [true, false],
      [false, true],
    ] as const) {
      expect((await joins(aside)).id).toBe(body['id']);
      expect(await told()).toBe(isTold);
    }
  });

  it('nothing of a request that the controller made for them', async () => {
    const { tenant, anna, said } = await asked('access', { access: 'controller-approves' });
    const { body } = await tenant.call('POST', '/requests', { right: 'objection', subject: anna.subject });
    await until('it is completed', async () => (await tenant.call('GET', `/requests/${String(body['id'])}`)).body['state'] === 'completed'); // prettier-ignore
    expect(await said()).toEqual([]);
  });
});

describe('a process that dies the moment after it was decided', () => {
  type Verb = 'changeRightsRequest' | 'extendRightsRequest' | 'liftRightsRequest';
  /** Writes what it should, and says nothing of it to anybody in the process any more. */
  const dyingAfter = async (verb: Verb, work: () => Promise<unknown>): Promise<void> => {
    const { store } = acme.api;
    const before = store[verb] as (...args: unknown[]) => Promise<unknown>;
    const dies = async (...args: unknown[]): Promise<never> => {
      await before(...args);
      throw new Error('killed');
    };
    Object.assign(store, { [verb]: dies });
    try {
      await work();
    } finally {
      Object.assign(store, { [verb]: before });
    }
  };
  const GROUND = { justification: 'JustificationA17LegalClaims' };

  it.each([
    ['that it was refused', 'erasure', { erase: 'controller-approves' }, 'changeRightsRequest', '/refuse', GROUND, ['abgelehnt']],
    ['that it takes longer', 'access', { access: 'controller-approves' }, 'extendRightsRequest', '/extend', { reason: 'Es sind sehr viele Nachrichten.' }, ['sehr viele Nachrichten']],
    ['that a restriction has ended', 'restriction', {}, 'liftRightsRequest', '/lift', {}, ['wurde ausgeführt', 'ist beendet']],
  ] as const)('has told the person once %s', async (_what, right, rights, verb, path, body, words) => {
    const { tenant, at, said, completed } = await asked(right, rights);
    if (verb === 'liftRightsRequest') await completed();
    await dyingAfter(verb, async () => expect((await tenant.call('POST', `${at}${path}`, body)).status).toBe(500));
    await acme.api.rights.run();
    await tenant.call('POST', `${at}${path}`, body);
    expect(await said()).toEqual(words.map((one) => expect.stringContaining(one)));
  });

  it.each([
    ['access', 'Die Kopie Ihrer Daten ist bereit'],
    ['objection', 'Ihr Antrag wurde ausgeführt'],
  ] as const)('has told the person once that %s was carried out', async (right, words) => {
    const { said, completed } = await asked(right);
    await dyingAfter('changeRightsRequest', completed);
    expect(await said()).toEqual([expect.stringContaining(words)]);
    await acme.api.rights.run();
    expect(await said()).toHaveLength(1);
  });
}); // prettier-ignore

it('who asks in the chat at the moment at which it is completed for the controller is told there', async () => {
  const { tenant, someone } = await businessOf(acme);
  const anna = await someone();
  await anna.says('hello');
  const { subjectId, conversationId } = await anna.meet();
  const { store, rights } = acme.api;
  const { changeRightsRequest } = store;
  const joining: string[] = [];
  const joins = async (...args: Parameters<typeof changeRightsRequest>) => {
    Object.assign(store, { changeRightsRequest });
    const asked = { tenantId: tenant.id, right: 'access', source: 'chat', subjectIds: [subjectId], conversationId } as const; // prettier-ignore
    joining.push((await rights.open(asked)).id);
    return changeRightsRequest(...args);
  };
  Object.assign(store, { changeRightsRequest: joins });
  const id = String((await tenant.call('POST', '/requests', { right: 'access', subject: anna.subject })).body['id']);
  await until('it is completed', async () => {
    await rights.run();
    return (await tenant.call('GET', `/requests/${id}`)).body['state'] === 'completed';
  });
  expect(joining).toEqual([id]);
  const out = await look.query("SELECT FROM parley.message WHERE conversation_id = $1 AND direction = 'out'", [conversationId]); // prettier-ignore
  expect(out.rowCount).toBe(1);
});

async function passesOf(id: string, percent: number): Promise<void> {
  await look.query(
    `UPDATE parley.rights_request SET received_at = now() - (due_at - received_at) * $2, due_at = now() + (due_at - received_at) * (1 - $2) WHERE id = $1`,
    [id, percent / 100],
  );
  for (let n = 0; n < 2; n += 1) await acme.api.rights.run();
}

it('the clock warns at 50, 75 and 90 percent, each time once', async () => {
  const { tenant, request, at } = await asked('access', { access: 'controller-approves' });
  const warnings = () =>
    acme.api.logged().split('\n').filter((line) => line.includes('rights.due-soon') && line.includes(request.id)).map((line) => (JSON.parse(line) as { count: number }).count); // prettier-ignore
  const passes = (percent: number): Promise<void> => passesOf(request.id, percent);
  await passes(49);
  expect(warnings()).toEqual([]);
  for (const percent of [51, 76, 91]) await passes(percent);
  expect(warnings()).toEqual([50, 75, 90]);
  expect((await tenant.call('GET', at)).body).toMatchObject({ alerted: 90, elapsed: 91 });
});

describe('the controller is told at the address of the instructions', () => {
  const DESK = 'https://desk.acme.example/rights';
  const OK = { kind: 'answered', status: 204, headers: {} } as const;
  afterEach(() => acme.api.recipient(OK));

  /** What was posted there since it was last asked, tenant by tenant. */
  const posted = async (tenant: { slug: string }) => {
    await acme.api.rights.tellControllers();
    const all = acme.api.told.filter(({ url, body }) => url === DESK && body!.text.includes(tenant.slug));
    const fresh = all.slice(seen.get(tenant.slug) ?? 0);
    seen.set(tenant.slug, all.length);
    return fresh.map((request) => ({ ...request, json: JSON.parse(request.body!.text) as Record<string, unknown> }));
  };
  const seen = new Map<string, number>();
  const again = (id: string) => look.query('UPDATE parley.rights_request SET tell_at = now() WHERE id = $1', [id]);

  it('what waits for them, each alert, another date, and that it is done; signed, and with nothing of the person', async () => {
    const { tenant, anna, request, at, completed, conversationId } = await asked('access', { access: 'controller-approves', webhook: DESK });
    const { secret } = (await tenant.call('POST', '/rights-webhook/secret')).body;
    expect((await tenant.call('GET', '/rights-webhook')).body).toEqual({ url: DESK });
    const [first, ...more] = await posted(tenant);
    expect(more).toEqual([]);
    expect(new Webhook(String(secret)).verify(first!.body!.text, { ...first!.headers })).toEqual({
      event: 'rights-request', tenant: tenant.slug, request: request.id, revision: expect.any(Number), right: 'access', source: 'chat', state: 'awaiting-approval',
      needs: 'approval', toldInChat: true, receivedAt: request.received_at.toISOString(), due: request.due_at.toISOString(), alerted: 0, completedAt: null, liftedAt: null,
      history: [{ state: 'awaiting-approval', at: expect.any(String) }],
    });
    expect(first!.headers!['webhook-id']).toBe(`${request.id}-${String(first!.json['revision'])}`);
    expect(await posted(tenant)).toEqual([]);

    for (const percent of [51, 76, 91]) {
      await passesOf(request.id, percent);
      expect((await posted(tenant)).map(({ json }) => json['alerted'])).toEqual([{ 51: 50, 76: 75, 91: 90 }[percent]]);
    }
    const { due } = (await tenant.call('POST', `${at}/extend`, { reason: 'Es sind viele Nachrichten.' })).body;
    expect((await posted(tenant)).map(({ json }) => [json['due'], json['alerted']])).toEqual([[due, 0]]);
    await tenant.call('POST', `${at}/approve`);
    await completed();
    const last = (await posted(tenant)).at(-1)!.json;
    expect(last).toMatchObject({ state: 'completed', needs: null, completedAt: expect.any(String) });
    expect((last['history'] as { state: string }[]).map(({ state }) => state)).toEqual(['awaiting-approval', 'in-progress', 'completed']);
    const { subjectId } = await anna.meet();
    const texts = acme.api.told.filter(({ url }) => url === DESK).map(({ body }) => body!.text).join();
    for (const secretOfHers of [anna.value, subjectId, conversationId, request.code, 'hello']) expect(texts).not.toContain(secretOfHers);
  });

  it('never two states under one revision, also where a backup set the request back', async () => {
    const { tenant, request } = await asked('access', { access: 'controller-approves', webhook: DESK });
    const revisionOf = async () => (await posted(tenant)).map(({ json }) => Number(json['revision']));
    const [first] = await revisionOf();
    await passesOf(request.id, 51);
    const [second] = await revisionOf();
    await look.query('UPDATE parley.rights_request SET revision = $2, told_revision = $2 WHERE id = $1', [request.id, first]);
    await passesOf(request.id, 76);
    const [third] = await revisionOf();
    expect([first! < second!, second! < third!]).toEqual([true, true]);
  });

  it('that somebody has to be identified, that a right value is needed, and that it was refused', async () => {
    const { tenant, anna } = await asked('access', { webhook: DESK, access: 'automatic' });
    const opens = async (body: object) => String((await tenant.call('POST', '/requests', { subject: anna.subject, ...body })).body['id']);
    await posted(tenant);
    const doubted = await opens({ right: 'erasure', identified: false });
    const wrong = await opens({ right: 'rectification' });
    const needs = async () => Object.fromEntries((await posted(tenant)).map(({ json }) => [json['request'], [json['state'], json['needs']]]));
    expect(await needs()).toMatchObject({ [doubted]: ['verifying', 'identity'], [wrong]: ['awaiting-approval', 'corrections'] });
    await tenant.call('POST', `/requests/${doubted}/refuse`, { justification: 'JustificationA17LegalClaims' });
    expect(await needs()).toMatchObject({ [doubted]: ['refused', null] });
  });

  it('again under the same id until it is taken, and of what changed meanwhile under another', async () => {
    const { tenant, request, at } = await asked('access', { access: 'controller-approves', webhook: DESK });
    acme.api.recipient({ kind: 'answered', status: 500, headers: {} });
    const ids = async () => (await posted(tenant)).map(({ headers }) => headers!['webhook-id']);
    const first = await ids();
    expect(first).toEqual([expect.stringContaining(`${request.id}-`)]);
    expect(await ids()).toEqual([]);
    await again(request.id);
    expect(await ids()).toEqual(first);
    expect(acme.api.logged()).toMatch(new RegExp(`controller.untold.*${request.id}.*http-500`));
    acme.api.recipient(OK);
    await tenant.call('POST', `${at}/extend`, { reason: 'Es sind viele Nachrichten.' });
    const [other, ...more] = await ids();
    expect([other === first[0], more]).toEqual([false, []]);
    await again(request.id);
    expect(await ids()).toEqual([]);
  });

  it('of nothing where none is named, and from then on where one is named later', async () => {
    const { tenant, at } = await asked('access', { access: 'controller-approves' });
    expect(await posted(tenant)).toEqual([]);
    await tenant.approve((d) => ({ ...d, rights: { access: 'controller-approves', webhook: DESK } }));
    expect(await posted(tenant)).toEqual([]);
    await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA17LegalClaims' });
    expect((await posted(tenant)).map(({ json }) => json['state'])).toEqual(['refused']);
  });

  it('as the description of the API says', async () => {
    const { paths, components } = JSON.parse((await acme.api.call('GET', '/openapi.json', { token: null })).text) as { paths: Record<string, { get: { callbacks?: object } }>; components: { schemas: object } };
    expect(JSON.stringify(paths['/v1/tenants/{slug}/rights-webhook']!.get.callbacks)).toContain('RightsRequestNewsDto');
    expect(components.schemas).toHaveProperty('RightsRequestNewsDto');
  });
}); // prettier-ignore
