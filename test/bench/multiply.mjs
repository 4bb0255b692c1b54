// Fills a gateway's database: copies one tenant's rows, whatever the tables are, under new ids until there are many.
import pg from 'pg';

/** Tables that belong to tenants, as the schema has them now, without partitions' parts. */
const TABLES = `
  SELECT c.relname AS name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) AS columns
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'parley'
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  GROUP BY c.relname
  HAVING bool_or(a.attname = 'tenant_id') OR c.relname = 'tenant'
  ORDER BY c.relname`;

/** The n-th copy of an id: its time stays, the rest is mixed; the same id gives the same copy in every table. */
const FUNCTIONS = `
  CREATE SCHEMA IF NOT EXISTS bench;
  CREATE OR REPLACE FUNCTION bench.copy(id uuid, n int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (left(id::text, 14) || '7' || substr(md5(id::text || n), 1, 3) || '-8' || substr(md5(id::text || n), 4, 3) || '-' || substr(md5(id::text || n), 7, 12))::uuid $$;
  CREATE OR REPLACE FUNCTION bench.copy(hash bytea, n int) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT substr(sha256(hash || int4send(n)), 1, greatest(1, length(hash))) $$`;

/** What a column of the n-th copy holds. */
function expression(table, { name, type }) {
  if (type === 'uuid') return `bench.copy("${name}", nth)`;
  if (type === 'bytea' && name.endsWith('hash')) return `bench.copy("${name}", nth)`;
  if (table === 'tenant' && name === 'slug') return `slug || '-' || nth`;
  if (table === 'connection' && name === 'account') return `account || nth`;
  return `"${name}"`;
}

/**
 * Copies the tenant's rows until there are so many tenants. The connection string has to be the owner's: row-level
 * security and foreign keys are out of the way while this runs.
 */
export async function multiply(url, { slug, tenants, say }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(FUNCTIONS);
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '64MB'`);
  const { rows: tables } = await client.query(TABLES);
  const {
    rows: [source],
  } = await client.query('SELECT id FROM parley.tenant WHERE slug = $1', [slug]);
  const counts = {};
  for (const { name, columns } of tables) {
    const key = name === 'tenant' ? 'id' : 'tenant_id';
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    const values = columns.map((column) => expression(name, column)).join(', ');
    // Copy by copy in steps, as tenants arrive in life: rows of one tenant lie together.
    const { rowCount } = await client.query(
      `INSERT INTO parley."${name}" (${names})
       SELECT ${values} FROM generate_series(1, ${Number(tenants) - 1}) AS copies(nth) CROSS JOIN LATERAL
       (SELECT * FROM parley."${name}" WHERE ${key} = '${source.id}' OFFSET 0) AS row`,
    );
    if (rowCount > 0) counts[name] = rowCount;
  }
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  await client.end();
  say(
    `copied: ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  );
  return counts;
}
