// Erasure while something else happens: twice at once, with messages coming in and going out, with a recipient that is away for a day.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { DATA_MAP } from '#libs/store';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Change, type Person } from './person.js';

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

type Tenant = Awaited<ReturnType<Acme['tenant']>>;
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

const business = (change?: Change) => businessOf(acme, change);

const ask = async (tenant: Tenant, right: string, subject: Person['subject']) =>
  (await tenant.call('POST', '/requests', { right, subject })).body;

const over = (tenant: Tenant, id: unknown) =>
  until('the request is completed', async () => {
    const { body } = await tenant.call('GET', `/requests/${String(id)}`);
    return body['state'] === 'completed' && body;
  });

/** Tables in which one of these ids still stands; the journal keeps the person's, to keep them away. */
async function traces(ids: readonly string[]): Promise<string[]> {
  const hits: string[] = [];
  for (const table of Object.keys(DATA_MAP).filter((name) => name !== 'deletion')) {
    const { rowCount } = await look.query(`SELECT FROM parley.${table} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS trace WHERE position(trace IN t::text) > 0) LIMIT 1`, [ids]); // prettier-ignore
    if (rowCount) hits.push(table);
  }
  return hits;
}

describe('a person', () => {
  it('whom two erase at once is erased once', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    const message = await anna.says('erase this');
    const { subjectId, conversationId } = await anna.meet();
    const { store } = acme.api;
    const { claimRightsRequest } = store;
    let allHaveAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (allHaveAsked = resolve));
    // Whoever asks when it is over asks for something new.
    const claim: typeof claimRightsRequest = async (...given) => (await asked, claimRightsRequest(...given));
    Object.assign(store, { claimRightsRequest: claim });
    const made = await Promise.all(Array.from({ length: 5 }, () => ask(tenant, 'erasure', anna.subject)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    Object.assign(store, { claimRightsRequest });
    allHaveAsked();
    await Promise.all(made.map(({ id }) => acme.api.rights.run().then(() => over(tenant, id))));
    expect(await traces([subjectId, conversationId, message])).toEqual([]);
    const { rows } = await look.query("SELECT FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'deletion'", [tenant.id]); // prettier-ignore
    expect(rows).toHaveLength(1);
  });

  it('is erased by the next run where the database was away just then, which ends nothing else', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('erase this');
    const { store } = acme.api;
    const { claimRightsRequest } = store;
    const away = new Promise<void>((resolve) => {
      const claim = async (): Promise<never> => {
        Object.assign(store, { claimRightsRequest });
        resolve();
        throw new Error('Connection terminated unexpectedly');
      };
      Object.assign(store, { claimRightsRequest: claim });
    });
    const { id } = await ask(tenant, 'erasure', anna.subject);
    await away;
    // The one that broke off may not be quite over.
    await until('it is carried out', async () => {
      await acme.api.rights.run();
      return (await tenant.call('GET', `/requests/${String(id)}`)).body['certificate'];
    });
  });

  it('who writes all the while is somebody new afterwards, and nothing from before is left', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    const before = [await anna.says('before')];
    const since: string[] = [];
    const { subjectId, conversationId } = await anna.meet();
    let writing = true;
    const writer = (async () => {
      while (writing) {
        const id = await anna.says('meanwhile').catch(() => null);
        if (id) ((await anna.meet()).subjectId === subjectId ? before : since).push(id);
        await pause(1);
      }
    })();
    await until('something was written', () => before.length > 3);
    const { id } = await ask(tenant, 'erasure', anna.subject);
    await over(tenant, id);
    await until('something was written since', () => since.length > 0);
    writing = false;
    await writer;
    const after = await anna.meet();
    expect(after.subjectId).not.toBe(subjectId);
    expect(await traces([subjectId, conversationId])).toEqual([]);
    const left = await look.query('SELECT FROM parley.message WHERE tenant_id = $1 AND conversation_id <> $2', [tenant.id, after.conversationId]); // prettier-ignore
    expect(left.rowCount).toBe(0);
  });

  it('to whom something is being sent gets it, and what comes back of it is kept nowhere', async () => {
    const { tenant, connection, someone } = await business();
    const { store } = acme.api;
    const anna = await someone();
    const out = await anna.says('on its way', { direction: 'out', state: 'queued' });
    const { subjectId, conversationId } = await anna.meet();
    const lease = randomUUID();
    const turn = await store.takeTurn(tenant.id, conversationId, lease);
    await store.markSending(tenant.id, out, { conversationId });
    const { id } = await ask(tenant, 'erasure', anna.subject);
    await over(tenant, id);
    const hash = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    const sent = { messageId: out, conversationId, connectionId: connection, hashes: [hash], state: 'sent' as const, code: null, fed: false, release: lease }; // prettier-ignore
    await store.settleSent(tenant.id, sent);
    await store.deadLetter(tenant.id, { id: v7(), conversationId, messageId: out, stage: 'deliver', code: 'late' });
    await store.storeAttachment(tenant.id, { version: 1, clause: '/purposes/support', id: v7(), messageId: out, subjectId, media: 'image', mime: 'image/png', size: 1, bytes: Buffer.alloc(1) }); // prettier-ignore
    const reply = {
      id: v7(),
      type: 'text',
      body: Buffer.alloc(1),
      replyTo: null,
      version: 1,
      clause: '/c',
      purposes: [],
      underConsent: [],
    };
    expect(await store.queueOutbound(tenant.id, conversationId, reply)).toBe(false);
    const settled = { messageId: out, state: 'done' as const, replies: [reply], disclosed: [{ recipient: 'bot', purpose: 'support', categories: ['content'], version: 1, clause: '/recipients/bot' }], at: new Date(), leaf: null }; // prettier-ignore
    expect(await store.settleInbound(tenant.id, { conversationId, lease, subjectId }, settled)).toBe('lost');
    expect(await store.renewLease(tenant.id, conversationId, lease)).toBe(false);
    expect(turn!.subject_id).toBe(subjectId);
    expect(await traces([subjectId, conversationId, out, hash.toString('hex')])).toEqual([]);
  });
});

