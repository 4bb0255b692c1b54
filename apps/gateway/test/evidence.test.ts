// The evidence pack as a controller checks it: unpacked, and verified by a separate process that has nothing but Node.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { person } from './person.js';
import { unpack } from './unpack.js';

const SECRET = 'canary-of-a-person-7391';
let acme: Acme;
let folder: string;
let tenant: Awaited<ReturnType<Acme['tenant']>>;
let key: string;
let files: string[];
let people: { value: string }[];
/** Whom a worker that takes its time still has in hand. */
let hers: { subjectId: string; conversationId: string };

beforeAll(async () => {
  acme = await startAcme();
  folder = mkdtempSync(join(tmpdir(), 'parley-evidence-'));
  tenant = await acme.tenant();
  await tenant.approve();
  await tenant.approve((d) => ({ ...d, law: { breachHours: 48 } }));
  const connected = await tenant.connect();
  const [anna, bert] = [
    await person(acme, tenant, String(connected.body['id'])),
    await person(acme, tenant, String(connected.body['id'])),
  ];
  people = [anna, bert];
  await anna.says(`${SECRET} of anna`);
  await bert.says(`${SECRET} of bert`);
  await anna.disclosedTo('bot');
  hers = await anna.meet();
  for (const right of ['access', 'erasure'])
    await ended(String((await tenant.call('POST', '/requests', { right, subject: anna.subject })).body['id']));
  key = String((await tenant.call('GET', '/ledger/checkpoint')).body['key']);
  files = await unpack(await pack(), folder);
});
afterAll(async () => {
  await acme.api.stop();
  rmSync(folder, { recursive: true });
});

const ended = (id: string): Promise<unknown> =>
  until('the request has ended', async () => (await tenant.call('GET', `/requests/${id}`)).body['state'] === ('completed' as never)); // prettier-ignore

async function pack(): Promise<Buffer> {
  const answer = await acme.api.call('GET', `/v1/tenants/${tenant.slug}/evidence`, { token: tenant.token });
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/zip']);
  return answer.bytes;
}

/** In an empty environment, with the verifier of the documentation. */
const verify = (...more: readonly string[]): Promise<readonly [number, string]> =>
  new Promise((resolve) => {
    const args = ['docs/tools/verify-ledger.mjs', 'pack', folder, '--key', key, ...more];
    execFile(process.execPath, args, { env: {} }, (error, stdout) => resolve([error ? Number(error.code) : 0, stdout]));
  });

/** Changes a file, asks the verifier, and puts it back. */
async function changed(path: string, change: (bytes: Buffer) => Buffer | string): Promise<readonly [number, string]> {
  const file = join(folder, path);
  const before = await readFile(file);
  await writeFile(file, change(before));
  const said = await verify();
  await writeFile(file, before);
  return said;
}

/** As somebody does who has the keys of the tenant: the list of hashes fits what was changed. */
async function signedAgain(path: string, change: (text: string) => string): Promise<readonly [number, string]> {
  const file = join(folder, path);
  const [before, manifest] = [await readFile(file), await readFile(join(folder, 'MANIFEST'), 'utf8')];
  const after = change(before.toString());
  expect(after).not.toBe(before.toString());
  const sha = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const lines = manifest.slice(0, manifest.lastIndexOf('\n\n')).split('\n').slice(1);
  const signer = (await acme.api.ledger.signer(tenant.id, 'evidence'))!;
  await writeFile(file, after);
  await writeFile(join(folder, 'MANIFEST'), signer.sign(lines.map((line) => line.replace(sha(before), sha(after)))));
  const said = await verify();
  await writeFile(file, before);
  await writeFile(join(folder, 'MANIFEST'), manifest);
  return said;
}

it('has everything by which it can be shown what was instructed and done', () => {
  const papers = ['record-of-processing', 'annexes', 'sub-processors'].flatMap((paper) =>
    ['json', 'html', 'csv'].map((kind) => `${paper}.${kind}`),
  );
  const expected = [
    'README.txt', 'key', 'verify-ledger.mjs', 'instructions/v1.json', 'instructions/v2.json',
    ...['v1', 'v2', 'now'].flatMap((when) => papers.map((paper) => `papers/${when}/${paper}`)),
    'rights/requests.jsonl', 'deletion/test.json', 'ledger/proofs/leaf-0.json', 'ledger/proofs/leaf-1.json',
    'ledger/proofs/consistency.json', 'ledger/checkpoints.json', 'ledger/ledger.jsonl', 'MANIFEST',
  ]; // prettier-ignore
  expect(files.toSorted()).toEqual(expected.toSorted());
});

