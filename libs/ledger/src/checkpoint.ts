// Checkpoints: size and root of a tree, as C2SP tlog-checkpoint, in a C2SP signed-note under the tenant's Ed25519 key.
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { HASH_BYTES, sha256 } from './tree/hash.js';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

const ED25519 = 1;
const KEY_ID_BYTES = 4;
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const TEXT = /^(?<origin>[^\n]+)\n(?<size>0|[1-9]\d{0,14})\n(?<root>[A-Za-z0-9+/]{43}=)\n$/;

/** The log's name: the same for as long as the tenant lives, wherever the gateway moves. */
export const originOf = (tenantId: string): string => `parley.ledger/${tenantId}`;

const keyId = (origin: string, publicKey: Buffer): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${origin}\n`), Buffer.of(ED25519), publicKey])).subarray(0, KEY_ID_BYTES);

/** The public key as a C2SP verifier key: `name+id+key`. */
export const verifierKey = (origin: string, publicKey: Buffer): string =>
  `${origin}+${keyId(origin, publicKey).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`;

export const rawPublicKey = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(DER_PREFIX.length);

const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([DER_PREFIX, raw]), format: 'der', type: 'spki' });

export interface SigningKey {
  readonly publicKey: Buffer;
  readonly privateKey: KeyObject;
}

/** C2SP signed-note: `text` ends with a line break; the name says what kind of statement it is, and so cannot stand for another. */
export function signNote(text: string, name: string, key: SigningKey): string {
  const signature = Buffer.concat([keyId(name, key.publicKey), sign(null, Buffer.from(text), key.privateKey)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

export const signCheckpoint = ({ origin, size, root }: Checkpoint, key: SigningKey): string =>
  signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, origin, key);

/** The checkpoint of a note that this key signed for this origin; null for anything else. */
export function openCheckpoint(note: string, by: { origin: string; publicKey: Buffer }): Checkpoint | null {
  const blank = note.lastIndexOf('\n\n');
  const text = note.slice(0, blank + 1);
  const fields = blank < 0 ? undefined : TEXT.exec(text)?.groups;
  if (fields?.['origin'] !== by.origin || by.publicKey.length !== HASH_BYTES) return null;
  const id = keyId(by.origin, by.publicKey);
  const key = publicKeyOf(by.publicKey);
  const signed = note
    .slice(blank + 2)
    .split('\n')
    .filter((line) => line.startsWith(`— ${by.origin} `))
    .map((line) => Buffer.from(line.slice(by.origin.length + 3), 'base64'))
    .some(
      (signature) =>
        signature.subarray(0, KEY_ID_BYTES).equals(id) &&
        verify(null, Buffer.from(text), key, signature.subarray(KEY_ID_BYTES)),
    );
  return signed
    ? { origin: by.origin, size: Number(fields['size']), root: Buffer.from(fields['root']!, 'base64') }
    : null;
}
