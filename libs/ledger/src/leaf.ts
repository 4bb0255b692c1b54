// The bytes of a leaf: RFC 8785 JSON of what its row says, so that anybody computes the same hash.
import canonicalize from 'canonicalize';
import type { LeafLine } from '#libs/store';
import { leafHash } from './tree/hash.js';

/** The position is not part of it: the tree itself says where a leaf stands. */
export const hashOf = ({ seq, at, leaf }: LeafLine): Buffer => leafHash(Buffer.from(canonicalize({ at, leaf, seq })!));
