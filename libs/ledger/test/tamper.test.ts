// A superuser who rewrites the ledger is found out: each way of doing it, from the rows, the signatures and the memory.
import { generateKeyPairSync } from 'node:crypto';
import { originOf, rawPublicKey, signCheckpoint } from '../src/checkpoint.js';
import { fileAnchors } from '../src/index.js';
import { NO_ANCHORS, startWorld, type TenantLedger, type World } from './ledger-world.js';

const LEAVES = 600; // two full tiles and a part of one

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

async function recorded(): Promise<TenantLedger> {
  const tenant = await world.tenant();
  await tenant.append(LEAVES);
  expect(await world.ledger(NO_ANCHORS).verify(tenant.id)).toMatchObject({ valid: true, size: LEAVES, pending: 0 });
  return tenant;
}

const leaf = (position: number, set: string): string =>
  `UPDATE parley.ledger_leaf SET ${set} WHERE tenant_id = $1 AND position = ${position}`;
const drop = (where: string): string => `DELETE FROM parley.ledger_leaf WHERE tenant_id = $1 AND ${where}`;
const insert = (position: string): string =>
  `INSERT INTO parley.ledger_leaf (tenant_id, leaf, position) VALUES ($1, '{"type":"forged"}', ${position})`;
const shift = (from: number, by: number): readonly string[] => [
  `UPDATE parley.ledger_leaf SET position = -position WHERE tenant_id = $1 AND position >= ${from}`,
  `UPDATE parley.ledger_leaf SET position = -position + ${by} WHERE tenant_id = $1 AND position < 0`,
];

describe('from the rows', () => {
  it.each([
    ['a flipped bit of a leaf', [leaf(3, `leaf = jsonb_set(leaf, '{count}', '2')`)], ['altered 3']],
    ['a number beyond all', [leaf(3, `leaf = jsonb_set(leaf, '{count}', '1e400')`)], ['altered 3']],
    ['a field more', [leaf(300, `leaf = leaf || '{"tampered":true}'`)], ['altered 300']],
    ['a microsecond of its time', [leaf(599, `at = at + interval '1 microsecond'`)], ['altered 599']],
    ['its number', [drop('position = 0'), insert('0')], ['altered 0']],
    ['the first leaf dropped', [drop('position = 0')], ['missing 0']],
    ['the last leaf dropped', [drop('position = 599')], ['missing 599']],
    ['a leaf made to wait again', [leaf(5, 'position = NULL')], ['missing 5']],
    ['a leaf inserted at the end', [insert('600')], ['added 600']],
    ['a leaf inserted far away', [insert('100000')], ['added 600']],
    ['a leaf inserted before the first', [insert('-1')], ['added 600']],
    ['two leaves swapped', [leaf(7, 'position = -1'), leaf(8, 'position = 7'), leaf(-1, 'position = 8')], ['altered 7', 'altered 8']],
    ['a stored tile dropped', ['DELETE FROM parley.ledger_tile WHERE tenant_id = $1 AND index = 1'], ['tile 256']],
    ['a stored hash changed', [`UPDATE parley.ledger_tile SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0)) WHERE tenant_id = $1 AND index = 0`], ['altered 0']],
    ['the edge changed', ['UPDATE parley.ledger_head SET edge[1] = set_byte(edge[1], 0, 255 - get_byte(edge[1], 0)) WHERE tenant_id = $1'], ['head 600']],
    ['the size changed', ['UPDATE parley.ledger_head SET size = 599 WHERE tenant_id = $1'], ['head 599']],
    ['a bit of the signature', [`UPDATE parley.ledger_head SET note = overlay(note placing CASE substr(note, length(note) - 20, 1) WHEN 'A' THEN 'B' ELSE 'A' END from length(note) - 20 for 1) WHERE tenant_id = $1`], ['head 600']],
    ['an earlier checkpoint changed', [`UPDATE parley.ledger_checkpoint SET note = replace(note, 'parley', 'barley') WHERE tenant_id = $1`], ['checkpoint 600']],
    ['the head dropped', ['DELETE FROM parley.ledger_head WHERE tenant_id = $1'], ['added 0']],
  ])('%s', async (_what, statements, found) => {
    const tenant = await recorded();
    await tenant.tamper(...statements);
    const { valid, findings } = await world.ledger(NO_ANCHORS).verify(tenant.id);
    expect([valid, findings.map(({ kind, at }) => `${kind} ${at}`)]).toEqual([false, expect.arrayContaining(found)]);
  }); // prettier-ignore

  it('a leaf in the middle dropped, and those after it moved up', async () => {
    const tenant = await recorded();
    await tenant.tamper(drop('position = 100'), ...shift(101, -1));
    const { valid, findings } = await world.ledger(NO_ANCHORS).verify(tenant.id);
    expect([valid, findings[0], findings.at(-1)?.kind]).toEqual([false, { kind: 'altered', at: 100 }, 'missing']);
  });

  it('everything put back is sound again', async () => {
    const tenant = await recorded();
    const before = await tenant.copy();
    await tenant.tamper(drop('position > 10'));
    expect((await world.ledger(NO_ANCHORS).verify(tenant.id)).valid).toBe(false);
    await tenant.restore(before);
    expect(await world.ledger(NO_ANCHORS).verify(tenant.id)).toMatchObject({ valid: true, findings: [] });
  });

  it('a change of one tenant says nothing of another', async () => {
    const [tenant, other] = [await recorded(), await recorded()];
    await tenant.tamper(drop('position = 1'));
    expect((await world.ledger(NO_ANCHORS).verify(other.id)).valid).toBe(true);
  });
});

