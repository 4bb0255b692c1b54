// Keys as OpenSSL wants them: Node turns bytes into a key anew with every use, which costs more than the use itself.
import { createSecretKey, type KeyObject } from 'node:crypto';

const known = new WeakMap<Buffer, KeyObject>();

/** Forgotten together with its bytes. */
export function keyObject(key: Buffer): KeyObject {
  const before = known.get(key);
  if (before) return before;
  const made = createSecretKey(key);
  known.set(key, made);
  return made;
}
