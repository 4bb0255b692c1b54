// The vault: what is sealed opens in its place under its key, and nowhere else.
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  blindIndex,
  newSubjectKey,
  newTenantKey,
  openSubjectKey,
  openTenantKey,
  pseudonymOf,
  seal,
  SealBroken,
  unseal,
  uuidOf,
} from '../src/index.js';

const master = randomBytes(32);
const tenantId = randomUUID();
const keys = openTenantKey(master, tenantId, newTenantKey(master, tenantId));

describe('sealing', () => {
  it('opens what it sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, context) => {
        const sealed = seal(master, Buffer.from(bytes), context);
        expect(unseal(master, sealed, context).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('never gives the same bytes twice for the same value', () => {
    const seen = new Set(Array.from({ length: 3000 }, () => seal(master, 'x', 'c').toString('hex')));
    expect(seen.size).toBe(3000);
  });

  it.each([
    ['another key', (s: Buffer) => unseal(randomBytes(32), s, 'here')],
    ['another place', (s: Buffer) => unseal(master, s, 'there')],
    [
      'one bit changed',
      (s: Buffer) => unseal(master, Buffer.from(s.map((b, i) => (i === s.length - 1 ? b ^ 1 : b))), 'here'),
    ],
    ['cut short', (s: Buffer) => unseal(master, s.subarray(0, 20), 'here')],
    ['an unknown version', (s: Buffer) => unseal(master, Buffer.from([9, ...s.subarray(1)]), 'here')],
  ])('refuses %s', (_name, open) => {
    expect(() => open(seal(master, 'secret', 'here'))).toThrow(SealBroken);
  });
});

describe('keys', () => {
  it('subject keys are random and open only for their subject', () => {
    const subject = randomUUID();
    const { key, wrapped } = newSubjectKey(keys, subject);
    expect(openSubjectKey(keys, subject, wrapped).equals(key)).toBe(true);
    expect(() => openSubjectKey(keys, randomUUID(), wrapped)).toThrow(SealBroken);
    expect(newSubjectKey(keys, subject).key.equals(key)).toBe(false);
  });

  it('a tenant key does not open under another master key or for another tenant', () => {
    const wrapped = newTenantKey(master, tenantId);
    expect(() => openTenantKey(randomBytes(32), tenantId, wrapped)).toThrow(SealBroken);
    expect(() => openTenantKey(master, randomUUID(), wrapped)).toThrow(SealBroken);
  });

  it('keyed hashes differ by tenant and by scope', () => {
    const other = openTenantKey(master, tenantId, newTenantKey(master, tenantId));
    const hash = blindIndex(keys, 'whatsapp-cloud|wa_id', '4915550000001');
    expect(hash).toHaveLength(16);
    expect(hash.equals(blindIndex(keys, 'whatsapp-cloud|wa_id', '4915550000001'))).toBe(true);
    expect(hash.equals(blindIndex(other, 'whatsapp-cloud|wa_id', '4915550000001'))).toBe(false);
    expect(hash.equals(blindIndex(keys, 'messenger|psid', '4915550000001'))).toBe(false);
  });

  it('pseudonyms go back to their uuid for the recipient that was given them, and mean nothing to another', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const given = pseudonymOf(keys, 'bot', uuid);
        expect(uuidOf(keys, 'bot', given)).toBe(uuid);
        expect(uuidOf(keys, 'crm', given)).not.toBe(uuid);
        expect(given).not.toBe(pseudonymOf(keys, 'crm', uuid));
      }),
    );
    expect(uuidOf(keys, 'bot', 'short')).toBeNull();
  });
});
