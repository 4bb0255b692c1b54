// One request may be about several persons: two accounts know a person each by the same id. One of them is erased, the others keep their rights; or a hold keeps one, and the others go.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { person } from './person.js';

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

/** Who goes and who stays, of whom the controller speaks by one id. */
async function two() {
  const tenant = await acme.tenant();
  await tenant.approve();
  const connect = async (pageId: string) => String((await tenant.connect({ ...SETTINGS, pageId })).body['id']);
  const n = () => String(Math.random()).slice(2);
  const goes = await person(acme, tenant, await connect(n()));
  const stays = await person(acme, tenant, await connect(n()), { value: goes.value });
  await goes.says('of whom goes');
  await stays.says('of whom stays');
  const [gone, left] = [await goes.meet(), await stays.meet()];
  expect(gone.subjectId).not.toBe(left.subjectId);

  const detail = async (id: string) => (await tenant.call('GET', `/requests/${id}`)).body;
  const completed = async (id: string) => {
    await until('it is completed', async () => (await detail(id))['state'] === 'completed');
    return detail(id);
  };
  const ask = async (right: string, more: object = {}): Promise<string> =>
    String((await tenant.call('POST', '/requests', { right, subject: goes.subject, ...more })).body['id']);
  /** As if asked for in the chat: of one of them only. */
  async function eraseOne(): Promise<void> {
    const erasure = await acme.api.rights.open({ tenantId: tenant.id, right: 'erasure', source: 'chat', subjectIds: [gone.subjectId] }); // prettier-ignore
    await completed(erasure.id);
  }
  /** Where the one who went is still named, by id or by keyed hash. */
  async function traces(id: string): Promise<string[]> {
    const { rows } = await look.query<{ text: string }>('SELECT r::text AS text FROM parley.rights_request r WHERE id = $1', [id]); // prettier-ignore
    const named = [gone.subjectId, gone.conversationId, goes.hash.toString('hex')];
    return named.filter((trace) => rows[0]!.text.includes(trace));
  }
  const leftovers = async () => (await acme.api.store.leftovers(tenant.id)).filter((one) => one.leftovers > 0);
  return { tenant, goes, stays, gone, left, ask, detail, completed, eraseOne, traces, leftovers };
}

const stateOf = async (subjectId: string) =>
  (await look.query<{ restricted: boolean }>('SELECT restricted FROM parley.subject WHERE id = $1', [subjectId])).rows;

it('a restriction goes on for who stays, and can be lifted for them', async () => {
  const w = await two();
  const id = await w.ask('restriction');
  expect((await w.completed(id))['evidence']).toMatchObject({ restricted: 2 });
  await w.stays.says('kept meanwhile', { state: 'restricted' });
  await w.eraseOne();
  expect([await w.traces(id), await w.leftovers()]).toEqual([[], []]);
  expect(await stateOf(w.left.subjectId)).toEqual([{ restricted: true }]);
  acme.api.woken.length = 0;
  expect((await w.tenant.call('POST', `/requests/${id}/lift`, {})).status).toBe(200);
  expect(acme.api.woken).toEqual([{ tenantId: w.tenant.id, conversationId: w.left.conversationId }]);
  expect(await stateOf(w.left.subjectId)).toEqual([{ restricted: false }]);
});

it('of the copies that were made the one of who stays can still be fetched, and no other', async () => {
  const w = await two();
  const id = await w.ask('access');
  await w.completed(id);
  await w.eraseOne();
  const { status, body } = await w.tenant.call('GET', `/requests/${id}/result`);
  expect([status, (body['copies'] as unknown as object[]).length]).toEqual([200, 1]);
  expect(JSON.stringify(body)).toContain('of whom stays');
  expect(JSON.stringify(body)).not.toContain('of whom goes');
  expect([await w.traces(id), await w.leftovers()]).toEqual([[], []]);
});

it.each(['by the id that the controller gave', 'by the persons that it is about'])(
  'what is still open, known %s, forgets who went, and is carried out for who stays',
  async (how) => {
    const w = await two();
    const asked = {
      tenantId: w.tenant.id, right: 'rectification' as const, source: 'chat' as const, subjectIds: [w.gone.subjectId, w.left.subjectId],
      conversationId: w.gone.conversationId,
    }; // prettier-ignore
    const id = how.includes('persons') ? (await acme.api.rights.open(asked)).id : await w.ask('rectification');
    await w.eraseOne();
    expect([await w.traces(id), await w.leftovers()]).toEqual([[], []]);
    expect((await w.detail(id))['state']).toBe('awaiting-approval');
    const what = { statements: [{ text: 'stated' }] };
    expect((await w.tenant.call('POST', `/requests/${id}/corrections`, what)).status).toBe(200);
    await w.completed(id);
    const { rows } = await look.query('SELECT subject_id FROM parley.correction WHERE request_id = $1', [id]);
    expect(rows).toEqual([{ subject_id: w.left.subjectId }]);
    expect([await w.traces(id), await w.leftovers()]).toEqual([[], []]);
  },
);

