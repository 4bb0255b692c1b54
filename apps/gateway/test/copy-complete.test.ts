// Everything held is in a copy for access (Art. 15(1), (3)): what each column of the data map says of a person, by its value, or why it is not.
import pg from 'pg';
import { v7 } from 'uuid';
import { DATA_MAP, type TableEntry } from '#libs/store';
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

/** Columns whose value is not in it, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'conversation.connection_id': 'the account, by its name',
  'conversation.thread': 'random; where a channel has several conversations with a person, each has an id in the copy',
  'message.content_type': 'the content itself says what it is',
  'external_id.at': 'when the message was taken',
  'consent_event.id': 'random',
  'consent_event.scope': 'a hash of what the text says of purposes and recipients; both are told',
  'age_event.id': 'random',
  'attachment.clause': 'each message says by which version it is kept, with its files',
  'attachment.created_at': 'the time of its message',
  'rights_request.clause': 'who decides about requests, not what is held',
}; // prettier-ignore

/** Which rows of a table lead to the person, by their subject ($2), conversation ($3) or messages ($4). */
const THEIRS: Readonly<Record<string, string>> = {
  id: 'id = $2', subject_id: 'subject_id = $2', subject_ids: 'subject_ids @> ARRAY[$2::uuid]', conversation_id: 'conversation_id = $3', message_id: 'message_id = ANY ($4)',
  hash: 'hash IN (SELECT e.hash FROM parley.external_id e WHERE e.message_id = ANY ($4))',
}; // prettier-ignore

/** Kept as they are: what code goes by. Everything else is set to something that stands nowhere else. */
const GONE_BY = new Set(['objection.purpose', 'direction', 'type', 'state', 'exercised', 'source', 'status', 'language', 'section', 'mode', 'form', 'categories', 'recipient', 'kind', 'channel', 'media', 'mime', 'locale']); // prettier-ignore

/** Of a business that says nothing but this of one person. */
async function somebody() {
  const { tenant, someone } = await businessOf(acme);
  const anna = await someone();
  const messageId = await anna.says('hello');
  await anna.says('a reply', { direction: 'out' });
  await anna.disclosedTo('bot');
  await anna.sendsFile(messageId, Buffer.from('picture'));
  await tenant.call('POST', '/requests', { right: 'objection', subject: anna.subject, purpose: 'support' });
  await acme.api.rights.run();
  const { subjectId, conversationId } = await anna.meet();
  const insert = (table: string, row: object): Promise<unknown> => {
    const values = Object.values({ tenant_id: tenant.id, ...row });
    const names = Object.keys({ tenant_id: tenant.id, ...row });
    return look.query(`INSERT INTO parley.${table} (${names.join(', ')}) VALUES (${names.map((_, n) => `$${n + 1}`).join(', ')})`, values); // prettier-ignore
  };
  const text = { text_hash: 'h', language: 'en', channel: 'messenger', message_id: messageId, instruction_version: 1, clause: '/c' }; // prettier-ignore
  await insert('consent_event', { ...text, id: v7(), subject_id: subjectId, purpose: 'p', state: 'given', text_id: 't', text_version: '1', scope: 's' }); // prettier-ignore
  await insert('age_event', { ...text, id: v7(), subject_id: subjectId, state: 'declared-adult', age: 16, source: 'person' }); // prettier-ignore
  await insert('sensitive_event', { id: v7(), conversation_id: conversationId, message_id: messageId, content_of: messageId, section: 'special-categories', mode: 'warn', told: true, text_hash: 'h', language: 'en', instruction_version: 1, clause: '/c', purge_at: new Date(), purged_at: new Date() }); // prettier-ignore
  const { id } = (await acme.api.call('POST', '/v1/incidents', { body: { from: '2026-01-01T00:00:00Z', to: new Date().toISOString(), components: ['database'], suspicion: ['IntegrityBreach'], tenants: [tenant.slug] } })).body; // prettier-ignore
  await until('its list is made', async () => {
    await acme.api.rights.incidents.count();
    return (await acme.api.call('GET', `/v1/incidents/${String(id)}`)).body['countedAt'] !== null;
  });
  await acme.api.call('POST', `/v1/incidents/${String(id)}/notices`, { body: { phase: 'first' } });
  const messages = (await look.query<{ id: string }>('SELECT id FROM parley.message WHERE conversation_id = $1', [conversationId])).rows.map((row) => row.id); // prettier-ignore
  return { tenant, anna, ids: [tenant.id, subjectId, conversationId, messages] as const };
}

