// The key hierarchy: master key → tenant key → random subject key. Destroying a key makes what it sealed unreadable.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { seal, unseal } from './cipher.js';
import { keyObject } from './key-object.js';

const KEY_BYTES = 32;
const INDEX_BYTES = 16;
const SEAL_BYTES = 16;

/** The keys of one tenant, in clear, in memory only. Each use has its own key, so that none serves two purposes. */
export interface TenantKeys {
  readonly tenantId: string;
  readonly subjects: Buffer; // wraps subject keys
  readonly index: Buffer; // keyed hashes for look-up and de-duplication
  readonly secrets: Buffer; // secrets of connections and recipients
  readonly pseudonyms: Buffer; // ids given to recipients
  readonly suppression: Buffer; // who objected, beyond an erasure
  readonly choices: Buffer; // seals of our own buttons
}

const tenantContext = (tenantId: string): string => `${tenantId}|tenant_key`;
const subjectContext = (tenantId: string, subjectId: string): string => `${tenantId}|${subjectId}|subject_key`;

/** A new random tenant key, wrapped by the master key. */
export function newTenantKey(masterKey: Buffer, tenantId: string): Buffer {
  return seal(masterKey, randomBytes(KEY_BYTES), tenantContext(tenantId));
}

/** @throws SealBroken under another master key. */
export function openTenantKey(masterKey: Buffer, tenantId: string, wrapped: Buffer): TenantKeys {
  const root = unseal(masterKey, wrapped, tenantContext(tenantId));
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', root, tenantId, `parley/${use}`, KEY_BYTES));
  return {
    tenantId,
    subjects: derive('subjects'),
    index: derive('index'),
    secrets: derive('secrets'),
    pseudonyms: derive('pseudonyms'),
    suppression: derive('suppression'),
    choices: derive('choices'),
  };
}

/** A subject's key is random, never derived: a derived key could be derived again after erasure. */
export function newSubjectKey(keys: TenantKeys, subjectId: string): { readonly key: Buffer; readonly wrapped: Buffer } {
  const key = randomBytes(KEY_BYTES);
  return { key, wrapped: seal(keys.subjects, key, subjectContext(keys.tenantId, subjectId)) };
}

/** @throws SealBroken */
export function openSubjectKey(keys: TenantKeys, subjectId: string, wrapped: Buffer): Buffer {
  return unseal(keys.subjects, wrapped, subjectContext(keys.tenantId, subjectId));
}

/**
 * Keyed hash for look-up without the value: 16 bytes of HMAC-SHA256 under the tenant's index key.
 * Still personal data (EDPB: a hash is a pseudonym): erasure deletes its rows.
 */
export function blindIndex(keys: TenantKeys, scope: string, value: string): Buffer {
  return createHmac('sha256', keyObject(keys.index))
    .update(scope)
    .update('\0')
    .update(value)
    .digest()
    .subarray(0, INDEX_BYTES);
}

/** The entry that remembers an objection: from the look-up hash, under a key that serves nothing else. */
export function suppressionHash(keys: TenantKeys, hash: Buffer): Buffer {
  return createHmac('sha256', keyObject(keys.suppression)).update(hash).digest().subarray(0, INDEX_BYTES);
}

/** What one subject says by pressing a button of ours, so that nobody else can make such a button: 22 characters. */
export function choiceSeal(keys: TenantKeys, subjectId: string, says: string): string {
  return createHmac('sha256', keyObject(keys.choices))
    .update(`${subjectId}\0${says}`)
    .digest()
    .subarray(0, SEAL_BYTES)
    .toString('base64url');
}

const BLOCK = 'aes-256-ecb'; // one block, one uuid: a keyed permutation, not a mode for longer data

const pseudonymKeys = new WeakMap<Buffer, Map<string, Buffer>>();

/** Of each recipient; kept as long as the tenant's keys are. */
function pseudonymKey(keys: TenantKeys, recipient: string): KeyObject {
  let known = pseudonymKeys.get(keys.pseudonyms);
  if (!known) pseudonymKeys.set(keys.pseudonyms, (known = new Map()));
  let key = known.get(recipient);
  if (!key) known.set(recipient, (key = createHmac('sha256', keyObject(keys.pseudonyms)).update(recipient).digest()));
  return keyObject(key);
}

/**
 * The id under which one recipient knows a conversation or subject: a keyed permutation of our random uuid,
 * different for each recipient, reversible only here (so no table of pseudonyms has to be erased).
 */
export function pseudonymOf(keys: TenantKeys, recipient: string, uuid: string): string {
  const cipher = createCipheriv(BLOCK, pseudonymKey(keys, recipient), null).setAutoPadding(false);
  return cipher.update(Buffer.from(uuid.replaceAll('-', ''), 'hex')).toString('base64url');
}

/** The uuid behind a pseudonym, or null when it is not of the right form. */
export function uuidOf(keys: TenantKeys, recipient: string, pseudonym: string): string | null {
  const block = Buffer.from(pseudonym, 'base64url');
  if (block.length !== 16) return null;
  const decipher = createDecipheriv(BLOCK, pseudonymKey(keys, recipient), null).setAutoPadding(false);
  const hex = decipher.update(block).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
