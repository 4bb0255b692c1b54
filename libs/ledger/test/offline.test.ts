// The stand-alone verifier, run as a controller runs it: on files, with a key and checkpoints of its own.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedHead } from '../src/index.js';
import { NO_ANCHORS, startWorld, type TenantLedger, type World } from './ledger-world.js';

const OLD = 300;
const SIZE = 700;

let world: World;
let tenant: TenantLedger;
let old: SignedHead;
let head: SignedHead;
let lines: readonly string[];
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  tenant = await world.tenant();
  const ledger = world.ledger(NO_ANCHORS);
  await tenant.append(OLD);
  old = (await ledger.checkpoint(tenant.id))!;
  await tenant.append(SIZE - OLD);
  head = (await ledger.checkpoint(tenant.id))!;
  lines = await exported(tenant.id);
});
afterAll(() => world.stop());

async function exported(tenantId: string): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of world.ledger(NO_ANCHORS).lines(tenantId)) chunks.push(chunk);
  return chunks.join('').trimEnd().split('\n');
}

async function file(text: string): Promise<string> {
  const path = join(world.dir, `file-${(count += 1)}`);
  await writeFile(path, text);
  return path;
}

const run = (...args: readonly string[]): Promise<readonly [number, string]> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['docs/tools/verify-ledger.mjs', ...args], (error, stdout) =>
      resolve([error ? Number(error.code) : 0, stdout]),
    );
  });
const json = (value: object): Promise<string> => file(JSON.stringify(value));

const verifyExport = async (changed: readonly string[], ...more: readonly string[]) =>
  run('export', await file(`${changed.join('\n')}\n`), '--key', head.key, ...more);

describe('an export that says that it is empty', () => {
  const empty = JSON.stringify({ schema: 'parley-ledger/1', size: 0 });

  it('is, when there is nothing more', async () => {
    expect(await run('export', await file(`${empty}\n`))).toEqual([0, expect.stringContaining('The ledger is empty')]);
  });

  it('is not sound with leaves, nor for a key that is none', async () => {
    expect(await verifyExport([empty, ...lines.slice(1)])).toEqual([1, expect.stringMatching(/There are leaves/)]);
    expect(await run('export', await file(empty), '--key', 'nonsense')).toEqual([1, expect.stringMatching(/not a verifier key/)]);
  });
}); // prettier-ignore

describe('an export', () => {
  it('is sound, and goes on where the old checkpoint ended', async () => {
    expect(await verifyExport(lines, '--checkpoint', await file(old.note))).toEqual([
      0,
      expect.stringMatching(/^Sound: 700 leaves, root \S+, and 1 earlier checkpoint\(s\)\.$/m),
    ]);
  });

  it('says when the key was not pinned', async () => {
    expect(await run('export', await file(lines.join('\n')))).toEqual([0, expect.stringContaining('not pinned')]);
  });

  const edited = (at: number, edit: (line: string) => string): readonly string[] =>
    lines.map((line, n) => (n === at + 1 ? edit(line) : line));
  const renumbered = (all: readonly string[]): readonly string[] =>
    all.map((line, n) => (n === 0 ? line : line.replace(/"position":\d+/, `"position":${n - 1}`)));

  it.each<[string, () => readonly string[], RegExp]>([
    ['a flipped digit', () => edited(42, (line) => line.replace('"count":42', '"count":43')), /first 700 leaves are not/],
    ['a dropped leaf', () => lines.toSpliced(11, 1), /Where leaf 10 should stand is leaf 11/],
    ['a dropped leaf, renumbered', () => renumbered(lines.toSpliced(11, 1)), /only 699 are there/],
    ['the last leaf dropped', () => lines.slice(0, -1), /of 700 leaves that were signed only 699/],
    ['an inserted leaf', () => renumbered(lines.toSpliced(5, 0, lines[5]!)), /first 700 leaves are not/],
    ['a leaf more', () => renumbered([...lines, lines[5]!]), /more leaves than the 700/],
    ['two leaves swapped', () => renumbered([...lines.slice(0, 5), lines[6]!, lines[5]!, ...lines.slice(7)]), /not those/],
    ['another root', () => edited(-1, (line) => line.replace(head.note.split('\n')[2]!, old.note.split('\n')[2]!)), /not signed/],
    ['a member that nobody signed', () => edited(42, (line) => line.replace(/}$/, ',"note":"all was well"}')), /says something else than what was signed/],
    ['a member that is there twice', () => edited(42, (line) => line.replace('{"position":42,', '{"position":42,"leaf":{"type":"read"},')), /says something else/],
    ['a number written in another way', () => edited(42, (line) => line.replace('"count":42', '"count":42.0')), /says something else/],
    ['a number that is none', () => edited(42, (line) => line.replace('"count":42', '"count":NaN')), /cannot be read/],
    ['a number beyond all', () => edited(42, (line) => line.replace('"count":42', '"count":1e999')), /NOT SOUND/],
    ['half of its last line', () => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 40)], /cannot be read/],
    ['another size than was signed', () => edited(-1, (line) => line.replace('"size":700', '"size":9')), /says that it has 9 leaves, and 700 were signed/],
    ['a file of something else', () => ['{"schema":"parley-messages/1"}'], /not an export/],
    ['no JSON', () => ['leaf'], /cannot be read/],
  ])('with %s is not sound', async (_what, changed, said) => {
    expect(await verifyExport(changed())).toEqual([1, expect.stringMatching(said)]);
  }); // prettier-ignore

  it('of a fork, or of an old state, does not fit the checkpoint that was kept', async () => {
    const before = await tenant.copy();
    await tenant.restore(new Map([...before].map(([table, rows]) => [table, table === 'ledger_key' ? rows : []])));
    await tenant.append(10);
    const fork = await exported(tenant.id);
    expect(await verifyExport(fork)).toEqual([0, expect.stringContaining('Sound: 10')]);
    expect(await verifyExport(fork, '--checkpoint', await file(old.note))).toEqual([
      1,
      expect.stringMatching(/of 300 leaves that were signed only 10/),
    ]);
    await tenant.append(SIZE);
    expect(await verifyExport(await exported(tenant.id), '--checkpoint', await file(old.note))).toEqual([
      1,
      expect.stringMatching(/first 300 leaves are not those/),
    ]);
    await tenant.restore(before);
  });

  it("signed by another tenant's key is not sound", async () => {
    const other = await world.tenant();
    await other.append(1);
    const { key } = (await world.ledger(NO_ANCHORS).checkpoint(other.id))!;
    expect(await run('export', await file(lines.join('\n')), '--key', key)).toEqual([
      1,
      expect.stringContaining('not signed'),
    ]);
  });
});