it('a recipient that is away for a day is told when it is back, under the same id, and its silence was seen', async () => {
  const { tenant, someone } = await business((d) => {
    const { bot } = d['recipients'] as { bot: object };
    return { ...d, recipients: { bot: { ...bot, erasure: { url: 'https://bot.acme.example/erase', ackWithin: 'PT4H' } } } }; // prettier-ignore
  });
  const anna = await someone();
  await anna.disclosedTo('bot');
  acme.api.recipient({ kind: 'failed', reason: 'network' });
  const { id } = await ask(tenant, 'erasure', anna.subject);
  await over(tenant, id);
  const answers = async () => ((await tenant.call('GET', `/requests/${String(id)}`)).body['certificate'] as unknown as { recipients: Record<string, unknown>[] }).recipients; // prettier-ignore
  // Five minutes pass at each step: the longest rest between two attempts.
  const passes = (minutes: number) =>
    look.query(`UPDATE parley.recipient_notice SET not_before = not_before - make_interval(mins => $2), escalate_at = escalate_at - make_interval(mins => $2)
      WHERE tenant_id = $1`, [tenant.id, minutes]); // prettier-ignore
  for (let minutes = 0; minutes < 24 * 60; minutes += 5) {
    await passes(5);
    await acme.api.rights.tellRecipients();
  }
  expect(await answers()).toMatchObject([{ recipient: 'bot', state: 'silent', lastCode: 'network' }]);
  acme.api.recipient({ kind: 'answered', status: 204, headers: {} });
  await passes(5);
  await acme.api.rights.tellRecipients();
  expect(await answers()).toMatchObject([{ recipient: 'bot', state: 'acknowledged' }]);
  const calls = acme.api.told.filter(({ body }) => body?.text.includes(String(id)));
  expect(calls.length).toBeGreaterThan(200);
  expect(new Set(calls.map(({ headers }) => headers?.['webhook-id'])).size).toBe(1);
  const before = calls.length;
  await passes(10);
  await acme.api.rights.tellRecipients();
  expect(acme.api.told.filter(({ body }) => body?.text.includes(String(id)))).toHaveLength(before);
});