it('an erasure that is asked for of both after that is carried out for who stays', async () => {
  const w = await two();
  await w.eraseOne();
  const id = await w.ask('erasure');
  const erased = await w.completed(id);
  expect(JSON.stringify(erased['certificate'])).toContain('{"what":"keys destroyed","count":1}');
  expect([await stateOf(w.left.subjectId), await w.leftovers()]).toEqual([[], []]);
});

it('what waits for approval, about somebody of whom nobody is left, names nobody, and can be refused', async () => {
  const w = await two();
  const one = await acme.api.rights.open({ tenantId: w.tenant.id, right: 'rectification', source: 'chat', subjectIds: [w.gone.subjectId], code: randomUUID() }); // prettier-ignore
  await w.eraseOne();
  expect([await w.traces(one.id), await w.leftovers()]).toEqual([[], []]);
  const refused = await w.tenant.call('POST', `/requests/${one.id}/refuse`, { justification: 'JustificationA12ManifestlyExcessive' }); // prettier-ignore
  expect(refused.body['state']).toBe('refused');
  expect([await w.traces(one.id), await w.leftovers()]).toEqual([[], []]);
});

describe('of whom a legal hold keeps one,', () => {
  /** What one of them wrote last is kept; they may be one person, and all of them were given to recipients. */
  async function oneHeld({ isOnePerson = false } = {}) {
    const w = await two();
    if (isOnePerson) await look.query('UPDATE parley.subject SET person = $2 WHERE id = ANY ($1)', [[w.gone.subjectId, w.left.subjectId], randomUUID()]); // prettier-ignore
    for (const one of [w.goes, w.stays]) await one.disclosedTo('bot');
    await new Promise((resume) => setTimeout(resume, 20));
    const from = new Date().toISOString();
    await w.stays.says('the order in question');
    const hold = { scope: 'order 1001', basis: 'A17-3-e', from: '2026-01-01', review: '2027-01-01', data: ['content'], messages: { from } }; // prettier-ignore
    const setHold = (until?: string) =>
      w.tenant.approve((d) => ({
        ...d,
        rights: { mentions: 'list' },
        recipients: { bot: { ...(d['recipients'] as { bot: object }).bot, erasure: { url: 'https://bot.acme.example/erase' } } }, // prettier-ignore
        legalHolds: [{ ...hold, ...(until ? { until } : {}) }],
      }));
    await setHold();
    const id = await w.ask('erasure');
    await until('it is held back', async () => (await w.detail(id))['state'] === 'awaiting-approval');
    const told = async () =>
      (await look.query<{ event: string }>('SELECT event FROM parley.recipient_notice WHERE request_id = $1 ORDER BY id', [id])).rows.map(({ event }) => event); // prettier-ignore
    return { ...w, id, told, endHold: () => setHold('2026-02-01') };
  }

  it('the other is erased at once, and the evidence says both', async () => {
    const w = await oneHeld();
    expect([await stateOf(w.gone.subjectId), await w.traces(w.id), await w.leftovers()]).toEqual([[], [], []]);
    expect(await stateOf(w.left.subjectId)).toEqual([{ restricted: true }]);
    expect((await w.detail(w.id))['evidence']).toMatchObject({
      persons: { erased: 1, heldBack: 1 },
      heldBack: { messages: 1, attachments: 0, consents: 0 },
      legalHolds: [{ scope: 'order 1001', basis: 'A17-3-e', clause: '/legalHolds/0', until: null, review: '2027-01-01' }],
      keysDestroyedAt: expect.any(String),
      backupsReadableUntil: expect.any(String),
      deleted: expect.arrayContaining([{ what: 'keys destroyed', count: 1 }, { what: 'persons', count: 1 }]),
    }); // prettier-ignore
    expect(await w.told()).toEqual(['erase', 'restrict']);
    const { rows } = await look.query('SELECT subject_id, kept IS NULL AS whole FROM parley.deletion WHERE request_id = $1 ORDER BY at', [w.id]); // prettier-ignore
    expect(rows).toEqual([{ subject_id: w.gone.subjectId, whole: true }, { subject_id: w.left.subjectId, whole: false }]); // prettier-ignore
    // The hold has ended.
    expect((await w.tenant.call('POST', `/requests/${w.id}/approve`)).status).toBe(409);
    await w.endHold();
    expect((await w.tenant.call('POST', `/requests/${w.id}/approve`)).status).toBe(200);
    expect((await w.completed(w.id))['certificate']).toMatchObject({
      deleted: expect.arrayContaining([{ what: 'keys destroyed', count: 2 }, { what: 'persons', count: 2 }]),
      earlier: { persons: { erased: 1, heldBack: 1 }, legalHolds: [{ clause: '/legalHolds/0' }], partlyErasedAt: expect.any(String) },
    }); // prettier-ignore
    expect([await stateOf(w.left.subjectId), await w.leftovers()]).toEqual([[], []]);
    // Whoever was told of the one has yet to hear of the other.
    expect(await w.told()).toEqual(['erase', 'restrict', 'erase']);
    await until('mentions of both are sought', async () => (await w.detail(w.id))['mentions'] !== undefined);
  });

  it('the second search is what the instructions say by then', async () => {
    const w = await oneHeld();
    await until('the first search is over', async () => {
      await acme.api.rights.searchMentions();
      return ((await w.detail(w.id))['mentions'] as { finishedAt?: string } | undefined)?.finishedAt;
    });
    await w.tenant.approve((d) => ({ ...d, rights: { mentions: 'redact' } }));
    expect((await w.tenant.call('POST', `/requests/${w.id}/approve`)).status).toBe(200);
    expect((await w.completed(w.id))['mentions']).toMatchObject({ mode: 'redact' });
  });

  it('who is one person with the other is known still, by the id that went along', async () => {
    const w = await oneHeld({ isOnePerson: true });
    expect(await stateOf(w.gone.subjectId)).toEqual([]);
    expect(await acme.api.store.subjectsOf(w.tenant.id, [w.goes.hash])).toEqual([w.left.subjectId]);
    const copy = await w.ask('access');
    await w.completed(copy);
    const { body } = await w.tenant.call('GET', `/requests/${copy}/result`);
    expect(JSON.stringify(body)).toContain('the order in question');
    expect(JSON.stringify(body)).not.toContain('of whom');
    expect(JSON.stringify(body).split(`"${w.goes.value}"`).length).toBeGreaterThan(2);
  });

  it('a refusal of the rest ends its restriction, but not what somebody else asked for', async () => {
    const [w, other] = [await oneHeld(), await oneHeld()];
    const because = { justification: 'JustificationA17LegalClaims' };
    await w.stays.says('kept meanwhile', { state: 'restricted' });
    expect((await w.tenant.call('POST', `/requests/${w.id}/refuse`, because)).body['state']).toBe('refused');
    expect(await stateOf(w.left.subjectId)).toEqual([{ restricted: false }]);
    const { rows } = await look.query("SELECT FROM parley.message WHERE conversation_id = $1 AND state = 'pending'", [w.left.conversationId]); // prettier-ignore
    expect(rows).toHaveLength(1);
    await until('recipients hear of it', async () => (await w.told()).at(-1) === 'lift');
    await other.completed(await other.ask('restriction'));
    expect((await other.tenant.call('POST', `/requests/${other.id}/refuse`, because)).body['state']).toBe('refused');
    expect(await stateOf(other.left.subjectId)).toEqual([{ restricted: true }]);
  });
});

