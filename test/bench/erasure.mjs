// erasure_*, access_*: a person with many messages of both directions, asked for over the library that the API calls; and many persons who ask in the chat at once. The gateway's own store and acts.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import pg from 'pg';
import { grantMandate, personal } from '#libs/kernel';
import { openForPerson } from '#libs/pipeline';
import { createIsolate, createLogger, createMetrics } from '#libs/platform';
import { createJournal, createRights, journalFile } from '#libs/rights';
import { migrate, openStore } from '#libs/store';
import { blindIndex, sealPersonal } from '#libs/vault';
import { startBareDatabase } from './database.mjs';
import { median } from './median.mjs';
import { folder } from './processes.mjs';

const PER_BATCH = 500;
const textOf = (n) => `message ${n}: when will my order be here, please?`;
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** A person of whom so many messages are kept; answers how to ask for them. */
async function writer({ store, tenantId, keys, connectionId }, messages) {
  const categories = ['routing', 'content'];
  const instruction = { version: 1, hash: 'h', clause: '/c' };
  const mandate = grantMandate({ tenantId, operation: 'Store', purpose: 'support', categories, instruction });
  const hash = blindIndex(keys, 'bench', randomUUID());
  const handles = [{ hash, kind: 'wa_id', value: personal('4915550000001'), clause: '/c' }];
  const who = await store.resolveContact(mandate, keys, { connectionId, thread: '', locale: null, handles });
  const row = (n) => {
    const id = v7();
    const place = { tenantId, subjectId: who.subjectId, table: 'message', row: id, field: 'body' };
    const value = personal({ content: { type: 'text', text: textOf(n) }, identifiers: {} });
    const body = sealPersonal(mandate, 'content', { key: who.subjectKey, value, place });
    const conversationId = who.conversationId;
    const of = {
      version: 1,
      clause: '/c',
      at: new Date(),
      target: null,
      fed: false,
      contentType: 'text',
      state: 'done',
    };
    return { ...of, tenantId, id, connectionId, conversationId, hash: randomBytes(16), direction: 'in', type: 'message', body }; // prettier-ignore
  };
  for (let n = 0; n < messages; n += PER_BATCH) {
    const batch = Array.from({ length: Math.min(PER_BATCH, messages - n) }, (_, at) => row(n + at));
    const statuses = batch.map(({ hash: of }) => ({ tenantId, connectionId, hash: of, messageId: null, status: 'read', code: null, version: 1, clause: '/c', at: new Date() })); // prettier-ignore
    await store.ingest({ messages: batch, statuses, observations: [], leaves: [] }, 0);
  }
  return { hash, subjectId: who.subjectId, conversationId: who.conversationId };
}