describe('from signatures and memory', () => {
  it('a forged checkpoint: the operator has no key of the tenant', async () => {
    const tenant = await recorded();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const forged = rawPublicKey(publicKey);
    const note = signCheckpoint(
      { origin: originOf(tenant.id), size: LEAVES, root: Buffer.alloc(32) },
      { publicKey: forged, privateKey },
    );
    await tenant.tamper(
      `UPDATE parley.ledger_head SET note = '${note}' WHERE tenant_id = $1`,
      `UPDATE parley.ledger_key SET public_key = '\\x${forged.toString('hex')}' WHERE tenant_id = $1`,
    );
    const { valid, findings } = await world.ledger(NO_ANCHORS).verify(tenant.id);
    expect([valid, findings.map(({ kind }) => kind)]).toEqual([false, expect.arrayContaining(['key', 'head'])]);
  });

  it('an old checkpoint replayed, with the very state that it was of', async () => {
    const tenant = await recorded();
    const ledger = world.ledger();
    expect((await ledger.verify(tenant.id)).valid).toBe(true);
    const old = await tenant.copy();
    await tenant.append(5);
    expect(await ledger.verify(tenant.id)).toMatchObject({ valid: true, size: LEAVES + 5 });
    await tenant.restore(old);
    const rolledBack = { valid: false, findings: [{ kind: 'rolled-back', at: LEAVES + 5 }] };
    expect(await ledger.verify(tenant.id)).toMatchObject(rolledBack);
    expect(await world.ledger().verify(tenant.id)).toMatchObject(rolledBack);
  });

  it('a fork: signed twice with the same key, from the same beginning, with other leaves', async () => {
    const tenant = await recorded();
    const old = await tenant.copy();
    await tenant.append(5);
    const ledger = world.ledger();
    expect((await ledger.verify(tenant.id)).valid).toBe(true);
    await tenant.restore(old);
    await tenant.append(9);
    // The operator runs the gateway's own code, without its memory, to have the fork signed.
    expect((await world.ledger(NO_ANCHORS).verify(tenant.id)).valid).toBe(true);
    expect(await world.ledger().verify(tenant.id)).toMatchObject({
      valid: false,
      findings: [{ kind: 'forked', at: LEAVES + 5 }],
    });
  });

  it('everything begun anew under another key', async () => {
    const tenant = await recorded();
    expect((await world.ledger().verify(tenant.id)).valid).toBe(true);
    for (const table of ['leaf', 'tile', 'head', 'checkpoint', 'key'])
      await tenant.tamper(`DELETE FROM parley.ledger_${table} WHERE tenant_id = $1`);
    await tenant.append(LEAVES + 1);
    const { valid, findings } = await world.ledger().verify(tenant.id);
    expect([valid, findings.map(({ kind }) => kind)]).toEqual([false, expect.arrayContaining(['key'])]);
  });

  it('the sequencer signs nothing on top of what was changed, and what waits is kept', async () => {
    const tenant = await recorded();
    await tenant.tamper('UPDATE parley.ledger_head SET edge[1] = set_byte(edge[1], 0, 255 - get_byte(edge[1], 0)) WHERE tenant_id = $1');
    await tenant.append(3);
    const ledger = world.ledger(NO_ANCHORS);
    await expect(ledger.sequence(tenant.id)).rejects.toThrow('broken: head');
    expect(await ledger.verify(tenant.id)).toMatchObject({ valid: false, size: LEAVES, pending: 3 });
  }); // prettier-ignore

  it('no proof is made of hashes that are missing, and what is there is given out as it is', async () => {
    const tenant = await recorded();
    await tenant.tamper('DELETE FROM parley.ledger_tile WHERE tenant_id = $1 AND index = 1');
    const ledger = world.ledger(NO_ANCHORS);
    await expect(ledger.inclusion(tenant.id, 300)).rejects.toThrow('broken: tile');
    const lines: string[] = [];
    for await (const chunk of ledger.lines(tenant.id)) lines.push(...chunk.trimEnd().split('\n'));
    expect(lines).toHaveLength(LEAVES + 1);
  });

  it('memory is a file per tenant', async () => {
    const tenant = await recorded();
    const anchors = fileAnchors(world.dir);
    expect(await anchors.last(tenant.id)).toBeNull();
    await world.ledger(anchors).verify(tenant.id);
    expect((await anchors.last(tenant.id))!.note).toContain(`parley.ledger/${tenant.id}\n${LEAVES}\n`);
  });
});
