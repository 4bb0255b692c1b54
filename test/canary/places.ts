// Everywhere that something could stay behind: files, rows, keys of Redis.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { search, type Needle } from './forms.js';

export interface Hit {
  readonly where: string;
  readonly found: readonly string[];
}

const hit = (where: string, bytes: Buffer, needles: readonly Needle[]): Hit[] => {
  const found = search(bytes, needles);
  return found.length === 0 ? [] : [{ where, found }];
};

/** The server removes files of its own (caches of its catalogue) while we look. */
function readIfStillThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Every file beneath a folder: tables, indexes, write-ahead log, logs, keys. */
export function inFiles(folder: string, needles: readonly Needle[]): readonly Hit[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return hit(path.relative(folder, file), readIfStillThere(file), needles);
    });
}

/** Every row of every table as text, after all of it was written to the files. */
export async function inRows(
  databaseUrl: string,
  needles: readonly Needle[],
): Promise<{ rows: number; hits: readonly Hit[] }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    let rows = 0;
    const hits: Hit[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      rows += found.rows.length;
      hits.push(...hit(name, Buffer.from(found.rows.map(({ row }) => row).join('\n')), needles));
    }
    return { rows, hits };
  } finally {
    await client.end();
  }
}

/** Every key of a Redis with its value as it would be dumped, and as its type reads. */
export async function inRedis(
  url: string,
  needles: readonly Needle[],
): Promise<{ keys: number; hits: readonly Hit[] }> {
  const redis = new Redis(url);
  try {
    const keys: string[] = [];
    for await (const page of redis.scanStream({ count: 500 })) keys.push(...(page as string[]));
    const hits: Hit[] = [];
    for (const key of keys) {
      const type = await redis.type(key);
      const readable =
        type === 'hash' ? await redis.hgetall(key) : type === 'stream' ? await redis.xrange(key, '-', '+') : [];
      const bytes = [
        Buffer.from(key),
        (await redis.dumpBuffer(key)) ?? Buffer.alloc(0),
        Buffer.from(JSON.stringify(readable)),
      ];
      hits.push(...hit(key, Buffer.concat(bytes), needles));
    }
    return { keys: keys.length, hits };
  } finally {
    redis.disconnect();
  }
}

/** Which queues a Redis knows. */
export async function queuesIn(url: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    const names = new Set((await redis.keys('bull:*')).map((key) => key.split(':')[1]!));
    return [...names].toSorted();
  } finally {
    redis.disconnect();
  }
}

/** Writes them where a person's data could lie, so that a search that finds nothing is known not to be blind. */
export async function plantInRows(databaseUrl: string, canaries: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const canary of canaries)
      await client.query("INSERT INTO parley.spent_ticket (id, until) VALUES ($1, now() + interval '1 day')", [canary]);
  } finally {
    await client.end();
  }
}
