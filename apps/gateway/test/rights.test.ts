// Rights through the API, on a real database: what each right does, who may decide, what an unknown person learns.
import pg from 'pg';
import { until as untilTrue } from '../../../test/support/until.js';
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

const business = (change?: Change) => businessOf(acme, change);

const ask = async (tenant: Tenant, right: string, subject: Person['subject'], more: object = {}) =>
  (await tenant.call('POST', '/requests', { right, subject, ...more })).body;

const done = (tenant: Tenant, id: unknown) =>
  untilTrue('the request is completed', async () => {
    const { body } = await tenant.call('GET', `/requests/${String(id)}`);
    return body['state'] === 'completed' && body;
  });
const exercise = async (tenant: Tenant, right: string, subject: Person['subject'], more: object = {}) =>
  done(tenant, (await ask(tenant, right, subject, more))['id']);
const copies = async (tenant: Tenant, id: unknown) => {
  const { body } = await tenant.call('GET', `/requests/${String(id)}/result`);
  return body['copies'] as unknown as Record<string, never>[];
};

describe('access', () => {
  it('is a copy of everything, with recipients, retention and versions', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    const said = await anna.says('my order is late');
    await anna.says('we look into it', { direction: 'out', state: 'sent' });
    await anna.sendsFile(said, Buffer.from('a picture'));
    await anna.disclosedTo('bot');
    const request = await exercise(tenant, 'access', anna.subject);
    const [copy] = await copies(tenant, request['id']);
    const text = JSON.stringify(copy);
    for (const part of [
      'my order is late',
      'we look into it',
      'image/png',
      anna.value,
      '"bot"',
      'P30D',
      'CustomerCare',
    ])
      expect(text).toContain(part);
    expect(JSON.stringify(request)).not.toContain(anna.value);
  });

  it('has the requests that are open, too, also those that know the person by a hash alone', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('hello');
    await ask(tenant, 'rectification', anna.subject);
    const request = await exercise(tenant, 'access', anna.subject);
    const [copy] = await copies(tenant, request['id']);
    const { requests } = (copy as unknown as { processing: { requests: { right: string }[] } }).processing;
    expect(requests.map(({ right }) => right)).toEqual(['rectification', 'access']);
  });

  it('is a page for people by Accept', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('<b>bold</b>');
    const request = await exercise(tenant, 'access', anna.subject);
    const page = await acme.api.call('GET', `/v1/tenants/${tenant.slug}/requests/${String(request['id'])}/result`, { token: tenant.token, accept: 'text/html' }); // prettier-ignore
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('portability leaves out what others wrote and did', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('from me');
    await anna.says('from them', { direction: 'out', state: 'sent' });
    const request = await exercise(tenant, 'portability', anna.subject);
    const text = JSON.stringify(await copies(tenant, request['id']));
    expect(text).toContain('from me');
    expect(text).not.toContain('from them');
  });

  it.each([
    ['consent', { basis: 'A6-1-a', consent: 'help' }, true],
    ['explicit consent', { basis: 'A6-1-f', art9: 'A9-2-a' }, true],
    ['a contract', { basis: 'A6-1-b' }, true],
    ['a legitimate interest', { basis: 'A6-1-f' }, false],
  ])('portability of what is held on %s', async (_, basis, isPortable) => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('from me');
    const support = { dpv: 'CustomerCare', data: ['routing', 'content'], ...basis };
    await look.query(`UPDATE parley.instruction_version SET document = jsonb_set(document, '{purposes}', $2) WHERE tenant_id = $1`, [tenant.id, { support }]); // prettier-ignore
    const request = await exercise(tenant, 'portability', anna.subject);
    expect(JSON.stringify(await copies(tenant, request['id'])).includes('from me')).toBe(isPortable);
    const whole = await exercise(tenant, 'access', anna.subject);
    expect(JSON.stringify(await copies(tenant, whole['id']))).toContain('from me');
  });

  it('of an unknown person is answered like that of a known one: accepted, completed, empty', async () => {
    const { tenant, someone } = await business();
    const nobody = await someone();
    const request = await exercise(tenant, 'access', nobody.subject);
    expect(await copies(tenant, request['id'])).toEqual([]);
    const erased = await exercise(tenant, 'erasure', nobody.subject);
    expect(erased['certificate']).toMatchObject({ schema: 'parley-erasure-certificate/1' });
  });
});

