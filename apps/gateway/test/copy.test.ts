// The copy of a person against what was seeded: every record, by a hash of its own; nothing of others; other people masked where instructed.
import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import pg from 'pg';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { COPY_SCHEMA, copyPage, LANGUAGES, type PersonCopy } from '#libs/rights';
import { pseudonymOf } from '#libs/vault';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, person } from './person.js';

const MESSAGES = 40;
let acme: Acme;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.api.stop());

type Tenant = Awaited<ReturnType<Acme['tenant']>>;
type Subject = Awaited<ReturnType<typeof person>>['subject'];

async function copied(tenant: Tenant, subject: Subject, right = 'access'): Promise<PersonCopy> {
  return copyIn(tenant, String((await tenant.call('POST', '/requests', { right, subject })).body['id']));
}

const copyIn = (tenant: Tenant, id: string): Promise<PersonCopy> =>
  until('there is a copy', async () => {
    const { status, body } = await tenant.call('GET', `/requests/${id}/result`);
    return status === 200 && (body['copies'] as unknown as PersonCopy[])[0];
  });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const said = (content: unknown): string => {
  const body = content as { text?: string; content?: { text?: string } };
  return body.content?.text ?? body.text ?? '';
};
/** What was seeded and what was copied, reduced to the same. */
const record = (id: string, direction: string, text: string): string => sha256(`${id}|${direction}|${text}`);

it('has every record that was seeded, each hashing the same, and none of anybody else', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const connectionId = String((await tenant.connect()).body['id']);
  const [anna, bert] = [await person(acme, tenant, connectionId), await person(acme, tenant, connectionId)];
  const seeded: string[] = [];
  for (let n = 0; n < MESSAGES; n += 1) {
    const direction = n % 3 === 0 ? 'out' : 'in';
    const text = `line ${n}: ünïcode "quotes" \\ and 🙂`;
    seeded.push(record(await anna.says(text, { direction }), direction, text));
    if (n % 5 === 0) await bert.says(`line ${n} of bert`);
  }
  await anna.disclosedTo('bot');
  const file = Buffer.from('picture');
  await anna.sendsFile(await anna.says('with a file'), file);
  const objection = await tenant.call('POST', '/requests', { right: 'objection', subject: anna.subject, purpose: 'support' }); // prettier-ignore
  const path = `/requests/${String(objection.body['id'])}`;
  await until('it is noted', async () => (await tenant.call('GET', path)).body['state'] === 'completed');

  const copy = await copied(tenant, anna.subject);
  const messages = copy.conversations.flatMap((conversation) => conversation.messages);
  const found = messages.map(({ id, direction, content }) => record(id, direction, said(content)));
  for (const hash of seeded) expect(found).toContain(hash);
  expect(messages).toHaveLength(MESSAGES + 2); // and the one for the bot, and the one with the file
  for (const { sha256: stated, attachments, ...rest } of messages) {
    const plain = { ...rest, attachments: attachments.map(({ id, media, mime, size }) => ({ id, media, mime, size })) };
    expect(sha256(canonicalize(plain)!)).toBe(stated);
  }
  expect(messages.every(({ deliveries }) => deliveries.some(({ status }) => status === 'delivered'))).toBe(true);
  expect(messages.flatMap(({ attachments }) => attachments)).toMatchObject([
    { media: 'image', size: file.length, url: expect.stringMatching(/^http/) },
  ]);

  const { subjectId, conversationId } = await anna.meet();
  const known = pseudonymOf(anna.keys, 'bot', conversationId);
  expect(copy.person.identifiers).toMatchObject([{ kind: 'psid', value: anna.value }]);
  expect(copy.processing).toMatchObject({
    recipients: [{ recipient: 'bot', pseudonym: pseudonymOf(anna.keys, 'bot', subjectId), conversations: [{ conversation: conversationId, pseudonym: known }], count: 1, firstAt: expect.any(String), lastAt: expect.any(String) }],
    objections: expect.arrayContaining([expect.objectContaining({ purpose: 'support' })]),
    requests: expect.arrayContaining([expect.objectContaining({ right: 'objection' })]),
    retention: [{ data: 'content' }, { data: 'routing' }],
    instructions: [{ version: 1 }],
    sources: [expect.stringContaining('messenger')],
    derived: [],
  }); // prettier-ignore
  for (const language of LANGUAGES) expect(copyPage([copy], language)).toContain(known);
  expect(JSON.stringify(copy)).not.toContain('of bert');
  expect(JSON.stringify(copy)).not.toContain(bert.value);
});

