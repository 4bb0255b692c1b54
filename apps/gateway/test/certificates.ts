// Certificates for tests: an authority and what it issues, written as DER, so that no tool and no key in the repository is needed.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

type Pem = { readonly certificate: string; readonly key: string };

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const bytes = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...bytes]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => tlv(0x06, Buffer.from(bytes));
const bits = (body: Buffer): Buffer => tlv(0x03, Buffer.concat([Buffer.from([0]), body]));
const time = (at: Date): Buffer => tlv(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
const nameOf = (common: string): Buffer =>
  sequence(tlv(0x31, sequence(oid(0x55, 4, 3), tlv(0x0c, Buffer.from(common)))));
const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
const YEAR_MS = 365 * 86_400_000;

export interface Wanted {
  readonly host: string;
  /** The authority signs, unless it is to sign itself. */
  readonly selfSigned?: true;
  readonly expired?: true;
}

export function issue({ host, selfSigned, expired }: Wanted): Pem {
  const make = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [own, authority] = [make(), make()];
  const signer: KeyObject = (selfSigned ? own : authority).privateKey;
  const now = Date.now();
  const until = new Date(expired ? now - 86_400_000 : now + YEAR_MS);
  const alternative = sequence(oid(0x55, 0x1d, 0x11), tlv(0x04, sequence(tlv(0x82, Buffer.from(host)))));
  const toSign = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    nameOf(selfSigned ? host : 'Test Authority'),
    sequence(time(new Date(now - 2 * 86_400_000)), time(until)),
    nameOf(host),
    own.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(alternative)),
  );
  const der = sequence(toSign, ECDSA_SHA256, bits(sign('sha256', toSign, signer)));
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