describe('erasure', () => {
  it('leaves nothing of the person, and everything of others', async () => {
    const { tenant, someone } = await business();
    const [anna, ben] = [await someone(), await someone()];
    const said = await anna.says('erase this');
    await anna.sendsFile(said, Buffer.from('a picture'));
    await anna.disclosedTo('bot');
    await ben.says('keep this');
    const first = await exercise(tenant, 'access', anna.subject);
    const erased = await exercise(tenant, 'erasure', anna.subject);
    expect(erased['certificate']).toMatchObject({
      right: 'erasure',
      deleted: expect.arrayContaining([
        { what: 'keys destroyed', count: 1 },
        { what: 'messages', count: 2 },
        { what: 'attachments', count: 1 },
      ]),
      untold: ['bot'],
    });
    expect((await tenant.call('GET', `/requests/${String(first['id'])}/result`)).status).toBe(410);
    expect(await copies(tenant, (await exercise(tenant, 'access', anna.subject))['id'])).toEqual([]);
    const ofBen = await copies(tenant, (await exercise(tenant, 'access', ben.subject))['id']);
    expect(JSON.stringify(ofBen)).toContain('keep this');
  });

  it('a message that was in flight is refused, and the next one makes a new person with a new key', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('before');
    const before = await anna.meet();
    await exercise(tenant, 'erasure', anna.subject);
    const row = {
      tenantId: tenant.id, id: before.subjectId, connectionId: before.subjectId, conversationId: before.conversationId, hash: Buffer.alloc(16),
      direction: 'in' as const, type: 'message', contentType: 'text', body: null, target: null, state: 'pending', fed: false, version: 1,
      clause: '/c', at: new Date(),
    }; // prettier-ignore
    const batch = { messages: [row], statuses: [], observations: [], leaves: [] };
    await expect(acme.api.store.ingest(batch, 0)).rejects.toThrow('a conversation is gone');
    const after = await anna.meet();
    expect(after.subjectId).not.toBe(before.subjectId);
    expect(after.subjectKey.equals(before.subjectKey)).toBe(false);
  });

  it('a legal hold wins: the person is restricted, the controller cannot approve, but can refuse with the ground', async () => {
    const { tenant, someone } = await business((d) => ({ ...d, legalHolds: [{ scope: 'content', basis: 'A17-3-e claim 7', from: '2026-01-01' }] })); // prettier-ignore
    const anna = await someone();
    await anna.says('evidence');
    const { id } = await ask(tenant, 'erasure', anna.subject);
    const at = `/requests/${String(id)}`;
    // It is carried out as soon as it is there, in the background.
    await untilTrue(
      'it is held back',
      async () => (await tenant.call('GET', at)).body['state'] === 'awaiting-approval',
    );
    expect((await tenant.call('GET', at)).body).toMatchObject({
      evidence: { heldBack: { messages: 1 }, legalHolds: [{ scope: 'content' }] },
    });
    expect((await tenant.call('POST', `${at}/approve`)).status).toBe(409);
    const refused = await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA17LegalClaims' });
    expect(refused.body['state']).toBe('refused');
  });

  it('a legal hold keeps what it names and nothing else; when it ends the rest can go; the ledger says both, without its words', async () => {
    const { tenant, someone } = await business();
    const [anna, ben] = [await someone(), await someone()];
    const kept = await anna.says('the order in question');
    await anna.sendsFile(kept, Buffer.from('a picture'));
    await new Promise((resume) => setTimeout(resume, 20));
    const until = new Date().toISOString();
    await new Promise((resume) => setTimeout(resume, 20));
    const talk = await anna.says('small talk');
    await ben.says('small talk of ben');
    const hold = { scope: 'order 1001', basis: 'claim of Anna Example', from: '2026-01-01', review: '2027-01-01', data: ['content'], connections: ['Page'], messages: { until } }; // prettier-ignore
    const elsewhere = { ...hold, scope: 'another page', connections: ['Other page'], messages: {} };
    await tenant.approve((d) => ({ ...d, legalHolds: [hold, elsewhere] }));
    const put = await ask(tenant, 'rectification', anna.subject);
    const said = [{ message: kept, text: 'stated of the order' }, { message: talk, text: 'stated of the talk' }, { text: 'stated of nothing' }]; // prettier-ignore
    expect((await tenant.call('POST', `/requests/${String(put['id'])}/corrections`, { statements: said })).status).toBe(200); // prettier-ignore
    await done(tenant, put['id']);
    const state = async (id: unknown) => (await tenant.call('GET', `/requests/${String(id)}`)).body;
    const { id } = await ask(tenant, 'erasure', anna.subject);
    await untilTrue('it is held back', async () => (await state(id))['state'] === 'awaiting-approval');
    expect((await state(id))['evidence']).toMatchObject({
      heldBack: { messages: 1, attachments: 0, consents: 0 },
      legalHolds: [{ scope: 'order 1001', data: ['content'], connections: ['Page'], review: '2027-01-01' }, { scope: 'another page' }],
      deleted: expect.arrayContaining([{ what: 'messages', count: 1 }, { what: 'attachments', count: 1 }]),
    }); // prettier-ignore
    const copy = JSON.stringify(await copies(tenant, (await exercise(tenant, 'access', anna.subject))['id']));
    expect(copy).toContain('the order in question');
    expect(copy).toContain('stated of the order');
    expect(copy).not.toMatch(/small talk|image\/png|of the talk|of nothing/);
    // Whom it does not concern it does not keep.
    await exercise(tenant, 'erasure', ben.subject);
    expect((await tenant.call('POST', `/requests/${String(id)}/approve`)).status).toBe(409);
    await tenant.approve((d) => ({ ...d, legalHolds: [{ ...hold, until: '2026-02-01' }] }));
    expect((await tenant.call('POST', `/requests/${String(id)}/approve`)).status).toBe(200);
    expect((await done(tenant, id))['certificate']).toMatchObject({ schema: 'parley-erasure-certificate/1' });
    const leaves = JSON.stringify((await tenant.call('GET', '/ledger?limit=200')).body);
    expect(leaves.match(/"legal-hold-set"/g)).toHaveLength(3);
    expect(leaves.match(/"legal-hold-lifted"/g)).toHaveLength(2);
    expect(leaves).not.toContain('Anna Example');
  });
});

