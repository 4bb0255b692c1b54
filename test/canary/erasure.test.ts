// An erasure is complete: canaries through every channel and failure, erased, and looked for in every store there is; with any step left out, they are found.
import { randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate } from '#libs/kernel';
import { createLogger, databaseUrl, QUEUES, startDatabase, type Database } from '#libs/platform';
import { createDestroyedKeys } from '#libs/rights';
import { DATA_MAP, ERASURE_STEPS, migrate, openStore, restore, type ErasureStep } from '#libs/store';
import { main } from '../../apps/cli/src/main.js';
import { redisIsThere, startRedis, type TestRedis } from '../../libs/platform/test/redis-server.js';
import { casesOf } from '../cases/files.js';
import { acme, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { connectInstagram, type InstagramDoor } from '../support/instagram.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import {
  igMid,
  instagram,
  instagramText,
  messenger,
  messengerText,
  postSigned,
  rawOf,
  wamid,
  whatsApp,
  whatsAppText,
} from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';
import { needlesOf } from './forms.js';
import { startQuotingGraph, type QuotingGraph } from './graph.js';
import { keepingAll } from './keeping-all.js';
import { inFiles, inRedis, inRows, queuesIn } from './places.js';
import { CANARIES, CANARY, withCanaries } from './substitute.js';
import { hashesOf, rowsWith, subjectsIn, tracesOf, type Traces } from './traces.js';

const NEEDLES = needlesOf(CANARIES);
const everything = CANARIES.join(' ');
const BEN = { phone: '4915100000777', user: 'DE.11122233344455566' };
const BENS_PSID = '13579135791357913';
const BENS_IGSID = '17840000000077777';
/** By what the controller names the person: one per account of theirs. */
const NAMED = [
  { channel: 'whatsapp-cloud', kind: 'wa_id', value: CANARY.phone },
  { channel: 'whatsapp-cloud', kind: 'user_id', value: CANARY.user },
  { channel: 'messenger', kind: 'psid', value: CANARY.psid },
  // As the cases have it: the one kind for which no canary takes its place.
  { channel: 'messenger', kind: 'user_ref', value: 'ref-parley-1' },
  { channel: 'instagram', kind: 'igsid', value: CANARY.psid },
  { channel: 'web', kind: 'visitor_id', value: CANARY.visitor },
];
/** The journal has the person's random id, so that no backup brings them back; an objection outlives them as a keyed hash of its own. */
const LEFT = 'parley.deletion';

let world: World;
let graph: QuotingGraph;
let redis: TestRedis | null;
let tenant: Acme;
let door: InstagramDoor;
let look: pg.Client;
let bens: readonly string[];
let bensRows: Record<string, string>;
let traces: Traces;
let before: Record<string, number>;
let onInstagram: readonly string[];
let copies: string;
let folder: string;
const halves = () => ({ data: path.join(folder, 'data'), keys: path.join(folder, 'keys') });

const place = (account: string) => ({ account, isAccount: (value: string) => /^10[013-9]0{9,12}1$/.test(value) });

async function benWrites(): Promise<void> {
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, BEN, [whatsAppText('ben here')]), tenant);
  await postSigned(tenant.messenger, messenger(tenant.pageId, BENS_PSID, messengerText('ben here')), tenant);
  await postSigned(door.url, instagram(door.accountId, BENS_IGSID, instagramText('ben here')), tenant);
  await (await visit(world.gateway.url, tenant.siteKey, { user: 'dl_ben_the_other_visitor_1' })).post({ type: 'message', text: 'ben here' }); // prettier-ignore
  await until('the bot heard Ben', () => world.bot.heard('ben here').length === 4);
}

async function everyCase(): Promise<void> {
  for (const [channel, url, account] of [
    ['whatsapp-cloud', tenant.whatsApp, tenant.phoneNumberId],
    ['messenger', tenant.messenger, tenant.pageId],
    ['instagram', door.url, door.accountId],
  ] as const)
    // prettier-ignore
    for (const { payload } of casesOf(channel)) await postSigned(url, withCanaries(payload, place(account)), tenant);
  const visitor = await visit(world.gateway.url, tenant.siteKey, { user: CANARY.visitor });
  for (const { payload } of casesOf('web')) {
    const activity = withCanaries((payload as { activity?: object }).activity ?? {}, place('none')) as object;
    await visitor.post({ ...activity, from: { id: CANARY.visitor, name: CANARY.name } });
  }
  await visitor.upload({ type: 'message', text: everything }, [new File([`%PDF ${everything}`], CANARY.file, { type: 'application/pdf' })]); // prettier-ignore
}

