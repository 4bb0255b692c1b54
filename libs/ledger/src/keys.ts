// The key that signs a tenant's checkpoints: made at first use, its private half sealed under the tenant's key.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Store } from '#libs/store';
import { seal, unseal, type TenantKeys } from '#libs/vault';
import { rawPublicKey, type SigningKey } from './checkpoint.js';
import { finding, LedgerBroken } from './findings.js';

const REMEMBER_MS = 60_000; // a destroyed tenant key must not live on here
const REMEMBERED = 1_000;

const contextOf = (tenantId: string): string => `${tenantId}|-|ledger_key|${tenantId}|sealed`;

function newKey(keys: TenantKeys): { publicKey: Buffer; sealed: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { publicKey: rawPublicKey(publicKey), sealed: seal(keys.secrets, secret, contextOf(keys.tenantId)) };
}

/** @throws LedgerBroken when somebody without the tenant's key put a key of their own there. */
function openKey(keys: TenantKeys, row: { publicKey: Buffer; sealed: Buffer }): SigningKey {
  try {
    const secret = unseal(keys.secrets, row.sealed, contextOf(keys.tenantId));
    const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    if (rawPublicKey(createPublicKey(privateKey)).equals(row.publicKey)) {
      return { publicKey: row.publicKey, privateKey };
    }
  } catch {
    // Said below: which half does not fit is the same to everybody.
  }
  throw new LedgerBroken(finding('key'));
}

/** The key of a tenant; null when the tenant's keys are destroyed, and nothing can be signed any more. */
export type SigningKeys = (tenantId: string) => Promise<SigningKey | null>;

export function openSigningKeys(store: Store): SigningKeys {
  const remembered = new LRUCache<string, SigningKey>({ max: REMEMBERED, ttl: REMEMBER_MS });
  return async (tenantId) => {
    const known = remembered.get(tenantId);
    if (known) return known;
    const keys = await store.tenantKeys(tenantId);
    if (!keys) return null;
    if (!(await store.ledgerKey(tenantId))) await store.addLedgerKey(tenantId, newKey(keys));
    const key = openKey(keys, (await store.ledgerKey(tenantId))!);
    remembered.set(tenantId, key);
    return key;
  };
}
