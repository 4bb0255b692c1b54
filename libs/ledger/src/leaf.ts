// The bytes of a leaf: RFC 8785 JSON of what its row says, so that anybody computes the same hash.
import canonicalize from 'canonicalize';
import type { LeafLine } from '#libs/store';
import { finding, LedgerBroken } from './findings.js';
import { leafHash } from './tree/hash.js';

/** The position is not part of it: the tree itself says where a leaf stands. @throws LedgerBroken: nobody here wrote a number beyond all numbers */
export function hashOf({ seq, at, leaf }: LeafLine): Buffer {
  try {
    return leafHash(Buffer.from(canonicalize({ at, leaf, seq })!));
  } catch {
    throw new LedgerBroken(finding('altered'));
  }
}
