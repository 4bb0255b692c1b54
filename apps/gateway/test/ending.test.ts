// The end of a contract that returns the data: complete, sealed until it is fetched, and nothing deleted that could not be returned.
import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { exportRoute } from '../src/exports.js';
import { startAcme, type Acme } from './acme.js';
import { person } from './person.js';
import { unpack } from './unpack.js';

const HOUR = 3_600_000;
let acme: Acme;
let app: FastifyInstance;
let folder: string;

beforeAll(async () => {
  acme = await startAcme();
  app = Fastify();
  await app.register(exportRoute(acme.api.exportFiles));
});
afterAll(async () => {
  await app.close();
  await acme.api.stop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-ending-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FILE = Buffer.from('bytes of a picture, canary-5530');

async function contract(atEnd: 'delete' | 'return') {
  const tenant = await acme.tenant();
  await tenant.approve((d) => ({ ...d, contract: { atEnd }, rights: { others: 'redact' } }));
  const connectionId = String((await tenant.connect()).body['id']);
  const people = [await person(acme, tenant, connectionId), await person(acme, tenant, connectionId)];
  for (const [n, one] of people.entries()) {
    await one.says(`canary-of-${n} in, my friend's number is 0151 23456789`);
    await one.says(`canary-of-${n} out`, { direction: 'out' });
  }
  await people[0]!.sendsFile(await people[0]!.says('look'), FILE);
  return { tenant, people, end: () => acme.api.call('DELETE', `/v1/tenants/${tenant.slug}`) };
}
/** An incident of which the business was told, and an hour that was counted. */
async function registers({ id, slug }: { id: string; slug: string }): Promise<void> {
  const { incidents } = acme.api.rights;
  const at = Date.now();
  const window = { from: new Date(at - 2 * HOUR), to: new Date(at), suspicion: ['ConfidentialityBreach'] };
  const incident = await incidents.open({ ...window, components: ['database'], tenants: [slug] });
  await incidents.tell(incident, { phase: 'first' });
  const bin = { starts: new Date(at - 2 * HOUR), ends: new Date(at - HOUR), instruction_version: 1, minimum_group: 10, dimensions: [] }; // prettier-ignore
  await acme.api.store.countBin(id, bin, async () => ({ persons: 12, messages: 30, cells: [] }));
}
const fetched = (url: string) => app.inject({ method: 'POST', url: new URL(url).pathname });
const looked = (url: string) => app.inject({ url: new URL(url).pathname });

/** A C2SP signed note, opened without any code of ours. */
function opened(note: string, verifierKey: string): string[] {
  const raw = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' }); // prettier-ignore
  const end = note.lastIndexOf('\n\n') + 1;
  const signature = Buffer.from(note.slice(end).trim().split(' ').at(-1)!, 'base64').subarray(4);
  expect(verify(null, Buffer.from(note.slice(0, end)), key, signature)).toBe(true);
  return note.slice(0, end).trimEnd().split('\n');
}

describe('atEnd: return', () => {
  it('returns everything that was held, which verifies as evidence does', async () => {
    const { tenant, people, end } = await contract('return');
    await registers(tenant);
    const { status, body } = await end();
    expect([status, body['instructed']]).toEqual([200, 'return']);
    const { returned, exportUrl, key } = body as unknown as { returned: { sha256: string; bytes: number }; exportUrl: string; key: string }; // prettier-ignore
    const archive = (await fetched(exportUrl)).rawPayload;
    expect([createHash('sha256').update(archive).digest('hex'), archive.length]).toEqual([returned.sha256, returned.bytes]); // prettier-ignore
    const files = await unpack(archive, folder);
    const persons = files.filter((file) => file.startsWith('persons/')).map((file) => readFileSync(join(folder, file), 'utf8')); // prettier-ignore
    expect(persons).toHaveLength(2);
    for (const [n, { value }] of people.entries()) {
      const own = persons.find((text) => text.includes(value))!;
      for (const said of [`canary-of-${n} in`, `canary-of-${n} out`, '0151 23456789']) expect(own).toContain(said);
    }
    const register = JSON.parse(readFileSync(join(folder, 'incidents.jsonl'), 'utf8')) as {
      components: string[];
      notices: object[];
    };
    expect([register.components, register.notices.length]).toEqual([['database'], 1]);
    expect(JSON.parse(readFileSync(join(folder, 'statistics.jsonl'), 'utf8'))).toMatchObject({
      persons: 12,
      messages: 30,
    });
    const media = files.filter((file) => file.startsWith('media/'));
    expect(media.map((file) => Buffer.from(readFileSync(join(folder, file), 'utf8'), 'base64'))).toEqual([FILE]); // prettier-ignore
    const args = ['docs/tools/verify-ledger.mjs', 'pack', folder, '--key', key];
    expect(spawnSync(process.execPath, args, { env: {} }).stdout.toString()).toMatch(/^Sound: /);
  });

  it('keeps it sealed on disk, for whoever has the address, until it was fetched and an hour longer', async () => {
    const { end } = await contract('return');
    const url = String((await end()).body['exportUrl']);
    for (const name of readdirSync(join(acme.api.dir, 'exports')))
      expect(readFileSync(join(acme.api.dir, 'exports', name)).includes('canary-of')).toBe(false);
    const [, id, key] = /exports\/([^/]+)\/(.+)$/.exec(url)!;
    const wrong = url.replace(key!, Buffer.alloc(32).toString('base64url'));
    for (const other of [wrong, url.replace(id!, '../master.key'), url.slice(0, -3), `${url}x`.replace(id!, 'x')])
      expect((await fetched(other)).statusCode).toBe(404);
    // Whoever only looks, a mail's scanner or the preview of a link, takes nothing; nor does who has not all of it.
    const { statusCode, headers, body } = await looked(url);
    expect([statusCode, headers['content-type'], body.includes('method="post"')]).toEqual([200, expect.stringContaining('text/html'), true]); // prettier-ignore
    const half = (await acme.api.exportFiles.open(id!, key!))!;
    half.once('data', () => half.destroy()).resume();
    const later = acme.api.exportsAt(HOUR + 1);
    expect(await later.look(id!, key!)).not.toBeNull();
    expect((await fetched(url)).statusCode).toBe(200);
    expect(await acme.api.exportFiles.look(id!, key!)).not.toBeNull();
    // What was sent to its end is noted after it.
    await until('it was fetched', async () => {
      const left = await later.open(id!, key!);
      left?.destroy();
      return left === null;
    });
    await later.expire();
    expect(readdirSync(join(acme.api.dir, 'exports'))).not.toContain(id);
  });

  it('what a killed process left half written goes after a day', async () => {
    const half = join(acme.api.dir, 'exports', `${randomUUID()}.part`);
    mkdirSync(dirname(half), { recursive: true });
    writeFileSync(half, 'half');
    await acme.api.exportsAt(23 * HOUR).expire();
    expect(existsSync(half)).toBe(true);
    await acme.api.exportsAt(25 * HOUR).expire();
    expect(existsSync(half)).toBe(false);
  });

  it('an answer that was lost: the operator asks again for the address until all of it was fetched', async () => {
    const { tenant, end } = await contract('return');
    const { exportUrl, returned } = (await end()).body as unknown as { exportUrl: string; returned: { sha256: string; bytes: number; until: string } }; // prettier-ignore
    const waiting = async (token?: string) => {
      const { status, body } = await acme.api.call('GET', '/v1/ended-contracts/exports', token === undefined ? {} : { token });
      return status === 200 ? (body['items'] as unknown as { tenant: string }[]).filter((one) => one.tenant === tenant.slug) : status;
    }; // prettier-ignore
    expect(await waiting()).toEqual([{ tenant: tenant.slug, exportUrl, ...returned }]);
    expect(await waiting((await acme.tenant()).token)).toBe(403);
    // One byte of it changed: it breaks off, and is not taken for fetched.
    const [, id] = /exports\/([^/]+)\//.exec(exportUrl)!;
    const file = join(acme.api.dir, 'exports', id!);
    const [sound, { mtime }] = [readFileSync(file), statSync(file)];
    const broken = Buffer.from(sound);
    broken[100]! ^= 1;
    writeFileSync(file, broken);
    utimesSync(file, mtime, mtime);
    await fetched(exportUrl).catch(() => undefined);
    expect((await waiting()) as unknown[]).toHaveLength(1);
    expect(statSync(file).mtime).toEqual(mtime);
    writeFileSync(file, sound);
    utimesSync(file, mtime, mtime);
    expect(
      createHash('sha256')
        .update((await fetched(exportUrl)).rawPayload)
        .digest('hex'),
    ).toBe(returned.sha256);
  });

  it('asked for twice at once it ends once: both are answered the same, and what is returned is whole', async () => {
    const { people, end } = await contract('return');
    const [one, other] = await Promise.all([end(), end()]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body).toEqual(one.body);
    const { returned, exportUrl } = one.body as unknown as { returned: { sha256: string }; exportUrl: string };
    const archive = (await fetched(exportUrl)).rawPayload;
    expect(createHash('sha256').update(archive).digest('hex')).toBe(returned.sha256);
    const files = await unpack(archive, folder);
    expect(files.filter((file) => file.startsWith('persons/'))).toHaveLength(people.length);
  });

  it('a crash after the keys are gone: the same call says where what was written before is', async () => {
    const { tenant, end } = await contract('return');
    const { store } = acme.api;
    const { removeTenant } = store;
    Object.assign(store, { removeTenant: () => Promise.reject(new Error('crash')) });
    expect((await end()).status).toBe(500);
    Object.assign(store, { removeTenant });
    const { status, body } = await end();
    expect([status, body['instructed']]).toEqual([200, 'return']);
    const { returned, exportUrl } = body as unknown as { returned: { sha256: string }; exportUrl: string };
    expect(
      createHash('sha256')
        .update((await fetched(exportUrl)).rawPayload)
        .digest('hex'),
    ).toBe(returned.sha256);
    expect(await store.tenantBySlug(tenant.slug)).toBeNull();
  });

  it('what cannot be written is not deleted: nobody is let in, and the same call goes on', async () => {
    const { tenant, end } = await contract('return');
    const exports = join(acme.api.dir, 'exports');
    rmSync(exports, { recursive: true, force: true });
    writeFileSync(exports, 'in the way');
    expect((await end()).status).toBe(503);
    expect((await tenant.call('GET', '')).status).toBe(401);
    expect(await acme.api.store.subjectIds(tenant.id, '00000000-0000-0000-0000-000000000000', 10)).toHaveLength(2);
    rmSync(exports);
    mkdirSync(exports);
    const { status, body } = await end();
    expect([status, body['returned']]).toEqual([200, expect.objectContaining({ bytes: expect.any(Number) })]);
    expect((await acme.api.call('GET', `/v1/tenants/${tenant.slug}`)).status).toBe(404);
  });
});

it('of a contract that ended stay a signed certificate and the last checkpoint, for the operator', async () => {
  const { tenant, end } = await contract('delete');
  const before = (await tenant.call('GET', '/ledger/checkpoint')).body;
  await tenant.call('GET', '/ledger/verify');
  expect(readdirSync(join(acme.api.dir, 'ledger'))).toContain(`${tenant.id}.checkpoint`);
  const { body } = await end();
  expect(body).toMatchObject({ instructed: 'delete', returned: null, exportUrl: null, key: before['key'] });
  const { items } = (await acme.api.call('GET', '/v1/ended-contracts?limit=100')).body as unknown as { items: { tenant: string; certificate: string; checkpoint: string; key: string }[] }; // prettier-ignore
  const kept = items.find((one) => one.tenant === tenant.slug)!;
  expect(kept).toMatchObject({ certificate: body['signed'], checkpoint: body['checkpoint'], key: body['key'] });
  const [name, text] = opened(kept.certificate, kept.key);
  expect(name).toBe(`parley.certificate/${tenant.id}`);
  expect(JSON.parse(text!)).toMatchObject({ tenant: tenant.slug, deleted: expect.arrayContaining([{ what: 'ledger_leaf', count: expect.any(Number) }]) }); // prettier-ignore
  expect(opened(kept.checkpoint, kept.key)[0]).toBe(`parley.ledger/${tenant.id}`);
  expect(readdirSync(join(acme.api.dir, 'ledger'))).not.toContain(`${tenant.id}.checkpoint`);
  expect((await acme.api.call('GET', '/v1/ended-contracts', { token: (await acme.tenant()).token })).status).toBe(403);
});

it.each(['destroyTenantKeys', 'removeTenant', 'dropsWrittenAhead'] as const)(
  'a process that dies before %s: the next one ends the contract at its start, and the certificate is there',
  async (step) => {
    const { tenant, end } = await contract('delete');
    const { store } = acme.api;
    const before = store[step];
    Object.assign(store, { [step]: () => Promise.reject(new Error('crash')) });
    expect((await end()).status).toBe(500);
    Object.assign(store, { [step]: before });
    expect(await acme.api.recover()).toBe(1);
    expect(await store.tenantBySlug(tenant.slug)).toBeNull();
    const { items } = (await acme.api.call('GET', '/v1/ended-contracts?limit=100')).body as unknown as { items: { tenant: string; certificate: string; key: string | null }[] }; // prettier-ignore
    const { certificate, key } = items.find((one) => one.tenant === tenant.slug)!;
    // With the keys what signs is gone.
    expect(key !== null).toBe(step === 'destroyTenantKeys');
    const text = key === null ? certificate : opened(certificate, key)[1]!;
    expect(JSON.parse(text)).toMatchObject({ tenant: tenant.slug, instructed: 'delete', keysDestroyedAt: expect.any(String) }); // prettier-ignore
    expect(await acme.api.recover()).toBe(0);
  },
);

it.each(['delete', 'return'] as const)('a ledger that somebody changed holds up no end (%s): it is returned as it is, and does not verify', async (atEnd) => {
  const { tenant, end } = await contract(atEnd);
  await tenant.call('GET', '/ledger/verify');
  const look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  await look.query("UPDATE parley.ledger_head SET note = replace(note, 'parley', 'barley') WHERE tenant_id = $1", [tenant.id]);
  await look.end();
  expect((await tenant.call('GET', '/ledger/export')).text).toContain('barley');
  const { status, body } = await end();
  expect([status, body['instructed'], body['checkpoint']]).toEqual([200, atEnd, null]);
  expect(acme.api.logged()).toMatch(new RegExp(`ledger.failed.*${tenant.id}`));
  if (atEnd === 'delete') return;
  await unpack((await fetched(String(body['exportUrl']))).rawPayload, folder);
  const args = ['docs/tools/verify-ledger.mjs', 'pack', folder, '--key', String(body['key'])];
  expect(spawnSync(process.execPath, args, { env: {} }).stdout.toString()).toMatch(/^NOT SOUND.*checkpoint of the export is not signed/);
}); // prettier-ignore

it('what a killed process had in hand is gone on with once it has been silent for a while', async () => {
  const { tenant, end } = await contract('delete');
  const look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  expect(await acme.api.store.claimEnding(tenant.id)).toBe(true);
  const ended = end();
  expect((await tenant.call('GET', '')).status).toBe(200);
  await look.query('UPDATE parley.tenant SET ending_until = now() WHERE id = $1', [tenant.id]);
  expect((await ended).status).toBe(200);
  await look.end();
});

it('the certificate is there together with the end of the last row, or neither is', async () => {
  const { tenant, end } = await contract('delete');
  const { store } = acme.api;
  const { removeTenant } = store;
  const uncertified = () => {
    throw new Error('crash');
  };
  Object.assign(store, { removeTenant: (id: string, last: boolean) => removeTenant(id, last, uncertified) });
  expect((await end()).status).toBe(500);
  Object.assign(store, { removeTenant });
  expect(await store.tenantBySlug(tenant.slug)).not.toBeNull();
  expect((await end()).status).toBe(200);
});
