// A tree that grows: only the tiles that are not full yet are held, full ones are given away as they fill.
import { EMPTY_ROOT, HASH_BYTES, nodeHash, perfectRoot } from './hash.js';

/** Hashes per tile, as in C2SP tlog-tiles. */
export const TILE_WIDTH = 256;
const TILE_BITS = 8;

export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

/** The right edge of a tree: per level the hashes of the tile that is not full, one after another. */
export interface Edge {
  readonly size: number;
  readonly levels: readonly Buffer[];
}

export interface Growing {
  readonly size: number;
  /** Adds one leaf; answers the tiles that are full now: mostly none. */
  add(leafHash: Buffer): readonly Tile[];
  root(): Buffer;
  edge(): Edge;
}

const NONE: readonly Tile[] = [];

/** Does the edge have as many hashes per level as a tree of its size has? */
export const isWellFormed = ({ size, levels }: Edge): boolean =>
  Number.isSafeInteger(size) &&
  size >= 0 &&
  size < TILE_WIDTH ** levels.length &&
  levels.every((level, n) => level.length === (Math.floor(size / TILE_WIDTH ** n) % TILE_WIDTH) * HASH_BYTES);

/** Goes on where an edge ends; without one a tree begins. */
export function grow(from: Edge = { size: 0, levels: [] }): Growing {
  // Room for a full tile per level, so that adding copies 32 bytes and no more.
  const levels = from.levels.map((level) => ({ count: level.length / HASH_BYTES, hashes: roomFor(level) }));
  let size = from.size;

  const add = (hash: Buffer): readonly Tile[] => {
    size += 1;
    let full = NONE;
    let next = hash;
    for (let n = 0; ; n += 1) {
      const level = (levels[n] ??= { count: 0, hashes: roomFor(Buffer.alloc(0)) });
      next.copy(level.hashes, level.count * HASH_BYTES);
      level.count += 1;
      if (level.count < TILE_WIDTH) return full;
      full = [...full, { level: n, index: size / TILE_WIDTH ** (n + 1) - 1, hashes: Buffer.from(level.hashes) }];
      next = perfectRoot(level.hashes);
      level.count = 0;
    }
  };

  const held = (): Buffer[] => levels.map(({ count, hashes }) => Buffer.from(hashes.subarray(0, count * HASH_BYTES)));

  return {
    get size() {
      return size;
    },
    add,
    root: () => rootOf({ size, levels: held() }),
    edge: () => ({ size, levels: held() }),
  };
}

function roomFor(hashes: Buffer): Buffer {
  const room = Buffer.alloc(TILE_WIDTH * HASH_BYTES);
  hashes.copy(room);
  return room;
}

/** RFC 6962 root: the perfect trees of the edge, from the smallest to the largest, joined. */
export function rootOf({ levels }: Edge): Buffer {
  const joined = levels.reduce<Buffer | null>(
    (below, level) => perfectTrees(level).reduceRight<Buffer | null>((right, left) => join(left, right), below),
    null,
  );
  return joined ?? EMPTY_ROOT;
}

const join = (left: Buffer, right: Buffer | null): Buffer => (right ? nodeHash(left, right) : left);

/** The roots of the largest perfect trees over the hashes of a level, from left to right. */
function perfectTrees(level: Buffer): Buffer[] {
  const roots: Buffer[] = [];
  let start = 0;
  for (let bit = TILE_BITS - 1; bit >= 0; bit -= 1) {
    const length = HASH_BYTES << bit;
    if (level.length - start < length) continue;
    roots.push(perfectRoot(level.subarray(start, start + length)));
    start += length;
  }
  return roots;
}
