// Whatever is done leaves a leaf that names version, hash and clause, and every row of a person's names its clause (Art. 28(3)(a), 29 GDPR).
import { randomUUID } from 'node:crypto';
import { appendFileSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { databaseUrl } from '#libs/platform';
import { UNINSTRUCTED } from '#libs/store';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, startBot, type Bot } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

type Leaf = Readonly<Record<string, unknown>> & { readonly type: string };

let world: World;
let look: pg.Client;
/** Where the bot is told of rights. */
let ear: Bot;

/** Every leaf is copied as it is written: the ledger of a contract that ends goes with it. */
const COPY = `
  CREATE TABLE public.seen (n bigserial, tenant_id uuid, leaf jsonb);
  CREATE TABLE public.version AS SELECT tenant_id, version, hash, document FROM parley.instruction_version WHERE false;
  CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN INSERT INTO public.seen (tenant_id, leaf) VALUES (NEW.tenant_id, NEW.leaf); RETURN NULL; END $$;
  CREATE FUNCTION public.see_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN INSERT INTO public.version VALUES (NEW.tenant_id, NEW.version, NEW.hash, NEW.document); RETURN NULL; END $$;
  CREATE TRIGGER see AFTER INSERT ON parley.ledger_leaf FOR EACH ROW EXECUTE FUNCTION public.see();
  CREATE TRIGGER see_version AFTER INSERT ON parley.instruction_version FOR EACH ROW EXECUTE FUNCTION public.see_version();`;

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(echo);
  ear = await startBot();
  ear.answer(() => ({}));
  await connect();
  await look.query(COPY);
});
async function connect(): Promise<void> {
  look = new pg.Client({ connectionString: await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir }) });
  await look.connect();
}
afterAll(async () => {
  await look?.end();
  await ear?.close();
  await world?.end();
});

const seen = async (): Promise<(Leaf & { readonly tenant: string })[]> =>
  (await look.query<{ leaf: Leaf; tenant_id: string }>('SELECT tenant_id, leaf FROM public.seen ORDER BY n')).rows.map(
    ({ leaf, tenant_id: tenant }) => ({ ...leaf, tenant }),
  );
const appeared = (type: string): Promise<unknown> =>
  until(`a leaf ${type}`, async () => (await seen()).some((leaf) => leaf.type === type));

type Document = Record<string, unknown> & { recipients: { bot: object }; retention: object[] };
const base = (more: object = {}): Document => {
  const one = instructions(world.bot.url) as Document;
  const bot = { ...one.recipients.bot, erasure: { url: ear.url } };
  return { ...one, rights: { mentions: 'list' }, recipients: { bot }, ...more };
};

let people = 0;
const somebody = () => ({ phone: `4915177700${String(++people).padStart(3, '0')}`, user: `DE.7770000${people}` });
type Person = ReturnType<typeof somebody>;
const write = (tenant: Acme, from: Person, message: Readonly<Record<string, unknown>>) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, [message]), tenant);
async function says(tenant: Acme, from: Person, text: string): Promise<void> {
  await write(tenant, from, whatsAppText(text));
  await until(`the bot hears "${text}"`, () => world.bot.heard(text).length > 0);
}
async function exercise(tenant: Acme, right: string, { phone }: Person, more?: object): Promise<string> {
  const subject = { channel: 'whatsapp-cloud', kind: 'wa_id', value: phone };
  const id = String(took(await tenant.call('POST', '/requests', { right, subject }), right)['id']);
  if (more) took(await tenant.call('POST', `/requests/${id}/corrections`, more), 'corrections');
  await until(
    `${right} is completed`,
    async () => (await tenant.call('GET', `/requests/${id}`)).json['state'] === 'completed',
  );
  return id;
}
const idOf = async (tenant: Acme): Promise<string> =>
  (await look.query<{ id: string }>('SELECT id FROM parley.tenant WHERE slug = $1', [tenant.slug])).rows[0]!.id;