it('a legal hold on records of consents keeps them of whom it concerns, also when it is asked again', async () => {
  const { tenant, someone } = await business();
  const [anna, ben] = [await someone(), await someone()];
  const consents = async (): Promise<number[]> =>
    Promise.all([anna, ben].map(async (one) => (await acme.api.store.consentsOf(tenant.id, (await one.meet()).subjectId)).length)); // prettier-ignore
  await ben.says('long before');
  await new Promise((resume) => setTimeout(resume, 20));
  const from = new Date().toISOString();
  await anna.says('the order in question');
  for (const one of [anna, ben]) {
    const { subjectId } = await one.meet();
    await look.query(
      `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
       VALUES ($1, parley.new_id(), $2, 'p', 'given', 't', '1', 'h', 's', 'en', 'test', 1, '/c')`,
      [tenant.id, subjectId],
    );
  }
  const hold = {
    scope: 'order 1001',
    basis: 'claim',
    from: '2026-01-01',
    data: ['consent-record'],
    messages: { from },
  };
  await tenant.approve((d) => ({ ...d, legalHolds: [hold] }));
  const { subjectId: bens } = await ben.meet();
  await exercise(tenant, 'erasure', ben.subject);
  expect(await acme.api.store.consentsOf(tenant.id, bens)).toEqual([]);
  const { id } = await ask(tenant, 'erasure', anna.subject);
  const at = `/requests/${String(id)}`;
  await untilTrue('it is held back', async () => (await tenant.call('GET', at)).body['state'] === 'awaiting-approval');
  expect((await tenant.call('GET', at)).body['evidence']).toMatchObject({ heldBack: { consents: 1 } });
  expect((await consents())[0]).toBe(1);
  // The content is not named: the copy has the record and no words.
  const copy = JSON.stringify(await copies(tenant, (await exercise(tenant, 'access', anna.subject))['id']));
  expect(copy).not.toContain('the order in question');
  expect((await tenant.call('POST', `${at}/approve`)).status).toBe(409);
  await tenant.approve((d) => ({ ...d, legalHolds: [{ ...hold, until: '2026-02-01' }] }));
  expect((await tenant.call('POST', `${at}/approve`)).status).toBe(200);
  await done(tenant, id);
  expect((await consents())[0]).toBe(0);
});

describe('who decides', () => {
  const approving = (d: Record<string, unknown>): object => ({ ...d, rights: { erase: 'controller-approves' } });
  it('is asked once: repeating a request or a decision changes nothing, reversing it is refused', async () => {
    const { tenant, someone } = await business(approving);
    const anna = await someone();
    const first = await ask(tenant, 'erasure', anna.subject);
    expect((await ask(tenant, 'erasure', anna.subject))['id']).toBe(first['id']);
    const at = `/requests/${String(first['id'])}`;
    expect((await tenant.call('POST', `${at}/approve`)).status).toBe(200);
    expect((await tenant.call('POST', `${at}/approve`)).status).toBe(200);
    const back = await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA12ManifestlyExcessive' });
    expect(back.status).toBe(409);
    await done(tenant, first['id']);
  });

  it('may take two more months, once, with the reason', async () => {
    const { tenant, someone } = await business(approving);
    const asked = await ask(tenant, 'erasure', (await someone()).subject);
    const at = `/requests/${String(asked['id'])}/extend`;
    const reason = 'Many requests at once, see our letter.';
    const extended = await tenant.call('POST', at, { reason });
    const days = (Date.parse(String(extended.body['due'])) - Date.parse(String(asked['due']))) / 86_400_000;
    expect(days).toBeGreaterThan(57);
    expect((await tenant.call('POST', at, { reason })).status).toBe(409);
  });

  it("another tenant's request looks like none", async () => {
    const [one, other] = [await business(), await business()];
    const asked = await ask(one.tenant, 'access', (await one.someone()).subject);
    expect((await other.tenant.call('GET', `/requests/${String(asked['id'])}`)).status).toBe(404);
  });
});

