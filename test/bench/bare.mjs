// The bare limit, a process of its own: node:http, HMAC over the raw body, JSON.parse, group commit into one table.
import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';

const { DATABASE, SECRET } = process.env;
const ROWS = 500;
const IN_FLIGHT = 2;

const pool = new pg.Pool({ connectionString: DATABASE, max: IN_FLIGHT });
pool.on('error', () => undefined); // the server ends before us
await pool.query(`CREATE TABLE IF NOT EXISTS bare (
  account text NOT NULL, id text NOT NULL, at timestamptz NOT NULL DEFAULT now(), body jsonb NOT NULL, PRIMARY KEY (account, id))`);

let waiting = [];
let flying = 0;

const soon = () => void setImmediate(() => void flush());

async function flush() {
  if (flying >= IN_FLIGHT || waiting.length === 0) return;
  flying++;
  const batch = waiting.slice(0, ROWS);
  waiting = waiting.slice(ROWS);
  const column = (key) => batch.map((row) => row[key]);
  let status = 200;
  try {
    await pool.query(
      `INSERT INTO bare (account, id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[]) ON CONFLICT DO NOTHING`,
      [column('account'), column('id'), column('body')],
    );
  } catch {
    status = 503;
  }
  for (const { response } of batch) response.writeHead(status, { 'content-length': 0 }).end();
  flying--;
  soon();
}

function isSigned(raw, header) {
  const wanted = createHmac('sha256', SECRET).update(raw).digest('hex');
  const given = (header ?? '').slice(7);
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const raw = Buffer.concat(chunks);
    if (!isSigned(raw, request.headers['x-hub-signature-256'])) return response.writeHead(401).end();
    const { metadata, messages } = JSON.parse(raw.toString()).entry[0].changes[0].value;
    waiting.push({
      account: metadata.phone_number_id,
      id: messages[0].id,
      body: JSON.stringify(messages[0]),
      response,
    });
    soon();
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
