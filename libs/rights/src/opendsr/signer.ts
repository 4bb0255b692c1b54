// What signs our answers and calls in OpenDSR: the operator's certificate and its key (OpenDSR 2.0, sections 4 and 8).
import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';

export interface OpenDsrSigner {
  /** As it is published. */
  readonly certificate: string;
  /** For which the certificate is issued. */
  readonly domain: string;
  headers(body: string): Readonly<Record<string, string>>;
}

export const SIGNATURE_HEADER = 'x-opendsr-signature';
const DOMAIN_HEADER = 'x-opendsr-processor-domain';
const DIGEST = 'sha256';

const inTime = (certificate: X509Certificate, at: Date): boolean =>
  certificate.validFromDate <= at && at < certificate.validToDate;

function read<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

/** What is wrong with a certificate and key that are to sign for this domain; null: nothing. */
export function mistakeIn(pem: { certificate: string; key: string }, domain: string, at: Date): string | null {
  const certificate = read(() => new X509Certificate(pem.certificate));
  const key = read(() => createPrivateKey(pem.key));
  if (!certificate) return 'the certificate cannot be read';
  if (!key) return 'the private key cannot be read';
  if (!certificate.checkPrivateKey(key)) return 'the private key is not that of the certificate';
  if (certificate.checkIssued(certificate)) return 'the certificate signed itself; OpenDSR wants one by an authority';
  if (!certificate.checkHost(domain)) return 'the certificate is not for the host of PARLEY_PUBLIC_URL';
  return inTime(certificate, at) ? null : 'the certificate is not valid at this time';
}

export function createSigner(pem: { certificate: string; key: string }, domain: string): OpenDsrSigner {
  const key = createPrivateKey(pem.key);
  return {
    certificate: pem.certificate,
    domain,
    headers: (body) => ({
      [DOMAIN_HEADER]: domain,
      [SIGNATURE_HEADER]: sign(DIGEST, Buffer.from(body), key).toString('base64'),
    }),
  };
}

/** What a controller's certificate says of itself; null: it cannot be read. */
export function certificateFacts(pem: string): { fingerprint: string; validUntil: Date } | null {
  const certificate = read(() => new X509Certificate(pem));
  return certificate && { fingerprint: certificate.fingerprint256, validUntil: certificate.validToDate };
}

/** Did the holder of this certificate sign these very bytes, while it is valid? */
export function isSignedBy(pem: string, signed: { body: Buffer; signature: string }, at: Date): boolean {
  const certificate = read(() => new X509Certificate(pem));
  if (!certificate || !inTime(certificate, at)) return false;
  return (
    read(() => verify(DIGEST, signed.body, certificate.publicKey, Buffer.from(signed.signature, 'base64'))) ?? false
  );
}