/** About one message what the cases say of messages that nobody knows: a reaction, a mark of having read, an edit; and what staff wrote. */
async function aboutOneOnInstagram(): Promise<void> {
  const { accountId } = door;
  const id = igMid();
  const url = `https://elsewhere.example/${CANARY.file}?of=${CANARY.phone}`;
  const staff = { sender: { id: accountId }, recipient: { id: CANARY.psid }, message: { ...instagramText(everything).message, is_echo: true } }; // prettier-ignore
  for (const event of [
    instagramText(everything, id),
    { message: { mid: igMid(), attachments: [{ type: 'file', payload: { url } }] } },
    { message_edit: { mid: id, text: `${everything} after all`, num_edit: 1 } },
    { reaction: { mid: id, action: 'react', reaction: CANARY.text, emoji: CANARY.text } },
    { read: { mid: id } },
    staff,
  ])
    await postSigned(door.url, instagram(accountId, CANARY.psid, event), tenant);
}

/** Which kinds of messages are stored of the account there, and which states of them. */
async function storedOnInstagram(): Promise<string[]> {
  const { rows } = await look.query<{ kind: string }>(
    `SELECT concat_ws(' ', m.direction, m.type, m.content_type) AS kind FROM parley.message m
       JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id WHERE c.connection_id = $1 AND NOT c.subject_id = ANY ($2)
     UNION SELECT 'state ' || s.status FROM parley.delivery_status s WHERE s.connection_id = $1`,
    [door.connectionId, bens],
  );
  return rows.map(({ kind }) => kind);
}

/** Refused payloads, a bot that fails, a platform that refuses: dead letters and retries. */
async function everyFailure(): Promise<void> {
  // Some cases said that the account may not send any more.
  await tenant.recheck();
  const whole = rawOf(messenger(tenant.pageId, CANARY.psid, messengerText(everything)));
  for (const bad of [whole.slice(0, -7), everything, JSON.stringify([everything])]) await postSigned(tenant.messenger, bad, tenant); // prettier-ignore
  await postSigned(tenant.messenger, whole, { secret: 'not-the-secret' });
  for (const status of [500, 400, 200]) {
    world.bot.answer(() => ({ status, body: everything }));
    const calls = world.bot.calls.length;
    await postSigned(tenant.messenger, messenger(tenant.pageId, CANARY.psid, messengerText(`${everything} ${status}`)), tenant); // prettier-ignore
    await until('the bot was called', () => world.bot.calls.length > calls);
  }
  world.bot.answer(echo);
  graph.refuse([131_026, 131_000, 100]);
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, { phone: CANARY.phone, user: CANARY.user }, [whatsAppText(everything)]), tenant); // prettier-ignore
}

async function exercise(right: string, subject: object): Promise<string> {
  const { id } = took(await tenant.call('POST', '/requests', { right, subject }), right);
  await until(`${right} is completed`, async () => (await tenant.call('GET', `/requests/${String(id)}`)).json['state'] === 'completed'); // prettier-ignore
  return String(id);
}

/** What the controller put right, and what the person stated beside it. */
async function rectify(subject: object): Promise<void> {
  const { id } = took(await tenant.call('POST', '/requests', { right: 'rectification', subject }), 'rectification');
  const what = { corrections: [{ channel: 'whatsapp-cloud', kind: 'profile_name', value: `${CANARY.name} ${CANARY.text}` }], statements: [{ text: everything }] }; // prettier-ignore
  took(await tenant.call('POST', `/requests/${String(id)}/corrections`, what), 'corrections');
  await until('it is put right', async () => (await tenant.call('GET', `/requests/${String(id)}`)).json['state'] === 'completed'); // prettier-ignore
}

