// What the crash tests kill: it holds the database as a gateway does and writes rows, saying each once it is committed.
import './typescript-hooks.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const { createLogger, startDatabase } = await import('#libs/platform');

const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
const database = await startDatabase({ dataDir: process.argv[2], databaseUrl: null }, log);
const client = new pg.Client(database.url);
client.on('error', () => undefined);
await client.connect();

let stopping = false;
process.on('SIGINT', () => (stopping = true));
await client.query('CREATE TABLE IF NOT EXISTS row_of_gateway (n int)');
for (let n = 1; !stopping; n++) {
  await client.query('INSERT INTO row_of_gateway VALUES ($1)', [n]);
  process.stdout.write(`${n}\n`);
  await pause(5);
}
await client.end();
await database.stop();
