// Inclusion and consistency proofs of RFC 6962, section 2.1: which hashes convince somebody who has a root.
import { finding, LedgerBroken } from '../findings.js';
import { HASH_BYTES, nodeHash, perfectRoot } from './hash.js';
import { TILE_WIDTH } from './edge.js';

/** The hashes of a tile, full or not; proofs fetch only the few tiles that they touch. */
export type TileReader = (level: number, index: number) => Promise<Buffer>;

const TILE_BITS = 8;

/** The largest power of two below n. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

export function proofsFrom(tile: TileReader) {
  /** @throws LedgerBroken */
  const perfect = async (height: number, index: number): Promise<Buffer> => {
    const within = 2 ** (height % TILE_BITS);
    const first = index * within;
    const hashes = await tile(Math.floor(height / TILE_BITS), Math.floor(first / TILE_WIDTH));
    const start = (first % TILE_WIDTH) * HASH_BYTES;
    const part = hashes.subarray(start, start + within * HASH_BYTES);
    if (part.length < within * HASH_BYTES) throw new LedgerBroken(finding('tile', first));
    return perfectRoot(part);
  };

  /** Root of the leaves from `start` (including) to `end` (excluding). */
  const root = async (start: number, end: number): Promise<Buffer> => {
    const count = end - start;
    const height = Math.log2(count);
    if (Number.isInteger(height) && start % count === 0) return perfect(height, start / count);
    const middle = start + split(count);
    return nodeHash(await root(start, middle), await root(middle, end));
  };

  const path = async (position: number, start: number, end: number): Promise<Buffer[]> => {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return position < middle
      ? [...(await path(position, start, middle)), await root(middle, end)]
      : [...(await path(position, middle, end)), await root(start, middle)];
  };

  /** `known`: the verifier already has the root of this part, for it is the old tree's. */
  const extension = async (old: number, part: { start: number; end: number; known: boolean }): Promise<Buffer[]> => {
    const { start, end, known } = part;
    if (old === end) return known ? [] : [await root(start, end)];
    const middle = start + split(end - start);
    return old <= middle
      ? [...(await extension(old, { start, end: middle, known })), await root(middle, end)]
      : [...(await extension(old, { start: middle, end, known: false })), await root(start, middle)];
  };

  return {
    /** That the leaf at a position is in the tree of a size. */
    inclusion: (position: number, size: number): Promise<Buffer[]> => path(position, 0, size),
    /** That the tree of one size is the beginning of the tree of another. */
    consistency: async (old: number, size: number): Promise<Buffer[]> =>
      old === 0 || old === size ? [] : extension(old, { start: 0, end: size, known: true }),
  };
}