it('fits the published schema, and so does what is portable', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const anna = await person(acme, tenant, String((await tenant.connect()).body['id']));
  await anna.says('in');
  await anna.says('out', { direction: 'out' });
  await anna.disclosedTo('bot');
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(COPY_SCHEMA);
  for (const [right, directions] of [['access', ['in', 'out', 'in']], ['portability', ['in', 'in']]] as const) {
    const copy = await copied(tenant, anna.subject, right);
    expect([fits({ request: 'r', copies: [copy] }), fits.errors]).toEqual([true, null]);
    expect(copy.conversations[0]!.messages.map(({ direction }) => direction)).toEqual(directions);
  }
}); // prettier-ignore

it('says what was found of special categories, and what was said of the age', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const anna = await person(acme, tenant, String((await tenant.connect()).body['id']));
  const messageId = await anna.says('something');
  const { subjectId, conversationId } = await anna.meet();
  const { store } = acme.api;
  const asked = { id: randomUUID(), state: 'declared-adult' as const, age: 16, source: 'person' as const, textHash: 'h', language: 'en', channel: 'messenger', messageId, version: 1, clause: '/minors' }; // prettier-ignore
  await store.confirmAge(tenant.id, subjectId, asked);
  const lease = randomUUID();
  await store.takeTurn(tenant.id, conversationId, lease);
  const found = { id: randomUUID(), contentOf: messageId, section: 'special-categories', mode: 'warn', tell: null, textHash: '', language: 'en', version: 1, clause: '/specialCategories', purgeAt: null }; // prettier-ignore
  await store.recordSensitive(
    tenant.id,
    { conversationId, lease },
    {
      messageId,
      body: null,
      found: [found],
      leaf: { type: 'special-category', version: 1, clause: '/specialCategories' },
    },
  );
  await store.releaseTurn(tenant.id, conversationId, { lease, retryInMs: null });
  const copy = await copied(tenant, anna.subject);
  expect(copy.processing).toMatchObject({
    ages: [{ state: 'declared-adult', threshold: 16, source: 'person', instructions: { version: 1, clause: '/minors' } }],
    sensitive: [{ message: messageId, mode: 'warn', told: false, instructions: { version: 1, clause: '/specialCategories' } }],
  }); // prettier-ignore
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(COPY_SCHEMA);
  expect([fits({ request: 'r', copies: [copy] }), fits.errors]).toEqual([true, null]);
});

it('says on the list of which breach the person stands, once the controller was told of it, and nothing of the others on it', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const connectionId = String((await tenant.connect()).body['id']);
  const [anna, bert] = [await person(acme, tenant, connectionId), await person(acme, tenant, connectionId)];
  for (const text of ['one', 'two']) await anna.says(text);
  await bert.says('three');
  const suspected = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString(), suspicion: ['ConfidentialityBreach', 'IntegrityBreach'] }; // prettier-ignore
  const open = async (components: string[]): Promise<string> =>
    String((await acme.api.call('POST', '/v1/incidents', { body: { ...suspected, components, tenants: [tenant.slug] } })).body['id']); // prettier-ignore
  const tell = async (id: string): Promise<void> =>
    expect((await acme.api.call('POST', `/v1/incidents/${id}/notices`, { body: { phase: 'first' } })).body).toEqual({ told: [tenant.slug] }); // prettier-ignore
  const told = await open(['database']);
  const notTold = await open(['gateway']);
  await until('their lists are made', async () => {
    await acme.api.rights.incidents.count();
    return (await acme.api.call('GET', `/v1/incidents/${notTold}`)).body['countedAt'] !== null;
  });
  // Told at once, before anybody knows whom it concerns.
  const uncounted = await open(['database']);
  await tell(uncounted);
  expect((await copied(tenant, anna.subject)).processing!.incidents).toEqual([]);
  await tell(told);

  const look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  const { subjectId } = await anna.meet();
  const { rows } = await look.query(
    `SELECT p.events, p.categories, p.first_at, p.last_at, (SELECT n.at FROM parley.incident_notice n WHERE n.incident_id = $1 AND n.tenant_id = $2) AS told
     FROM parley.incident_person p WHERE p.incident_id = $1 AND p.subject_id = $3`,
    [told, tenant.id, subjectId],
  );
  await look.end();
  const truth = {
    id: told, ...suspected, categories: rows[0].categories, messages: 2, firstAt: rows[0].first_at.toISOString(), lastAt: rows[0].last_at.toISOString(),
    controllerToldAt: rows[0].told.toISOString(),
  }; // prettier-ignore
  expect(truth.categories).toContain('content');
  const copy = await copied(tenant, anna.subject);
  expect(copy.processing!.incidents).toEqual([{ ...truth, sha256: sha256(canonicalize(truth)!) }]);
  for (const other of [notTold, uncounted, (await bert.meet()).subjectId]) expect(JSON.stringify(copy)).not.toContain(other); // prettier-ignore
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(COPY_SCHEMA);
  expect([fits({ request: 'r', copies: [copy] }), fits.errors]).toEqual([true, null]);
  expect((await copied(tenant, anna.subject, 'portability')).processing).toBeUndefined();
}); // prettier-ignore