describe('asked for in the chat and over the API', () => {
  const approving = (d: Record<string, unknown>): object => ({ ...d, rights: { erase: 'controller-approves' } });
  const inChat = async (w: Awaited<ReturnType<typeof two>>, who: { subjectId: string; conversationId: string }) =>
    (await acme.api.rights.open({ tenantId: w.tenant.id, right: 'erasure', source: 'chat', subjectIds: [who.subjectId], conversationId: who.conversationId })).id; // prettier-ignore
  /** The two of them, of whom one is erased, so that the id names the other alone. */
  async function one() {
    const w = await two();
    await w.eraseOne();
    return { ...w, chat: () => inChat(w, w.left) };
  }

  it('the same right of one person is one request, whichever was first, and the person hears of it', async () => {
    const [w, v] = [await one(), await one()];
    for (const { tenant } of [w, v]) await tenant.approve(approving);
    const first = await w.chat();
    expect([await w.ask('erasure'), await w.chat(), await w.ask('erasure')]).toEqual([first, first, first]);
    const asked = await v.ask('erasure');
    expect([await v.chat(), await v.ask('erasure')]).toEqual([asked, asked]);
    const { rows } = await look.query('SELECT conversation_id FROM parley.rights_request WHERE id = $1', [asked]);
    expect(rows).toEqual([{ conversation_id: v.left.conversationId }]);
    expect(await v.ask('restriction')).not.toBe(asked);
    for (const [at, id] of [[w, first], [v, asked]] as const) {
      expect((await at.tenant.call('POST', `/requests/${id}/approve`)).status).toBe(200);
      await at.completed(id);
      expect([await stateOf(at.left.subjectId), await at.leftovers()]).toEqual([[], []]);
    } // prettier-ignore
  });

  it("what the controller's system takes back goes on if the person asked for it in the chat", async () => {
    const w = await one();
    await w.tenant.approve(approving);
    const name = randomUUID();
    const openDsr = { id: name, callbacks: [], submittedAt: new Date() };
    const asked = {
      tenantId: w.tenant.id,
      right: 'erasure' as const,
      source: 'opendsr' as const,
      hashes: [w.stays.hash],
      openDsr,
    };
    const { id } = await acme.api.rights.open(asked);
    expect([await w.chat(), (await acme.api.rights.open(asked)).id]).toEqual([id, id]);
    expect(await acme.api.rights.cancel(w.tenant.id, name, 'system')).toBe(true);
    expect((await w.detail(id))['state']).toBe('awaiting-approval');
    // And one that joined what was asked in the chat may be handed in again.
    const v = await one();
    await v.tenant.approve(approving);
    const first = await v.chat();
    const again = { ...asked, tenantId: v.tenant.id, hashes: [v.stays.hash] };
    expect([(await acme.api.rights.open(again)).id, (await acme.api.rights.open(again)).id]).toEqual([first, first]);
  });

  it('who was to be identified is, by what they write', async () => {
    const w = await one();
    await w.tenant.approve((d) => ({ ...d, rights: { erase: 'after-verification' } }));
    const id = await w.ask('erasure', { identified: false });
    expect((await w.detail(id))['state']).toBe('verifying');
    expect(await w.chat()).toBe(id);
    await until('it is completed', async () => (await acme.api.rights.run(), (await w.detail(id))['state'] === 'completed')); // prettier-ignore
    const { history } = (await w.detail(id)) as unknown as { history: { state: string }[] };
    expect(history.map(({ state }) => state)).toEqual(['verifying', 'received', 'in-progress', 'completed']);
  });

  it('one about more persons covers one of them, but identifies no other; one about fewer does not cover all', async () => {
    const [w, v, u] = [await two(), await two(), await two()];
    for (const { tenant } of [w, v]) await tenant.approve(approving);
    const both = await w.ask('erasure');
    expect(await inChat(w, w.left)).toBe(both);
    const ofOne = await inChat(v, v.left);
    expect(await v.ask('erasure')).not.toBe(ofOne);
    await u.tenant.approve((d) => ({ ...d, rights: { erase: 'after-verification' } }));
    const unsure = await u.ask('erasure', { identified: false });
    expect(await inChat(u, u.left)).not.toBe(unsure);
    expect((await u.detail(unsure))['state']).toBe('verifying');
  });

  it('a copy is told of in the chat only where it is of nobody but who wrote there', async () => {
    const [w, v] = [await two(), await one()];
    for (const { tenant } of [w, v]) await tenant.approve((d) => ({ ...d, rights: { access: 'controller-approves' } }));
    const fromChat = async ({ tenant, left: { subjectId, conversationId } }: Pick<typeof w, 'tenant' | 'left'>) =>
      (await acme.api.rights.open({ tenantId: tenant.id, right: 'access', source: 'chat', subjectIds: [subjectId], conversationId })).id; // prettier-ignore
    const about = async (id: string): Promise<unknown> =>
      (await look.query('SELECT conversation_id, subject_ids FROM parley.rights_request WHERE id = $1', [id])).rows[0];
    const both = await w.ask('access');
    const own = await fromChat(w);
    expect(own).not.toBe(both);
    expect(await about(both)).toEqual({ conversation_id: null, subject_ids: [] });
    expect(await fromChat(w)).toBe(own);
    // Nobody who is given the same id later is in it, either.
    const alone = await v.ask('access');
    expect(await fromChat(v)).toBe(alone);
    expect(await about(alone)).toEqual({ conversation_id: v.left.conversationId, subject_ids: [v.left.subjectId] });
  });
});
