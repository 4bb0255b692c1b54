// The ledger and the record of processing from outside: verified, proved, exported, printed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAcme, type Acme } from './acme.js';

let acme: Acme;
let files: string;
beforeAll(async () => {
  acme = await startAcme();
  files = mkdtempSync(join(tmpdir(), 'parley-ledger-api-'));
});
afterAll(async () => {
  await acme.api.stop();
  rmSync(files, { recursive: true });
});

async function recorded(count: number) {
  const tenant = await acme.tenant();
  const leaves = Array.from({ length: count }, (_, n) => ({
    tenantId: tenant.id,
    leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: n },
  }));
  await acme.api.store.ingest({ messages: [], statuses: [], observations: [], leaves }, 0);
  return tenant;
}

/** The stand-alone verifier over what the API answered. */
function offline(command: string, answer: string, ...options: string[]): string {
  const path = join(files, command);
  writeFileSync(path, answer);
  return spawnSync(process.execPath, ['docs/tools/verify-ledger.mjs', command, path, ...options]).stdout.toString();
}

describe('ledger', () => {
  test('nothing was done yet: valid and empty, nothing to prove', async () => {
    const { call } = await acme.tenant();
    expect((await call('GET', '/ledger/verify')).body).toMatchObject({
      valid: true,
      size: 0,
      pending: 0,
      findings: [],
    });
    for (const path of ['/ledger/checkpoint', '/ledger/proof?position=0', '/ledger/proof?from=1'])
      expect([path, (await call('GET', path)).status]).toEqual([path, 404]);
    expect((await call('GET', '/ledger/export')).text).toBe(
      '{"schema":"parley-ledger/1","size":0,"key":null,"checkpoint":null}\n',
    );
  });

  test('what was just written has its place in the answer', async () => {
    const { call, id } = await recorded(3);
    expect(((await call('GET', '/ledger')).body['items'] as unknown as object[])[0]).toMatchObject({ position: null });
    const { body } = await call('GET', '/ledger/verify');
    expect(body).toMatchObject({ valid: true, size: 3, root: expect.stringMatching(/^[\w+/]{43}=$/), pending: 0 });
    const { items } = (await call('GET', '/ledger')).body as unknown as { items: { position: number }[] };
    expect(items.map(({ position }) => position)).toEqual([0, 1, 2]);
    expect((await call('GET', '/ledger/checkpoint')).body['checkpoint']).toContain(`parley.ledger/${id}\n3\n`);
  });

  test('checkpoint, proofs and export convince somebody who has only the key', async () => {
    const { call, id } = await recorded(5);
    const kept = (await call('GET', '/ledger/checkpoint')).text;
    const { key } = JSON.parse(kept) as { key: string };
    writeFileSync(join(files, 'kept'), kept);
    const leaves = Array.from({ length: 4 }, () => ({
      tenantId: id,
      leaf: { type: 'intake', version: 1, hash: null, clause: '/c', count: 1 },
    }));
    await acme.api.store.ingest({ messages: [], statuses: [], observations: [], leaves }, 0);
    const answer = async (path: string): Promise<string> => (await call('GET', `/ledger/${path}`)).text;
    const own = ['--key', key, '--checkpoint', join(files, 'kept')];
    expect(offline('export', await answer('export'), ...own)).toMatch(/^Sound: 9 leaves/);
    expect(offline('inclusion', await answer('proof?position=4'), '--key', key)).toMatch(/^Sound: leaf 4 /);
    expect(offline('consistency', await answer('proof?from=5'), ...own)).toMatch(/^Sound: the tree of 9 /);
  });

  test.each(['', '?position=1&from=1', '?position=-1', '?from=0', '?position=x', '?what=1'])(
    'a proof of %j is refused',
    async (query) => {
      const { call } = await recorded(3);
      expect((await call('GET', `/ledger/proof${query}`)).status).toBe(400);
    },
  );
});

