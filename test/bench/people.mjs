// Many persons with many messages, written by the database itself: what parts of the bench look through.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate, openStore } from '#libs/store';
import { startBareDatabase } from './database.mjs';
import { folder } from './processes.mjs';

const PERSONS = `INSERT INTO parley.subject (tenant_id, id, created_at)
  SELECT $1, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $3 FROM generate_series(1, $2::int) n`;
const KEYS = `INSERT INTO parley.subject_key (tenant_id, subject_id, wrapped_key) SELECT tenant_id, id, '\\x01' FROM parley.subject WHERE tenant_id = $1`;
const IDENTITIES = `INSERT INTO parley.identity (tenant_id, hash, subject_id, kind, value, instruction_version, clause)
  SELECT tenant_id, sha256(id::text::bytea), id, 'wa_id', '\\x01', 1, '/c' FROM parley.subject WHERE tenant_id = $1`;
const CONVERSATIONS = `INSERT INTO parley.conversation (tenant_id, id, connection_id, subject_id, thread, instruction_version, clause, created_at)
  SELECT tenant_id, id, $2, id, '', 1, '/c', created_at FROM parley.subject WHERE tenant_id = $1`;
/** Evenly over the time, each in the conversation of the next person. */
const MESSAGES = `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, content_type, body, state, instruction_version, clause, at)
  SELECT $1, (left(parley.uuid_at(t.at)::text, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid,
    ('00000000-0000-4000-8000-' || lpad(to_hex(1 + n % $3::int), 12, '0'))::uuid, 'in', 'message', 'text', '\\x0102', 'done', 1, '/c', t.at
  FROM generate_series(0, $2::int - 1) n, LATERAL (SELECT $4::timestamptz + ($5::timestamptz - $4::timestamptz) * (n / $2::float8) AS at) t`;
const HASHES = `INSERT INTO parley.external_id (tenant_id, connection_id, hash, message_id, conversation_id, at)
  SELECT tenant_id, $2, sha256(id::text::bytea), id, conversation_id, at FROM parley.message WHERE tenant_id = $1`;

/** A tenant on a database of its own, with `messages` of `persons` between two times. */
export async function manyPeople({ persons, messages, from, to, hashes = false }) {
  const at = await folder();
  const database = await startBareDatabase(at.path);
  await migrate(database.url);
  const store = openStore({
    databaseUrl: database.url,
    masterKey: randomBytes(32),
    poolSize: 4,
    onError: () => undefined,
  });
  const tenant = await store.createTenant('bench', 'Bench');
  const line = {
    channel: 'whatsapp-cloud',
    name: 'Bench',
    account: '1',
    settings: {},
    secrets: {},
    health: 'healthy',
    reason: null,
  };
  const connection = await store.createConnection(tenant.id, line, await store.tenantKeys(tenant.id));
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(PERSONS, [tenant.id, persons, from]);
  await owner.query(KEYS, [tenant.id]);
  await owner.query(IDENTITIES, [tenant.id]);
  await owner.query(CONVERSATIONS, [tenant.id, connection.id]);
  await owner.query(MESSAGES, [tenant.id, messages, persons, from, to]);
  if (hashes) await owner.query(HASHES, [tenant.id, connection.id]);
  await owner.query('VACUUM ANALYZE');
  return {
    store,
    tenantId: tenant.id,
    owner,
    async stop() {
      await owner.end();
      await store.close();
      await database.stop();
      await at.remove();
    },
  };
}
