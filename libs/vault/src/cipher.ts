// AES-256-GCM with a bound context: a value opens only under its key and in the place for which it was sealed.
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { keyObject } from './key-object.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

// Nonces are drawn in blocks: one system call for 1,024 of them.
const nonces = Buffer.alloc(NONCE_BYTES * 1024);
let nextNonce = nonces.length;

function nonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += NONCE_BYTES;
  return nonces.subarray(nextNonce - NONCE_BYTES, nextNonce);
}

/** Thrown when a sealed value does not open: wrong key, wrong place, altered bytes. Says nothing of the value. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed value does not open under this key in this place');
    this.name = 'SealBroken';
  }
}

/**
 * Encrypts under a 32-byte key. Layout: version (1) | nonce (12) | tag (16) | ciphertext.
 * `context` names the place (tenant|subject|table|row|field) and is authenticated, so that rows cannot be swapped.
 */
export function seal(key: Buffer, plaintext: Buffer | string, context: string): Buffer {
  const iv = nonce();
  const cipher = createCipheriv('aes-256-gcm', keyObject(key), iv);
  cipher.setAAD(Buffer.from(context));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  const sealed = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  sealed[0] = VERSION;
  iv.copy(sealed, 1);
  cipher.getAuthTag().copy(sealed, 1 + NONCE_BYTES);
  body.copy(sealed, HEADER_BYTES);
  return sealed;
}

/** Decrypts what `seal` made. @throws SealBroken */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) throw new SealBroken();
  const decipher = createDecipheriv('aes-256-gcm', keyObject(key), sealed.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}

/** null: no key opens it, so that nobody can read what it says. */
export function opened<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