describe('an objection', () => {
  it('outlives an erasure', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('no more advertising');
    await exercise(tenant, 'objection', anna.subject);
    const erased = await exercise(tenant, 'erasure', anna.subject);
    expect(erased['certificate']).toMatchObject({ kept: [{ what: 'suppression entries', count: 1 }] });
    const { subjectId } = await anna.meet();
    expect(await acme.api.store.objectionsOf(tenant.id, subjectId)).toEqual(['marketing']);
  });

  it('every entry that stays of one is in the certificate, whoever asked for the erasure', async () => {
    const { tenant, someone } = await business();
    const anna = await someone();
    await anna.says('no more advertising');
    const { subjectId } = await anna.meet([`also-${anna.value}`]);
    await exercise(tenant, 'objection', anna.subject);
    const request = await acme.api.rights.open({ tenantId: tenant.id, right: 'erasure', source: 'chat', subjectIds: [subjectId] }); // prettier-ignore
    const erased = await done(tenant, request.id);
    const { rows } = await look.query('SELECT FROM parley.suppression WHERE tenant_id = $1', [tenant.id]);
    expect(rows).toHaveLength(2);
    expect(erased['certificate']).toMatchObject({ kept: [{ what: 'suppression entries', count: 2 }] });
  });
});

describe('recipients', () => {
  const told = (d: Record<string, unknown>): object => {
    const { bot } = d['recipients'] as { bot: object };
    return {
      ...d,
      recipients: { bot: { ...bot, erasure: { url: 'https://bot.acme.example/erase', ackWithin: 'PT4H' } } },
    };
  };

  it('are told under the pseudonyms that they know, again until they confirm, and their silence is seen', async () => {
    const { tenant, someone } = await business(told);
    const anna = await someone();
    await anna.disclosedTo('bot');
    acme.api.recipient({ kind: 'answered', status: 503, headers: {} });
    const request = await exercise(tenant, 'erasure', anna.subject);
    await acme.api.rights.tellRecipients();
    const recipientsOf = async () => ((await tenant.call('GET', `/requests/${String(request['id'])}`)).body['certificate'] as unknown as { recipients: object[] }).recipients; // prettier-ignore
    expect(await recipientsOf()).toMatchObject([{ recipient: 'bot', state: 'told-again', lastCode: 'http-503' }]);
    await look.query('UPDATE parley.recipient_notice SET not_before = now(), escalate_at = now() WHERE tenant_id = $1', [tenant.id]); // prettier-ignore
    await acme.api.rights.tellRecipients();
    expect(await recipientsOf()).toMatchObject([{ state: 'silent' }]);
    acme.api.recipient({ kind: 'answered', status: 200, headers: {} });
    await look.query('UPDATE parley.recipient_notice SET not_before = now() WHERE tenant_id = $1', [tenant.id]);
    await untilTrue('it has confirmed', async () => {
      await acme.api.rights.tellRecipients();
      return (await recipientsOf()).every((one) => 'acknowledgedAt' in one && one.acknowledgedAt);
    });
    expect(await recipientsOf()).toMatchObject([{ state: 'acknowledged' }]);
    const calls = acme.api.told.filter((call) => call.body?.text.includes(String(request['id'])));
    expect(new Set(calls.map((call) => call.headers?.['webhook-id'])).size).toBe(1);
    expect(calls.length).toBeGreaterThanOrEqual(2);
    expect(JSON.parse(calls[0]!.body!.text)).toMatchObject({ event: 'erase', subjects: [expect.any(String)], conversations: [expect.any(String)] }); // prettier-ignore
    expect(calls[0]!.body!.text).not.toContain(anna.value);
  });
});

it('answers what is no correction, and ids that name no request, as mistakes of the caller', async () => {
  const { tenant, someone } = await business();
  const { id } = await ask(tenant, 'rectification', (await someone()).subject);
  for (const body of [{ corrections: null, statements: null }, { statements: [[]] }, { corrections: [[]] }])
    expect((await tenant.call('POST', `/requests/${String(id)}/corrections`, body)).status).toBe(400);
  const nobody = '00000000-0000-4000-8000-000000000000';
  expect((await tenant.call('GET', `/requests/${nobody}/mentions`)).status).toBe(404);
  expect((await tenant.call('GET', `/requests/${String(id)}/mentions`)).body).toEqual({ items: [], next: null });
});