test('messages, files, reading and rights; a recipient objected to; an incident', async () => {
  const tenant = await acme(world.gateway, base());
  const [ada, ben] = [somebody(), somebody()];
  await says(tenant, ada, 'hello there');
  await write(tenant, ada, whatsAppText('I have diabetes'));
  await appeared('special-category');
  const { id } = world.meta.control.media('application/pdf', Buffer.from('Rechnung 4711'));
  await write(tenant, ada, { type: 'document', document: { id, mime_type: 'application/pdf', filename: 'a.pdf', caption: 'my bill' } });
  await until('the bot hears of the file', () => world.bot.heard('my bill').length > 0);
  await says(tenant, ben, 'somebody else');
  await write(tenant, ben, whatsAppText(`call ${ada.phone}`));
  took(await tenant.call('GET', '/conversations?purpose=support'), 'reading');
  const tenantId = await idOf(tenant);
  await until('states come', async () => (await look.query('SELECT FROM parley.delivery_status WHERE tenant_id = $1', [tenantId])).rowCount! > 0);
  for (const table of ['message', 'identity', 'conversation', 'attachment', 'disclosure', 'delivery_status'] as const) {
    const { rows } = await look.query<{ version: number; clause: string }>(`SELECT instruction_version AS version, clause FROM parley.${table} WHERE tenant_id = $1`, [tenantId]);
    expect([table, rows.length > 0, rows.every(({ version }) => version === 1)]).toEqual([table, true, true]);
    for (const { clause } of rows) expect([table, clause]).toEqual([table, expect.stringMatching(/^(\/(purposes\/support|recipients\/bot|texts\/|specialCategories|channels\/whatsapp-cloud\/identifiers\/)|default:)/)]);
  }
  const { rows: files } = await look.query<{ clause: string }>('SELECT clause FROM parley.attachment WHERE tenant_id = $1', [tenantId]);
  expect(files).toEqual([{ clause: '/purposes/support' }]);
  const { rows: states } = await look.query<{ clause: string }>('SELECT DISTINCT clause FROM parley.delivery_status WHERE tenant_id = $1', [tenantId]);
  expect(states).toEqual([{ clause: '/purposes/support' }]);
  for (const right of ['access', 'portability', 'restriction', 'objection']) await exercise(tenant, right, ben);
  const heard = 'SELECT DISTINCT instruction_version AS version, clause FROM parley.';
  for (const table of ['objection', 'suppression']) expect([table, (await look.query(`${heard}${table} WHERE tenant_id = $1`, [tenantId])).rows]).toEqual([table, [{ version: 1, clause: 'default:objection' }]]);
  await exercise(tenant, 'rectification', ada, { statements: [{ text: 'I was misunderstood.' }] });
  took(await tenant.call('POST', '/recipients/bot/objection', { by: 'Ada' }), 'objection');
  await write(tenant, ada, whatsAppText('nobody is asked'));
  took(await tenant.call('DELETE', '/recipients/bot/objection'), 'objection withdrawn');
  await exercise(tenant, 'erasure', ada);
  for (const type of ['deletion', 'recipient-acknowledged', 'mentions-searched']) await appeared(type);
  const window = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
  const opened = took(await world.gateway.call('POST', '/v1/incidents', { body: { ...window, suspicion: ['ConfidentialityBreach'], components: ['gateway'] } }), 'incident');
  await until('it is counted', async () => (await world.gateway.call('GET', `/v1/incidents/${String(opened['id'])}`)).json['countedAt'] !== null);
}); // prettier-ignore

