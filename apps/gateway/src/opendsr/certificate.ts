// The operator's OpenDSR certificate, read once at the start: a wrong one stops it, none means that OpenDSR is not offered.
import { readFile } from 'node:fs/promises';
import { StartRefused, type Config } from '#libs/platform';
import { createSigner, mistakeIn, type OpenDsrSigner } from '#libs/rights';

/** @throws StartRefused */
export async function readSigner({ openDsr, publicUrl }: Config): Promise<OpenDsrSigner | null> {
  if (!openDsr) return null;
  const refuse = (what: string): never => {
    throw new StartRefused(`PARLEY_OPENDSR_CERTIFICATE and PARLEY_OPENDSR_KEY cannot be used: ${what}.`);
  };
  const file = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => refuse('a file cannot be read'));
  const pem = { certificate: await file(openDsr.certificate), key: await file(openDsr.key) };
  const domain = new URL(publicUrl).hostname;
  const mistake = mistakeIn(pem, domain, new Date());
  return mistake === null ? createSigner(pem, domain) : refuse(mistake);
}
