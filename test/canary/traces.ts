// What leads to a person without saying anything about them: random ids, keyed hashes, wrapped keys; and where such traces lie.
import pg from 'pg';

/** Every row of persons of a tenant, but for these: what an erasure of all others must leave alone. */
export interface Traces {
  /** Of those who are to be erased: as text, hashes and keys in hex. */
  readonly all: readonly string[];
  /** Among them, what opens what is sealed, or finds the person. */
  readonly keys: readonly string[];
  /** The wrapped keys among them. */
  readonly wrapped: readonly string[];
}

const SUBJECTS = 'SELECT id::text AS it FROM parley.subject WHERE NOT id = ANY ($1)';
const CONVERSATIONS = `SELECT id FROM parley.conversation WHERE subject_id::text IN (${SUBJECTS})`;
const MESSAGES = `SELECT id FROM parley.message WHERE conversation_id IN (${CONVERSATIONS})`;
const WRAPPED = `SELECT encode(wrapped_key, 'hex') AS it FROM parley.subject_key WHERE subject_id::text IN (${SUBJECTS})`;
const KEYS = [WRAPPED, `SELECT encode(hash, 'hex') AS it FROM parley.identity WHERE subject_id::text IN (${SUBJECTS})`];
const OTHERS = [
  SUBJECTS,
  `SELECT id::text AS it FROM (${CONVERSATIONS}) c`,
  `SELECT id::text AS it FROM (${MESSAGES}) m`,
  `SELECT id::text AS it FROM parley.attachment WHERE subject_id::text IN (${SUBJECTS})`,
  `SELECT encode(hash, 'hex') AS it FROM parley.external_id WHERE message_id IN (${MESSAGES})`,
];

export async function subjectsIn(look: pg.Client): Promise<string[]> {
  return (await look.query<{ id: string }>('SELECT id::text AS id FROM parley.subject')).rows.map(({ id }) => id);
}

/** Traces of everybody but `others`. */
export async function tracesOf(look: pg.Client, others: readonly string[]): Promise<Traces> {
  const found = async (queries: readonly string[]): Promise<string[]> => {
    const list: string[] = [];
    for (const text of queries)
      list.push(...(await look.query<{ it: string }>(text, [others])).rows.map(({ it }) => it));
    return list;
  };
  const keys = await found(KEYS);
  return { keys, wrapped: await found([WRAPPED]), all: [...keys, ...(await found(OTHERS))] };
}

/** Every table that the database has, of whatever schema. */
async function tables(look: pg.Client): Promise<string[]> {
  const { rows } = await look.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables t
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
       AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('%I.%I', table_schema, table_name)::regclass)`,
  );
  return rows.map(({ name }) => name).sort();
}

/** In how many rows of which table a trace stands. */
export async function rowsWith(look: pg.Client, traces: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of await tables(look)) {
    const { rows } = await look.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    const count = rows.filter(({ row }) => traces.some((trace) => row.includes(trace))).length;
    if (count > 0) found[table] = count;
  }
  return found;
}

/** The rows that name one of these persons, their conversations or messages, as one hash per table. */
export async function hashesOf(look: pg.Client, ids: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of await tables(look)) {
    const { rows } = await look.query<{ hash: string | null }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ${table} t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS id WHERE position(id IN t::text) > 0)`,
      [ids],
    );
    if (rows[0]?.hash) found[table] = rows[0].hash;
  }
  return found;
}