it('who answers only when the person is erased is told of it, too, once, and is in the certificate; also who cannot be told', async () => {
  const { tenant, someone } = await business((d) => {
    const { bot } = d['recipients'] as { bot: object };
    return {
      ...d,
      recipients: { bot: { ...bot, erasure: { url: 'https://bot.acme.example/late' } }, mute: { ...bot } },
    };
  });
  acme.api.recipient({ kind: 'answered', status: 204, headers: {} });
  const anna = await someone();
  await anna.says('to a bot that takes its time');
  const late = await anna.meet();
  const { id } = await ask(tenant, 'erasure', anna.subject);
  expect((await over(tenant, id))['certificate']).toMatchObject({ recipients: [], untold: [] });
  const disclosed = [{ recipient: 'bot', version: 1 }, { recipient: 'mute', version: 1 }]; // prettier-ignore
  for (let n = 0; n < 2; n += 1) await acme.api.rights.tellLate(tenant.id, { ...late, disclosed });
  await acme.api.rights.tellRecipients();
  expect(
    acme.api.told.filter(({ url, body }) => url.endsWith('/late') && body?.text.includes(String(id))),
  ).toHaveLength(1);
  expect((await over(tenant, id))['certificate']).toMatchObject({ recipients: [{ recipient: 'bot', event: 'erase', state: 'acknowledged' }], untold: ['mute'] }); // prettier-ignore
  const stranger = await (await someone()).meet();
  await acme.api.rights.tellLate(tenant.id, { ...stranger, disclosed });
  expect((await look.query('SELECT FROM parley.recipient_notice WHERE tenant_id = $1', [tenant.id])).rowCount).toBe(2);
});

it('what comes after the notice is told again: to whom it was told before, and of a person whom that did not name', async () => {
  const { tenant, someone } = await business((d) => {
    const { bot } = d['recipients'] as { bot: object };
    return { ...d, recipients: { bot: { ...bot, erasure: { url: 'https://bot.acme.example/again' } } } };
  });
  acme.api.recipient({ kind: 'answered', status: 204, headers: {} });
  const [anna, ben] = [await someone(), await someone()];
  await anna.disclosedTo('bot');
  await ben.says('to a bot that takes its time');
  const [hers, his] = [await anna.meet(), await ben.meet()];
  const row = await acme.api.rights.open({
    tenantId: tenant.id, right: 'erasure', source: 'api', subjectIds: [hers.subjectId, his.subjectId],
  }); // prettier-ignore
  await over(tenant, row.id);
  await acme.api.rights.tellRecipients();
  const heard = () =>
    acme.api.told
      .filter(({ url, body }) => url.endsWith('/again') && body?.text.includes(row.id))
      .map(({ body }) => (JSON.parse(body!.text) as { subjects: string[] }).subjects);
  const first = heard();
  expect(first).toEqual([[expect.any(String)]]);
  const disclosed = [{ recipient: 'bot', version: 1 }];
  // A worker that waited for somebody else sends it what she wrote only now; another one what he wrote.
  for (const late of [hers, his]) await acme.api.rights.tellLate(tenant.id, { ...late, disclosed });
  await acme.api.rights.tellRecipients();
  const after = heard();
  expect(after).toHaveLength(3);
  // Notices of one recipient go out at the same time.
  expect(after.filter((subjects) => String(subjects) === String(first[0]))).toHaveLength(2);
  expect((await over(tenant, row.id))['certificate']).toMatchObject({ recipients: Array.from({ length: 3 }, () => ({ recipient: 'bot', state: 'acknowledged' })) }); // prettier-ignore
});
