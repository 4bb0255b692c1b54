// Documents signed for a tenant: JWS over the RFC 8785 form, under the Ed25519 key of its ledger, whose public half is published as JWKS.
import canonicalize from 'canonicalize';
import { base64url, calculateJwkThumbprint, CompactSign, type JWK } from 'jose';
import type { SigningKey } from './checkpoint.js';
import type { SigningKeys } from './keys.js';

export interface Signed {
  /** Compact JWS; its payload is the document. */
  readonly jws: string;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
}

export interface PublicKeys {
  readonly keys: readonly JWK[];
}

/** What a signature is about; it is in the protected header, so that a receipt can never pass for an approval. */
export type Signable = 'parley-consent-receipt' | 'parley-instructions-statement';

const ALGORITHM = 'EdDSA';

const jwkOf = ({ publicKey }: Pick<SigningKey, 'publicKey'>): JWK => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: base64url.encode(publicKey),
});

const typeOf = (what: Signable): string => `${what}+jws`;

export function createSignatures(keys: SigningKeys) {
  return {
    /** The tenant's public keys (RFC 7517); null when its keys are destroyed. */
    async jwks(tenantId: string): Promise<PublicKeys | null> {
      const key = await keys(tenantId);
      if (!key) return null;
      const jwk = jwkOf(key);
      return { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: ALGORITHM }] };
    },

    /** @returns null when the tenant's keys are destroyed: nothing can be signed any more */
    async sign(tenantId: string, what: Signable, document: object): Promise<Signed | null> {
      const key = await keys(tenantId);
      if (!key) return null;
      const kid = await calculateJwkThumbprint(jwkOf(key));
      const jws = await new CompactSign(new TextEncoder().encode(canonicalize(document)))
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: typeOf(what) })
        .sign(key.privateKey);
      return { jws, kid };
    },
  };
}

export type Signatures = ReturnType<typeof createSignatures>;