test('versions: a notice and its acknowledgement, two who approve, holds, sub-processors, a stricter one applied; the end', async () => {
  const tenant = await acme(world.gateway, base());
  const person = somebody();
  await says(tenant, person, 'before the stricter version');
  const second = String(took(await tenant.call('POST', '/api-keys', { label: 'second', scope: 'tenant' }), 'key')['apiKey']);
  const hold = { scope: 'file 12', basis: 'claim 12', from: '2026-01-01', review: '2099-01-01', connections: ['elsewhere'] };
  const recipients = { ...base().recipients, next: { ...base().recipients.bot, role: 'sub-processor', entity: 'Next Ltd', country: 'IE', from: '2099-01-01' } };
  const submit = async (document: object) => {
    const { version, findings } = took(await tenant.call('POST', '/instructions', document), 'submitted');
    return { version: String(version), acknowledged: (findings as { rule: string }[]).map(({ rule }) => rule) };
  };
  const approve = async ({ version, acknowledged }: Awaited<ReturnType<typeof submit>>, by: string, bearer = tenant.apiKey) =>
    took(await tenant.call('POST', `/instructions/${version}/approve`, { acknowledged, by }, { bearer }), by);
  const held = await submit(base({ legalHolds: [hold], recipients, contract: { approvals: 2, atEnd: 'delete' }, effective: { until: '2098-01-01' }, retention: [...base().retention, { data: 'content', purpose: 'support', period: 'P9Y' }] }));
  took(await tenant.call('POST', `/instructions/${held.version}/acknowledge`, { by: 'Ada' }), 'acknowledged');
  await approve(held, 'Ada');
  await approve(held, 'Ben', second);
  const stricter = await submit(base({ recipients, channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep' } } } }));
  await approve(stricter, 'Ada');
  await approve(stricter, 'Ben', second);
  await appeared('instructions-applied');
  took(await world.gateway.call('DELETE', `/v1/tenants/${tenant.slug}`), 'the end');
}); // prettier-ignore

test('consent: asked, given, withdrawn, and what was kept on it goes; an age that is confirmed', async () => {
  const ask = { version: '1', purposes: ['support'], en: 'May we? YES or NO.', accept: { en: ['yes'] }, refuse: { en: ['no'] } };
  const { texts, retention } = base() as unknown as { texts: object; retention: object[] };
  const tenant = await acme(world.gateway, base({
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments'] } },
    texts: { ...texts, ask }, retention: [...retention, { data: 'consent-record', start: 'withdrawal', period: 'P3Y' }],
  }));
  const person = somebody();
  await write(tenant, person, whatsAppText('waits for a yes'));
  await until('asked', async () => (await seen()).some(({ decided }) => decided === 'notice-given'));
  await write(tenant, person, whatsAppText('yes'));
  await until('the bot hears it', () => world.bot.heard('waits for a yes').length > 0);
  await write(tenant, person, whatsAppText('STOP'));
  await appeared('consent-ending-applied');
  const guarded = await acme(world.gateway, base({ minors: { mode: 'guardian' } }));
  await says(guarded, person, 'old enough');
  const { rows } = await look.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1', [await idOf(guarded)]);
  took(await guarded.call('POST', '/ages', { subject: rows[0]!.id, state: 'guardian-confirmed' }), 'age');
}); // prettier-ignore

test('a profile that was looked up; two ids that are one person; a recipient that does not answer', async () => {
  const { purposes, channels, recipients, retention } = base() as unknown as Record<string, Record<string, object>> & { retention: object[] };
  const tenant = await acme(world.gateway, base({
    purposes: { support: { ...purposes!['support'], data: ['routing', 'content', 'attachments', 'profile'], features: ['first_name'] } },
    channels: { ...channels, messenger: { identifiers: { psid: 'keep', first_name: 'keep' } } },
    retention: [...retention, { data: 'profile', period: 'P30D' }],
    recipients: { bot: { ...recipients!['bot'], erasure: { url: 'http://127.0.0.1:9/', ackWithin: 'PT1S' } } },
  }));
  await world.meta.control.say({ account: tenant.pageId, from: { psid: '246000000000777', name: 'Ada Example' }, text: 'look me up' });
  await appeared('look-up');
  const [old, next] = [somebody(), somebody()];
  await says(tenant, old, 'under the old id');
  type Change = { value: { contacts: Record<string, unknown>[]; messages: Record<string, unknown>[] } };
  const unnumbered = async (message: Readonly<Record<string, unknown>>, isSystem = false): Promise<void> => {
    const payload = whatsApp(tenant.phoneNumberId, next, [message]) as { entry: { changes: Change[] }[] };
    const { value } = payload.entry[0]!.changes[0]!;
    delete value.messages[0]!['from'];
    delete value.contacts[0]!['wa_id'];
    if (isSystem) value.contacts = [];
    await postSigned(tenant.whatsApp, payload, tenant);
  };
  await unnumbered(whatsAppText('under the new id'));
  await until('the bot hears it', () => world.bot.heard('under the new id').length > 0);
  await unnumbered({ type: 'system', system: { type: 'user_changed_user_id', user_id: next.user, previous_user_id: old.user } }, true);
  await appeared('persons-joined');
  await exercise(tenant, 'erasure', old);
  await appeared('recipient-silent');
}); // prettier-ignore

test('after a start: statistics of an hour that is over, and what a backup has undone is done again', async () => {
  const [counted, forgotten, ended] = [await acme(world.gateway, base({ statistics: { enabled: true, time: 'hour' } })), await acme(world.gateway, base()), await acme(world.gateway, base())];
  await says(forgotten, somebody(), 'erased, as the journal says');
  await look.query("UPDATE parley.instruction_version SET approved_at = approved_at - interval '2 hours' WHERE tenant_id = $1", [await idOf(counted)]);
  const tenant = await idOf(forgotten);
  const { rows: [subject] } = await look.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1', [tenant]);
  const undone = [{ tenant, subject: subject!.id }, { tenant: await idOf(ended), subject: null }];
  await look.end();
  await world.gateway.stop();
  const at = new Date().toISOString();
  for (const one of undone) appendFileSync(path.join(world.gateway.dataDir, 'deletions.jsonl'), `${JSON.stringify({ id: randomUUID(), ...one, at })}\n`);
  await world.gateway.start();
  await connect();
  for (const type of ['deletion-replayed', 'contract-ended-replayed', 'statistics']) await appeared(type);
}); // prettier-ignore

/** Where a JSON pointer leads. */
const found = (document: unknown, pointer: string): unknown =>
  pointer.split('/').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document); // prettier-ignore

test('all of it names version, hash and a clause that is there, but what no instruction decides', async () => {
  const leaves = await seen();
  const versions = new Map(
    (await look.query<{ tenant_id: string; version: number; hash: string; document: unknown }>('SELECT * FROM public.version')).rows.map((row) => [`${row.tenant_id} ${row.version}`, row]),
  );
  const unnamed = leaves.filter(({ type, tenant, version, hash, clause }) => {
    if (type in UNINSTRUCTED) return false;
    const by = versions.get(`${tenant} ${String(version)}`);
    if (by === undefined || by.hash !== hash || typeof clause !== 'string') return true;
    return !clause.startsWith('default:') && found(by.document, clause) === undefined;
  });
  expect(unnamed).toEqual([]);
  expect([...new Set(leaves.map(({ type }) => type))].toSorted()).toEqual([
    'age', 'consent-ending-applied', 'contract-ended', 'contract-ended-replayed', 'decision', 'deletion', 'deletion-replayed', 'disclosure', 'incident',
    'infringement-acknowledged', 'infringement-notice', 'instructions-applied', 'instructions-approved', 'instructions-first-approval', 'intake',
    'legal-hold-lifted', 'legal-hold-set', 'look-up', 'mentions-searched', 'persons-joined', 'read', 'recipient-acknowledged', 'recipient-objected',
    'recipient-objection-withdrawn', 'recipient-silent', 'rectified', 'rights-request', 'special-category', 'statistics', 'sub-processors-announced',
  ]);
}); // prettier-ignore

test('nothing else writes to the ledger than what asks for them', () => {
  const writing = globSync('{libs,apps}/*/src/**/*.ts').filter((file) => /INSERT INTO parley\.ledger_leaf/.test(readFileSync(file, 'utf8')));
  // The hot paths, whose leaves the pipeline makes, and the operator's own command.
  expect(writing.toSorted()).toEqual([
    'libs/store/src/backup/restore.ts', 'libs/store/src/leaf.ts', 'libs/store/src/migrations/ingest.ts', 'libs/store/src/migrations/turns.ts',
  ]);
}); // prettier-ignore
