// Approvals over the API: by named persons, one or two, signed; and the notice of Art. 28(3), acknowledged by name.
import { mock } from 'node:test';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { document, startAcme, type Acme } from './acme.js';
import { OPERATOR } from './gateway-api.js';

let api: Acme['api'];
let tenant: Acme['tenant'];
beforeAll(async () => {
  ({ api, tenant } = await startAcme());
});
afterAll(() => api?.stop());

interface Version {
  readonly version: number;
  readonly hash: string;
  readonly supersedes: number | null;
  readonly approvedBy: string | null;
  readonly approvalsNeeded: number;
  readonly approvals: readonly { readonly by: string; readonly rules: readonly string[]; readonly signature: string }[];
  readonly notice: { readonly rules: readonly string[]; readonly acknowledged: readonly { readonly by: string }[] };
  readonly inForce: boolean;
}

const withApprovals = (approvals: 1 | 2, name = 'Acme GmbH'): object => {
  const d = structuredClone(document()) as { parties: { controller: { name: string } } };
  d.parties.controller.name = name;
  return { ...d, contract: { approvals } };
};

async function world() {
  const { slug, id, token, call } = await tenant();
  const made = await call('POST', '/api-keys', { label: 'second', scope: 'tenant' });
  const second = String(made.body['apiKey']);
  const submit = async (d: object) => {
    const { body } = await call('POST', '/instructions', d);
    return { version: Number(body['version']), rules: (body['findings'] as unknown as { rule: string }[]).map((f) => f.rule) };
  };
  const approve = async (at: { version: number; rules: string[] }, by: string | undefined, as = token) => {
    const answer = await api.call('POST', `/v1/tenants/${slug}/instructions/${at.version}/approve`, {
      token: as,
      body: { acknowledged: at.rules, ...(by === undefined ? {} : { by }) },
    });
    return { status: answer.status, text: answer.text, ...(answer.body as unknown as Version) };
  };
  const inForce = async () => (await api.tenants.tenant(id))?.instructions?.version ?? null;
  const leaves = async () =>
    ((await call('GET', '/ledger')).body['items'] as unknown as { leaf: { type: string } }[]).map(({ leaf }) => leaf);
  return { slug, id, token, call, second, submit, approve, inForce, leaves };
} // prettier-ignore

test('an approval is signed over the hash, with the name, the rules and what it supersedes', async () => {
  const { id, submit, approve, call } = await world();
  await approve(await submit(document()), 'Ada Example');
  const again = await approve(await submit(withApprovals(1)), 'Ben Example');
  expect([again.inForce, again.supersedes, again.approvedBy]).toEqual([true, 1, 'Ben Example']);
  const keys = (await api.ledger.signatures.jwks(id)) as unknown as JSONWebKeySet;
  const { payload, protectedHeader } = await compactVerify(again.approvals[0]!.signature, createLocalJWKSet(keys));
  expect(protectedHeader.typ).toBe('parley-instructions-statement+jws');
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    tenant: id, says: 'approves', by: 'Ben Example', version: 2, supersedes: 1, sha256: again.hash, rules: again.approvals[0]!.rules,
  }); // prettier-ignore
  const first = (await call('GET', '/instructions/1')).body as unknown as Version;
  expect(first.approvals.map(({ by }) => by)).toEqual(['Ada Example']);
  const other = await tenant();
  const strangers = (await api.ledger.signatures.jwks(other.id)) as unknown as JSONWebKeySet;
  await expect(compactVerify(again.approvals[0]!.signature, createLocalJWKSet(strangers))).rejects.toThrow();
});