const tables = Object.entries<TableEntry>(DATA_MAP).filter(
  ([table, { person }]) => person !== null && person in THEIRS && !['rights_copy', 'subject_key'].includes(table),
);
const plain = (entry: TableEntry): string[] =>
  Object.entries(entry.columns).filter(([, { category, protection }]) => category !== 'none' && protection === 'plain').map(([column]) => column); // prettier-ignore

/** Only what the text of the condition names. */
const asked = (condition: string, ids: readonly unknown[]): unknown[] =>
  ids.map((id, n) => (n === 0 || condition.includes(`$${n + 1}`) ? id : null));

async function theirs(table: string, { person }: TableEntry, ids: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const condition = `${THEIRS[person!]} AND $2::uuid IS NOT DISTINCT FROM $2 AND $3::uuid IS NOT DISTINCT FROM $3 AND $4::uuid[] IS NOT DISTINCT FROM $4`;
  return (await look.query<Record<string, unknown>>(`SELECT * FROM parley.${table} WHERE tenant_id = $1 AND ${condition}`, [...asked(condition, ids)])).rows;
} // prettier-ignore

it('has the value of every column that says something of a person', async () => {
  const { tenant, anna, ids } = await somebody();
  let n = 0;
  for (const [table, entry] of tables) {
    const { rows: types } = await look.query<{ column_name: string; data_type: string }>(
      "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'parley' AND table_name = $1",
      [table],
    );
    const sets = types.flatMap(({ column_name: column, data_type: type }) => {
      if (!plain(entry).includes(column) || GONE_BY.has(column) || GONE_BY.has(`${table}.${column}`)) return [];
      const marked = `${table}.${column}`;
      if (type === 'text') return [`${column} = '${marked}'`];
      if (type === 'ARRAY' && !column.endsWith('_ids') && column !== 'conversations') return [`${column} = ARRAY['${marked}']`]; // prettier-ignore
      if (type.startsWith('timestamp')) return [`${column} = timestamptz '2030-01-01Z' + interval '${(n += 1)} hours'`];
      return [];
    });
    if (sets.length === 0) continue;
    const condition = `${THEIRS[entry.person!]} AND $2::uuid IS NOT DISTINCT FROM $2 AND $3::uuid IS NOT DISTINCT FROM $3 AND $4::uuid[] IS NOT DISTINCT FROM $4`;
    await look.query(`UPDATE parley.${table} SET ${sets.join(', ')} WHERE tenant_id = $1 AND ${condition}`, [...ids]);
  }
  const held: [string, TableEntry, Record<string, unknown>[]][] = [];
  for (const [table, entry] of tables) held.push([table, entry, await theirs(table, entry, ids)]);
  const { id } = (await tenant.call('POST', '/requests', { right: 'access', subject: anna.subject })).body;
  const copy = await until('the copy is there', async () => {
    const { status, text } = await tenant.call('GET', `/requests/${String(id)}/result`);
    return status === 200 && text;
  });
  const absent = held.flatMap(([table, entry, rows]) =>
    plain(entry).filter((column) => rows.flatMap((row) => row[column]).some((value) => {
      const said = value instanceof Date ? value.toISOString() : value;
      return typeof said === 'string' && !copy.includes(JSON.stringify(said).slice(1, -1));
    })).map((column) => `${table}.${column}`),
  ); // prettier-ignore
  const empty = held.filter(([, , rows]) => rows.length === 0).map(([table]) => table);
  // Moments of work, and what somebody else's erasure, who was mentioned, or a failure leaves.
  expect(empty.toSorted()).toEqual(['consent_ending', 'correction', 'dead_letter', 'deletion', 'mention', 'stale_tokens', 'suppression']); // prettier-ignore
  expect(absent.toSorted()).toEqual(Object.keys(LEFT_OUT).toSorted());
});