/** What no adapter brings: an answer on consent and on an age, a word that was taken out, a place on the list of an incident. */
async function noteRest(): Promise<void> {
  const somebody = `SELECT s.tenant_id, s.id AS subject_id, m.conversation_id, m.id AS message_id FROM parley.subject s
    JOIN parley.conversation c ON c.tenant_id = s.tenant_id AND c.subject_id = s.id
    JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id WHERE NOT s.id = ANY ($2) LIMIT 1`;
  for (const insert of [
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
     SELECT tenant_id, $1, subject_id, 'support', 'given', 't', '1', 'h', 's', 'en', 'web', 1, '/c' FROM somebody`,
    // Finished, so that the job that is at work here leaves it.
    `INSERT INTO parley.consent_ending (tenant_id, id, subject_id, purpose, cause, state, finished_at)
     SELECT tenant_id, $1, subject_id, 'support', 'withdrawn', 'done', now() FROM somebody`,
    `INSERT INTO parley.age_event (tenant_id, id, subject_id, state, age, source, text_hash, language, channel, instruction_version, clause)
     SELECT tenant_id, $1, subject_id, 'declared-adult', 16, 'person', 'h', 'en', 'web', 1, '/c' FROM somebody`,
    `INSERT INTO parley.sensitive_event (tenant_id, id, conversation_id, message_id, content_of, section, mode, told, text_hash, language, instruction_version, clause)
     SELECT tenant_id, $1, conversation_id, message_id, message_id, 'specialCategories', 'forbid', true, 'h', 'en', 1, '/c' FROM somebody`,
    // Never due, so that the job that is at work here leaves it.
    `INSERT INTO parley.stale_tokens (tenant_id, conversation_id, not_before) SELECT tenant_id, conversation_id, 'infinity' FROM somebody WHERE $1::uuid IS NOT NULL
     ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET not_before = 'infinity'`,
    `INSERT INTO parley.mention (tenant_id, request_id, message_id, conversation_id, redacted) SELECT tenant_id, $1, message_id, conversation_id, false FROM somebody`,
    `INSERT INTO parley.incident_person (tenant_id, incident_id, subject_id, events, categories) SELECT tenant_id, $1, subject_id, 1, '{content}' FROM somebody`,
  ])
    await look.query(`WITH somebody AS (${somebody}) ${insert}`, [v7(), bens]);
}

async function calm(): Promise<void> {
  for (let [last, n] = [-1, 0]; n < 30; n += 1) {
    const calls = world.bot.calls.length + graph.sends();
    if (calls === last) return;
    last = calls;
    await new Promise((resume) => setTimeout(resume, 1_500));
  }
}

const parley = (env: Record<string, string>, ...args: readonly string[]): Promise<number> =>
  main(args, { env, line: () => undefined, complain: () => undefined, now: Date.now, interrupted: () => Promise.resolve() }); // prettier-ignore

async function sqlAt(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await databaseUrl({ databaseUrl: null, dataDir }) });
  await client.connect();
  return client;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-erasure-'));
  graph = await startQuotingGraph();
  redis = redisIsThere() ? await startRedis() : null;
  world = await startWorld({ META_GRAPH_URL: graph.url, ...(redis ? { REDIS_URL: redis.url } : {}) });
  tenant = await acme(world.gateway, keepingAll(world.bot.url));
  door = await connectInstagram(world.gateway.url, tenant);
  look = await sqlAt(world.gateway.dataDir);
  await benWrites();
  await calm();
  bens = await subjectsIn(look);
  await everyCase();
  await everyFailure();
  await aboutOneOnInstagram();
  await calm();
  // A platform's word on what became of a message.
  const id = wamid(CANARY.phone);
  const said = whatsApp(tenant.phoneNumberId, { phone: CANARY.phone, user: CANARY.user }, [{ ...whatsAppText(everything), id }]) as { entry: { changes: { value: Record<string, unknown> }[] }[] }; // prettier-ignore
  await postSigned(tenant.whatsApp, said, tenant);
  const { messages: _messages, ...value } = said.entry[0]!.changes[0]!.value;
  said.entry[0]!.changes[0]!.value = { ...value, statuses: [{ id, status: 'delivered', timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: CANARY.phone }] }; // prettier-ignore
  await postSigned(tenant.whatsApp, said, tenant);
  await calm();
  onInstagram = await storedOnInstagram();
  for (const subject of NAMED) await exercise('objection', subject);
  await rectify(NAMED[0]!);
  // Not decided: it knows the person by a hash alone.
  took(await tenant.call('POST', '/requests', { right: 'rectification', subject: NAMED[1] }), 'rectification');
  const made = await Promise.all(NAMED.map((subject) => exercise('access', subject)));
  copies = (await Promise.all(made.map((id) => tenant.call('GET', `/requests/${id}/result`)))).map(({ text }) => text).join('\n'); // prettier-ignore
  traces = await tracesOf(look, bens);
  await noteRest();
  before = await rowsWith(look, traces.all);
  const { data, keys } = halves();
  expect(await parley({ PARLEY_DATA_DIR: world.gateway.dataDir }, 'backup', '--data', data, '--keys', keys)).toBe(0);
  bensRows = await hashesOf(look, bens);
  for (const subject of NAMED) await exercise('erasure', subject);
});
afterAll(async () => {
  await look?.end();
  await world?.end();
  await graph?.close();
  await redis?.stop();
  await rm(folder, { recursive: true, force: true });
});

const tablesOfPersons = Object.entries(DATA_MAP)
  .filter(
    ([table, { person }]) =>
      person !== null && !['suppression', 'recipient_notice', 'deletion', 'mention_search'].includes(table),
  )
  .map(([table]) => `parley.${table}`);

test('the search is not blind: before, traces stood in every table of persons, and the copies had the canaries', () => {
  expect(Object.keys(before).sort()).toEqual(expect.arrayContaining(tablesOfPersons.toSorted()));
  expect(before['parley.message']).toBeGreaterThan(50);
  expect(onInstagram).toEqual(expect.arrayContaining(['in message text', 'in message media', 'in reaction', 'in edit text', 'in revoke', 'out message text', 'out text', 'state read'])); // prettier-ignore
  expect(traces.all.length).toBeGreaterThan(200);
  for (const canary of [CANARY.text, CANARY.phone, CANARY.psid, CANARY.visitor, CANARY.name]) expect(copies).toContain(canary); // prettier-ignore
});

test('no row of any table leads to the person, whatever the schema', async () => {
  const { [LEFT]: _journal, ...found } = await rowsWith(look, traces.all);
  expect(found).toEqual({});
});

test('no row, no file, no write-ahead log, no log line and no key of Redis holds a canary in any form', async () => {
  const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
  expect((await inRows(url, NEEDLES)).hits).toEqual([]);
  expect(inFiles(world.gateway.dataDir, NEEDLES)).toEqual([]);
  expect(inFiles(folder, NEEDLES)).toEqual([]);
  expect(NEEDLES.filter(({ bytes }) => Buffer.from(world.gateway.output()).includes(bytes))).toEqual([]);
  if (!redis) return;
  expect(await queuesIn(redis.url)).toEqual(Object.keys(QUEUES).sort());
  expect((await inRedis(redis.url, NEEDLES)).hits).toEqual([]);
  const ids = traces.all.map((trace) => ({ canary: trace, form: 'id', bytes: Buffer.from(trace) }));
  expect((await inRedis(redis.url, ids)).hits).toEqual([]);
});

test('no file of the database holds a destroyed key any more once its job has run; before, they stood in tables and in the log', async () => {
  const sealed = traces.wrapped.flatMap((hex) => [
    { canary: hex, form: 'raw', bytes: Buffer.from(hex, 'hex') },
    { canary: hex, form: 'hex', bytes: Buffer.from(hex) },
  ]);
  const where = () => inFiles(world.gateway.dataDir, sealed).map((hit) => hit.where);
  const before = where();
  expect(before.filter((file) => file.includes('pg_wal'))).not.toEqual([]);
  expect(before.filter((file) => file.includes(`${path.sep}base${path.sep}`))).not.toEqual([]);
  const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
  const store = openStore({ databaseUrl: url, masterKey: randomBytes(32), poolSize: 1, onError: () => undefined });
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  await createDestroyedKeys({ store, log, now: Date.now })();
  await store.close();
  expect(where()).toEqual([]);
});

test('everybody else is as before, to the last byte', async () => {
  expect(Object.keys(bensRows).length).toBeGreaterThan(3);
  expect(await hashesOf(look, bens)).toEqual(bensRows);
});

describe('the backup from before, in another instance,', () => {
  let dataDir: string;
  let database: Database;
  let scratch: pg.Client;
  let masterKey: Buffer;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'parley-scratch-'));
    await copyFile(path.join(world.gateway.dataDir, 'master.key'), path.join(dataDir, 'master.key'));
    masterKey = Buffer.from(readFileSync(path.join(dataDir, 'master.key'), 'utf8').trim(), 'base64');
    const { data, keys } = halves();
    const journal = path.join(world.gateway.dataDir, 'deletions.jsonl');
    expect(await parley({ PARLEY_DATA_DIR: dataDir }, 'restore', '--data', data, '--keys', keys, '--journal', journal)).toBe(0); // prettier-ignore
    database = await startDatabase({ databaseUrl: null, dataDir }, createLogger({ logLevel: 'silent', logFormat: 'json' })); // prettier-ignore
    await migrate(database.url);
    scratch = await sqlAt(dataDir);
  });
  afterAll(async () => {
    await scratch?.end();
    await database?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('brings nobody back who was erased, and everybody else', async () => {
    const { [LEFT]: _journal, ...found } = await rowsWith(scratch, traces.all);
    expect(found).toEqual({});
    expect(await hashesOf(scratch, bens)).toEqual(bensRows);
    expect((await inRows(database.url, NEEDLES)).hits).toEqual([]);
    expect(inFiles(dataDir, NEEDLES)).toEqual([]);
  });

  /** Puts the backup back as if nothing had been erased, and erases with these steps. Answers where something is left. */
  async function eraseWith(steps: readonly ErasureStep[]): Promise<string[]> {
    const { data, keys } = halves();
    await scratch.query('DELETE FROM parley.deletion');
    await restore(
      {
        databaseUrl: database.url,
        masterKey,
        now: Date.now(),
        days: { data: 30, keys: 7 },
        journals: [{ since: new Date(0), until: new Date(8e15) }],
        journal: async () => [],
        checkpointOf: async () => null,
      },
      { data: createReadStream(data), keys: createReadStream(keys) },
    );
    const store = openStore({ databaseUrl: database.url, masterKey, poolSize: 2, onError: () => undefined });
    try {
      const tenantId = (await store.tenantBySlug(tenant.slug))!.id;
      const mandate = grantMandate({ tenantId, operation: 'Erase', purpose: 'p', categories: [], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
      const subjects = (await subjectsIn(scratch)).filter((id) => !bens.includes(id));
      const scope = await store.erasureScope(tenantId, subjects, []);
      await store.erase(mandate, scope, { phase: 'stop', steps });
      await store.erase(mandate, scope, { phase: 'key', steps });
      // Of earlier requests the look-up hashes go with the rows.
      const readable = Object.keys(await rowsWith(scratch, traces.keys)).filter((table) => table !== 'parley.rights_request'); // prettier-ignore
      const refused = await store.erase(mandate, scope, { phase: 'rows', steps }).then(() => [], () => ['refused']); // prettier-ignore
      return [...readable, ...refused, ...Object.keys(await rowsWith(scratch, traces.all))];
    } finally {
      await store.close();
      // A connection that broke off is still listed for a moment, and the next restoration would refuse.
      await until('its connections are gone', async () => (await scratch.query("SELECT FROM pg_stat_activity WHERE application_name = 'parley'")).rowCount === 0); // prettier-ignore
    }
  }

  test('erased there with every step, nothing is found', async () => {
    expect(await eraseWith(ERASURE_STEPS)).toEqual([]);
  });

  // What only stops the work or tells somebody leaves no trace to be found here: libs/store/test/erasure.test.ts and libs/rights/test/erasure-steps.test.ts.
  test.each(ERASURE_STEPS.filter(({ phase, tells }) => phase !== 'stop' && !tells).map((step) => [step.what, step]))(
    'left out, "%s" is found',
    async (_what, step) => {
      expect((await eraseWith(ERASURE_STEPS.filter((one) => one !== step))).length).toBeGreaterThan(0);
    },
  );
});
