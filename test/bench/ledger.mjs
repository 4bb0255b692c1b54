// ledger_*: a ledger of many leaves given its positions and signed, then computed again as `parley ledger verify` does.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createLedger, fileAnchors } from '#libs/ledger';
import { migrate, openStore } from '#libs/store';
import { startBareDatabase } from './database.mjs';
import { folder } from './processes.mjs';

const LEAVES = `INSERT INTO parley.ledger_leaf (tenant_id, leaf)
  SELECT $1, jsonb_build_object('type', 'disclosure', 'version', 3, 'recipients', jsonb_build_array('bot'), 'replies', 1,
    'event', gen_random_uuid(), 'subjectTag', encode(sha256(n::text::bytea), 'base64'))
  FROM generate_series(1, $2::int) n`;

export const insertLeaves = (owner, tenantId, leaves) => owner.query(LEAVES, [tenantId, leaves]);

export const secondsOf = async (work) => {
  const started = performance.now();
  const result = await work();
  return [(performance.now() - started) / 1000, result];
};

export async function measureLedger(options) {
  const at = await folder();
  const database = await startBareDatabase(at.path);
  await migrate(database.url);
  const onError = () => undefined;
  const store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 4, onError });
  const { id } = await store.createTenant('bench', 'Bench');
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await insertLeaves(owner, id, options.leaves);
  await owner.end();
  const ledger = createLedger({ store, anchors: fileAnchors(at.path), now: Date.now });
  const [sequencing] = await secondsOf(() => ledger.sequence(id));
  const [verifying, verified] = await secondsOf(() => ledger.verify(id));
  if (!verified.valid || verified.size !== options.leaves) throw new Error('the ledger of the bench does not verify');
  const [proving] = await secondsOf(() => ledger.inclusion(id, Math.floor(options.leaves / 2)));
  await store.close();
  await database.stop();
  await at.remove();
  return {
    ledger_sequence_per_second: options.leaves / sequencing,
    ledger_verify_million_s: (verifying * 1_000_000) / options.leaves,
    ledger_proof_ms: proving * 1000,
  };
}
