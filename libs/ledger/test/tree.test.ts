// The tree against the vectors of Certificate Transparency, and against RFC 6962 word for word for trees of any size.
import fc from 'fast-check';
import { grow, isWellFormed, rootOf, TILE_WIDTH, type Tile } from '../src/tree/edge.js';
import { leafHash, nodeHash, sha256 } from '../src/tree/hash.js';
import { proofsFrom } from '../src/tree/proofs.js';

const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex').slice(0, 16));

/** RFC 6962, section 2.1, as it is written there. */
const k = (n: number): number => (n <= 2 ? 1 : 2 * k(Math.ceil(n / 2)));
const MTH = (d: readonly Buffer[]): Buffer =>
  d.length === 0
    ? sha256('')
    : d.length === 1
      ? d[0]!
      : nodeHash(MTH(d.slice(0, k(d.length))), MTH(d.slice(k(d.length))));
const PATH = (m: number, d: readonly Buffer[]): Buffer[] =>
  d.length === 1
    ? []
    : m < k(d.length)
      ? [...PATH(m, d.slice(0, k(d.length))), MTH(d.slice(k(d.length)))]
      : [...PATH(m - k(d.length), d.slice(k(d.length))), MTH(d.slice(0, k(d.length)))];
const SUBPROOF = (m: number, d: readonly Buffer[], b: boolean): Buffer[] =>
  m === d.length
    ? b
      ? []
      : [MTH(d)]
    : m <= k(d.length)
      ? [...SUBPROOF(m, d.slice(0, k(d.length)), b), MTH(d.slice(k(d.length)))]
      : [...SUBPROOF(m - k(d.length), d.slice(k(d.length)), false), MTH(d.slice(0, k(d.length)))];

function planted(hashes: readonly Buffer[]) {
  const tree = grow();
  const tiles = new Map<string, Tile>();
  for (const hash of hashes) for (const tile of tree.add(hash)) tiles.set(`${tile.level}/${tile.index}`, tile);
  const edge = tree.edge();
  const proofs = proofsFrom(async (level, index) => tiles.get(`${level}/${index}`)?.hashes ?? edge.levels[level]!);
  return { tree, edge, tiles, proofs };
}
const hashes = (count: number): Buffer[] => Array.from({ length: count }, (_, n) => leafHash(Buffer.from(String(n))));

describe('the vectors of Certificate Transparency', () => {
  const leaves = LEAVES.map((text) => leafHash(Buffer.from(text, 'hex')));

  it.each(ROOTS.map((root, size) => [size, root]))('root of %i leaves', (size, root) => {
    expect(planted(leaves.slice(0, size)).tree.root().toString('hex')).toBe(root);
  });
  it.each([
    [0, 8, ['96a296d224f285c6', '5f083f0a1a33ca07', '6b47aaf29ee3c2af']],
    [5, 8, ['bc1a0643b12e4d2d', 'ca854ea128ed050b', 'd37ee418976dd957']],
    [2, 3, ['fac54203e7cc696c']],
    [0, 1, []],
  ])('leaf %i is in a tree of %i', async (position, size, path) => {
    expect(hex(await planted(leaves.slice(0, size)).proofs.inclusion(position, size))).toEqual(path);
  });
  it.each([
    [1, 8, ['96a296d224f285c6', '5f083f0a1a33ca07', '6b47aaf29ee3c2af']],
    [6, 8, ['0ebc5d3437fbe2db', 'ca854ea128ed050b', 'd37ee418976dd957']],
    [2, 5, ['5f083f0a1a33ca07', 'bc1a0643b12e4d2d']],
    [8, 8, []],
  ])('a tree of %i goes on as one of %i', async (old, size, proof) => {
    expect(hex(await planted(leaves.slice(0, size)).proofs.consistency(old, size))).toEqual(proof);
  });
});

describe('trees of any size', () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 1_300 }));
  const all = hashes(1_300);

  it('have root and proofs of RFC 6962', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (n, pick) => {
        const leaves = all.slice(0, n);
        const { tree, proofs } = planted(leaves);
        const [position, old] = [pick % n, 1 + (pick % n)];
        expect(tree.root()).toEqual(MTH(leaves));
        expect(await proofs.inclusion(position, n)).toEqual(PATH(position, leaves));
        expect(await proofs.consistency(old, n)).toEqual(SUBPROOF(old, leaves, true));
      }),
      { numRuns: 60 },
    );
  });

  it('grow on from any edge as if they had never stopped', () => {
    fc.assert(
      fc.property(size, fc.nat(), (n, pick) => {
        const stop = pick % n;
        const { edge } = planted(all.slice(0, stop));
        const on = grow(edge);
        for (const hash of all.slice(stop, n)) on.add(hash);
        expect(on.edge()).toEqual({ ...planted(all.slice(0, n)).edge, size: n });
        expect(isWellFormed(on.edge())).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('give tiles away in three levels', () => {
    const { edge, tiles, tree } = planted(hashes(TILE_WIDTH ** 2 + TILE_WIDTH + 1));
    expect([tiles.size, edge.levels.map((level) => level.length / 32)]).toEqual([TILE_WIDTH + 2, [1, 1, 1]]);
    expect(rootOf(edge)).toEqual(tree.root());
  });

  it.each([
    ['a hash too many', { size: 1, levels: [Buffer.alloc(64)] }],
    ['half a hash', { size: 1, levels: [Buffer.alloc(16)] }],
    ['too few levels', { size: 256, levels: [Buffer.alloc(0)] }],
    ['no size', { size: Number.NaN, levels: [] }],
  ])('an edge with %s is none', (_what, edge) => {
    expect(isWellFormed(edge)).toBe(false);
  });
});