describe('two persons', () => {
  test('the second with another name and another key puts it in force', async () => {
    const { submit, approve, inForce, second, leaves } = await world();
    const version = await submit(withApprovals(2));
    expect((await approve(version, undefined)).status).toBe(409);
    const first = await approve(version, 'Ada Example');
    expect([first.status, first.inForce, first.approvalsNeeded, first.approvals.length]).toEqual([200, false, 2, 1]);
    expect(await inForce()).toBeNull();
    for (const [by, as] of [['Ada Example', second], ['Ben Example', undefined]] as const)
      expect([by, (await approve(version, by, as)).status]).toEqual([by, 409]); // prettier-ignore
    expect(await inForce()).toBeNull();
    const both = await approve(version, 'Ben Example', second);
    expect([both.status, both.inForce, both.approvedBy]).toEqual([200, true, 'Ada Example, Ben Example']);
    expect(await inForce()).toBe(1);
    expect((await approve(version, 'Cy Example', OPERATOR)).status).toBe(409);
    const types = (await leaves()).map(({ type }) => type).filter((type) => type.startsWith('instructions-'));
    expect(types).toEqual(['instructions-first-approval', 'instructions-approved']);
  });

  test('one person cannot do away with it', async () => {
    const { submit, approve, inForce, second } = await world();
    const strict = await submit(withApprovals(2));
    await approve(strict, 'Ada Example');
    await approve(strict, 'Ben Example', second);
    const lax = await submit(withApprovals(1));
    expect((await approve(lax, 'Ada Example')).inForce).toBe(false);
    expect(await inForce()).toBe(1);
    expect((await approve(lax, 'Ben Example', second)).inForce).toBe(true);
    expect((await approve(await submit(withApprovals(1, 'Acme AG')), 'Ada Example')).inForce).toBe(true);
  });

  test('two at the same moment: one each counts, and never a third', async () => {
    const { submit, approve, second, call } = await world();
    const version = await submit(withApprovals(2));
    const answers = await Promise.all([
      approve(version, 'Ada Example'),
      approve(version, 'Ada Example'),
      approve(version, 'Ben Example', second),
      approve(version, 'Cy Example', OPERATOR),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(((await call('GET', '/instructions/1')).body as unknown as Version).approvals).toHaveLength(2);
  });
});

describe('a version is reviewed once more when it is approved', () => {
  const DAY = 86_400_000;
  const withMailer = (days: number): object => {
    const d = structuredClone(document()) as { recipients: Record<string, object> };
    d.recipients['mailer'] = {
      kind: 'webhook', role: 'sub-processor', entity: 'Mailer Inc', url: 'https://mailer.example/in', country: 'IE',
      from: new Date(Date.now() + days * DAY).toISOString().slice(0, 10), purposes: ['support'], data: ['content'],
    }; // prettier-ignore
    return d;
  };
  const REFUSED = [409, 'It has errors: sub-processor-unannounced.'];
  const told = ({ status, text }: { status: number; text: string }) => [status, (JSON.parse(text) as { detail?: string }).detail];

  test('by what has come into force meanwhile: its sub-processor was never announced', async () => {
    const { submit, approve, inForce } = await world();
    const first = await submit(document());
    const second = await submit(withMailer(0));
    expect(second.rules).not.toContain('sub-processor-unannounced');
    await approve(first, 'Ada Example');
    expect(told(await approve(second, 'Ada Example'))).toEqual(REFUSED);
    expect(await inForce()).toBe(1);
  });

  test('by the day: the time to object begins with the approval that announces', async () => {
    const { submit, approve, inForce } = await world();
    await approve(await submit(document()), 'Ada Example');
    const version = await submit(withMailer(31));
    expect(version.rules).not.toContain('sub-processor-unannounced');
    const now = Date.now() + 20 * DAY;
    mock.timers.enable({ apis: ['Date'], now });
    try {
      expect(told(await approve(version, 'Ada Example'))).toEqual(REFUSED);
    } finally {
      mock.timers.reset();
    }
    expect((await approve(version, 'Ada Example')).status).toBe(200);
    expect(await inForce()).toBe(2);
  });
}); // prettier-ignore

describe('the notice', () => {
  const infringing = (): object => {
    const d = structuredClone(document()) as { purposes: Record<string, object> };
    d.purposes['news'] = { dpv: 'DirectMarketing', basis: 'A6-1-f', marketing: true, data: ['routing'] };
    return d;
  };

  test('findings go on the ledger at once, and are acknowledged by name, once each', async () => {
    const { call, leaves, submit } = await world();
    const { version } = await submit(infringing());
    const told = (await leaves()).find(({ type }) => type === 'infringement-notice') as unknown as {
      version: number;
      rules: { rule: string; severity: string }[];
    };
    expect(told.version).toBe(version);
    expect(told.rules).toContainEqual({ rule: 'marketing-without-consent', severity: 'error' });
    const acknowledge = (body: object) => call('POST', `/instructions/${version}/acknowledge`, body);
    expect((await acknowledge({})).status).toBe(400);
    const { status, body } = await acknowledge({ by: 'Dr. Ada Example' });
    const after = body as unknown as Version;
    expect([status, after.inForce]).toEqual([200, false]);
    expect(after.notice).toMatchObject({ rules: told.rules.map(({ rule }) => rule), acknowledged: [{ by: 'Dr. Ada Example' }] });
    expect((await acknowledge({ by: 'Dr. Ada Example' })).status).toBe(409);
    expect((await acknowledge({ by: 'Ben Example' })).status).toBe(200);
    expect((await leaves()).filter(({ type }) => type === 'infringement-acknowledged')).toHaveLength(2);
  }); // prettier-ignore

  test('a sound version has none, and nothing to acknowledge', async () => {
    const { call, submit, leaves } = await world();
    const { version, rules } = await submit(document());
    // An `info`: only told.
    expect(rules.filter((rule) => rule !== 'not-carried-out')).toEqual(['no-authority']);
    expect((await call('POST', `/instructions/${version}/acknowledge`, { by: 'Ada' })).status).toBe(409);
    expect((await leaves()).map(({ type }) => type)).not.toContain('infringement-notice');
  });
});
