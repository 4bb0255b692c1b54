// The hashes of RFC 6962, section 2.1: a leaf and a node are told apart by their first byte.
import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

const LEAF = Buffer.of(0);
/** 0x01 | left | right; used again for every node, for hashing is synchronous. */
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

export const sha256 = (data: Buffer | string): Buffer => hash('sha256', data, 'buffer');

export const leafHash = (leaf: Buffer): Buffer => sha256(Buffer.concat([LEAF, leaf]));

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 1 + HASH_BYTES);
  return sha256(pair);
}

/** The root of no leaves. */
export const EMPTY_ROOT = sha256('');

/** The root of a perfect tree over 2^n hashes that stand one after another. */
export function perfectRoot(hashes: Buffer): Buffer {
  if (hashes.length === HASH_BYTES) return hashes;
  const half = hashes.length / 2;
  return nodeHash(perfectRoot(hashes.subarray(0, half)), perfectRoot(hashes.subarray(half)));
}