async function completed(rights, asked) {
  const started = performance.now();
  const { id } = await rights.open({ ...asked, source: 'api' });
  for (;;) {
    const row = await rights.one(asked.tenantId, id);
    if (row.state === 'completed') return { row, seconds: (performance.now() - started) / 1000 };
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

/** How long until the key is gone from the database. */
async function unreadable(look, subjectId, started) {
  for (;;) {
    const { rows } = await look.query('SELECT FROM parley.subject_key WHERE subject_id = $1', [subjectId]); // prettier-ignore
    if (rows.length === 0) return (performance.now() - started) / 1000;
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

/** Many ask in the chat at once, as the pipeline hands it on; answers the seconds until each of them could not be read any more. */
async function burst(rights, look, { tenantId, people }) {
  rights.start();
  const ids = people.map(({ subjectId }) => subjectId);
  const started = performance.now();
  await Promise.all(
    people.map(({ subjectId, conversationId }) =>
      rights.open({ tenantId, right: 'erasure', source: 'chat', subjectIds: [subjectId], conversationId }),
    ),
  );
  const seconds = [];
  while (seconds.length < ids.length) {
    const { rows } = await look.query('SELECT count(*)::int AS n FROM parley.subject_key WHERE subject_id = ANY ($1)', [ids]); // prettier-ignore
    while (seconds.length < ids.length - rows[0].n) seconds.push((performance.now() - started) / 1000);
    await new Promise((resume) => setTimeout(resume, 10));
  }
  // Until the last has ended, with what was in flight.
  const inHand = "SELECT FROM parley.rights_request WHERE state <> 'completed' LIMIT 1";
  while ((await look.query(inHand)).rowCount > 0) await new Promise((resume) => setTimeout(resume, 50));
  rights.stop();
  return seconds;
}

export async function measureErasure(options, say) {
  const at = await folder();
  const database = await startBareDatabase(at.path);
  await migrate(database.url);
  const store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 4, onError: () => undefined }); // prettier-ignore
  const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
  const journal = createJournal({ store, file: journalFile(at.path), days: 30, log, now: Date.now });
  const rights = createRights({
    store, facts: { channels: {} }, journal, openForPerson, log, isolate: createIsolate({ log, metrics: createMetrics() }), now: Date.now, backups: { keyDays: 7, dataDays: 30 },
    call: async () => ({ kind: 'failed', reason: 'network' }), wake: () => undefined, say: async () => false, pageUrl: (code) => code, late: () => undefined,
  }); // prettier-ignore
  const { id: tenantId } = await store.createTenant('bench', 'Bench');
  const keys = await store.tenantKeys(tenantId);
  const line = { channel: 'bench', name: 'Line', account: '1', settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
  const { id: connectionId } = await store.createConnection(tenantId, line, keys);
  const look = new pg.Client({ connectionString: database.url });
  await look.connect();
  const [access, shredded, gone] = [[], [], []];
  for (let n = 0; n < options.erasures; n += 1) {
    const { hash, subjectId } = await writer({ store, tenantId, keys, connectionId }, options.personMessages);
    const copy = await completed(rights, { tenantId, right: 'access', hashes: [hash] });
    const { copies } = await rights.result(tenantId, copy.row);
    const found = new Set(
      copies[0].conversations.flatMap(({ messages }) => messages.map(({ content }) => hashOf(content.content.text))),
    );
    const missing = Array.from({ length: options.personMessages }, (_, m) => hashOf(textOf(m))).filter((h) => !found.has(h)); // prettier-ignore
    if (missing.length > 0) throw new Error(`${missing.length} messages are missing in the copy`);
    access.push(copy.seconds);
    const started = performance.now();
    const [end, key] = await Promise.all([completed(rights, { tenantId, right: 'erasure', hashes: [hash] }), unreadable(look, subjectId, started)]); // prettier-ignore
    const { rows } = await look.query('SELECT FROM parley.message LIMIT 1');
    if (rows.length > 0) throw new Error('messages are left after the erasure');
    shredded.push(key);
    gone.push(end.seconds);
    say(`${options.personMessages} messages: copy ${copy.seconds.toFixed(2)} s, unreadable ${key.toFixed(2)} s, gone ${end.seconds.toFixed(2)} s`); // prettier-ignore
  }
  const people = [];
  for (let n = 0; n < options.burst; n += 1) people.push(await writer({ store, tenantId, keys, connectionId }, options.burstMessages)); // prettier-ignore
  const asked = await burst(rights, look, { tenantId, people });
  say(`${options.burst} ask in the chat at once: unreadable after ${asked[0].toFixed(2)} to ${asked.at(-1).toFixed(2)} s`); // prettier-ignore
  await look.end();
  await store.close();
  await database.stop();
  await at.remove();
  return {
    // Of so few, the slowest: a percentile of them would be no other.
    erasure_unreadable_max_s: Math.max(...shredded),
    erasure_chat_unreadable_max_s: asked.at(-1),
    erasure_gone_s: median(gone),
    access_export_s: median(access),
  }; // prettier-ignore
}
