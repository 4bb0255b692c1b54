// evidence_*: the evidence pack of a tenant with a long ledger, fetched like anybody's, and verified by a process that has nothing but Node.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { fromBufferPromise } from 'yauzl';
import { databaseUrl, loadConfig } from '#libs/platform';
import { insertLeaves, secondsOf } from './ledger.mjs';
import { folder, gateway, root } from './processes.mjs';
import { makeTenant } from './tenant.mjs';

const SLUG = 'bench';

async function unpack(bytes, into) {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const file = join(into, entry.fileName);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
  }
}

export async function measureEvidence(options) {
  const [at, unpacked] = [await folder(), await folder()];
  const started = await gateway({ dataDir: at.path });
  await makeTenant(started, { slug: SLUG, botUrl: 'http://127.0.0.1:9/bot' });
  const owner = new pg.Client({ connectionString: await databaseUrl(loadConfig({ PARLEY_DATA_DIR: at.path })) });
  await owner.connect();
  const { rows } = await owner.query('SELECT id FROM parley.tenant WHERE slug = $1', [SLUG]);
  await insertLeaves(owner, rows[0].id, options.packedLeaves);
  await owner.end();
  // Positions are given as leaves come, not when a pack is asked for.
  const { key } = await started.call('GET', `/v1/tenants/${SLUG}/ledger/checkpoint`);
  const [packing, bytes] = await secondsOf(() => started.bytes(`/v1/tenants/${SLUG}/evidence`));
  await unpack(bytes, unpacked.path);
  const verifier = join(root, 'docs/tools/verify-ledger.mjs');
  const run = promisify(execFile);
  const [verifying, { stdout }] = await secondsOf(() =>
    run(process.execPath, [verifier, 'pack', unpacked.path, '--key', key], { env: {} }),
  );
  const leaves = Number(/^Sound: (\d+) leaves/.exec(stdout)?.[1] ?? 0);
  if (leaves < options.packedLeaves) throw new Error(`the pack of the bench is not sound: ${stdout}`);
  await started.stop();
  await Promise.all([at.remove(), unpacked.remove()]);
  return { evidence_pack_s: packing, evidence_verify_s: verifying, evidence_pack_mb: bytes.length / 1_000_000 };
}