it('is sound, and says so with nothing but Node', async () => {
  const [code, said] = await verify();
  expect([code, said]).toEqual([0, expect.stringMatching(/^Sound: \d+ leaves[^]*2 version\(s\) of the instructions, 2 request\(s\); nothing was left/)]); // prettier-ignore
  expect((await readFile('docs/tools/verify-ledger.mjs', 'utf8')).split('\n').length).toBeLessThan(320);
  expect(await readFile(join(folder, 'verify-ledger.mjs'))).toEqual(await readFile('docs/tools/verify-ledger.mjs'));
});

it('has the certificate of the erasure, and the papers of the time of each approval', async () => {
  const requests = (await readFile(join(folder, 'rights/requests.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as object); // prettier-ignore
  expect(requests).toMatchObject([
    { right: 'access', state: 'completed' },
    { right: 'erasure', evidence: { schema: 'parley-erasure-certificate/1' }, recipients: expect.any(Array) },
  ]);
  const record = async (when: string) =>
    JSON.parse(await readFile(join(folder, `papers/${when}/record-of-processing.json`), 'utf8')) as object;
  expect([await record('v1'), await record('now')]).toMatchObject([
    { instructions: { version: 1 } },
    { instructions: { version: 2 } },
  ]);
});

it('has nothing of a person', async () => {
  for (const path of files) {
    const text = (await readFile(join(folder, path))).toString();
    for (const secret of [SECRET, ...people.map(({ value }) => value)])
      expect([path, text.includes(secret)]).toEqual([path, false]);
  }
});

it('a flipped bit in any file is found', async () => {
  for (const path of files) {
    const [code, said] = await changed(path, (bytes) => {
      const copy = Buffer.from(bytes);
      const at = Math.floor(copy.length / 2);
      copy[at] = copy[at]! ^ 1;
      return copy;
    });
    expect([path, code, said]).toEqual([path, 1, expect.stringMatching(/NOT SOUND/)]);
  }
});

it('a file that is missing, and one that was added, are found', async () => {
  const gone = await readFile(join(folder, 'instructions/v1.json'));
  await rm(join(folder, 'instructions/v1.json'));
  expect(await verify()).toEqual([1, expect.stringContaining('instructions/v1.json is missing')]);
  await writeFile(join(folder, 'instructions/v1.json'), gone);
  await writeFile(join(folder, 'instructions/v3.json'), gone);
  expect(await verify()).toEqual([1, expect.stringContaining('instructions/v3.json is not in MANIFEST')]);
  await rm(join(folder, 'instructions/v3.json'));
});

it.each<[string, string, (text: string) => string, RegExp]>([
  ['a document', 'instructions/v1.json', (t) => t.replace('CustomerCare', 'DirectMarketing'), /does not have its own hash/],
  ['an approval that never was', 'instructions/v1.json', (t) => t.replace('"version": 1', '"version": 7'), /no approval of version 7/],
  ['a request that is left out', 'rights/requests.jsonl', (t) => t.slice(t.indexOf('\n') + 1), /in the ledger and not in the pack/],
  ['a certificate that is left out', 'rights/requests.jsonl', (t) => t.replace(/("right":"erasure"[^]*?"evidence":)[^\n]*/, '$1null}'), /evidence of request/],
  ['a certificate', 'rights/requests.jsonl', (t) => t.replace('"what":"messages","count":2', '"what":"messages","count":9'), /evidence of request/],
  ['a request that never was', 'rights/requests.jsonl', (t) => `${t}{"request":"00000000-0000-4000-8000-000000000000","right":"access","state":"completed","evidence":null}\n`, /is not in the ledger/],
  ['the state of a request', 'rights/requests.jsonl', (t) => t.replace('"state":"completed"', '"state":"in-progress"'), /does not say that request \S+ is in-progress/],
  ['a state that it never was in', 'rights/requests.jsonl', (t) => t.replace('"state":"completed"', '"state":"refused"'), /does not say that request \S+ is refused/],
  ['a leaf', 'ledger/ledger.jsonl', (t) => t.replace('"outcome":"accepted"', '"outcome":"refused"').replace('"version":1', '"version":3'), /not those that were signed/],
  ['the checkpoints that were kept', 'ledger/checkpoints.json', (t) => t.replace('parley.ledger', 'parley.ledgre'), /not signed/],
])('signed again by whoever has the key, %s is still found', async (_what, path, change, said) => {
  expect(await signedAgain(path, change)).toEqual([1, expect.stringMatching(said)]);
}); // prettier-ignore

it.each<[string, (at: string, lines: readonly string[]) => readonly [string, readonly string[]], RegExp]>([
  ['without any of the instructions', (at, lines) => [at, lines.filter((line) => !line.includes('instructions/'))], /was approved and is not in the pack/],
  ['with an earlier time', (_at, lines) => ['2020-01-01T00:00:00.000Z', lines], /MANIFEST is older than its ledger/],
  ['with a time that is none', (_at, lines) => ['now', lines], /MANIFEST is older than its ledger/],
])('signed again %s it is not sound', async (_what, change, said) => {
  const [path, list] = [join(folder, 'instructions'), join(folder, 'MANIFEST')];
  const [aside, manifest] = [`${folder}-aside`, await readFile(list, 'utf8')];
  const [, at, ...lines] = manifest.slice(0, manifest.lastIndexOf('\n\n')).split('\n');
  const [then, left] = change(at!, lines);
  if (left.length < lines.length) await rename(path, aside);
  const signer = (await acme.api.ledger.signer(tenant.id, 'evidence'))!;
  await writeFile(list, signer.sign([then, ...left]));
  expect(await verify()).toEqual([1, expect.stringMatching(said)]);
  await writeFile(list, manifest);
  if (left.length < lines.length) await rename(aside, path);
}); // prettier-ignore

it('signed by another tenant is not sound, nor is a checkpoint of this one that it does not go on from', async () => {
  const other = await acme.tenant();
  await other.approve();
  const { key: foreign, checkpoint } = (await other.call('GET', '/ledger/checkpoint')).body;
  expect(await verify('--key', String(foreign))).toEqual([0, expect.any(String)]); // the first key counts
  const kept = join(tmpdir(), `kept-${tenant.id}`);
  await writeFile(kept, String(checkpoint));
  expect(await verify('--checkpoint', kept)).toEqual([1, expect.stringContaining('not signed with this key')]);
  await rm(kept);
});

it('is sound also where it turned out later that somebody cannot be told of an erasure', async () => {
  const before = files;
  await acme.api.rights.tellLate(tenant.id, { ...hers, disclosed: [{ recipient: 'mute', version: 1 }] });
  rmSync(folder, { recursive: true });
  files = await unpack(await pack(), folder);
  expect(files.toSorted()).toEqual(before.toSorted());
  expect(await readFile(join(folder, 'rights/requests.jsonl'), 'utf8')).toContain('"untoldLater":["mute"]');
  expect(await verify()).toEqual([0, expect.stringMatching(/^Sound/)]);
}); // prettier-ignore

it('is sound without a request whose time is over, and not without one that was deleted before', async () => {
  const look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  const verified = async (): Promise<readonly [number, string]> => {
    rmSync(folder, { recursive: true });
    files = await unpack(await pack(), folder);
    return verify();
  };
  const subject = { channel: 'messenger', kind: 'psid', value: 'nobody' };
  const over = String((await tenant.call('POST', '/requests', { right: 'access', subject })).body['id']);
  await ended(over);
  // Its time passes: the leaves are not placed yet.
  await look.query("UPDATE parley.ledger_leaf SET at = at - interval '4 years' WHERE leaf->>'request' = $1", [over]);
  await look.query("UPDATE parley.rights_request SET completed_at = completed_at - interval '4 years' WHERE id = $1", [over]);
  await look.end();
  await acme.api.rights.sweep();
  expect((await tenant.call('GET', `/requests/${over}`)).status).toBe(404);
  expect(await verified()).toEqual([0, expect.stringContaining('2 request(s)')]);

  const at = new Date(Date.now() + 1_200 * 86_400_000);
  await acme.api.store.forgetClosedRequests(tenant.id, { at, journalSince: at, kept: [] });
  expect(await verified()).toEqual([1, expect.stringContaining('is in the ledger and not in the pack')]);
}); // prettier-ignore

it('who stops reading stops the reading', async () => {
  const evidence = await acme.api.evidence((await acme.api.store.tenantBySlug(tenant.slug))!);
  evidence.once('data', () => evidence.destroy());
  await new Promise((closed) => evidence.once('close', closed));
  expect(evidence.readableEnded).toBe(false);
});