/** As somebody else's system would read it: the schema and the file, and nothing of ours. @throws when a record is not what was hashed */
function readPortable(
  text: string,
): Map<string, { conversation: string; at: string; text: string; files: readonly string[] }> {
  const file = JSON.parse(text) as { copies: PersonCopy[] };
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(COPY_SCHEMA);
  if (!fits(file)) throw new Error('the file does not fit the schema');
  const records = new Map();
  for (const { conversations } of file.copies)
    for (const { id: conversation, messages } of conversations)
      for (const { sha256: stated, attachments, ...rest } of messages) {
        const bare = attachments.map(({ url: _address, ...one }) => one);
        if (sha256(canonicalize({ ...rest, attachments: bare })!) !== stated) throw new Error('a record was changed');
        records.set(rest.id, { conversation, at: rest.at, text: said(rest.content), files: bare.map(({ mime, size }) => `${mime} ${size}`) }); // prettier-ignore
      }
  return records;
}

const withFiles = (d: Record<string, unknown>) => ({
  ...d,
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] } },
  retention: [...(d['retention'] as object[]), { data: 'attachments', period: 'P30D' }],
});

it('what is portable reads to the very records that are held, and is the same again where it was taken', async () => {
  const tenant = await acme.tenant();
  await tenant.approve(withFiles);
  const connectionId = String((await tenant.connect()).body['id']);
  const [anna, other] = [await person(acme, tenant, connectionId), await person(acme, tenant, connectionId)];
  await other.says('not hers');
  const truth = new Map<string, { conversation: string; at: string; text: string; files: readonly string[] }>();
  const look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  for (let n = 0; n < 25; n += 1) {
    const text = `line ${n}: <b>ünïcode</b> "quotes" \\ \u2028 🙂 ${'x'.repeat(n * 40)}`;
    const id = await anna.says(text);
    if (n % 8 === 0) await anna.sendsFile(id, Buffer.alloc(10 + n));
    await anna.says(`answer ${n}`, { direction: 'out' });
    const { rows } = await look.query<{ conversation_id: string; at: Date }>('SELECT conversation_id, at FROM parley.message WHERE id = $1', [id]); // prettier-ignore
    truth.set(id, { conversation: rows[0]!.conversation_id, at: rows[0]!.at.toISOString(), text, files: n % 8 === 0 ? [`image/png ${10 + n}`] : [] }); // prettier-ignore
  }
  await look.end();
  const fetched = async (of: Tenant, subject: Subject): Promise<string> => {
    const { id } = (await of.call('POST', '/requests', { right: 'portability', subject })).body;
    await copyIn(of, String(id));
    return (await of.call('GET', `/requests/${String(id)}/result`)).text;
  };
  const text = await fetched(tenant, anna.subject);
  const records = readPortable(text);
  expect(records).toEqual(truth);
  expect(() => readPortable(text.replace('line 7:', 'line 8:'))).toThrow('a record was changed');

  const { tenant: next, someone } = await businessOf(acme, withFiles);
  const again = await someone();
  for (const { text: line } of records.values()) await again.says(line);
  const back = readPortable(await fetched(next, again.subject));
  expect([...back.values()].map((one) => one.text)).toEqual([...records.values()].map((one) => one.text));
});

it('has the conversations of a connection that was removed', async () => {
  const tenant = await acme.tenant();
  await tenant.approve();
  const first = await tenant.connect();
  const anna = await person(acme, tenant, String(first.body['id']));
  await anna.says('before it was removed');
  await tenant.call('DELETE', `/connections/${String(first.body['id'])}`);
  const { subjectId } = await anna.meet();
  const { id } = await acme.api.rights.open({
    tenantId: tenant.id,
    right: 'access',
    source: 'api',
    subjectIds: [subjectId],
  });
  expect(JSON.stringify(await copyIn(tenant, id))).toContain('before it was removed');
});

it.each([
  ['redact', 'my number is %OWN%, ask [email] or [phone]'],
  ['as-is', 'my number is %OWN%, ask bert@example.com or 0151 23456789'],
])('other people are shown %s', async (others, expected) => {
  const tenant = await acme.tenant();
  await tenant.approve((d) => ({ ...d, rights: { others } }));
  const anna = await person(acme, tenant, String((await tenant.connect()).body['id']));
  const text = `my number is ${anna.value}, ask bert@example.com or 0151 23456789`;
  await anna.says(text);
  await anna.says(text, { direction: 'out' });
  const copy = await copied(tenant, anna.subject);
  const shown = copy.conversations[0]!.messages.map(({ content }) => said(content));
  expect(shown).toEqual([expected.replace('%OWN%', anna.value), expected.replace('%OWN%', anna.value)]);
});