describe('proofs', () => {
  const inclusion = async (position: number) => {
    const proof = (await world.ledger(NO_ANCHORS).inclusion(tenant.id, position))!;
    const hashes = proof.hashes.map((hash) => hash.toString('base64'));
    return { checkpoint: proof.head.note, key: proof.head.key, leaf: proof.leaf, hashes };
  };
  const consistency = async (from: number) => {
    const proof = (await world.ledger(NO_ANCHORS).consistency(tenant.id, from))!;
    const hashes = proof.hashes.map((hash) => hash.toString('base64'));
    return { checkpoint: proof.head.note, key: proof.head.key, hashes };
  };

  it.each([0, 255, 256, 511, 512, SIZE - 1])('leaf %i is in the signed tree', async (position) => {
    const path = await json(await inclusion(position));
    expect(await run('inclusion', path, '--key', head.key)).toEqual([0, expect.stringContaining(`leaf ${position}`)]);
  });
  it('of another leaf, another place or with a hash less are not sound', async () => {
    const [proof, first] = [await inclusion(256), await inclusion(0)];
    const wrong = [
      { ...proof, leaf: { ...proof.leaf, seq: proof.leaf.seq + 1 } },
      { ...proof, leaf: { ...proof.leaf, position: 257 } },
      ...[-1, 0.5, '0'].map((position) => ({ ...first, leaf: { ...first.leaf, position } })),
      { ...proof, hashes: proof.hashes.slice(1) },
      { ...proof, hashes: [...proof.hashes, proof.hashes[0]] },
    ];
    for (const one of wrong) expect((await run('inclusion', await json(one), '--key', head.key))[0]).toBe(1);
  });
  it('the newest tree goes on where the old one ended, and not with other hashes', async () => {
    const proof = await consistency(OLD);
    const kept = await file(old.note);
    const check = async (one: object) => run('consistency', await json(one), '--checkpoint', kept, '--key', head.key);
    expect(await check(proof)).toEqual([0, expect.stringContaining('goes on where yours of 300 ended')]);
    for (const hashes of [proof.hashes.slice(1), proof.hashes.toReversed(), []])
      expect((await check({ ...proof, hashes }))[0]).toBe(1);
    const newer = await file(head.note);
    const back = { ...proof, checkpoint: old.note };
    expect(await run('consistency', await json(back), '--checkpoint', newer)).toEqual([
      1,
      expect.stringContaining('rolled back'),
    ]);
  });
  it('are not given for what is not there', async () => {
    const ledger = world.ledger(NO_ANCHORS);
    expect(await ledger.inclusion(tenant.id, SIZE)).toBeNull();
    expect(await ledger.consistency(tenant.id, SIZE + 1)).toBeNull();
  });
});

it('explains itself', async () => {
  expect(await run('--help')).toEqual([0, expect.stringContaining('verify-ledger.mjs export')]);
  expect((await run('export'))[0]).toBe(2);
  expect((await run('consistency', 'x.json'))[0]).toBe(2);
});