describe('record of processing', () => {
  test('says what is in force, connected and recorded', async () => {
    const { call, approve, connect, slug } = await acme.tenant();
    await approve();
    await connect();
    const { body } = await call('GET', '/record-of-processing');
    expect(body).toMatchObject({
      law: 'Art. 30(2) GDPR',
      tenant: { slug },
      instructions: { version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      processor: { name: 'Gate Ltd, privacy@gate.example' },
      controller: { name: 'Acme GmbH', country: 'DE' },
      dataProtectionOfficer: { contact: 'dpo@acme.example' },
      processing: [
        { id: 'support', purpose: 'CustomerCare', legalBasis: 'A6-1-b', categories: ['routing', 'content'] },
      ],
      channels: [{ channel: 'messenger', connections: ['Page'], platformRole: 'controller' }],
      recipients: [{ id: 'bot', role: 'sub-processor', country: 'DE', host: 'bot.acme.example' }],
      transfers: [],
      retention: [{ data: 'content', period: 'P30D' }, { data: 'routing' }],
      measures: expect.arrayContaining([expect.stringContaining('AES-256-GCM')]),
    });
  });

  /** Announced in time. */
  const LATER = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

  test.each(['record-of-processing', 'annexes', 'sub-processors'])(
    '%s of a past time is made again byte for byte, whatever changed since',
    async (paper) => {
      const { slug, token, call, approve, connect } = await acme.tenant();
      await approve();
      const made = await connect();
      const at = new Date().toISOString();
      const then = async (accept: string): Promise<string> => {
        const url = `/v1/tenants/${slug}/${paper}?at=${at}`;
        return (await acme.api.call('GET', url, { token, accept })).text;
      };
      const kinds = ['application/json', 'text/html', 'text/csv'];
      const before = await Promise.all(kinds.map(then));
      await approve((d) => ({
        ...d,
        recipients: { other: { kind: 'webhook', role: 'sub-processor', entity: 'Other SA', from: LATER, url: 'https://other.example/in', country: 'FR', purposes: ['support'], data: ['content'] } },
      })); // prettier-ignore
      await call('DELETE', `/connections/${String(made.body['id'])}`);
      const now = (await call('GET', `/${paper}`)).text;
      expect(now).toContain('Other SA');
      expect(await Promise.all(kinds.map(then))).toEqual(before);
      expect(JSON.parse(before[0]!)).toMatchObject({ at, instructions: { version: 1 } });
      for (const text of before) expect([text.includes('bot.acme.example'), text.includes('Other SA')]).toEqual([true, false]);
      expect(before[1]).toMatch(/^<!doctype html>/);
      expect(before[2]).toMatch(/^part,row,field,value\r\n/);
    },
  ); // prettier-ignore

  test('accounts that were connected then are named, those of later and before are not', async () => {
    const { call, approve, connect } = await acme.tenant();
    await approve();
    const none = new Date().toISOString();
    const made = await connect();
    const one = new Date().toISOString();
    await call('DELETE', `/connections/${String(made.body['id'])}`);
    const connections = async (query: string) => {
      const { body } = await call('GET', `/record-of-processing${query}`);
      return (body['channels'] as unknown as { connections: string[] }[])[0]!.connections;
    };
    expect([await connections(`?at=${none}`), await connections(`?at=${one}`), await connections('')]).toEqual([[], ['Page'], []]); // prettier-ignore
  });

  test.each(['?at=tomorrow', '?at=2999-01-01', '?format=pdf', '?what=1'])('%s is refused', async (query) => {
    const { call } = await acme.tenant();
    expect((await call('GET', `/annexes${query}`)).status).toBe(400);
  });

  test('a format can be named where no header can', async () => {
    const { call, approve } = await acme.tenant();
    await approve();
    expect((await call('GET', '/sub-processors?format=csv')).text).toMatch(/^part,row,field,value/);
    expect((await call('GET', '/sub-processors?format=html')).text).toMatch(/^<!doctype html>/);
  });

  test('without instructions says so', async () => {
    const { call } = await acme.tenant();
    const { body } = await call('GET', '/record-of-processing');
    expect(body).toMatchObject({ instructions: null, controller: null, processing: [], recipients: [] });
  });
});
